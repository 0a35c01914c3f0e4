"""``manage.py tick``: all that the application does by itself, done once; a timer runs it every few minutes.

What was done is not done again, and two at once do it once. One step that fails keeps no other from its turn.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from baocao.model.text import Text
from baocao_web.documents import jobs
from baocao_web.figures import live
from baocao_web.figures.feeding_in import feed_all
from baocao_web.people.recording import seal
from baocao_web.running import reminding, task_reminding, telling

_DONE = Text(
    "biểu vào kho số liệu: {fed}; bản chụp mới: {prepared}; nhắc mới: {made}; thư đã gửi: {mails}; "
    "webhook đã gọi: {calls}; niêm phong: {sealed}",
    "forms fed in: {fed}; new snapshots: {prepared}; new reminders: {made}; mails sent: {mails}; "
    "webhook calls: {calls}; sealed: {sealed}",
)
_log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Feeds figures in, prepares them, reminds, sends, seals."""

    help = "Feeds handed-over figures into the store, reminds of forms that are owed, seals the record. Run by a timer."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        done: dict[str, object] = {}
        steps: tuple[tuple[str, Callable[[], object]], ...] = (
            ("fed", feed_all),
            ("made", lambda: reminding.make_notices(now)),
            ("mails", lambda: telling.send_mails(now).sent),
            ("calls", lambda: telling.call_webhook(now).sent),
            ("tasks", lambda: task_reminding.remind(now)),
            ("begun", jobs.push),  # long work that nobody looks at, and what was stopped with the server
            ("swept", jobs.sweep),
            ("prepared", lambda: int(live.prepare())),
            ("sealed", lambda: int(seal(reminding.BY) is not None)),  # last: what was done above is sealed with it
        )
        failed = []
        for name, step in steps:
            try:
                done[name] = step()
            except Exception:
                _log.exception("a step of the tick failed")
                failed.append(name)
                done[name] = "!"
        words = _DONE.fill(**done)
        self.stdout.write(f"{words.vi}\n{words.en}")
        if failed:
            raise CommandError(", ".join(failed))
