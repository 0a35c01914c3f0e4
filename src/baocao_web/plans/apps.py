"""The application of plans, as Django knows it; its targets live in the core's store, it has no tables of its own."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "baocao_web.plans"
