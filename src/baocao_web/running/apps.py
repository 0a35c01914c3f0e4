"""The application of running, as Django knows it."""

from django.apps import AppConfig


class RunningConfig(AppConfig):
    name = "baocao_web.running"
