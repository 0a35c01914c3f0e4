"""The application of programs' access, as Django knows it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "baocao_web.api"
