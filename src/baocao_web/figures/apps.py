"""The application of figures, as Django knows it."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "baocao_web.figures"
