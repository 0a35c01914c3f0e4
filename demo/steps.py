"""The steps of the demonstration. Each says in both languages what it does, and shows the call that does it."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from subprocess import PIPE, STDOUT

from baocao import desk, project
from baocao.cli import main as baocao
from baocao.cli.outputs import write
from baocao.figures.catalogue import Catalogue
from baocao.formats import docx_write, libreoffice
from baocao.ledger.book import opened, period_of
from baocao.ledger.sources import Sources
from baocao.model.draft import Draft
from baocao.model.period import CutOff
from baocao.reporting import tasks
from baocao.reporting.writing import Asked, drafted, outline_named
from demo import where
from demo.plant_mistakes import Planted, planted
from demo.province.__main__ import SEED
from demo.province.places import PROVINCE
from demo.province.reporting import Province
from demo.province.writing import write as write_province
from demo.where import Files

INTERRUPTED = 130
OUTLINE, YEAR, ON = "bao-cao-nam", "2026", date(2026, 12, 31)
_FOUND = 1  # what a command gives that has something to tell
_STEPS = 7
_WIDTH = 400  # letters of one line of what a command said


class Stopped(Exception):
    """A step that could not do its work; what the command said is in its words."""

    def __init__(self, said: str, code: int) -> None:
        super().__init__(said)
        self.code = code


@dataclass(slots=True)
class Walk:
    """One walk through the demonstration: files go to ``out``, the sample report is found from ``home``."""

    out: Path
    home: Path
    files: Files = field(init=False)
    mistakes: list[tuple[Planted, bool]] = field(default_factory=list)
    copy: Draft | None = None
    is_draft_clean: bool = False
    step: int = 0
    began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.files = Files(self.out, with_pdf=libreoffice.program() is not None)

    def make_province(self) -> None:
        """The fictional province, without what an earlier walk had in its store."""
        with self._step("sinh tỉnh Minh Họa hư cấu", "making the fictional province Minh Hoa"):
            self.files.forget_store()
            write_province(Province(Catalogue.national(), SEED), self.files.province)

    def load(self) -> None:
        """Plans and figures into the store; what loading remarks goes to a file, as it is long."""
        with self._step("nạp kế hoạch và số liệu ba năm vào kho", "loading plans and three years of figures"):
            said = self._call("load", "ke-hoach/*.csv", "so-lieu/*.csv")
            write(self.files.loaded, said.encode())

    def draft(self) -> None:
        """The year report: Word, page, workbook, and PDF where LibreOffice is.

        While the command works, the same report is drafted here too: the copy for the mistakes.
        """
        with self._step("soạn báo cáo năm 2026", "drafting the year report of 2026"):
            made = ["--html", self.files.page.name, "--annexes", self.files.workbook.name]
            if self.files.with_pdf:
                made += ["--pdf", self.files.pdf.name]
            asked = ["--unit", PROVINCE, "--period", YEAR, "--on", ON.strftime("%d/%m/%Y")]
            words = ["draft", OUTLINE, *asked, "--out", self.files.report.name, *made, "--force"]
            self._show(words)
            command = [sys.executable, "-m", "baocao", *words]
            with subprocess.Popen(command, cwd=self.files.province, stdout=PIPE, stderr=STDOUT, text=True) as running:
                self.copy = self._drafted()
                said, _ = running.communicate()
            self._admit(running.returncode, said)
        if running.returncode == _FOUND:  # it was told what is lacking
            print(_indented(said))
        if not self.files.with_pdf:
            print(where.NO_PDF.format(package=libreoffice.PACKAGE))

    def proof_read(self) -> None:
        """The draft under our own proof-reader."""
        with self._step("soát báo cáo vừa soạn", "proof-reading that report"):
            said = self._call("check", self.files.report.name)
            self.is_draft_clean = not desk.check([self.files.report]).reports[0].findings
        print(_indented(said))

    def plant(self) -> None:
        """The same report with a mistake of each kind."""
        with self._step("cài lỗi cố ý vào một bản khác", "planting mistakes in another copy"):
            assert self.copy is not None
            draft, told = planted(self.copy, SEED)
            written = docx_write.written(draft, datetime(ON.year, ON.month, ON.day, tzinfo=UTC))
            write(self.files.planted, written)
            self.mistakes = [(one, False) for one in told]

    def proof_read_planted(self) -> None:
        """What the proof-reader finds of them, as remarks in a Word copy and as a page."""
        names = self.files
        with self._step("soát bản có lỗi", "proof-reading the copy with mistakes"):
            self._call(
                "check", names.planted.name, "--docx", names.remarked.name, "--html", names.findings.name, "--force"
            )
            result = desk.check([names.planted])
        told = [where.told_of(finding, result.documents[0]) for finding in result.reports[0].findings]
        self.mistakes = [(one, where.is_found(one, told)) for one, _ in self.mistakes]
        print(where.table_of(self.mistakes))

    def sample(self) -> None:
        """The small sample report, which people wrote."""
        with self._step("soát báo cáo mẫu nhỏ", "proof-reading the small sample report"):
            source, copy, page = self.home / "demo" / where.SAMPLE, self.files.sample_remarked, self.files.sample_page
            self._call("check", str(source), "--docx", str(copy), "--html", str(page), "--force")

    def say_where(self) -> None:
        """The files, and what to look at in each."""
        print(self.files.told(self.mistakes, is_clean=self.is_draft_clean))
        print(where.TOOK.format(seconds=time.monotonic() - self.began))

    def _drafted(self) -> Draft:
        """The draft as ``baocao draft`` makes it, before it is written."""
        folder = self.files.province
        settings = project.read(folder / project.NAME)
        ours, held = settings.reports, settings.figures
        assert held.store is not None
        with opened(held.store, Sources(held.units, held.changes, held.catalogue)) as book:
            period = period_of(YEAR, CutOff.CALENDAR)
            listed = tasks.read(ours.tasks) if ours.tasks else ()
            unit = book.unit(PROVINCE, period.end)
            return drafted(book, Asked(outline_named(OUTLINE), unit, period, ON, tasks=listed), ours.office)

    def _call(self, *words: str) -> str:
        """One call of the command line in the province's folder, and what it said. Raises ``Stopped``."""
        self._show(words)
        said = io.StringIO()
        with _inside(self.files.province), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = baocao(list(words))
        self._admit(code, said.getvalue())
        return said.getvalue()

    def _show(self, words: Sequence[str]) -> None:
        print(f"      $ baocao {shlex.join(words)}", flush=True)

    def _admit(self, code: int, said: str) -> None:
        """Go on after a call that has done its work, whether it had something to tell or not."""
        if code == INTERRUPTED:
            raise KeyboardInterrupt
        if code not in (0, _FOUND):
            raise Stopped(said.strip(), code)

    @contextlib.contextmanager
    def _step(self, vi: str, en: str) -> Iterator[None]:
        self.step += 1
        print(f"[{self.step}/{_STEPS}] {vi[:1].upper()}{vi[1:]} / {en}", flush=True)
        started = time.monotonic()
        yield
        print(f"      {time.monotonic() - started:.1f} s", flush=True)


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """As one would go to a folder to work there: its project file then holds."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _indented(said: str) -> str:
    return "\n".join(f"      {textwrap.shorten(line, _WIDTH, placeholder=' …')}" for line in said.strip().splitlines())
