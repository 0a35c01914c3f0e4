"""A letter (công văn) to the units that are late with forms: which form, since when, and by how many working days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone, translation

from baocao.formats import docx_write
from baocao.model.draft import (
    Align,
    Annex,
    Block,
    Column,
    Draft,
    Grid,
    GridCell,
    Head,
    Manner,
    Paragraph,
    Signature,
    Words,
)
from baocao.model.org_unit import Level
from baocao.model.text import Problem, Text
from baocao.reference import load
from baocao_web.collecting.forms_kept import Kept
from baocao_web.collecting.rounds import punctuality
from baocao_web.collecting.rounds.punctuality import Owed
from baocao_web.documents.drafting import letterhead
from baocao_web.pages import day, period_name
from baocao_web.people.recording import Done, append
from baocao_web.places import office
from baocao_web.places.calendar import working_day
from baocao_web.running.schedule import working_days

ON_PAGE: Final = 12  # rows that a letter holds itself; more go into an annex
_ADDRESSED: Final = 5  # units that a letter names one by one
_GRACE: Final = 3  # working days until which the forms are asked for
_WIDTHS: Final = ("5", "27", "26", "14", "14", "14")
_AGAIN = Text(" (đã nộp, bị trả lại, chưa nộp lại)", " (handed in, returned, not handed in again)")
_NOBODY = Text(
    "không có đơn vị nào quá hạn mà chưa nộp biểu, nên không cần công văn đôn đốc.",
    "no unit is overdue: there is nobody to write to.",
)


class NobodyLate(Problem):
    """A letter that would have no addressee."""


def overdue(rounds: Sequence[int]) -> list[Owed]:
    """What is overdue in some rounds, by unit and then by the day it was due."""
    found = [one for number in rounds for one in punctuality.of_round(number) if one.is_overdue]
    return sorted(found, key=lambda one: (office.order(one.unit), one.unit, one.owed_on, one.kept.code))


def write(owner: str, rounds: Sequence[int], by: str) -> bytes:
    """The letter of one office about some of its rounds as a Word file; that it was written is recorded.

    Raises ``NobodyLate``.
    """
    late = overdue(rounds)
    if not late:
        raise NobodyLate(_NOBODY)
    with translation.override("vi"):  # an official letter has one language
        draft = letter(owner, late, letterhead(owner), office.today())
    content = docx_write.written(draft, timezone.now())
    told = {"rounds": sorted({one.kept.id for one in late}), "entries": [one.entry for one in late]}
    with transaction.atomic():
        append(Done(f"letters:{owner}", by, "chase", owner, told))
    return content


def letter(owner: str, late: Sequence[Owed], head: Mapping[str, Any], today: date) -> Draft:
    """The letter as a draft: number and day are left to the clerk."""
    words, names = load("chasing")["letter"], load("composing")["office"]
    issuer = head.get("issuer") or names["issuer"].format(unit=_inside(office.unit(owner).name))
    units = list(dict.fromkeys(one.unit for one in late))
    is_listed = len(late) > ON_PAGE
    facts = {
        "day": day(today),
        "by": day(working_day(today, _GRACE)),
        "units": f"{len(units):02}",
        "forms": f"{len(late):02}",
        "issuer": issuer,
    }
    periods = list(dict.fromkeys(period_name(one.kept.period) for one in late))
    when = words["when_one"].format(period=periods[0]) if len(periods) == 1 else words["when_many"]
    blocks: list[Block] = [_paragraph(words["opening_listed" if is_listed else "opening"].format(**facts))]
    if not is_listed:
        blocks.append(_grid(late, words["columns"], today))
    blocks.append(_paragraph(words["asks"].format(**facts)))
    blocks += [_paragraph(point.format(**facts), Manner.DASH) for point in words["points"]]
    blocks.append(_paragraph(words["closing"].format(**facts)))
    annex = Annex(words["annex"], words["annex_title"], (_grid(late, words["columns"], today),), is_landscape=False)
    return Draft(
        head=Head(
            issuer=issuer,
            symbol=words["symbol"],
            place=head.get("place") or _place(office.unit(owner).name),
            kind="",
            summary=words["summary"].format(when=when),
            governing=head.get("governing", ""),
            addressed_to=_addressed(units, words["addressed"], names["issuer"]),
        ),
        blocks=tuple(blocks),
        signature=Signature(tuple(head.get("signature") or names["signature"]), head.get("signer", "")),
        recipients=tuple(words["recipients"]),
        annexes=(annex,) if is_listed else (),
        unit=owner,
    )


def _addressed(units: Sequence[str], all_of_them: str, issuer: str) -> tuple[str, ...]:
    if len(units) > _ADDRESSED:
        return (all_of_them,)
    return tuple(_office_of(unit, issuer) for unit in units)


def _office_of(key: str, issuer: str) -> str:
    """Whom a letter to a unit goes to: its people's committee, or the department itself."""
    if not office.is_known(key):
        return key
    unit = office.unit(key)
    is_area = unit.level not in (Level.DEPARTMENT, Level.VILLAGE)
    return issuer.format(unit=_inside(unit.name)) if is_area else unit.name


def _inside(name: str) -> str:
    """A unit's name within a sentence: its first word, which is that of its kind, with a small letter."""
    return name[:1].lower() + name[1:]


def _place(name: str) -> str:
    """A unit's name without the word for its kind."""
    kinds = (*load("composing")["levels"]["words"], "tỉnh", "huyện", "xã")
    return next((name[len(kind) + 1 :] for kind in kinds if name.lower().startswith(f"{kind} ")), name)


def _paragraph(text: str, manner: Manner = Manner.BODY) -> Paragraph:
    return Paragraph((Words(text),), manner)


def _grid(late: Sequence[Owed], heads: Sequence[str], today: date) -> Grid:
    """A row a form that is owed; a unit's name once."""
    rows = []
    before = ""
    for number, one in enumerate(late, 1):
        name = office.unit(one.unit).name if office.is_known(one.unit) else one.unit
        told = (
            str(number),
            name if one.unit != before else "",
            _form(one.kept) + (_AGAIN.vi if one.is_mending else ""),
            period_name(one.kept.period),
            day(one.owed_on),
            str(working_days(one.owed_on, today)),
        )
        rows.append(tuple(GridCell((Words(cell),)) for cell in told))
        before = one.unit
    aligns = (Align.CENTRE, Align.LEFT, Align.LEFT, Align.CENTRE, Align.CENTRE, Align.CENTRE)
    columns = tuple(Column(Decimal(width), align) for width, align in zip(_WIDTHS, aligns, strict=True))
    return Grid(columns, (tuple(GridCell((Words(head, is_bold=True),), is_bold=True) for head in heads),), tuple(rows))


def _form(kept: Kept) -> str:
    return f"{kept.code} – {kept.title.vi}"
