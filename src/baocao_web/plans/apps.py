"""The application of plans, as Django knows it: targets live in the core's store; files and drafts in its tables."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "baocao_web.plans"
