"""Long work in processes of its own: at most a few at once, looked at by whoever waits for them.

A process holds its folder's lock as long as it lives, so that whether it lives is known after a restart too, and never
mistaken for another that has taken its number. No row says more than the folder: the outcome is taken in once.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from baocao.model.text import Text
from baocao_web.documents.errands import ASKED, OUTCOME
from baocao_web.documents.models import Job
from baocao_web.documents.states import State

AT_ONCE: Final = 2
_TRIES: Final = 2
_KEPT: Final = timedelta(days=7)  # files of work that is over
_LOCK: Final = "alive"
_READING, _DRAFTING = "baocao_web.documents.reading_room", "baocao_web.documents.drafting_room"
_STOPPED = Text(
    "việc này dừng giữa chừng hoặc quá thời gian cho phép; hãy thử lại, nếu là tệp lớn thì tách nhỏ.",
    "this work stopped midway or took longer than it may; try again, and split the file if it is a large one.",
)
_started: list[subprocess.Popen[bytes]] = []


def folder_of(job: Job) -> Path:
    """Where the files of a piece of work lie."""
    return Path(settings.FOLDER) / "jobs" / str(job.pk)


def ask(kind: str, digest: str, by: str, files: Mapping[str, bytes], **more: Any) -> Job:
    """Begin a piece of work; one on the same content that is not over in failure is not begun again."""
    asked = more.pop("asked", {})
    standing = Job.objects.filter(kind=kind, digest=digest, **more).exclude(state=State.FAILED.value).last()
    if standing is not None and (standing.state != State.DONE.value or (folder_of(standing) / ASKED).exists()):
        return standing
    with transaction.atomic():
        job: Job = Job.objects.create(kind=kind, digest=digest, by=by, asked=asked, **more)
        _lay_down(folder_of(job), files, json.dumps({"kind": kind, **asked}, ensure_ascii=False))
    push()
    return job


def _lay_down(folder: Path, files: Mapping[str, bytes], told: str) -> None:
    """What the work is done on, all of it or nothing. Raises ``OSError``."""
    shutil.rmtree(folder, ignore_errors=True)  # of a database that was set back
    folder.mkdir(parents=True)
    try:
        for name, content in files.items():
            (folder / name).write_bytes(content)
        (folder / ASKED).write_text(told, encoding="utf-8")
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def push() -> None:
    """Start what waits, as far as there is room; tell of what stopped."""
    _started[:] = [one for one in _started if one.poll() is None]
    for job in Job.objects.filter(state=State.RUNNING.value):
        settle(job)
    room = AT_ONCE - Job.objects.filter(state=State.RUNNING.value).count()
    for job in Job.objects.filter(state=State.WAITING.value).order_by("pk")[: max(room, 0)]:
        claimed = Job.objects.filter(pk=job.pk, state=State.WAITING.value)
        if not (folder_of(job) / ASKED).exists():  # its files are gone, as where a database alone was restored
            claimed.update(state=State.FAILED.value, fault={"vi": _STOPPED.vi, "en": _STOPPED.en})
        elif claimed.update(state=State.RUNNING.value, tries=job.tries + 1):
            _start(job)


def _start(job: Job) -> None:
    folder = folder_of(job)
    lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        module = _DRAFTING if job.kind == "draft" else _READING
        _started.append(
            subprocess.Popen(
                [sys.executable, "-m", module, str(folder)],
                cwd=folder,
                env=_own_environment() if job.kind == "draft" else _bare_environment(folder),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(lock,),
                start_new_session=True,
            )
        )
    except BlockingIOError:  # one of it lives already
        return
    finally:
        os.close(lock)


def _bare_environment(folder: Path) -> dict[str, str]:
    """What opens files of strangers knows neither the database nor the key."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "PYTHONPATH") if name in os.environ}
    return {**kept, "HOME": str(folder), "TMPDIR": str(folder)}  # what is killed leaves nothing elsewhere


def _own_environment() -> dict[str, str]:
    """What drafts reads the figures of this very database."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite:///{quote(str(told['NAME']))}"
    else:
        secret = f":{quote(told['PASSWORD'])}" if told["PASSWORD"] else ""
        port = f":{told['PORT']}" if told["PORT"] else ""
        address = f"postgresql://{quote(told['USER'])}{secret}@{told['HOST']}{port}/{quote(str(told['NAME']))}"
    return {
        **os.environ,
        "BAOCAO_SECRET_KEY": settings.SECRET_KEY,
        "BAOCAO_DATABASE": address,
        "BAOCAO_FOLDER": str(settings.FOLDER),
        "BAOCAO_UNIT": settings.OFFICE_UNIT,
        "BAOCAO_UNITS": settings.OFFICE_UNITS,
        "BAOCAO_CHANGES": settings.OFFICE_CHANGES,
        "BAOCAO_CATALOGUE": ",".join(settings.OFFICE_CATALOGUE),
    }


def look(job: Job, take: Callable[[Job], None] | None = None) -> State:
    """How a piece of work stands now; ``take`` is called once, within the transaction that marks it as done."""
    if not State(job.state).is_over:
        push()
        job.refresh_from_db()
    if job.state == State.RUNNING.value:
        settle(job)
    if job.state == State.DONE.value and take is not None and not job.asked.get("taken"):
        with transaction.atomic():
            held = Job.objects.select_for_update().get(pk=job.pk)
            if not held.asked.get("taken"):
                held.asked["taken"] = True
                held.save(update_fields=["asked"])
                take(held)
    return State(job.state)


def settle(job: Job) -> None:
    """Take in the outcome of running work, or see that it stopped: it is tried once more, then told of."""
    outcome = folder_of(job) / OUTCOME
    is_alive = _is_alive(job)
    running = Job.objects.filter(pk=job.pk, state=State.RUNNING.value)
    if outcome.exists():
        told = json.loads(outcome.read_text(encoding="utf-8"))
        if "fault" in told:
            running.update(state=State.FAILED.value, fault=told["fault"])
        else:
            running.update(state=State.DONE.value, outcome=json.dumps(told["outcome"], ensure_ascii=False))
    elif not is_alive:
        if job.tries < _TRIES and (folder_of(job) / ASKED).exists():
            running.update(state=State.WAITING.value)
        else:
            running.update(state=State.FAILED.value, fault={"vi": _STOPPED.vi, "en": _STOPPED.en})
    job.refresh_from_db()


def _is_alive(job: Job) -> bool:
    try:
        lock = os.open(folder_of(job) / _LOCK, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def fault_of(job: Job) -> Text:
    """Why a piece of work came to nothing."""
    return Text(**job.fault) if job.fault else _STOPPED


def outcome_of(job: Job) -> Any:
    return json.loads(job.outcome) if job.outcome else None


def sweep() -> int:
    """Remove the files of work that was over long ago; how many. What was taken in stays in the database."""
    over = [State.DONE.value, State.FAILED.value]
    old = list(Job.objects.filter(state__in=over, made_at__lt=timezone.now() - _KEPT))
    gone = [job for job in old if folder_of(job).exists()]
    for job in gone:
        shutil.rmtree(folder_of(job), ignore_errors=True)
    return len(gone)
