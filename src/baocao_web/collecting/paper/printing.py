"""A form as it stands on paper: the official head, the lines with their figures, who signs.

The page that is printed, the Word file and the workbook are all made of this, so that they say the same. An official
form has one language: its words stand in ``reference/printed_form.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils import translation

from baocao.reference import load
from baocao_web.collecting.forms_kept import Kept
from baocao_web.collecting.grids import checks_of
from baocao_web.collecting.layout import Column, Layout, Row, When, cell_key
from baocao_web.collecting.models import Form
from baocao_web.collecting.sheets import Sheet
from baocao_web.collecting.states import State
from baocao_web.collecting.totals.consolidating import Consolidated
from baocao_web.collecting.typing import Cell
from baocao_web.pages import day, number, period_name, unit_name
from baocao_web.places import office

WIDE_FROM: Final = 5  # columns of figures with which a form lies on its side
_LANGUAGE: Final = "vi"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a printed form: its row and the words of its cells, in the order of the columns."""

    row: Row
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A form on paper. ``left`` and ``right`` are the lines of its head, ``remarks`` those below its table."""

    code: str
    title: str
    period: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    heads: tuple[str, ...]
    letters: tuple[str, ...]
    lines: tuple[Line, ...]
    remarks: tuple[str, ...]
    day: str
    is_lying: bool


def words() -> Mapping[str, Any]:
    """The words of official forms."""
    return load("printed_form")


def printed(sheet: Sheet) -> Printed:
    """A unit's form as it is printed at this moment."""
    told, kept = words(), sheet.kept
    computed = checks_of(kept).look(sheet.cells, sheet.beside, changed=()).computed
    lines = tuple(Line(row, tuple(_cells(sheet, row, computed))) for row in kept.layout.rows)
    left, right = head_of(kept, sheet)
    place = _without_kind(unit_name(sheet.unit))
    return Printed(
        code=kept.code,
        title=kept.title.vi,
        period=told["head"]["period"].format(period=period_words(kept)),
        left=left,
        right=right,
        heads=(*told["head"]["columns"], *(head for head in heads_of(kept))),
        letters=letters_of(kept.layout),
        lines=lines,
        remarks=tuple(_remarks(sheet)),
        day=told["foot"]["day"].format(place=place, year=office.today().year),
        is_lying=is_lying(kept.layout),
    )


def blank(form: Form, layout: Layout) -> Printed:
    """A version of a form with nothing filled in, room left for whose it is and when."""
    told, room = words(), words()["foot"]["room"]
    head = told["head"]
    lines = (Line(row, ("",) * (0 if row.is_heading else len(layout.columns))) for row in layout.rows)
    remarks = (told["foot"]["compulsory"],) if any(row.is_compulsory for row in layout.rows) else ()
    return Printed(
        code=form.code,
        title=form.title,
        period=head["period"].format(period=head["period_room"].format(room=room)),
        left=_left(form.code, form.version, form.issued_with),
        right=(head["unit"].format(unit=room), head["receiver"].format(unit=unit_name(form.owner))),
        heads=(*head["columns"], *(column.name.vi for column in layout.columns)),
        letters=letters_of(layout),
        lines=tuple(lines),
        remarks=remarks,
        day=told["foot"]["day"].format(place=room, year=room),
        is_lying=is_lying(layout),
    )


def of_total(found: Consolidated) -> Printed:
    """The consolidated form as it is printed: what the units make together, and who is missing in it."""
    told, kept = words(), found.kept
    layout = Layout(kept.layout.rows, tuple(column for column in kept.layout.columns if column.is_entry))
    counts = {"counted": found.counted, "all": len(found.standings), "approved": found.approved}
    remarks = [told["total"]["counted_approved" if found.is_approved_only else "counted"].format(**counts)]
    unapproved = () if found.is_approved_only else found.unapproved
    for key, some in (("without", found.uncounted), ("unapproved", unapproved), ("corrected", found.corrected)):
        if some:
            names = "; ".join(unit_name(one.unit) for one in some)
            remarks.append(told["total"][key].format(units=names))
    name = unit_name(kept.owner)
    return Printed(
        code=kept.code,
        title=told["total"]["title"].format(title=kept.title.vi),
        period=told["head"]["period"].format(period=period_words(kept)),
        left=_left(kept.code, kept.form_version, kept.issued_with),
        right=(told["head"]["gathered_by"].format(unit=name),),
        heads=(*told["head"]["columns"], *(head_of_column(kept, column) for column in layout.columns)),
        letters=letters_of(layout),
        lines=tuple(Line(row, tuple(_sums(found, row, layout))) for row in layout.rows),
        remarks=tuple(remarks),
        day=told["foot"]["day"].format(place=_without_kind(name), year=office.today().year),
        is_lying=is_lying(layout),
    )


def _sums(found: Consolidated, row: Row, layout: Layout) -> Iterator[str]:
    for column in () if row.is_heading else layout.columns:
        made = found.sums.get(cell_key(row, column))
        yield number(made.value) if made is not None else ""


def head_of(kept: Kept, sheet: Sheet) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines on both sides of the head: which form by when, and from whom to whom."""
    told = words()["head"]
    left = _left(kept.code, kept.form_version, kept.issued_with)
    left += (told["due"].format(due=day(kept.due(sheet.extended_to))),)
    right = (told["unit"].format(unit=unit_name(sheet.unit)), told["receiver"].format(unit=unit_name(kept.owner)))
    return left, right


def _left(code: str, version: int, issued_with: str) -> tuple[str, ...]:
    """Which form it is: its code, the decision that it is enclosed with where it has one, its version."""
    told = words()["head"]
    enclosed = (told["enclosed"].format(decision=issued_with),) if issued_with else ()
    return told["code"].format(code=code), *enclosed, told["version"].format(version=version)


def period_words(kept: Kept) -> str:
    """A round's period as the form calls it, with a capital."""
    with translation.override(_LANGUAGE):
        name = period_name(kept.period)
    return name[:1].upper() + name[1:]


def heads_of(kept: Kept) -> Iterator[str]:
    """The heads of the columns; those of other periods name them."""
    for column in kept.layout.columns:
        yield head_of_column(kept, column)


def head_of_column(kept: Kept, column: Column) -> str:
    """What stands above a column."""
    if column.when is When.THIS:
        return column.name.vi
    with translation.override(_LANGUAGE):
        return f"{column.name.vi} ({period_name(column.when.of(kept.period))})"


def letters_of(layout: Layout) -> tuple[str, ...]:
    """The line below the heads by which officials name columns: A, B, C, 1, 2, 3 ..."""
    return (*words()["head"]["letters"], *(str(place) for place in range(1, len(layout.columns) + 1)))


def is_lying(layout: Layout) -> bool:
    """Whether the form needs the page on its side."""
    return len(layout.columns) >= WIDE_FROM


def sign_of(cell: Cell) -> str:
    """What is printed for a mark, as statistical yearbooks print it."""
    return str(words()["signs"][cell.mark][0])


def _cells(sheet: Sheet, row: Row, computed: Mapping[str, Decimal | None]) -> Iterator[str]:
    for column in () if row.is_heading else sheet.kept.layout.columns:
        key = cell_key(row, column)
        found = sheet.cells.get(key)
        if key in computed:
            yield number(computed[key])
        elif found is not None and found.mark is not None:
            yield sign_of(found)
        else:
            yield sheet.words(key)


def _remarks(sheet: Sheet) -> Iterator[str]:
    """What the signs mean that stand on the form, which lines are compulsory, and that it is not approved yet."""
    told = words()
    used = {cell.mark for cell in sheet.cells.values()}
    signs = [f"“{sign}” {meaning}" for mark, (sign, meaning) in told["signs"].items() if mark in used]
    if signs:
        yield told["foot"]["signs"].format(signs="; ".join(signs))
    if any(row.is_compulsory for row in sheet.kept.layout.rows):
        yield told["foot"]["compulsory"]
    if sheet.state is not State.APPROVED:
        yield told["foot"]["unapproved"].format(state=sheet.state.name_of.vi)


def _without_kind(name: str) -> str:
    """A unit's name without the word for its kind, as a day is dated: "Thượng Họa, ngày ..."."""
    kinds = sorted(load("composing")["levels"]["words"], key=len, reverse=True)
    return next((name[len(kind) + 1 :] for kind in kinds if name.lower().startswith(f"{kind} ")), name)
