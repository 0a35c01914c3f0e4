"""The custom XML part of a report, read back: which figure each live number is, and how it was printed.

A report comes back after Word, LibreOffice and other people had it, so nothing in the part is taken for granted: what
cannot be read is told, figure by figure, and the rest still counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from baocao.formats.docx_write_figures import NAMESPACE, form_of
from baocao.formats.errors import Unreadable
from baocao.formats.package import Package
from baocao.model import Text
from baocao.model.draft import Form, Reckoning, Source
from baocao.model.observation import Address, Scenario, breakdown_of
from baocao.model.period import NotAPeriod, Period

if TYPE_CHECKING:
    from lxml.etree import _Element

ROOT = f"{{{NAMESPACE}}}figures"
FIGURE = f"{{{NAMESPACE}}}figure"
SHOWN = f"{{{NAMESPACE}}}shown"
_SUGGESTION, _DECLINED = f"{{{NAMESPACE}}}suggestion", f"{{{NAMESPACE}}}declined"

_SCENARIOS = "|".join(scenario.value for scenario in Scenario)
_NEXT = re.compile(rf"\s+(?=[^\s:]+:[^\s:]+:[^\s:]+:(?:{_SCENARIOS})(?:[\s:]|$))")
_LONGEST = 10_000  # letters of one attribute; a longer one was not written by us
_DIGITS = 60  # of a value or a form; beyond that no figure is meant
_WIDEST = 40

_TWICE = Text("có hai số cùng mã {key}", "two numbers have the key {key}")
_NO_KEY = Text("một số không có mã", "a number has no key")
_BAD_FIELD = Text("{key}: {name}=“{seen}” không đọc được", "{key}: {name}=“{seen}” cannot be read")
_TWO_PARTS = Text(
    "tệp có {count} phần số liệu sống, chỉ dùng phần đầu; có lẽ hai báo cáo đã bị ghép làm một",
    "the file has {count} parts of live numbers and only the first is used; two reports may have been joined",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A live number as the file keeps it. ``bound`` is the text that Word shows in its content control."""

    key: str
    source: Source
    value: Decimal
    form: Form
    revision: int
    printed: str
    bound: str


@dataclass(frozen=True, slots=True)
class FigurePart:
    """The part as a whole: ``order`` are the keys as they stand, since content controls name them by their place.

    ``suggestions`` are the keys of the numbers of each suggestion by its mark, ``declined`` the marks of those that
    people took out of earlier drafts. ``drafted`` is the day of writing, None where the file does not say it.
    """

    name: str
    outline: str
    unit: str
    period: str
    figures: dict[str, Kept]
    order: tuple[str, ...]
    faults: tuple[Text, ...] = field(default=())
    suggestions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    declined: tuple[str, ...] = ()
    drafted: date | None = None


def addresses_of(line: str) -> tuple[Address, ...]:
    """The addresses on a line, parted by spaces; an authority's name may hold spaces too. Raises ``ValueError``."""
    return tuple(address_of(part) for part in _NEXT.split(line.strip()) if part)


def address_of(line: str) -> Address:
    """The way back from ``str(address)``. Raises ``ValueError``.

    >>> str(address_of("00097:TRONG_TROT.LUA:2024-A1:target:UBND tỉnh:crop=rice"))
    '00097:TRONG_TROT.LUA:2024-A1:target:UBND tỉnh:crop=rice'
    """
    unit, indicator, period, scenario, *rest = line.split(":", 5)
    authority, breakdown = (*rest, "", "")[:2]
    try:
        return Address(unit, indicator, Period.parse(period), Scenario(scenario), authority, breakdown_of(breakdown))
    except NotAPeriod as problem:
        raise ValueError(period) from problem


def found_in(package: Package, body: str) -> FigurePart | None:
    """The part of live numbers of a Word package, None where there is none. Raises ``Unreadable`` for a damaged one."""
    named = [target for _, kind, target in package.relations(body) if kind == "customXml"]
    loose = sorted(name for name in package.names if re.fullmatch(r"customXml/item\d+\.xml", name))
    roots: list[tuple[str, _Element]] = []
    for name in dict.fromkeys((*named, *loose)):
        content = package.part(name)
        if content is None or NAMESPACE.encode() not in content:
            continue
        root = package.xml(name)
        if root is not None and root.tag == ROOT:
            roots.append((name, root))
    if not roots:
        return None
    name, root = roots[0]
    faults = [_TWO_PARTS.fill(count=len(roots))] if len(roots) > 1 else []
    return _part(name, root, faults)


def _part(name: str, root: _Element, faults: list[Text]) -> FigurePart:
    figures: dict[str, Kept] = {}
    order: list[str] = []
    for element in root.iterchildren(FIGURE):
        key = element.get("id", "")
        order.append(key)
        if not key:
            faults.append(_NO_KEY)
        elif key in figures:
            faults.append(_TWICE.fill(key=key))
        else:
            kept = _kept(key, element)
            if isinstance(kept, Text):
                faults.append(kept)
            else:
                figures[key] = kept
    outline, unit, period = (root.get(told, "") for told in ("outline", "unit", "period"))
    suggestions = {one.get("id", ""): tuple(one.get("numbers", "").split()) for one in root.iterchildren(_SUGGESTION)}
    declined = tuple(one.get("id", "") for one in root.iterchildren(_DECLINED))
    drafted = _day(root.get("drafted", ""))
    return FigurePart(name, outline, unit, period, figures, tuple(order), tuple(faults), suggestions, declined, drafted)


def _day(moment: str) -> date | None:
    try:
        return datetime.fromisoformat(moment).date()
    except ValueError:
        return None


def _kept(key: str, element: _Element) -> Kept | Text:
    """The figure of an element, or what about it cannot be read."""
    fields: dict[str, str] = {}
    name = ""
    try:
        for name in ("reckoning", "addresses", "argument", "value", "form", "revision", "printed"):
            fields[name] = str(element.attrib[name])
            if len(fields[name]) > _LONGEST:
                raise ValueError(name)
        name = "reckoning"
        reckoning = Reckoning(fields[name])
        name = "addresses"
        source = Source(reckoning, addresses_of(fields[name]), fields["argument"])
        name = "value"
        value = _decimal(fields[name])
        name = "form"
        form = _form(fields[name])
        name = "revision"
        revision = int(fields[name])
    except (KeyError, ValueError, InvalidOperation):
        seen = fields.get(name, "")
        return _BAD_FIELD.fill(key=key, name=name, seen=seen if len(seen) <= _WIDEST else seen[:_WIDEST] + "…")
    shown = element.find(SHOWN)
    bound = (element if shown is None else shown).text or ""
    return Kept(key, source, value, form, revision, fields["printed"], bound)


def _decimal(line: str) -> Decimal:
    value = Decimal(line) if len(line) <= _DIGITS else Decimal("NaN")
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS:
        raise ValueError(line)
    return value


def _form(line: str) -> Form:
    form = form_of(line)
    if not (0 <= form.decimals <= _DIGITS and 0 <= form.digits <= _DIGITS and abs(form.scale) <= _DIGITS):
        raise ValueError(line)
    return form


def part_or_fault(package: Package, body: str) -> FigurePart | Text | None:
    """As ``found_in``, a damaged part as the words that tell it."""
    try:
        return found_in(package, body)
    except Unreadable as problem:
        return problem.text
