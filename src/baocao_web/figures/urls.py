"""Where the pages of figures are."""

from django.urls import path

from baocao_web.figures import views

urlpatterns = [
    path("pivot/", views.pivot, name="pivot"),
    path("<slug:code>/", views.indicator, name="indicator"),
]

dashboard_patterns = [path("", views.dashboard, name="dashboard")]
