"""A fictional office for the bench of the web application: ``python -m bench.web_office FILE UNITS ROWS``.

It makes the tables in the database that the environment names, a form of so many rows, a round of so many communes, a
reporter with a session for each, and writes into FILE what a load generator needs to be all of them at once.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baocao_web.settings")

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from baocao.model.org_unit import Level
from baocao_web.collecting.layout import cell_key, read
from baocao_web.collecting.models import Entry, Form, Round
from baocao_web.collecting.rounds import designing
from baocao_web.people.models import Grant, User
from baocao_web.people.roles import Role
from baocao_web.places import office

_COUNTRY = "VN"
_BACKEND = "baocao_web.people.backends.Accounts"


def made(units: int, rows: int) -> dict[str, object]:
    """The office, and its reporters as the load generator plays them."""
    call_command("migrate", verbosity=0)
    today = office.today()
    listed = [one.code for one in office.catalogue().indicators if not one.is_derived]
    wanted = designing.Wanted("BENCH", "Biểu đo tốc độ", listed[:rows])
    form = designing.make(wanted, _COUNTRY, "bench")
    keys = [unit.key for unit in office.geography().at(today, Level.COMMUNE)][:units]
    with transaction.atomic():
        opened = _round(form)
        beside = json.dumps(
            {cell_key(row, column): "123456.5" for row, column in read(form.layout).figures() if not column.is_entry}
        )
        Entry.objects.bulk_create([Entry(round=opened, unit=key, beside=beside) for key in keys])
        User.objects.bulk_create(
            [User(username=f"bench{at}", full_name="Người đo", password="!") for at in range(units)]
        )
        people = list(User.objects.filter(username__startswith="bench").order_by("pk"))
        Grant.objects.bulk_create(
            [Grant(user=user, role=Role.REPORTER.value, unit=key) for user, key in zip(people, keys, strict=True)]
        )
        sessions = [_session(user) for user in people]
    entries = dict(Entry.objects.filter(round=opened).values_list("unit", "pk"))
    cells = list(read(form.layout).entries)
    clients = [{"entry": entries[key], "session": session} for key, session in zip(keys, sessions, strict=True)]
    return {"clients": clients, "cells": cells, "round": opened.pk}


def _round(form: Form) -> Round:
    today = office.today()
    days = {"opens_on": -9, "due_on": 5, "late_on": 7, "locked_on": 9}
    return Round.objects.create(
        form=form,
        owner=_COUNTRY,
        period="2026-M10",
        title="Biểu đo tốc độ",
        steps=[Role.APPROVER.value, Role.COMPILER.value],
        **{name: today + timedelta(days=count) for name, count in days.items()},
    )


def _session(user: User) -> str:
    """A session as signing in makes it."""
    store = SessionStore()
    told = {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: _BACKEND, HASH_SESSION_KEY: user.get_session_auth_hash()}
    key: str = store._get_new_session_key()
    expires = timezone.now() + timedelta(hours=10)
    Session.objects.create(session_key=key, session_data=store.encode(told), expire_date=expires)
    return key


if __name__ == "__main__":
    target, units, rows = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    target.write_text(json.dumps(made(units, rows)), encoding="utf-8")
