"""The year report of the demonstration province: its size, how long it takes, and that it is sound and the same."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from baocao import desk, project
from baocao.drafting import outline_reading
from baocao.figures.catalogue import Catalogue
from baocao.formats import decree_30, docx_write, libreoffice, pdf, pdf_write
from baocao.formats.decree_30_rules import RULES
from baocao.formats.package import Package
from baocao.ledger.book import Book, opened
from baocao.ledger.sources import Sources
from baocao.model.draft import Draft
from baocao.model.finding import Severity
from baocao.model.period import Period
from baocao.reporting import tasks
from baocao.reporting.answering import Answers
from baocao.reporting.looking_up import over
from baocao.reporting.writing import Asked, drafted
from baocao.undisturbed import undisturbed
from bench import read_back
from bench.figures import Measured
from demo.province.__main__ import SEED
from demo.province.places import PROVINCE
from demo.province.reporting import Province
from demo.province.writing import write

PAGES, NOTES, ANNEXES = 60, 100, 5
DOCX_SECONDS, PDF_SECONDS = 3.0, 5.0
DECREE_RULES = 40
OUTLINE, YEAR, ON = "bao-cao-nam", Period.part(2026), date(2026, 12, 31)
_RUNS = 3
_SHOWN = 5


@dataclass(frozen=True)
class Place:
    """The folder of the loaded province, and its report as it is drafted and written in this process."""

    folder: Path

    @property
    def settings(self) -> project.Project:
        return project.read(self.folder / project.NAME)

    @property
    def sources(self) -> Sources:
        held = self.settings.figures
        return Sources(held.units, held.changes, held.catalogue)

    @contextmanager
    def book(self) -> Iterator[Book]:
        store = self.settings.figures.store
        assert store is not None
        with opened(store, self.sources) as book:
            yield book

    def draft(self) -> Draft:
        ours = self.settings.reports
        listed = tasks.read(ours.tasks) if ours.tasks else ()
        with self.book() as book:
            asked = Asked(outline_reading.built_in(OUTLINE), book.unit(PROVINCE, ON), YEAR, ON, tasks=listed)
            return drafted(book, asked, ours.office)

    def call(self, *words: str, seed: str = "0") -> float:
        """The seconds that a command took, its start included."""
        command = [sys.executable, "-m", "baocao", *words]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        started = time.perf_counter()
        made = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        if made.returncode not in (0, 1):
            raise RuntimeError(f"{' '.join(words)}: {made.stdout}{made.stderr}")
        return time.perf_counter() - started

    def report_by_command(self, name: str, seed: str) -> float:
        asked = ("--unit", PROVINCE, "--period", YEAR.code, "--on", f"{ON:%d/%m/%Y}")
        return self.call("draft", OUTLINE, *asked, "--out", name, "--force", seed=seed)


def measured() -> Iterator[Measured | str]:
    """Every figure that is asked of the province's year report."""
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name))
        write(Province(Catalogue.national(), SEED), place.folder)
        place.call("load", "ke-hoach/*.csv", "so-lieu/*.csv")
        draft = place.draft()  # what is compiled once a process is compiled now
        docx = written(draft)
        path, printed = place.folder / "report.docx", place.folder / "report.pdf"
        path.write_bytes(docx)
        printed.write_bytes(pdf_write.converted(docx))
        yield from _large(path, printed)
        yield from _fast(place, printed)
        yield from _sound(path, printed)
        yield from _same(place)
        with place.book() as book:
            unit = book.unit(PROVINCE, ON)
            look_up = over(Answers.about(book, unit.key, YEAR.end), unit.key, YEAR)
            yield from read_back.measured(draft, path, printed, place.sources, look_up)


def written(draft: Draft) -> bytes:
    return docx_write.written(draft, datetime(ON.year, ON.month, ON.day, tzinfo=UTC))


def _large(docx: Path, printed: Path) -> Iterator[Measured]:
    with zipfile.ZipFile(docx) as package:
        body = package.read("word/document.xml")
    yield Measured("year report: pages", pages_of(printed), PAGES)
    yield Measured("year report: footnotes", body.count(b"<w:footnoteReference "), NOTES)
    yield Measured("year report: landscape sections", body.count(b'w:orient="landscape"'), ANNEXES)


def pages_of(path: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def _fast(place: Place, printed: Path) -> Iterator[Measured | str]:
    """From the open store to each file, beside LibreOffice making the same file of the same words as bare text."""
    with undisturbed():  # as the command works
        made = [_took(lambda: written(place.draft())) for _ in range(_RUNS)]
    docx = written(place.draft())
    to_pdf = median(_took(lambda: pdf_write.converted(docx)) for _ in range(_RUNS))
    words = pdf.read(printed, printed.name).source
    bare = {kind: _took(lambda kind=kind: _bare(words, kind)) for kind in ("docx", "pdf")}  # type: ignore[misc]
    whole = place.report_by_command("whole.docx", "0")
    beside = f"the whole command {whole:.2f} s; LibreOffice's .docx of the words alone {bare['docx']:.2f} s"
    yield Measured("year report: store to .docx", median(made), DOCX_SECONDS, at_least=False, unit="s", beside=beside)
    beside = f"from the .docx {to_pdf:.2f} s; LibreOffice's PDF of the words alone {bare['pdf']:.2f} s"
    total = median(made) + to_pdf
    yield Measured("year report: store to PDF", total, PDF_SECONDS, at_least=False, unit="s", beside=beside)


def _bare(words: str, kind: str) -> None:
    program = libreoffice.program()
    assert program is not None
    with tempfile.TemporaryDirectory() as folder:
        original = Path(folder) / "words.txt"
        original.write_text(words, encoding="utf-8")
        libreoffice.converted(program, original, kind, f".{kind}")


def _took(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _sound(docx: Path, printed: Path) -> Iterator[Measured | str]:
    """What our own proof-reader says of both files, and what the decree says of the Word file."""
    for path in (docx, printed):
        result = desk.check([path])
        found = [one for report in result.reports for one in report.findings if one.severity is not Severity.NOTE]
        yield from (f"{one.rule}: {one.message.vi}" for one in found[:_SHOWN])
        unread = len(result.unread)
        name = f"year report: errors and warnings of the {path.suffix}"
        yield Measured(name, len(found) + unread, 0, at_least=False)
    with Package(docx) as package:
        breached = decree_30.breaches(package)
    yield from (str(one) for one in breached[:_SHOWN])
    yield Measured("year report: layout rules of Decree 30/2020 looked at", len(RULES), DECREE_RULES)
    yield Measured("year report: layout rules of Decree 30/2020 broken", len(breached), 0, at_least=False)


def _same(place: Place) -> Iterator[Measured]:
    """Drafted by two processes that order their sets otherwise."""
    names = ("first.docx", "second.docx")
    for seed, name in enumerate(names, 1):
        place.report_by_command(name, str(seed))
    first, second = ((place.folder / name).read_bytes() for name in names)
    beside = f"{len(first):,} bytes" if first == second else _where(place.folder, names)
    yield Measured("year report drafted twice: identical bytes", float(first == second), 1.0, beside=beside)


def _where(folder: Path, names: tuple[str, str]) -> str:
    """The parts of two Word files that are not the same."""
    with zipfile.ZipFile(folder / names[0]) as first, zipfile.ZipFile(folder / names[1]) as second:
        parts = sorted({*first.namelist(), *second.namelist()})
        there = (set(first.namelist()), set(second.namelist()))
        changed = [one for one in parts if one not in there[0] & there[1] or first.read(one) != second.read(one)]
    return f"not the same: {', '.join(changed)}"
