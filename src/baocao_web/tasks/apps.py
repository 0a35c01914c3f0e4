"""The application of key tasks, as Django knows it."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "baocao_web.tasks"
