"""Where the pages of forms are."""

from django.urls import path

from baocao_web.collecting import round_views, views

urlpatterns = [
    path("", views.entries, name="entries"),
    path("<int:entry>/", views.entry, name="entry"),
    path("rules/<int:form>", views.rules, name="form_rules"),
    path("<int:entry>/save", views.save, name="save_entry"),
    path("<int:entry>/submit", views.submit, name="submit_entry"),
    path("<int:entry>/approve", views.approve, name="approve_entry"),
    path("<int:entry>/return", views.send_back, name="return_entry"),
    path("<int:entry>/correct", views.open_again, name="correct_entry"),
    path("<int:entry>/extend", round_views.extend, name="extend_entry"),
    path("<int:entry>/history", round_views.entry_history, name="entry_history"),
    path("<int:entry>/cells/<path:cell>", round_views.cell, name="entry_cell"),
]

round_patterns = [
    path("", round_views.rounds, name="rounds"),
    path("forms/", round_views.forms, name="forms"),
    path("forms/<int:form>/", round_views.form, name="form"),
    path("<int:round_id>/", round_views.board, name="round"),
    path("<int:round_id>/total", round_views.total, name="round_total"),
    path("<int:round_id>/cells/<path:cell>", round_views.parts, name="round_cell"),
]
