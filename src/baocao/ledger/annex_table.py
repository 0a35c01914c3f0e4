"""An annex as a table for people and programs: its columns, its cells, and what must be said below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from baocao.figures import compare_words, said
from baocao.figures.compare import Annex, Completeness, Row
from baocao.figures.compare_earlier import Earlier
from baocao.figures.rating import RATINGS
from baocao.figures.said import MORE_UNITS, some, with_figures
from baocao.ledger.annex_results import Results
from baocao.ledger.book import Book
from baocao.ledger.grid import Cell, Column, Grid
from baocao.model.org_unit import OrgUnit
from baocao.model.target import Rating, Target, TargetKind
from baocao.model.text import Text

_TITLE = Text("{unit}, kỳ {period}: kết quả so với chỉ tiêu được giao", "{unit}, {period}: results against targets")
_ON = Text(" (theo kế hoạch đã biết ngày {day})", " (by the plan as it stood on {day})")
_LED = Text(
    "Đánh giá theo chỉ tiêu {authority} giao; nơi {authority} không giao thì theo cấp có giao, ghi ở cột Ghi chú. "
    "Muốn đánh giá theo cấp khác: --authority.",
    "Rated by {authority}'s plan; where it asks for nothing, by that of who does, as the note says. "
    "Name another first with --authority.",
)
_BY_OTHER = Text("Theo chỉ tiêu {authority} giao – {tally}", "By {authority}'s plan – {tally}")
_MISSING = Text(
    "thiếu {count}/{expected} đơn vị: {names}; chưa đủ số liệu để tính % kế hoạch và so với kỳ khác",
    "{count} of {expected} units missing: {names}; not enough for a percentage of the plan or of another period",
)
_NO_NAMES = Text(
    "số liệu dùng để tính còn thiếu {count}/{expected} đơn vị; chưa đủ số liệu để tính % kế hoạch và so với kỳ khác",
    "{count} of {expected} units are missing from what it is computed from; not enough for a percentage of the plan "
    "or of another period",
)
_DIFFERS = Text("các đơn vị dưới cộng lại là {value}", "the units below make {value}")
_SHORT = Text(
    "số {earlier} chỉ có của {count}/{expected} đơn vị, chưa đủ để so sánh",
    "the figure of the {earlier} is of {count} of {expected} units, which is not enough to set it against",
)
_SHORT_PARTS = Text(
    "số {earlier} được tính từ số liệu còn thiếu đơn vị, chưa đủ để so sánh",
    "the figure of the {earlier} is computed from totals that lack units, which is not enough to set it against",
)
_OPEN = Text("số {earlier}: {lacking}", "the figure of the {earlier}: {lacking}")
_UNDIVIDED = Text(
    "Số tổng hợp từ đơn vị dưới chưa gồm phần của {count} đơn vị cũ chưa có quyết định nêu tỷ lệ chia: {names}.",
    "What is made of the units below lacks the parts of {count} earlier units, as no decision states their shares: "
    "{names}.",
)
_UNDIVIDED_THEN = Text(
    "Số {earlier} chưa gồm phần của {count} đơn vị cũ chưa có quyết định nêu tỷ lệ chia nên có thể thấp hơn thực tế "
    "hoặc để trống: {names}.",
    "The figures of the {earlier} lack the parts of {count} earlier units, as no decision states their shares, "
    "and may be too low or blank: {names}.",
)
_AT = Text("{number} {indicator}: {remark}.", "{number} {indicator}: {remark}.")
_HEADS = {
    Earlier.LAST_YEAR: (
        Text("Cùng kỳ", "Same period"),
        Text("+/- cùng kỳ", "+/- same period"),
        Text("% cùng kỳ", "% of same period"),
    ),
    Earlier.PREVIOUS: (
        Text("Kỳ trước", "Previous"),
        Text("+/- kỳ trước", "+/- previous"),
        Text("% kỳ trước", "% of previous"),
    ),
    Earlier.YEAR_START: (
        Text("Đầu năm", "Year's start"),
        Text("+/- đầu năm", "+/- year's start"),
        Text("% đầu năm", "% of year's start"),
    ),
}
_NAMES = {  # of the columns, for machines
    Earlier.LAST_YEAR: ("earlier", "change", "percent"),
    Earlier.PREVIOUS: ("previous", "previous_change", "previous_percent"),
    Earlier.YEAR_START: ("year_start", "year_start_change", "year_start_percent"),
}
_PROGRESS = (
    Column("elapsed", Text("% thời gian đã qua", "% of time gone"), is_shown=False, places=2),
    Column(
        "point_last_year", Text("% năm trước đạt cùng thời điểm", "% of last year by then"), is_shown=False, places=2
    ),
)
_MOST = 2  # authorities and earlier periods that leave room on a screen for changes


def table(book: Book, unit: OrgUnit, on: date | None, made: Annex, found: Results) -> Grid:
    """The annex of a unit, with its count sentence first among the remarks; ``on`` is the day of the plan, if given."""
    title = _TITLE.fill(unit=unit.name, period=made.period.code)
    if on is not None:
        known = _ON.fill(day=f"{on:%d/%m/%Y}")
        title = Text(title.vi + known.vi, title.en + known.en)
    leading, *others = made.authorities
    rows = tuple(_cells(book, made, row) for row in made.rows)
    names = {row.number: row.indicator.name for row in made.rows}
    counted = [made.tally.named(names)]
    if others and made.tally.rated:
        counted.append(_LED.fill(authority=leading))
    for authority in others:
        if made.tally_by(authority).rated:
            counted.append(with_figures(_BY_OTHER, authority=authority, tally=made.tally_by(authority).text))
    warnings = [*_undivided(book, found), *(note for row in made.rows for note in _remarks(made, row, found))]
    progress = [_at(row, row.progress.text) for row in made.rows if row.progress is not None]
    is_bad = any(row.rating in (Rating.NOT_MET, Rating.INCOMPLETE, Rating.UNKNOWN) for row in made.rows)
    return Grid(title, _columns(made), rows, (*counted, *progress, *warnings), not is_bad and not warnings)


def _columns(made: Annex) -> tuple[Column, ...]:
    authorities = made.authorities
    leading = authorities[0]
    is_one = len(authorities) == 1
    is_crowded = len(authorities) + len(made.against) > _MOST
    return (
        Column("number", Text("TT", "No.")),
        Column("indicator", Text("Mã chỉ tiêu", "Indicator code"), is_shown=False),
        Column("indicator_name", Text("Chỉ tiêu", "Indicator")),
        Column("measure", Text("ĐVT", "Measure")),
        *(Column(f"target {one}", Text(f"{one} giao", f"{one} asked")) for one in authorities),
        Column("result", Text("Kết quả", "Result")),
        *(Column(f"percent {one}", Text(f"% {one}", f"% of {one}"), places=2) for one in authorities),
        *(column for earlier in made.against for column in _compared_columns(earlier, is_crowded)),
        *(_PROGRESS if _has_progress(made) else ()),
        Column(
            "rating", Text("Đánh giá", "Rating") if is_one else Text(f"Đánh giá ({leading})", f"Rating ({leading})")
        ),
        *(
            Column(f"rating {one}", Text(f"Đánh giá ({one})", f"Rating ({one})"), is_shown=False)
            for one in authorities[1:]
        ),
        Column("note", Text("Ghi chú", "Note")),
    )


def _compared_columns(earlier: Earlier, is_crowded: bool) -> Iterator[Column]:
    """The earlier figure, the change, and the percentage; the change only in files where a screen has no room."""
    for name, head in zip(_NAMES[earlier], _HEADS[earlier], strict=True):
        is_change = name.endswith("change")
        yield Column(name, head, not (is_change and is_crowded), 2 if name.endswith("percent") else None)


def _cells(book: Book, made: Annex, row: Row) -> tuple[Cell, ...]:
    plans = [row.against(authority) for authority in made.authorities]
    return (
        row.number,
        row.indicator.code,
        row.indicator.name,
        book.measure_of(row.indicator.code) if not row.indicator.parts and not row.is_assured else None,
        *(_asked(plan.target) if plan else None for plan in plans),
        compare_words.result(row),
        *(plan.rated.percent if plan else None for plan in plans),
        *(figure for earlier in made.against for figure in _compared(row, earlier)),
        *(_progress(row) if _has_progress(made) else ()),
        compare_words.rating(row),
        *(_rating_by(made, row, authority) for authority in made.authorities[1:]),
        compare_words.notes(row, made.authorities[0]),
    )


def _rating_by(made: Annex, row: Row, authority: str) -> Text | None:
    """How a row stands to another authority's plan; an indicator with parts to what is asked of them all."""
    plan = row.against(authority)
    rating = dict(made.tally_by(authority).rated).get(row.number, plan.rated.rating if plan else None)
    return RATINGS[rating] if rating is not None else None


def _compared(row: Row, earlier: Earlier) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    found = row.versus(earlier)
    return (None, None, None) if found is None else (found.earlier, found.change, found.percent)


def _has_progress(made: Annex) -> bool:
    """Whether the year goes on for some of the targets, so that progress is told."""
    return any(row.progress is not None for row in made.rows)


def _progress(row: Row) -> tuple[Decimal | None, Decimal | None]:
    if row.progress is None:
        return None, None
    last = row.progress.earlier[0][1] if row.progress.earlier else None
    return said.rounded(row.progress.elapsed * 100), None if last is None else said.rounded(last * 100)


def _asked(target: Target) -> Cell:
    return target.low if target.kind is TargetKind.EXACTLY else compare_words.asked(target)


def _undivided(book: Book, found: Results) -> Iterator[Text]:
    for when, keys in found.undivided.items():
        names = [book.name_of(key) for key in keys]
        if when is None:
            yield _listing(_UNDIVIDED, names)
        else:
            yield _listing(_UNDIVIDED_THEN, names, earlier=_lower(_HEADS[when][0]))


def _remarks(made: Annex, row: Row, found: Results) -> Iterator[Text]:
    code = row.indicator.code
    if row.completeness is not None:
        yield _at(row, _missing(row.completeness))
    for lacking in found.lacking.get(code, ()):
        yield _at(row, _bare(lacking))
    if code in found.differing:
        yield _at(row, with_figures(_DIFFERS, value=said.figure(found.differing[code])))
    for earlier, _ in row.earlier:
        if short := found.short.get((code, earlier)):
            facts = {"count": short.reported, "expected": short.expected}
            yield _at(row, with_figures(_SHORT, earlier=_lower(_HEADS[earlier][0]), **facts))
        elif (code, earlier.of(made.period)) in found.incomplete:
            yield _at(row, with_figures(_SHORT_PARTS, earlier=_lower(_HEADS[earlier][0])))
        if lacks := found.open.get((code, earlier)):
            its = _bare(lacks)
            yield _at(row, with_figures(_OPEN, earlier=_lower(_HEADS[earlier][0]), lacking=its))


def _bare(sentence: Text) -> Text:
    return Text(sentence.vi.rstrip("."), sentence.en.rstrip("."))


def _lower(head: Text) -> Text:
    return Text(head.vi.lower(), head.en.lower())


def _at(row: Row, remark: Text) -> Text:
    return with_figures(_AT, number=row.number, indicator=row.indicator.name, remark=remark)


def _missing(told: Completeness) -> Text:
    if not told.missing:  # it is computed of another period's, too, from which they are missing
        return _NO_NAMES.fill(count=told.expected - told.reported, expected=told.expected)
    return _listing(_MISSING, told.missing, expected=told.expected)


def _listing(words: Text, names: Sequence[str], **facts: object) -> Text:
    """A remark with the names of units, of which it holds so many."""
    return with_figures(words, count=len(names), names=some(names, MORE_UNITS), **facts)
