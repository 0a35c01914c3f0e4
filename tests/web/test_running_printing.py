"""Printing never takes the whole server: turns, an end to a slow one, and nothing left of a killed one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from baocao.formats import docx_write
from baocao_web.collecting.paper import files
from baocao_web.documents import reading_room
from baocao_web.places import turns
from tests.unit.formats.test_pdf_write import DRAFT, DRAFTED
from tests.web.offices import Office, signed_in

_SLOW = """#!/bin/sh
echo $$ > "{told}.new" && mv "{told}.new" "{told}"
touch "$TMPDIR/left"
while [ ! -e "{told}.go" ]; do sleep 0.1; done
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A LibreOffice that prints nothing until it is told to go on; the file in which it tells its number."""
    told, programs = tmp_path / "told", tmp_path / "programs"
    programs.mkdir()
    (programs / "soffice").write_text(_SLOW.format(told=told), encoding="utf-8")
    (programs / "soffice").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "elsewhere"))
    (tmp_path / "elsewhere").mkdir()
    return told


def until(is_so: Callable[[], bool]) -> None:
    """Wait for something that another process does."""
    for _ in range(600):
        if is_so():
            return
        threading.Event().wait(0.1)
    raise AssertionError("it did not come to that")


def lives(number: int) -> bool:
    """Whether a process is there, and not only waits to be buried."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{number}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


def left(tmp_path: Path) -> list[str]:
    """What printing left behind, but for the locks."""
    inside = settings.FOLDER / turns.FOLDER
    return sorted(
        path.name for place in (inside, tmp_path / "elsewhere") for path in place.rglob("*") if path.suffix != ".lock"
    )


def test_a_slow_one_is_stopped_and_leaves_nothing(
    made: Office, told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_SECONDS", 1)
    answer = signed_in("lan").get(f"/forms/{made.entry().pk}/print?file=pdf")
    assert answer.status_code == 409
    assert "không in xong ra PDF trong 1 giây" in answer.content.decode()
    assert not lives(int(told.read_text()))
    assert left(tmp_path) == []


def test_who_comes_meanwhile_is_told_at_once_and_other_pages_open(made: Office, told: Path, tmp_path: Path) -> None:
    address = f"/forms/{made.entry().pk}/print?file=pdf"
    first = signed_in("lan")
    answers = []

    def print_it() -> None:
        answers.append(first.get(address))
        connections["default"].close()

    printing = threading.Thread(target=print_it)
    printing.start()
    until(told.exists)
    second = signed_in("ngoc").get(address)
    assert second.status_code == 409
    assert "đang có nhiều người in; hãy thử lại sau ít phút" in second.content.decode()
    assert signed_in("ngoc").get(address.replace("=pdf", "=docx")).status_code == 200
    told.with_suffix(".go").touch()
    printing.join()
    assert "không in được tệp Word này" in answers[0].content.decode(), "it had its turn"
    assert left(tmp_path) == []


def test_reports_are_printed_by_turns_too(tmp_path: Path, told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_room, "_TURN", 0)
    folder = tmp_path / "jobs" / "1"
    folder.mkdir(parents=True)
    (folder / "report.docx").write_bytes(docx_write.written(DRAFT, DRAFTED))
    with turns.turn(tmp_path, turns.IN_THE_BACKGROUND, 0), pytest.raises(turns.Busy):
        reading_room.pdf(folder, {})
    assert not told.exists(), "it was not even begun"


def test_a_turn_ends_with_whoever_had_it_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from baocao_web.places import turns\n"
        "with turns.turn(Path(sys.argv[1]), 'page', 0) as room:\n"
        "    (room / 'half.docx').write_text('x'); print('begun', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"begun\n"
        with pytest.raises(turns.Busy), turns.turn(tmp_path, turns.ON_A_PAGE, 0):
            pass
        holder.kill()
    with turns.turn(tmp_path, turns.ON_A_PAGE, 10) as room:
        assert list(room.iterdir()) == []
    assert not room.exists()


def test_it_does_not_live_on_when_its_caller_is_killed(tmp_path: Path, told: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from baocao.formats import libreoffice\n"
        "libreoffice.converted(libreoffice.program(), Path(sys.argv[1]), 'pdf', '.pdf', seconds=1)"
    )
    original = tmp_path / "a.docx"
    original.write_bytes(b"")
    with subprocess.Popen([sys.executable, "-c", code, str(original)], stderr=subprocess.DEVNULL) as caller:
        until(told.exists)
        os.kill(caller.pid, signal.SIGKILL)
    number = int(told.read_text())
    until(lambda: not lives(number))
