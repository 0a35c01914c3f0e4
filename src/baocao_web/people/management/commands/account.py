"""manage.py account NAME: an account with its role, made by whoever runs the installation; the first administrator."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from baocao.model.text import Problem
from baocao_web.pages import said
from baocao_web.people.accounts import Wanted, open_first
from baocao_web.people.finding import unit_named
from baocao_web.people.granting import give_first
from baocao_web.people.models import User
from baocao_web.people.roles import Role
from baocao_web.places import office


class Command(BaseCommand):
    help = "Opens an account and gives it a role; the password is asked for, or read from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="username: small letters without marks, digits, dots, dashes")
        parser.add_argument("--full-name", required=True)
        parser.add_argument("--position", default="")
        parser.add_argument("--email", default="")
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--unit", required=True, help="the unit's key, code or name; marks may be left out")

    def handle(self, *_arguments: Any, **told: Any) -> None:
        wanted = Wanted(told["full_name"], told["position"], told["email"])
        try:
            unit = unit_named(told["unit"], (one.key for one in office.geography().at(office.today())))
            password = _password(User(username=told["name"], full_name=wanted.full_name))
            with transaction.atomic():
                user = open_first(told["name"], wanted, unit.key)
                user.set_password(password)
                user.one_time_until = None
                user.save(update_fields=["password", "one_time_until"])
                give_first(user, Role(told["role"]), unit.key)
        except Problem as problem:
            raise CommandError(said(problem.text)) from problem
        self.stdout.write(f"{user.username}: {told['role']}, {unit.name} ({unit.key})")


def _password(user: User) -> str:
    """The password as it is typed, or the first line that comes in. Raises ``CommandError`` on a weak one."""
    password = getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise CommandError(" ".join(problem.messages)) from problem
    return password
