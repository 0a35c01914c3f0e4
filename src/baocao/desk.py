"""The desk: files are read, understood, laid side by side and judged.

Two verbs stand here, ``read`` and ``check``. A file that cannot be read does not stop the others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from baocao import accepting, workers
from baocao.model import (
    Change,
    Citation,
    Claim,
    DateClaim,
    Document,
    Dossier,
    Figure,
    Finding,
    Quantity,
    Ratio,
    Text,
    Value,
)
from baocao.model.frame import HEAD
from baocao.project import GRAVEST_FIRST, Choice, Habits
from baocao.undisturbed import undisturbed

if TYPE_CHECKING:
    from baocao.rules.rule import Rule

COMPARED = (Value, Ratio, Change, Citation)  # the claims by which documents are compared
_BIG = 400_000  # bytes of all files together from which a second process pays for its start

_OUR_FAULT = Text(
    "chương trình gặp lỗi khi đọc tệp này ({seen}); hãy gửi tệp cho người phát triển, các tệp khác vẫn được soát.",
    "the program failed on this file ({seen}); please send it to the developers, the other files go on.",
)
_TOO_MUCH = Text(
    "không đủ bộ nhớ để đọc tệp này; hãy tách nhỏ tệp rồi soát từng phần.",
    "not enough memory for this file; split it and check the parts.",
)
_BLANK = Document("", "", ())


@dataclass(frozen=True, slots=True)
class Reading:
    """One document as it was understood."""

    document: Document
    claims: tuple[Claim, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read, and why."""

    path: Path
    text: Text


@dataclass(frozen=True, slots=True)
class Report:
    """One report after the check: its findings in the order of its text, and how many were accepted before."""

    path: Path
    place: int  # of its document on the desk
    findings: tuple[Finding, ...]
    accepted: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one check. ``reports`` and ``unread`` together are the files asked for, in their order."""

    documents: tuple[Document, ...]
    reports: tuple[Report, ...]
    unread: tuple[Unread, ...]
    remarks: tuple[tuple[Path, Text], ...] = ()  # on files that were read, but not wholly


def rules() -> tuple[Rule, ...]:
    """All rules there are, in the order in which they are listed."""
    from baocao.rules import RULES

    return RULES


def read(path: Path, place: int = 0) -> Reading:
    """The document in a file with what it claims. Raises ``formats.Unreadable``."""
    from baocao import formats, grammar

    with undisturbed():
        document = formats.read(path)
        claims, figures = grammar.read(document, place)
    return Reading(document, claims, figures)


def judge(reading: Reading, place: int, chosen: Iterable[Rule]) -> list[Finding]:
    """The findings within one document, which lies at ``place`` among blank sheets."""
    blanks: tuple[tuple[()], ...] = ((),) * place
    dossier = Dossier((_BLANK,) * place + (reading.document,), (*blanks, reading.claims), (*blanks, reading.figures))
    return [finding for rule in chosen if not rule.across for finding in rule.check(dossier)]


def judge_across(readings: Sequence[Reading], chosen: Iterable[Rule]) -> list[Finding]:
    """The findings between documents."""
    dossier = Dossier(
        tuple(reading.document for reading in readings),
        tuple(reading.claims for reading in readings),
        tuple(reading.figures for reading in readings),
    )
    return [finding for rule in chosen if rule.across for finding in rule.check(dossier)]


def check(
    paths: Sequence[Path],
    *,
    context: Sequence[Path] = (),
    choice: Choice | None = None,
    jobs: int | None = None,
    tick: Callable[[Path], None] = lambda path: None,
) -> Result:
    """Judge each report by itself and all of them together.

    ``context`` are documents that lie on the desk but are not reported on; ``tick`` is told of each
    file that is done. Raises ``project.BadProject``, ``accepting.BadAcceptance``.
    """
    choice = choice or Choice()
    habits = Habits(choice)
    asked = list(paths)
    known = {_real(path) for path in asked}
    _know_every_rule(asked, habits)
    beside = [path for path in _with_context(asked, context, habits) if _real(path) not in known]
    across = len(asked) + len(beside) > 1
    tasks = [_Task(path, place, _judging(path, habits), across) for place, path in enumerate(asked)]
    tasks += [_Task(path, place, frozenset(), across) for place, path in enumerate(beside, len(asked))]
    outcomes: list[_Outcome | Unread] = []
    for task, outcome in zip(tasks, _work(tasks, jobs), strict=True):
        tick(task.path)
        outcomes.append(outcome)
    readings = [Reading(_BLANK, (), ()) if isinstance(each, Unread) else each.reading for each in outcomes]
    findings: list[list[Finding]] = [[] if isinstance(each, Unread) else each.findings for each in outcomes]
    if sum(not isinstance(each, Unread) for each in outcomes) > 1:
        for finding in _between(readings, habits, tasks, len(asked)):
            findings[finding.at.document].append(finding)
    documents = tuple(reading.document for reading in readings)
    reports = [
        _report(task, findings[task.place], documents, habits)
        for task, outcome in zip(tasks[: len(asked)], outcomes, strict=False)
        if not isinstance(outcome, Unread)
    ]
    unread = tuple(each for each in outcomes if isinstance(each, Unread))
    return Result(documents, tuple(reports), unread, tuple(_remarks(tasks, outcomes)))


def _remarks(tasks: Sequence[_Task], outcomes: Sequence[_Outcome | Unread]) -> Iterator[tuple[Path, Text]]:
    for task, outcome in zip(tasks, outcomes, strict=True):
        if isinstance(outcome, _Outcome) and outcome.remark is not None:
            yield task.path, outcome.remark


def _real(path: Path) -> Path:
    """A path without links; one that leads in a circle or nowhere stays as it is, and its reader says so."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path


def _judging(report: Path, habits: Habits) -> frozenset[str]:
    return frozenset(rule.id for rule in rules() if habits.wants(report, rule.id))


def _know_every_rule(asked: Sequence[Path], habits: Habits) -> None:
    """Raises ``BadProject`` for a project file that speaks of a rule that does not exist."""
    known = [rule.id for rule in rules()]
    for report in asked:
        habits.project(report).admit(known)


def _with_context(asked: Sequence[Path], context: Sequence[Path], habits: Habits) -> list[Path]:
    wanted = [*context, *(path for report in asked for path in habits.project(report).context)]
    return list({_real(path): path for path in wanted}.values())


def _between(readings: Sequence[Reading], habits: Habits, tasks: Sequence[_Task], asked: int) -> Iterator[Finding]:
    """The findings between documents, each told at a report that was asked for."""
    for finding in judge_across(readings, rules()):
        told = turned(finding, asked)
        if told is not None and habits.wants(tasks[told.at.document].path, told.rule):
            yield told


def turned(finding: Finding, asked: int) -> Finding | None:
    """The finding seen from a report that was asked for; None when it lies between context documents only."""
    if finding.at.document < asked:
        return finding
    mine = next((span for span in finding.also if span.document < asked), None)
    if mine is None:
        return None
    return replace(finding, at=mine, also=(finding.at, *(span for span in finding.also if span != mine)))


def _report(task: _Task, findings: Iterable[Finding], documents: tuple[Document, ...], habits: Habits) -> Report:
    accepted = accepting.read(task.path)
    graded = [graded for finding in findings if (graded := habits.graded(task.path, finding)) is not None]
    ordered = sorted(dict.fromkeys(graded), key=_order)
    left = [finding for finding in ordered if not accepted or finding.key(documents) not in accepted]
    return Report(task.path, task.place, tuple(left), len(ordered) - len(left))


def _order(finding: Finding) -> tuple[int, int, int, int, str]:
    at = finding.at
    return at.block, at.cell, at.start, GRAVEST_FIRST.index(finding.severity), finding.rule


@dataclass(frozen=True, slots=True)
class _Task:
    path: Path
    place: int
    rules: frozenset[str]
    across: bool  # whether other documents will be compared with this one


@dataclass(frozen=True, slots=True)
class _Outcome:
    reading: Reading
    findings: list[Finding]
    remark: Text | None = None


def _do(task: _Task) -> _Outcome | Unread:
    from baocao import formats
    from baocao.formats.errors import Unreadable

    try:
        reading = read(task.path, task.place)
        findings = judge(reading, task.place, [rule for rule in rules() if rule.id in task.rules])
        remark = formats.remark(task.path, reading.document)
        return _Outcome(_comparable(reading, across=task.across), findings, remark)
    except Unreadable as error:
        return Unread(task.path, error.text)
    except Exception as error:
        return _fault(task, error)


def _comparable(reading: Reading, *, across: bool) -> Reading:
    """So much of a reading as is needed once its own document is judged.

    Claims cost more to carry from one process to another than to make, and a thousand reports' claims
    do not fit into memory; so only those go on that documents are compared by.
    """
    claims = tuple(claim for claim in reading.claims if _is_compared(claim)) if across else ()
    return Reading(reading.document, claims, ())


def _is_compared(claim: Claim) -> bool:
    """Whether documents are compared by a claim: by what it says, or as a date of the head, which frames its report."""
    return isinstance(claim, COMPARED) or (isinstance(claim, DateClaim) and claim.at.block < HEAD)


def _fault(task: _Task, error: Exception) -> Unread:
    """A failure of the program itself, on one file; with BAOCAO_DEBUG set it is raised."""
    if os.environ.get("BAOCAO_DEBUG"):
        raise error
    if isinstance(error, MemoryError | RecursionError):
        return Unread(task.path, _TOO_MUCH)
    return Unread(task.path, _OUR_FAULT.fill(seen=f"{type(error).__name__}: {error}"))


def _work(tasks: Sequence[_Task], jobs: int | None) -> Iterator[_Outcome | Unread]:
    """The outcomes in the order of the tasks, over as many cores as it pays to use."""
    count = min(jobs or (workers.cores() if _weight(tasks) >= _BIG else 1), len(tasks))
    if count <= 1:
        yield from map(_do, tasks)
        return
    from baocao import grammar  # noqa: F401  # the vocabulary is read once, before the processes part

    rules()
    workers.pack_lightly(Quantity, Figure, DateClaim, *COMPARED)
    for task, outcome in workers.spread(_do, tasks, count):
        yield _fault(task, outcome) if isinstance(outcome, Exception) else outcome


def _weight(tasks: Sequence[_Task]) -> int:
    """The bytes of all files together."""
    total = 0
    for task in tasks:
        with suppress(OSError, ValueError):  # what cannot be looked at is told of when it is read
            total += task.path.stat().st_size
    return total
