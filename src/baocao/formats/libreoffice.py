"""LibreOffice turns files into others, one call at a time: in a folder of its own, within a time limit."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
from pathlib import Path

from baocao.formats import limits
from baocao.formats.errors import Unreadable
from baocao.model import Text

PACKAGE = "libreoffice-writer-nogui"
_TOO_SLOW = Text(
    "LibreOffice không chuyển xong tệp trong {seconds} giây; hãy mở tệp bằng Word và lưu thành .docx.",
    "LibreOffice did not convert the file within {seconds} seconds; open it in Word and save it as .docx.",
)
_PROGRAMS = ("soffice", "libreoffice")
_GRACE = 5  # seconds beyond the limit, for whoever waits to stop it himself
_LEAST_ROOM = 1 << 20  # bytes; with less it makes nothing and says nothing


def program() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    return next((found for known in _PROGRAMS if (found := shutil.which(known))), None)


class TooSlow(Unreadable):
    """LibreOffice was stopped at its time limit."""


def converted(called: str, original: Path, kind: str, suffix: str, *, seconds: float | None = None) -> Path | None:
    """What LibreOffice makes of a file, beside it; None when it makes nothing of it.

    ``kind`` is a suffix with one of LibreOffice's filters. The profile is of its own, so that no call waits for others;
    what it writes meanwhile lies beside the file too, to be thrown away with it. Raises ``TooSlow``, and ``OSError``
    where the disk had no room for what it makes.
    """
    folder = original.parent
    command = [
        called,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        kind,
        "--outdir",
        str(folder / "out"),
        str(original),
    ]
    _run(command, folder, limits.MAX_SECONDS if seconds is None else seconds)
    made = (folder / "out" / original.name).with_suffix(suffix)
    if made.is_file():
        return made
    if shutil.disk_usage(folder).free < _LEAST_ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return None


def _run(command: list[str], folder: Path, seconds: float) -> None:
    """Run to its end or to the time limit; the program starts others, so all of its group are stopped.

    The limit is kept by a program of its own too, where there is one: LibreOffice must not live on when we are killed.
    """
    watch = shutil.which("timeout")
    watched = [watch, "--signal=KILL", str(seconds + _GRACE), *command] if watch else command
    with subprocess.Popen(
        watched,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        # the moments that it writes have one form, wherever the machine stands
        env={**os.environ, "TZ": "UTC", "TMPDIR": str(folder)},
    ) as running:
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise TooSlow(_TOO_SLOW.fill(seconds=seconds)) from error
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
