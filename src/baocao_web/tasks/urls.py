"""Where the pages of key tasks are."""

from django.urls import path

from baocao_web.tasks import task_views, views

urlpatterns = [
    path("", views.tasks, name="tasks"),
    path("board", views.board, name="task_board"),
    path("file/<str:kind>", views.file, name="task_file"),
    path("take", views.take, name="task_take"),
    path("new", task_views.new, name="task_new"),
    path("<int:pk>/", task_views.task, name="task"),
    path("<int:pk>/amend", task_views.amend, name="task_amend"),
    path("<int:pk>/drop", task_views.drop, name="task_drop"),
    path("<int:pk>/progress", task_views.tell, name="task_tell"),
    path("<int:pk>/verdict", task_views.settle, name="task_settle"),
    path("evidence/<int:pk>", task_views.evidence_file, name="task_evidence"),
]
