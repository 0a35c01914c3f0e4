"""The application of people, as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "baocao_web.people"

    def ready(self) -> None:
        """What the login library tells of second factors and identities is recorded like all else."""
        from baocao_web.people import listening

        listening.listen()
