"""What is odd in a file of figures as it is loaded: beyond the plausible, or against the identities of the catalogue.

Such figures are loaded all the same, since an odd year is a year too; whoever loads them is told while the file
is at hand. An identity is looked at where the file tells all of its figures of one unit and period.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from baocao.figures import said
from baocao.figures.formula_tree import Name, When, names
from baocao.figures.formula_value import judge
from baocao.figures.said import with_figures
from baocao.ledger.book import Book
from baocao.ledger.judging import in_words, range_said
from baocao.model import Agreement
from baocao.model.indicator import Over
from baocao.model.observation import Address, Observation
from baocao.model.org_unit import Level
from baocao.model.text import Text

_RANGE = Text(
    "{unit}, {indicator}, {period}: {value} nằm ngoài khoảng hợp lý ({range}); hãy kiểm tra số và đơn vị tính.",
    "{unit}, {indicator}, {period}: {value} is out of range ({range}); check the figure and its measure.",
)
_IDENTITY = Text(
    "{unit}, {period}: không khớp {rule}: {left} so với {right}; hãy kiểm tra lại.",
    "{unit}, {period}: does not hold: {rule}; {left} against {right}; check them.",
)
_MORE = Text("và {count} số liệu khác cũng cần kiểm tra.", "and {count} other figures to be checked.")
_TOLD = 20  # remarks; a file that is wrong throughout is told so, not drowned in
_SINGLE = (Level.COMMUNE, Level.VILLAGE, Level.DEPARTMENT)


def doubts(book: Book, observations: Sequence[Observation]) -> tuple[Text, ...]:
    """What is to be looked at again in the figures of one file, each remark once."""
    figures = {one.address: one.value for one in observations if one.value is not None}
    found = [remark for one in figures.items() for remark in (*_range(book, *one), *_identities(book, figures, one[0]))]
    if len(found) > _TOLD:
        return (*found[:_TOLD], _MORE.fill(count=len(found) - _TOLD))
    return tuple(found)


def _range(book: Book, address: Address, value: Decimal) -> Iterator[Text]:
    indicator = book.catalogue[address.indicator]
    low, high = indicator.plausible
    if indicator.over_place is Over.SUM and book.geography.by_key(address.unit).level not in _SINGLE:
        high = None  # a sum of many units may be greater than what one of them can come to
    if (low is not None and value < low) or (high is not None and value > high):
        facts = {"value": said.figure(value), "range": range_said(low, high)}
        yield with_figures(_RANGE, **_where(book, address), indicator=indicator.name, **facts)


def _identities(book: Book, figures: Mapping[Address, Decimal], address: Address) -> Iterator[Text]:
    def look_up(name: Name) -> Decimal | None:
        return figures.get(replace(address, indicator=name.code)) if name.when is When.NOW else None

    lines = book.catalogue[address.indicator].identities
    relations = book.catalogue.identities(address.indicator) if lines else ()
    for relation, line in zip(relations, lines, strict=True):
        if any(look_up(name) is None for name in names(relation)):
            continue
        found = judge(relation, look_up)
        left, right = found.left.value, found.right.value
        if found.agreement is Agreement.DISAGREE and left is not None and right is not None:
            facts = {"left": said.figure(left), "right": said.figure(right)}
            yield with_figures(_IDENTITY, **_where(book, address), rule=in_words(book.catalogue, line), **facts)


def _where(book: Book, address: Address) -> dict[str, str]:
    return {"unit": book.name_of(address.unit), "period": address.period.code}
