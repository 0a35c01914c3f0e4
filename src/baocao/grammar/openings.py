"""Figures by which two reports are compared: what was planned, what was so on a day, and what a year began with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from baocao.grammar.lexing import QUANTITY, Quantum
from baocao.grammar.numbers import write_number
from baocao.grammar.said import CHANGE, LEVEL, PLAN, WIDTH, Said, digits_of, said_of
from baocao.grammar.stretch import Stretch, quantity_of
from baocao.model import Figure, Quantity, Strength, Value

SAID: Final = "said"
OPENING: Final = "opening"
PAST: Final = "past"  # scenario of what a year came to; whether the year is over is for the rules to see
_SINCE = re.compile(r"so (?:với )?(?:thời điểm |cùng thời điểm )?(?:đầu năm|cuối năm|(?:ngày )?31/12|01/01)")
_GRANTED = re.compile(r"\bvốn\b[^;.]*\b(?:giao|sử dụng|bố trí|phân bổ|cân đối)\b")
_UNSURE = re.compile(r"\b(?:ước|dự kiến|dự báo|sơ bộ|so với|cùng kỳ|cùng kì|giai đoạn|từ năm|kể từ|đến nay)\b")
_INSTRUMENT = re.compile(r"\b(?:nghị quyết|quyết định|nghị định|thông tư|công văn|văn bản|chỉ thị|đề án)\b[^,;]*ngày")
_SPENT = ("giải ngân", "thanh toán", "thực hiện")
_TELLING = 3  # digits from which two figures are compared


def comparable(stretch: Stretch) -> Iterator[Value]:
    """The figures of a passage that another report of the same body must state alike."""
    for index in stretch.places:
        quantum = stretch.quantum(index)
        if stretch.kinds[index] != QUANTITY or quantum.upper is not None or quantum.number.flaw is not None:
            continue
        if not _is_dated(stretch, index):
            continue
        opening = _opening(stretch, index, quantum)
        if opening is not None:
            yield opening
        elif not quantum.is_percent and _may_name_a_year(stretch, quantum) and len(digits_of(quantum)) >= _TELLING:
            said = said_of(stretch, index)
            scenario = _scenario(stretch, quantum, said)
            if scenario and len(said.words) > 1:
                yield _value(stretch.figure(quantum), SAID, said, scenario)


def _is_dated(stretch: Stretch, index: int) -> bool:
    """Whether a day or a year stands before a figure in its sentence, or it is a rise or fall since an earlier time."""
    kinds = stretch.kinds
    dated = max(kinds.rfind("Y", 0, index), kinds.rfind("N", 0, index))
    if dated >= 0 and stretch.sentence[dated] == stretch.sentence[index]:
        return True
    return kinds[index + 1 : index + 2] == "s"


def _may_name_a_year(stretch: Stretch, quantum: Quantum) -> bool:
    """Whether the words before a figure can hold a year or a full date at all; most hold none."""
    low = max(0, quantum.start - WIDTH)
    return stretch.text.find("20", low, quantum.start) >= 0 or stretch.text.find("19", low, quantum.start) >= 0


def _value(figure: Figure, basis: str, said: Said, scenario: str) -> Value:
    names = (name.replace(" ", "_") for name in sorted(said.names))
    subject = " ".join([*sorted(said.words), *names])
    return Value(figure.span, figure, Strength.POSSIBLE, basis, subject=subject, period=said.period, scenario=scenario)


def _scenario(stretch: Stretch, quantum: Quantum, said: Said) -> str:
    """Plans of a year, results up to a named day and of a year; anything else may differ from report to report."""
    if said.days:  # the day of a decision is no day up to which anything was counted
        lead = stretch.lowered[max(0, quantum.start - WIDTH) : quantum.start]
        return LEVEL if said.role == LEVEL and _INSTRUMENT.search(lead) is None else ""
    if said.role == CHANGE or not said.years:
        return ""
    if said.role == PLAN:
        return PLAN
    lead = stretch.text[max(0, quantum.start - 100) : quantum.start].lower()
    if _GRANTED.search(lead) is not None and not any(word in lead for word in _SPENT):
        return PLAN
    return PAST if said.role == LEVEL and len(said.words) > 2 and _UNSURE.search(lead) is None else ""


def _opening(stretch: Stretch, index: int, change: Quantum) -> Value | None:
    """ "212,4 tỷ đồng, tăng 6,1 tỷ đồng so với đầu năm": the year began with the difference."""
    cues = stretch.kinds[max(0, index - 2) : index]
    if not set("gh") & set(cues) or change.is_percent:
        return None
    if not _SINCE.match(stretch.words_after(index, 50).lower()):
        return None
    level = _level_before(stretch, index, change)
    if level is None:
        return None
    quantum = stretch.quantum(level)
    now, moved = quantity_of(quantum), quantity_of(change)
    rises = "g" in cues
    amount = now.amount - moved.amount if rises else now.amount + moved.amount
    decimals = max(now.decimals - now.scale, moved.decimals - moved.scale) + now.scale
    began = Quantity(amount.scaleb(-now.scale), max(decimals, 0), now.unit, now.scale)
    printed = write_number(began.value, began.decimals)
    figures = f"{write_number(quantum.value, quantum.number.decimals)} {'-' if rises else '+'} "
    text = f"{figures}{write_number(change.value, change.number.decimals)} = {printed}"
    span = stretch.span(quantum.start, change.end)
    return _value(Figure(began, span, text), OPENING, said_of(stretch, level), LEVEL)


def _level_before(stretch: Stretch, index: int, change: Quantum) -> int | None:
    """The figure that rose or fell: the nearest before, of the same kind, in the same sentence."""
    for position in range(index - 1, -1, -1):
        if stretch.sentence[position] != stretch.sentence[index]:
            return None
        if stretch.tokens[position].figure is not None and stretch.parent[position] == stretch.parent[index]:
            quantum = stretch.quantum(position)
            same = quantum.dimension == change.dimension and quantum.scale == change.scale
            return position if same and stretch.kinds[position] == QUANTITY else None
    return None
