"""What the clock told people and another program, as it came to them; and moments by working days from a due day."""

from __future__ import annotations

import email
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from email.policy import default as policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from django.core import mail
from django.db import connections
from django.test import override_settings
from django.utils import timezone

from baocao_web import environment
from baocao_web.people.models import User
from baocao_web.places.calendar import working_day
from baocao_web.running.channels import Channels, Webhook, channels, mail_settings
from baocao_web.running.schedule import reminders
from tests.web.offices import Office

SECRET = "một bí mật đủ dài để ký"
DUE = date(2030, 6, 14)  # a Friday


def at(days: int, hour: int = 9) -> datetime:
    """A moment so many working days from the due day, by the office's clock."""
    return timezone.make_aware(datetime.combine(working_day(DUE, days), time(hour)))


def with_mails(made: Office) -> Iterator[Office]:
    """The office with addresses, and with mails that are kept in the order in which they were sent."""
    for user in User.objects.all():
        user.email = f"{user.username}@example.org"
        user.save()
    given = {
        "BAOCAO_EMAIL": "smtp://127.0.0.1:9?tls=no",
        "BAOCAO_EMAIL_FROM": "baocao@example.org",
        "BAOCAO_ADDRESS": "https://baocao.example.org/",
    }
    known = environment.read(given)
    kept = {"REMINDERS": reminders(known), "CHANNELS": channels(known), **mail_settings(known)}
    mail.outbox = []
    with override_settings(**kept | {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}):
        yield made


def mails() -> list[Any]:
    """All mails so far as they were sent, the first first."""
    return [email.message_from_bytes(one.message().as_bytes(), policy=policy) for one in mail.outbox]


class Receiver:
    """Another program that takes reminders; what it was sent, and what it answers."""

    def __init__(self) -> None:
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        self.location = ""


@contextmanager
def receiving(*, has_mail: bool = False) -> Iterator[tuple[Receiver, str]]:
    """Such a program behind the application's webhook, and where it listens."""
    receiver = Receiver()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.taken.append((dict(self.headers), body))
            self.send_response(receiver.status)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/hook"
    try:
        with override_settings(CHANNELS=Channels(has_mail, Webhook(url, SECRET), "")):
            yield receiver, url
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def by_three_at_once(work: Callable[[], object]) -> list[Exception]:
    """The same work of three clocks at one moment, each with a line of its own; what went wrong in them."""
    barrier = threading.Barrier(3)
    problems: list[Exception] = []

    def run() -> None:
        try:
            barrier.wait()
            work()
        except Exception as problem:  # told by the test, in its own thread
            problems.append(problem)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return problems
