"""A report written from the ledger: which outline, of whom and when, in whose name; and what it is drafted from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from baocao.drafting import outline_check, outline_reading
from baocao.drafting.assessment import Wanted
from baocao.drafting.composing import compose
from baocao.drafting.naming import naming
from baocao.drafting.outline import Outline, Purpose
from baocao.drafting.outline_faults import Fault
from baocao.drafting.setting import Setting, day_words
from baocao.drafting.tables import TablesOf
from baocao.figures import store_targets
from baocao.figures.targets import plan
from baocao.ledger.book import Book, CannotAsk
from baocao.model.draft import Draft, Signature
from baocao.model.listed import joined
from baocao.model.office import Office
from baocao.model.org_unit import Level, OrgUnit
from baocao.model.period import Period
from baocao.model.target import Decision, Target
from baocao.model.task import KeyTask
from baocao.model.text import Text
from baocao.reference import load
from baocao.reference.indicators import sectors
from baocao.reporting.answering import Answers
from baocao.reporting.declined import without_declined
from baocao.reporting.left_behind import left_behind
from baocao.reporting.narratives import Brought, brought_forward
from baocao.undisturbed import undisturbed

_NO_OUTLINE = Text(
    "không có đề cương “{seen}”; các đề cương có sẵn: {names}.", "there is no outline “{seen}”; there are {names}."
)
_LEVEL = Text(
    "đề cương “{outline}” dành cho {levels}, không dùng cho {unit} ({level}); hãy chọn đề cương hoặc đơn vị khác.",
    "the outline “{outline}” is for {levels} and not for {unit} ({level}); choose another outline or another unit.",
)
_PERIOD = Text(
    "đề cương “{outline}” dành cho {wanted}, không dùng cho kỳ {period}; hãy chọn kỳ hoặc đề cương khác.",
    "the outline “{outline}” is for {wanted} and not for {period}; choose another period or outline.",
)
_WANTED = {
    Purpose.SIX_MONTHS: Text("sáu tháng đầu năm (như 2026-S1)", "the first six months of a year (as 2026-S1)"),
    Purpose.YEAR: Text(
        "cả năm (như 2026), hoặc từ đầu năm đến một ngày sau tháng 6",
        "a year (as 2026), or one from its first day to one behind June",
    ),
    Purpose.NEXT_YEAR: Text(
        "năm được lập kế hoạch (như 2027: kế hoạch năm 2027, trên kết quả năm 2026)",
        "the year that is planned (as 2027: the plan of 2027, on the results of 2026)",
    ),
}
_NO_FIGURES = Text(
    "{unit} chưa có số liệu nào cho kỳ {period}; hãy nạp số liệu, hoặc kiểm tra mã đơn vị và kỳ báo cáo.",
    "{unit} has no figures for {period}; load some, or check the unit's code and the period.",
)
_NO_RESULTS = Text(
    "{unit} chưa có số liệu nào của năm {results} để lập kế hoạch năm {year}; hãy nạp số liệu năm {results}, hoặc nếu "
    "muốn lập kế hoạch năm {next} thì ghi kỳ {next}: với kế hoạch, kỳ là năm được lập kế hoạch.",
    "{unit} has no figures of {results} to plan {year} by; load those of {results}, or, if the plan of {next} is "
    "meant, ask for {next}: of a plan the period is the year that is planned.",
)
_UNPLACED = Text(
    "chỉ tiêu được giao năm {year} mà báo cáo không nêu: {names}; hãy nạp kết quả nếu chưa có, hoặc thêm vào đề cương.",
    "targets of {year} that the report does not tell: {names}; load their results if they lack, or add them to the "
    "outline.",
)


class Unsound(Exception):
    """An outline that no report can be written by; ``faults`` tell why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(fault.say("en") for fault in faults))
        self.faults = tuple(faults)


_MID_YEAR = (5, 6)  # figures of six months may be cut off before the last day of June


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report: by which outline, of which unit and period, written on which day, with what number."""

    outline: Outline
    unit: OrgUnit
    period: Period
    on: date
    number: str = ""
    tasks: tuple[KeyTask, ...] = ()
    last: Path | None = None


def outline_named(seen: str) -> Outline:
    """A built-in outline. Raises ``CannotAsk`` with the names that there are."""
    try:
        return outline_reading.built_in(seen)
    except KeyError as problem:
        raise CannotAsk(_NO_OUTLINE.fill(seen=seen, names=", ".join(outline_reading.names()))) from problem


@undisturbed()
def drafted(book: Book, asked: Asked, office: Office) -> Draft:
    """The report. ``asked.last`` is an earlier draft, whose written parts are kept.

    Raises ``CannotAsk`` where the outline is not for such a unit, or nothing is known of it; ``Unsound`` for an outline
    that names what there is not; ``Unreadable``.
    """
    _prove(asked.outline, book)
    levels = asked.outline.levels
    if levels and asked.unit.level not in levels:
        raise CannotAsk(_not_its_level(asked))
    _admit_period(asked.outline, asked.period)
    setting = _setting(book, asked, office)
    results = setting.results(asked.outline)
    is_plan = asked.outline.purpose is Purpose.NEXT_YEAR
    planned = Wanted(asked.unit.key, asked.period, setting.planned_on) if is_plan else None
    held = _held(book, asked.unit, asked.period, planned.on if planned else asked.period.end)
    cited = _cited(_held(book, asked.unit, results, results.end))
    setting = replace(setting, decisions=_cited(held), year_decisions=cited)
    answers = Answers.about(book, asked.unit.key, results.end, told_on=asked.on)
    tables = TablesOf(answers, Wanted(asked.unit.key, results, results.end, asked.on), asked.tasks, planned)
    brought = Brought({})
    if asked.last is not None:
        brought = brought_forward(asked.last, asked.outline.for_level(asked.unit.level), setting)
    draft = compose(asked.outline, replace(setting, tables=tables, narratives=brought.narratives), answers)
    if not any(number.source.addresses for number in draft.numbers):
        raise CannotAsk(_without_figures(asked, results))
    draft, declined = (draft, ()) if asked.last is None else without_declined(asked.last, draft)
    behind = () if asked.last is None else left_behind(asked.last, draft)
    told = (*brought.remarks, *declined, *behind)
    return replace(draft, remarks=(*told, *_unplaced(book, asked.period.year, held, draft), *draft.remarks))


def _without_figures(asked: Asked, results: Period) -> Text:
    """Why nothing can be written; of a plan with the year that was meant, as its results are of the year before."""
    if asked.outline.purpose is not Purpose.NEXT_YEAR:
        return _NO_FIGURES.fill(unit=asked.unit.name, period=results.code)
    year = asked.period.year
    return _NO_RESULTS.fill(unit=asked.unit.name, results=results.year, year=year, next=year + 1)


def _not_its_level(asked: Asked) -> Text:
    named = outline_check.LEVELS
    levels = joined([named[one] for one in sorted(asked.outline.levels, key=list(Level).index)], ", ")
    level = named[asked.unit.level]
    facts = {"outline": asked.outline.code, "unit": asked.unit.name}
    vi = _LEVEL.say("vi", levels=levels.vi, level=level.vi, **facts)
    return Text(vi, _LEVEL.say("en", levels=levels.en, level=level.en, **facts))


def _unplaced(book: Book, year: int, held: Sequence[Target], draft: Draft) -> tuple[Text, ...]:
    """Targets in figures that were given for the year and that no number of the report is of."""
    told = {
        address.indicator
        for number in draft.numbers
        for address in number.source.addresses
        if address.authority and address.period.year == year
    }
    given = {one.address.indicator for one in held if one.low is not None}
    missing = [one for one in book.indicators.values() if one.code in given - told]
    if not missing:
        return ()
    return (naming(_UNPLACED.fill(year=year, names="{names}"), missing, sectors()),)


def _admit_period(outline: Outline, period: Period) -> None:
    """The figures of another stretch of time would stand under this report's name. Raises ``CannotAsk``."""
    since_new_year = period.start == date(period.end.year, 1, 1)
    fits = {
        Purpose.SIX_MONTHS: since_new_year and period.end.month in _MID_YEAR,
        Purpose.YEAR: since_new_year and period.end.month > max(_MID_YEAR),
        Purpose.NEXT_YEAR: period == Period.part(period.end.year),
    }
    if not fits[outline.purpose]:
        wanted = _WANTED[outline.purpose]
        raise CannotAsk(
            Text(
                _PERIOD.say("vi", outline=outline.code, wanted=wanted.vi, period=period.code),
                _PERIOD.say("en", outline=outline.code, wanted=wanted.en, period=period.code),
            )
        )


def _prove(outline: Outline, book: Book) -> None:
    """An outline in a file may be anybody's: it is proved before it is written by. Raises ``Unsound``."""
    known = outline_check.known_with(book.indicators.values())
    grave = [fault for fault in outline_check.check(outline, known) if fault.is_grave]
    if grave:
        raise Unsound(grave)


def _setting(book: Book, asked: Asked, office: Office) -> Setting:
    words = load("composing")["office"]
    unit = asked.unit.name[:1].lower() + asked.unit.name[1:]
    lines = office.signature or tuple(words["signature"])
    return Setting(
        unit=asked.unit,
        period=asked.period,
        on=asked.on,
        issuer=office.issuer or str(words["issuer"]).format(unit=unit),
        place=office.place or _place(asked.unit),
        governing=office.governing,
        council=office.council or str(words["council"]).format(unit=unit),
        number=asked.number,
        addressed_to=office.addressed_to,
        signature=Signature(lines, office.signer),
        recipients=office.recipients,
        tasks=asked.tasks,
    )


def _place(unit: OrgUnit) -> str:
    """A unit's name without the word for its kind: "Tỉnh Minh Họa" is at "Minh Họa"."""
    kinds = (*load("composing")["levels"]["words"], "tỉnh", "huyện", "xã")
    lowered = unit.name.lower()
    return next((unit.name[len(kind) + 1 :] for kind in kinds if lowered.startswith(kind + " ")), unit.name)


def _cited(held: Sequence[Target]) -> tuple[str, ...]:
    """The instruments that set targets, as they are cited in full, the earliest first."""
    decisions = {(one.decision, one.address.authority) for one in held}
    ordered = sorted(decisions, key=lambda one: (one[0].issued_on, one[0].number, one[1]))
    return tuple(dict.fromkeys(_citation(decision, authority) for decision, authority in ordered))


def _held(book: Book, unit: OrgUnit, period: Period, day: date) -> list[Target]:
    """The unit's targets of the period's year that hold on a day."""
    kept = store_targets.kept_of_unit(book.connection, unit.key)
    return [one for one in plan(kept, day) if one.address.period.year == period.year]


def _citation(decision: Decision, authority: str) -> str:
    words = load("composing")["decision"]
    kinds: Mapping[str, str] = words["kinds"]
    letters = decision.kind or _letters(decision.number, tuple(kinds))
    kind = kinds.get(letters, letters)
    issuer = decision.issuer or authority
    wording = str(words["cited" if issuer else "bare"])
    cited = wording.format(kind=kind, number=decision.number, day=day_words(decision.issued_on), issuer=issuer)
    return cited.strip()


def _letters(number: str, kinds: Sequence[str]) -> str:
    """The letters of the kind in a number: "NQ" in "12/NQ-HĐND"."""
    parts: Iterable[str] = number.replace("-", "/").split("/")
    return next((part for part in parts if part in kinds), "")
