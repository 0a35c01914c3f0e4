"""Where the pages of plans are."""

from django.urls import path

from baocao_web.plans import views

urlpatterns = [
    path("", views.plan, name="plan"),
    path("decision", views.decision, name="plan_decision"),
    path("allocation", views.allocation, name="plan_allocation"),
    path("history/<slug:indicator>", views.history, name="plan_history"),
]
