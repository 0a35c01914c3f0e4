"""Forms made from the catalogue, version after version; a version that a round uses is never changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.db import connection, transaction

from baocao.model.indicator import Indicator
from baocao.model.observation import Scenario, written
from baocao.model.text import Problem, Text
from baocao.reference import indicators as reference
from baocao_web.collecting.layout import LARGEST, Column, Layout, Row, When
from baocao_web.collecting.layout import written as written_layout
from baocao_web.collecting.models import Form
from baocao_web.people.recording import Done, append
from baocao_web.places import office

_ENCLOSED = re.compile(r"^\(?\s*(?:ban hành\s+)?kèm theo\s+", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{0,39}")

_BAD_CODE = Text(
    "mã biểu “{seen}” không dùng được; hãy dùng chữ không dấu, chữ số và các dấu . / - _, nhiều nhất 40 ký tự.",
    "the form code “{seen}” cannot be used; take plain letters, digits and . / - _, 40 characters at most.",
)
_TAKEN = Text(
    "mã biểu “{seen}” đã có ở cơ quan khác; hãy chọn mã khác.",
    "another office has a form “{seen}”; choose another code.",
)
_NO_TITLE = Text("biểu phải có tên.", "a form needs a title.")
_NO_ROWS = Text("biểu chưa có chỉ tiêu nào; hãy chọn ít nhất một.", "the form has no indicator; choose one at least.")
_NO_ENTRY = Text(
    "biểu không có ô nào để nhập: mọi chỉ tiêu đều được tính từ chỉ tiêu khác; hãy thêm chỉ tiêu gốc.",
    "the form has no cell to type in: all its indicators are computed; add those that they come from.",
)
_TOO_LARGE = Text(
    "biểu có {seen} ô, nhiều nhất là {limit}; hãy chia thành nhiều biểu.",
    "the form has {seen} cells, {limit} at most; part it into several.",
)
_NO_SECTOR = Text("không có lĩnh vực mã “{seen}”.", "no sector has the code “{seen}”.")
_STRANGE = Text(
    "“{unit}” không thuộc cơ quan lập biểu; mỗi dòng phải là một đơn vị bên dưới.",
    "“{unit}” is not below the office that makes the form; each line must be of a unit below it.",
)
_UNKNOWN = Text("không có chỉ tiêu mã “{seen}”.", "no indicator has the code “{seen}”.")


class NotAForm(Problem):
    """A form that cannot be made as it was asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which form: its indicators in their order, which are parted how, and which columns stand beside the results."""

    code: str
    title: str
    indicators: Sequence[str]
    title_en: str = ""
    sector: str = ""
    issued_with: str = ""  # the decision that the form is enclosed with, as its head names it
    parted: frozenset[str] = frozenset()  # indicators whose breakdown is asked for member by member
    compulsory: frozenset[str] = frozenset()
    columns: Sequence[Column] = ()
    units: Sequence[str] = ()  # with them every indicator has a line for each, filled in by the office itself


ACTUAL = Column("actual", Text("Thực hiện trong kỳ", "Result of the period"))
ESTIMATE = Column("estimate", Text("Ước cả năm", "Estimate of the year"), Scenario.ESTIMATE, When.WHOLE_YEAR)
PREVIOUS = Column("previous", Text("Kỳ trước", "Period before"), when=When.PREVIOUS, is_entry=False)
LAST_YEAR = Column("last_year", Text("Cùng kỳ năm trước", "Same period last year"), when=When.LAST_YEAR, is_entry=False)
TO_DATE = Column("to_date", Text("Lũy kế từ đầu năm", "Year to date"), when=When.YEAR_TO_DATE)
PLAN = Column("plan", Text("Kế hoạch năm", "Plan of the year"), Scenario.TARGET, When.WHOLE_YEAR, is_entry=False)
COLUMNS = (PLAN, ACTUAL, TO_DATE, ESTIMATE, PREVIOUS, LAST_YEAR)
USUAL = (ACTUAL, PREVIOUS, LAST_YEAR)


def layout_of(wanted: Wanted) -> Layout:
    """The rows and columns of a form: indicators by sector, numbered as officials number them. Raises ``NotAForm``."""
    listed = office.catalogue()
    unknown = next((code for code in wanted.indicators if code not in listed), None)
    if unknown is not None:
        raise NotAForm(_UNKNOWN.fill(seen=unknown))
    if not wanted.indicators:
        raise NotAForm(_NO_ROWS)
    layout = Layout(tuple(_rows(wanted)), tuple(wanted.columns or USUAL))
    cells = len(layout.rows) * len(layout.columns)
    if cells > LARGEST:
        raise NotAForm(_TOO_LARGE.fill(seen=cells, limit=LARGEST))
    if not layout.entries:
        raise NotAForm(_NO_ENTRY)
    return layout


def _rows(wanted: Wanted) -> Iterator[Row]:
    listed, names = office.catalogue(), reference.sectors()
    chosen = [listed[code] for code in dict.fromkeys(wanted.indicators)]
    for place, (sector, group) in enumerate(groupby(chosen, key=lambda one: one.sector), 1):
        yield Row("", names.get(sector, Text(sector, sector)), _roman(place))
        for number, indicator in enumerate(group, 1):
            if wanted.units:
                yield from _of_units(indicator, str(number), wanted)
                continue
            yield _row(indicator, str(number), wanted)
            if indicator.code in wanted.parted:
                yield from _members(indicator, str(number))


def _of_units(indicator: Indicator, number: str, wanted: Wanted) -> Iterator[Row]:
    """An indicator as a heading, and below it a line for each unit."""
    yield Row("", indicator.name, number)
    for place, unit in enumerate(wanted.units, 1):
        name, line = office.unit(unit).name, _row(indicator, f"{number}.{place}", wanted)
        yield replace(line, key=f"{indicator.code}~{unit}", name=Text(name, name), unit=unit)


def _row(indicator: Indicator, number: str, wanted: Wanted) -> Row:
    return Row(
        key=indicator.code,
        name=indicator.name,
        number=number,
        indicator=indicator.code,
        measure=_measure(indicator),
        is_derived=indicator.is_derived,
        is_compulsory=indicator.code in wanted.compulsory,
    )


def _members(indicator: Indicator, number: str) -> Iterator[Row]:
    """The members of an indicator's breakdowns, one below the other."""
    members = [
        (dimension, one) for dimension in indicator.breakdowns for one in reference.dimensions()[dimension].members
    ]
    for place, (dimension, member) in enumerate(members, 1):
        breakdown = written(((dimension, member.code),))
        yield Row(
            key=f"{indicator.code}|{breakdown}",
            name=Text(f"– {member.name.vi}", f"– {member.name.en}"),
            number=f"{number}.{place}",
            indicator=indicator.code,
            breakdown=breakdown,
            measure=_measure(indicator),
            is_derived=indicator.is_derived,
        )


def _measure(indicator: Indicator) -> Text:
    units = office.catalogue().units
    return units[indicator.code].name if indicator.code in units else Text(indicator.unit, indicator.unit)


def make(wanted: Wanted, owner: str, by: str) -> Form:
    """A form, or the next version of the one with this code; one that would be the same is the one there is.

    Raises ``NotAForm``.
    """
    code, title = wanted.code.strip(), " ".join(wanted.title.split())
    if not _CODE.fullmatch(code):
        raise NotAForm(_BAD_CODE.fill(seen=code))
    if not title:
        raise NotAForm(_NO_TITLE)
    if wanted.sector and wanted.sector not in reference.sectors():
        raise NotAForm(_NO_SECTOR.fill(seen=wanted.sector[:60]))
    stranger = next((unit for unit in wanted.units if unit == owner or not office.is_within(unit, owner)), None)
    if stranger is not None:
        raise NotAForm(_STRANGE.fill(unit=stranger[:60]))
    told_of = {
        "title": title[:300],
        "title_en": " ".join(wanted.title_en.split())[:300],
        "sector": wanted.sector,
        "issued_with": _decision(wanted.issued_with),
        "layout": json.loads(json.dumps(written_layout(layout_of(wanted)))),  # as it is kept
    }
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"baocao form {code}"])
        last = Form.objects.filter(code=code, owner=owner).order_by("-version").first()
        if last is not None and all(getattr(last, name) == value for name, value in told_of.items()):
            return last  # pressed twice, or nothing changed: a version would differ from the one before in nothing
        if last is None and Form.objects.filter(code=code).exists():
            raise NotAForm(_TAKEN.fill(seen=code))
        made = Form.objects.create(code=code, version=last.version + 1 if last else 1, owner=owner, **told_of)
        told = {"code": code, "version": made.version, "title": title, "issued_with": made.issued_with}
        append(Done(f"form:{made.pk}", by, "design", owner, {name: seen for name, seen in told.items() if seen}))
    return made


def _decision(typed: str) -> str:
    """The decision alone, where the words that stand before it on paper were typed too."""
    return _ENCLOSED.sub("", " ".join(typed.split()))[:300].strip()


def _roman(number: int) -> str:
    written_as = ""
    for value, signs in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        written_as += signs * (number // value)
        number %= value
    return written_as
