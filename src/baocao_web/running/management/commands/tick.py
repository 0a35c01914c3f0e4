"""``manage.py tick``: all that the application does by itself, done once; a timer runs it every few minutes.

What was done is not done again, and two at once do it once. One step that fails keeps no other from its turn.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from baocao.model.text import Text
from baocao_web.collecting.rounds import beside
from baocao_web.documents import jobs
from baocao_web.figures import live
from baocao_web.figures.feeding_in import feed_all
from baocao_web.people.recording import seal
from baocao_web.running import reminding, task_reminding, task_telling, telling
from baocao_web.running.hindrances import hindrance_of

_DONE = Text(
    "biểu vào kho số liệu: {fed}; bản chụp mới: {prepared}; nhắc mới: {made}; thư đã gửi: {mails}; "
    "webhook đã gọi: {calls}; niêm phong: {sealed}",
    "forms fed in: {fed}; new snapshots: {prepared}; new reminders: {made}; mails sent: {mails}; "
    "webhook calls: {calls}; sealed: {sealed}",
)
_FAILED = Text(
    "Bước này gặp lỗi và sẽ được làm lại ở lượt sau; dòng nhật ký phía trên cho biết ở đâu.",
    "This step failed and is done again by the next turn; the log's line above tells where.",
)
_log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Feeds figures in, prepares them, reminds, sends, seals."""

    help = "Feeds handed-over figures into the store, reminds of forms that are owed, seals the record. Run by a timer."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        steps: tuple[tuple[str, Callable[[], int]], ...] = (
            ("fed", feed_all),
            ("renewed", beside.renew),  # figures that came in by files stand beside the cells of open forms too
            ("made", lambda: reminding.make_notices(now)),
            ("made", lambda: task_reminding.make_notices(now)),
            ("mails", lambda: telling.send_mails(now).sent),
            ("mails", lambda: task_telling.send_mails(now).sent),
            ("calls", lambda: telling.call_webhook(now).sent),
            ("calls", lambda: task_telling.call_webhook(now).sent),
            ("begun", _pushed),  # long work that nobody looks at, and what was stopped with the server
            ("swept", jobs.sweep),
            ("prepared", lambda: int(live.prepare())),
            ("sealed", lambda: int(seal(reminding.BY) is not None)),  # last: what was done above is sealed with it
        )
        done: Counter[str] = Counter({name: 0 for name, _ in steps})
        failed: dict[str, Text] = {}
        for name, step in steps:
            try:
                done[name] += step()
            except Exception as problem:
                _log.exception("a step of the tick failed")
                found = hindrance_of(problem)
                failed[name] = found.text if found else _FAILED
        words = _DONE.fill(**{name: "!" if name in failed else count for name, count in done.items()})
        self.stdout.write(f"{words.vi}\n{words.en}")
        if failed:
            why = [f"{text.vi}\n{text.en}" for text in dict.fromkeys(failed.values())]
            raise CommandError("\n".join([", ".join(failed), *why]))


def _pushed() -> int:
    jobs.push()
    return 0
