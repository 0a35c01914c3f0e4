"""The application of collecting, as Django knows it."""

from django.apps import AppConfig


class CollectingConfig(AppConfig):
    name = "baocao_web.collecting"
