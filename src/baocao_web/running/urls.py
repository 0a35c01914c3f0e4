"""Where the pages of those who chase are."""

from django.urls import path

from baocao_web.running import chasing_views

urlpatterns = [
    path("letter", chasing_views.letter_of_all, name="chasing_letter_of_all"),
    path("<int:round_id>/letter", chasing_views.letter, name="chasing_letter"),
    path("record/<int:year>", chasing_views.record, name="year_record"),
]
