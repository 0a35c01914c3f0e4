"""Where the pages of plans are."""

from django.urls import path

from baocao_web.plans import allocation_views, annex_views, compare_views, draft_views, views

urlpatterns = [
    path("", views.plan, name="plan"),
    path("decision", views.decision, name="plan_decision"),
    path("annex", annex_views.annexes, name="plan_annexes"),
    path("annex/<int:pk>", annex_views.annex, name="plan_annex"),
    path("annex/<int:pk>/take", annex_views.annex_take, name="plan_annex_take"),
    path("annex/<int:pk>/file", annex_views.annex_file, name="plan_annex_file"),
    path("indicators", annex_views.indicators, name="plan_indicators"),
    path("drafts", draft_views.drafts, name="plan_drafts"),
    path("drafts/<int:pk>", draft_views.draft, name="plan_draft"),
    path("drafts/<int:pk>/rules", draft_views.draft_rules, name="plan_draft_rules"),
    path("drafts/<int:pk>/name", draft_views.draft_named, name="plan_draft_named"),
    path("drafts/<int:pk>/delete", draft_views.draft_delete, name="plan_draft_delete"),
    path("drafts/<int:pk>/assign", draft_views.draft_assign, name="plan_draft_assign"),
    path("compare", compare_views.compare, name="plan_compare"),
    path("allocation", allocation_views.allocation, name="plan_allocation"),
    path("allocation/<slug:indicator>", allocation_views.allot, name="plan_allot"),
    path("history/<slug:indicator>", views.history, name="plan_history"),
]
