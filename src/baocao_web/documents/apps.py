"""The application of documents, as Django knows it."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "baocao_web.documents"
