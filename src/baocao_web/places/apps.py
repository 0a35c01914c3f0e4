"""The application of places, as Django knows it."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "baocao_web.places"
