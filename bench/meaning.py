"""What a line says, in a form in which what was meant and what was read can be laid side by side.

``meant`` is worked out from the statement and the numbers that its line prints, ``read_back`` from the claims that
the grammar finds in the line's text, written to a file and read like any other.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from baocao import formats, grammar
from baocao.drafting import phrases
from baocao.drafting.phrases import Statement, Told
from baocao.grammar.paper import Paper
from baocao.grammar.stretch import quantity_of
from baocao.model import Agreement, Change, Claim, Count, Document, Dossier, Finding, Product, Ratio, Share, Total
from baocao.model.draft import RISEN, UPPER, Line, Number, Reckoning, Source, text_of
from baocao.rules import RULES

_AUTHORITIES = (("HĐND", "council"), ("tỉnh", "province"), ("Trung ương", "province"), ("xã", "commune"))
_GOOD = (Agreement.EXACT, Agreement.UNDECIDABLE)
_NEAR = (Agreement.TRUNCATED, Agreement.WITHIN_ROUNDING)  # as good as a product of rounded figures can be


class Printed(NamedTuple):
    """A number on the page: where it begins, its value, its decimals, and its text with the unit."""

    at: int
    value: Decimal
    decimals: int
    text: str


class Asserted(NamedTuple):
    """A claim's normal form. ``stated`` is where the stated number begins; ``of`` are values as printed, sorted."""

    kind: str
    stated: int
    of: tuple[Decimal, ...]
    about: tuple[str, ...] = ()


class Reading(NamedTuple):
    """What the product's own reader makes of a text."""

    document: Document
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    printed: frozenset[Printed]


def reading_of(text: str) -> Reading:
    """A text written to a file and read from it; with every rule's findings."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "line.txt"
        path.write_text(text + "\n", encoding="utf-8")
        document = formats.read(path)
    claims, figures = grammar.read(document)
    dossier = Dossier((document,), (claims,), (figures,))
    findings = tuple(one for rule in RULES if not rule.across for one in rule.check(dossier))
    return Reading(document, claims, findings, frozenset(_quanta(document)))


def _quanta(document: Document) -> Iterator[Printed]:
    """Every figure of a document, the second ones of pairs too."""
    for stretch in Paper(document, 0).stretches:
        for place in stretch.places:
            first = stretch.quantum(place)
            for quantum in filter(None, (first, first.of)):
                quantity = quantity_of(quantum)
                text = stretch.text[quantum.start : quantum.end]
                yield Printed(quantum.start, quantity.value, quantity.decimals, text)


class Placed(NamedTuple):
    """A number of a line, where it begins in the sentence, and how its text goes on."""

    at: int
    number: Number
    behind: str

    @property
    def value(self) -> Decimal:
        return self.number.form.rounded(self.number.value)

    @property
    def decimals(self) -> int:
        return len(self.number.text.partition(",")[2])


def placed(line: Line) -> tuple[Placed, ...]:
    """The numbers of a line with their places."""
    text, found, at = text_of(line), [], 0
    for piece in line:
        if isinstance(piece, Number):
            found.append(Placed(at, piece, text[at + len(piece.text) :]))
        at += len(getattr(piece, "text", ""))
    return tuple(found)


def all_told(statement: object) -> Iterator[Told]:
    """Every figure that a statement holds."""
    if isinstance(statement, Told):
        yield statement
    elif isinstance(statement, tuple):
        for one in statement:
            yield from all_told(one)
    elif is_dataclass(statement):
        for field in fields(statement):
            yield from all_told(getattr(statement, field.name))


def _whole(source: Source) -> Source:
    """The source of a fall's figure, however it is told."""
    return replace(source, argument="") if source.argument == RISEN else source


class Page:
    """A statement's line: its numbers by what they were taken from."""

    def __init__(self, statement: Statement, line: Line) -> None:
        self.placed = placed(line)
        self.told = {told.source: told for told in all_told(statement)}
        self.by_source = {_whole(one.number.source): one for one in self.placed}

    def of(self, told: Told | None) -> Placed | None:
        return self.by_source.get(told.source) if told is not None else None

    def derived(self, reckoning: Reckoning, *figures: Told) -> Placed | None:
        addresses = tuple(address for told in figures for address in told.source.addresses)
        return next(
            (p for s, p in self.by_source.items() if (s.reckoning, s.addresses) == (reckoning, addresses)), None
        )

    def values(self, *figures: Told | None) -> tuple[Decimal, ...]:
        return tuple(sorted(one.value for one in map(self.of, figures) if one is not None))


# what was meant


def meant(statement: Statement, line: Line) -> set[Asserted]:
    """The claims that a statement's line makes with its numbers."""
    return set(_meanings(statement, Page(statement, line)))


def _meanings(statement: Statement, page: Page) -> Iterator[Asserted]:
    match statement:
        case phrases.PlanAndLastYear():
            yield from _of_plan_and_last_year(statement, page)
        case phrases.Uncompared():
            yield from _meanings(statement.said, page)
        case phrases.Moved():
            yield from _moves(statement.now, statement.before, page)
        case phrases.TotalWithParts():
            yield from _sum(statement.total, statement.parts, page)
        case phrases.Share():
            yield from _ratio(statement.part, statement.whole, page, "whole", "")
        case phrases.Structure():
            yield from _structure(statement, page)
        case phrases.CropLine():
            yield from _crop(statement, page)
        case phrases.Disbursement():
            yield from _disbursement(statement, page)
        case phrases.Flow():
            yield from _flow(statement, page)
        case _:
            yield from _counts(statement, page)


def _counts(statement: Statement, page: Page) -> Iterator[Asserted]:
    match statement:
        case phrases.Names(are_all=True):
            return
        case phrases.Names() | phrases.MissingUnits():
            yield from _names(statement.count, statement.names, page)
        case phrases.Ratings():
            parts = (statement.exceeded, statement.met, statement.missed, statement.pending)
            parts += (statement.incomplete, statement.unknown)
            yield from _sum(statement.total, tuple(one for one in parts if one is not None), page)
            yield from _names(statement.missed, statement.missed_names, page)
        case phrases.Tasks():
            tasks = (statement.done, statement.ongoing, statement.late, statement.waiting)
            yield from _sum(statement.total, tasks, page)


def authority(by: str) -> str:
    return next((name for word, name in _AUTHORITIES if word in by), "")


def _ratio(part: Told, whole: Told, page: Page, against: str, by: str) -> Iterator[Asserted]:
    percent = page.derived(Reckoning.PERCENT, part, whole)
    if percent is not None:
        yield Asserted("ratio", percent.at, page.values(part, whole), (against, by))


def _moves(now: Told, before: Told, page: Page) -> Iterator[Asserted]:
    if now.value is None or before.value is None:
        return
    way = "up" if now.value > before.value else "down"
    for kind in (Reckoning.CHANGE, Reckoning.PERCENT_CHANGE):
        stated = page.derived(kind, now, before)
        if stated is not None:
            relative = "relative" if kind is Reckoning.PERCENT_CHANGE else "absolute"
            yield Asserted("difference", stated.at, page.values(now, before), (way, relative))


def _of_plan_and_last_year(said: phrases.PlanAndLastYear, page: Page) -> Iterator[Asserted]:
    for asked in said.plans:
        yield from _ratio(said.told, asked.plan, page, "plan", authority(asked.by))
        yield from _moves(said.told, asked.plan, page)
    if said.last_year is not None:
        yield from _ratio(said.told, said.last_year, page, "same_period", "")
        yield from _moves(said.told, said.last_year, page)


def _sum(total: Told, parts: tuple[Told, ...], page: Page) -> Iterator[Asserted]:
    """A total is claimed where the parts printed make it."""
    stated, values = page.of(total), page.values(*parts)
    if stated is not None and len(values) > 1 and sum(values) == stated.value > 1:  # nobody parts a single thing
        yield Asserted("sum", stated.at, tuple(value for value in values if value) if not stated.decimals else values)


def _structure(said: phrases.Structure, page: Page) -> Iterator[Asserted]:
    values = page.values(*said.parts)
    if len(values) == len(said.parts):
        yield Asserted("percent_sum", -1, values)


def _crop(said: phrases.CropLine, page: Page) -> Iterator[Asserted]:
    output = page.of(said.output)
    if output is not None:
        yield Asserted("product", output.at, page.values(said.harvested or said.area, said.crop_yield))
    pairs = ((said.area, said.plan, said.area_before), (said.output, said.output_plan, said.output_before))
    for told, plan, before in pairs:
        yield from _of_plan_and_last_year(phrases.PlanAndLastYear(told, (plan,) if plan else (), before), page)


def _disbursement(said: phrases.Disbursement, page: Page) -> Iterator[Asserted]:
    yield from _ratio(said.spent, said.plan, page, "plan", "")
    for funds in said.sources:
        yield from _ratio(funds.spent, funds.plan, page, "", "")


def _flow(said: phrases.Flow, page: Page) -> Iterator[Asserted]:
    came = tuple(told for told in (said.carried, said.fresh) if told is not None)
    done = tuple(told for told in (said.early, said.on_time, said.late) if told is not None)
    yield from _sum(said.received, came, page)
    yield from _sum(said.resolved, done, page)
    stated = page.of(said.pending)
    if stated is not None and stated.value and page.of(said.received) and page.of(said.resolved):
        yield Asserted("difference", stated.at, page.values(said.received, said.resolved), ("down", "absolute"))


def _names(count: Told, names: tuple[str, ...], page: Page) -> Iterator[Asserted]:
    stated = page.of(count)
    if stated is not None and names:
        yield Asserted("list_count", stated.at, (), names)


# what was read


def read_back(reading: Reading) -> dict[Asserted, Agreement]:
    """The claims read, in the same form, with how well their figures agree."""
    return {one: claim.agreement for claim in reading.claims if (one := _normal(claim)) is not None}


def _normal(claim: Claim) -> Asserted | None:
    of = tuple(sorted(figure.quantity.value for figure in claim.operands))
    at = claim.stated.span.start if claim.stated is not None else -1
    match claim:
        case Ratio():
            return Asserted("ratio", at, of, (claim.against, claim.authority))
        case Share():
            return Asserted("percent_sum", at, of)
        case Total():
            return Asserted("sum", at, of)
        case Change():
            about = (claim.direction.value, "relative" if claim.relative else "absolute")
            return Asserted("difference", at, of, about)
        case Product():
            return Asserted("product", at, of)
        case Count():
            return Asserted("list_count", at, (), claim.items)
        case _:
            return None


class Faults(NamedTuple):
    """What was lost or read wrongly, in words; empty when everything came back."""

    lines: tuple[str, ...]
    near: int = 0  # products that agree within rounding only

    def __bool__(self) -> bool:
        return bool(self.lines)


def faults(statement: Statement, wording: int | None) -> tuple[str, Faults]:
    """The sentence that says a statement, and all that reading it does not give back."""
    line = phrases.sentence(phrases.say(statement, wording))
    text = text_of(line)
    reading = reading_of(text)
    found = [
        *_unsaid(statement, line),
        *_figures_lost(statement, line, reading),
        *(f"rule {one.rule} speaks" for one in reading.findings),
    ]
    read, asked = read_back(reading), meant(statement, line)
    near = 0
    for one in asked:
        grade = _grade(one, read)
        is_near = one.kind == "product" and grade in _NEAR
        near += is_near
        fine = grade in _GOOD or is_near
        if not fine:
            found.append(f"asked {_told(one)}, read {grade.value if grade else 'nothing'}")
    for one, grade in read.items():
        if grade not in _GOOD and one not in asked:
            found.append(f"read {_told(one)} {grade.value}, which nobody said")
    return text, Faults(tuple(found), near)


def _told(one: Asserted) -> str:
    return f"{one.kind} at {one.stated} of {', '.join(map(str, one.of))} {' '.join(one.about)}".strip()


def _grade(asked: Asserted, read: dict[Asserted, Agreement]) -> Agreement | None:
    """The grade of a claim that was asked for. A base that is not printed cannot be read."""
    for one, grade in read.items():
        if (one.kind, one.stated) != (asked.kind, asked.stated):
            continue
        same = one.about == asked.about or (asked.kind == "ratio" and asked.about[0] == "")
        if not same:
            continue
        if one.of == asked.of or (grade is Agreement.UNDECIDABLE and len(asked.of) < 2):
            return grade
        if asked.about[1:] == ("relative",) and grade is Agreement.EXACT:
            return grade  # the figure before may be reckoned from the amount told beside the rate
        if asked.kind == "sum" and grade is Agreement.EXACT and [v for v in one.of if v] == [v for v in asked.of if v]:
            return grade
    return None


def _unsaid(statement: Statement, line: Line) -> Iterator[str]:
    """Figures that are there and that the line keeps to itself, and claims that it should have made and did not."""
    page = Page(statement, line)
    for told in all_told(statement):
        if told.value and told.source not in page.by_source and told not in _kept_back(statement):
            yield f"{told.name} {told.value} is not told"
    derived = {one.number.source.addresses for one in page.placed if one.number.source.reckoning is not Reckoning.VALUE}
    for first, second in _owed(statement):
        now, base = first.value or Decimal(0), second.value or Decimal(0)
        both = (*first.source.addresses, *second.source.addresses)
        if _is_telling(now, base) and both not in derived:
            yield f"{first.name} {now} beside {base}: nothing is said of both"


def _is_short(told: Told, least: Told) -> bool:
    """Whether a figure lies below what is asked for at least; of one that does not nothing is reckoned."""
    return (told.value or Decimal(0)) < (least.value or Decimal(0))


def _is_telling(now: Decimal, base: Decimal) -> bool:
    """Whether two figures differ, by so much that a percentage of four decimals shows it."""
    return now > 0 and base > 0 and round(100 * now / base, 4) not in (0, 100)


def _kept_back(statement: Statement) -> tuple[Told, ...]:
    """The figures that a statement holds but need not print."""
    match statement:
        case phrases.PlanAndLastYear(are_bases_told=False):
            return tuple(told for told in all_told(statement) if told is not statement.told)
        case phrases.Uncompared():
            return _kept_back(statement.said)
        case phrases.Share():
            return (statement.whole,)
        case phrases.Structure():
            return statement.parts[-1:]
        case phrases.Flow():  # parts are told where all are there and none is nought
            return tuple(one for one in (statement.carried, statement.fresh) if one is not None)
        case phrases.Objective():  # what several ask for alike is told once
            lows = [one.low for one in statement.asked if one.low is not None]
            return tuple(one for one in lows[1:] if one.value == lows[0].value)
        case phrases.MissingUnits() | phrases.Names() if statement.whole is not None and not statement.names:
            return (statement.whole,)
        case phrases.Ratings() if statement.exceeded.value == statement.total.value:
            return (statement.exceeded,)
        case _:
            return ()


def _owed(statement: Statement) -> Iterator[tuple[Told, Told]]:
    """The pairs of figures of which something has to be said."""
    match statement:
        case phrases.PlanAndLastYear():
            short = (one for one in statement.plans if one.upper is None or _is_short(statement.told, one.plan))
            yield from ((statement.told, asked.plan) for asked in short)
            if statement.last_year is not None:
                yield statement.told, statement.last_year
        case phrases.Uncompared():
            yield from _owed(statement.said)
        case phrases.Moved():
            yield statement.now, statement.before
        case phrases.Share():
            yield statement.part, statement.whole
        case phrases.CropLine() if statement.plan is not None:
            yield statement.area, statement.plan.plan
        case phrases.Disbursement():
            yield statement.spent, statement.plan
            yield from ((funds.spent, funds.plan) for funds in statement.sources)


_POINTS = "điểm phần trăm"
_TO = " - "  # between the bounds of a range
_SILENT = ("trên 100", "không có đơn vị")


def _figures_lost(statement: Statement, line: Line, reading: Reading) -> Iterator[str]:
    """Numbers that were not read, or not as they were printed."""
    read = {one.at: one for one in reading.printed}
    measures = {told.source: "" if told.is_named_by_unit else told.measure for told in all_told(statement)}
    by_address = {told.source.addresses: told.measure for told in all_told(statement)}
    uppers = {one.at: one.number for one in placed(line) if one.number.source.argument == UPPER}
    for one in placed(line):
        if one.at in uppers:
            continue  # told with the lower bound
        seen = read.get(one.at)
        if seen is None:
            yield f"{one.number.text} is not read as a figure"
            continue
        if (seen.value, seen.decimals) != (one.value, one.decimals):
            yield f"{one.number.text} is read as {seen.value}"
        if one.behind.startswith("/"):
            continue  # the first of a pair has its unit behind the second
        high = uppers.get(one.at + len(one.number.text) + len(_TO)) if one.behind.startswith(_TO) else None
        beyond = f"{_TO}{high.text}" if high else ""
        measure = _measure_of(one.number, one.behind.removeprefix(beyond), measures, by_address)
        number = one.number.text + beyond
        whole = number + (measure if measure == "%" else f" {measure}" if measure else "")
        if measure and seen.text != whole:
            yield f"{whole} is read as {seen.text}"


def _measure_of(
    number: Number, behind: str, measures: dict[object, str], by_address: dict[tuple[object, ...], str]
) -> str:
    if number.source.reckoning in (Reckoning.PERCENT, Reckoning.PERCENT_CHANGE):
        return "%"
    is_change = number.source.reckoning is Reckoning.CHANGE
    measure = by_address[number.source.addresses[:1]] if is_change else measures[_whole(number.source)]
    if measure in _SILENT:
        return ""
    is_in_points = is_change or behind.startswith(f" {_POINTS}")
    return _POINTS if is_in_points and measure == "%" else measure
