"""LibreOffice turns files into others, one call at a time: in a folder of its own, within a time limit."""

from __future__ import annotations

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


def program() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    return next((found for known in _PROGRAMS if (found := shutil.which(known))), None)


def converted(called: str, original: Path, kind: str, suffix: str) -> Path | None:
    """What LibreOffice makes of a file, beside it; None when it makes nothing of it. Raises ``Unreadable``.

    ``kind`` is a suffix with one of LibreOffice's filters. The profile is of its own, so that no call waits for others.
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
    _run(command)
    made = (folder / "out" / original.name).with_suffix(suffix)
    return made if made.is_file() else None


def _run(command: list[str]) -> None:
    """Run to its end or to the time limit; the program starts others, so all of its group are stopped."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "TZ": "UTC"},  # the moments that it writes have one form, wherever the machine stands
    ) as running:
        try:
            running.wait(limits.MAX_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise Unreadable(_TOO_SLOW.fill(seconds=limits.MAX_SECONDS)) from error
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
