"""Where each page is."""

from django.urls import include, path

from baocao_web import views
from baocao_web.api import urls as api
from baocao_web.collecting import urls as collecting
from baocao_web.documents import urls as documents
from baocao_web.figures import urls as figures
from baocao_web.people import account_views
from baocao_web.people import urls as people
from baocao_web.plans import urls as plans
from baocao_web.running import urls as running
from baocao_web.tasks import urls as tasks

urlpatterns = [
    path("", views.home, name="home"),
    path("alive", views.alive, name="alive"),
    path("ready", views.ready, name="ready"),
    path("language", account_views.set_language, name="set_language"),
    path("account/", include(people.account_patterns)),
    path("people/", include(people.people_patterns)),
    path("record/", include(people.record_patterns)),
    path("forms/", include(collecting.urlpatterns)),
    path("rounds/", include(running.urlpatterns)),
    path("rounds/", include(collecting.round_patterns)),
    path("dashboard/", include(figures.dashboard_patterns)),
    path("figures/", include(figures.urlpatterns)),
    path("plans/", include(plans.urlpatterns)),
    path("tasks/", include(tasks.urlpatterns)),
    path("documents/", include(documents.urlpatterns)),
    path("access/", include(api.access_patterns)),
    path("api/v1/", include((api.call_patterns, "api"))),
    path("published/", include(documents.published_patterns)),
]

handler500 = "baocao_web.running.hindrances.failed"
