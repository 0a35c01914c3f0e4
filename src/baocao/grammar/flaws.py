"""Numbers that are printed in a way that cannot be right, and numbers that have lost their noun.

What is odd depends on the report: where most numbers are written in the English order, a decimal point
is a habit and no slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from baocao.grammar.lexing import QUANTITY, Quantum
from baocao.grammar.numbers import Flaw
from baocao.grammar.stretch import Stretch
from baocao.grammar.vocabulary import is_measured, measures
from baocao.model import Strength, Value

MALFORMED: Final = "malformed "  # basis of the claims on numbers; the kind of slip follows
STRAY: Final = "stray"
_CODE_BEFORE = frozenset("nhóm mã số mục điều khoản điểm phiên bản version chương ip tiết hs".split())
_DOUBLED = re.compile(r"\d+\.\.\d+")
_PERCENTS_NEAR = 2  # figures on either side


def flaws(stretches: Iterable[Stretch]) -> Iterator[Value]:
    """Every number of a report that is printed wrong, in the order of the text."""
    held = list(stretches)
    foreign = _is_foreign(held)
    for stretch in held:
        for index in stretch.places:
            quantum = stretch.quantum(index)
            for number in (quantum, quantum.of):
                if number is not None:
                    slip = _slip(stretch, index, number, foreign)
                    if slip:
                        yield _claim(stretch, number, MALFORMED + slip)
        if ".." in stretch.text:
            yield from _doubled(stretch)
        yield from _unsigned(stretch)
        yield from _stray(stretch)


def _is_foreign(stretches: list[Stretch]) -> bool:
    """Whether a report writes its decimals with points, or its groups with commas, as a habit."""
    ours = theirs = 0
    for stretch in stretches:
        for index in stretch.places:
            number = stretch.quantum(index).number
            if number.flaw in (Flaw.POINT, Flaw.COMMAS):
                theirs += 1
            elif number.flaw is None and (number.grouped or 0 < number.decimals < 3):
                ours += 1
    return theirs > 2 and theirs * 3 > ours


def _claim(stretch: Stretch, quantum: Quantum, basis: str) -> Value:
    return Value(stretch.span(quantum.start, quantum.end), stretch.figure(quantum), Strength.CERTAIN, basis)


def _slip(stretch: Stretch, index: int, quantum: Quantum, foreign: bool) -> str:
    number = quantum.number
    if number.flaw is None:
        return "counted" if number.decimals == 3 and _is_counted(stretch, index, quantum) else ""
    if number.flaw is Flaw.GROUPS:
        return "groups" if _is_amount(stretch, index, quantum) else ""
    if foreign:
        return ""
    if number.flaw is Flaw.MIXED:
        return "mixed"
    if number.flaw is Flaw.COMMAS:
        return "commas"
    if number.decimals > 2 and _is_known(stretch, quantum):
        return "groups"
    return "point" if quantum.measure is not None and number.decimals <= 2 and number.value < 1000 else ""


def _is_counted(stretch: Stretch, index: int, quantum: Quantum) -> bool:
    """Whether "1,250" stands before a thing that is counted whole, so that its comma must be a dot."""
    measure = quantum.measure
    if measure is None or quantum.number.grouped or quantum.scale or is_measured(measure.dimension):
        return False
    if quantum.number.zero_led or not _is_known(stretch, quantum) or quantum.value < 1:
        return False
    after = stretch.text[quantum.end : quantum.end + 2].lstrip()
    before = stretch.words_before(index, 30).lower()
    return not after.startswith("/") and not any(word in before for word in ("bình quân", "trung bình", "mỗi"))


def _is_known(stretch: Stretch, quantum: Quantum) -> bool:
    """Whether a unit, a scale word or a noun of the vocabulary stands behind a number, not just any word."""
    if quantum.scale or quantum.end > quantum.number_end:
        return True
    return quantum.measure is not None and measures().match([quantum.measure.code, ""], 0) is not None


def _is_amount(stretch: Stretch, index: int, quantum: Quantum) -> bool:
    """Whether broken groups stand for an amount, and are no code ("8214.10.25") and no list ("7,8,9")."""
    printed = stretch.text[quantum.start : quantum.number_end]
    if "." not in printed and all(len(group) < 3 for group in printed.split(",")):
        return False
    if not _is_known(stretch, quantum):
        return False
    before = stretch.text[: quantum.start].rsplit(None, 1)
    return not before or before[-1].lower() not in _CODE_BEFORE


def _doubled(stretch: Stretch) -> Iterator[Value]:
    """ "18..640": two dots in one number."""
    for match in _DOUBLED.finditer(stretch.text):
        yield Value(stretch.span(match.start(), match.end()), None, Strength.CERTAIN, MALFORMED + "groups")


def _unsigned(stretch: Stretch) -> Iterator[Value]:
    """A bare decimal in a row of percentages: its sign has been lost."""
    places = stretch.places
    for order, index in enumerate(places):
        quantum = stretch.quantum(index)
        if quantum.measure is not None or not quantum.number.decimals or quantum.value > 100 or quantum.of is not None:
            continue
        if stretch.kinds[index + 1 : index + 2] not in (";", ",", ".", ")"):
            continue
        around = [places[i] for i in (order - 1, order + 1, order - 2) if 0 <= i < len(places)]
        near = [i for i in around if stretch.sentence[i] == stretch.sentence[index]]
        if all(stretch.kinds[i + 1 : i + 2] in ("k", "s", "y") for i in near[:2]):
            continue  # "57,2, bằng 98% kế hoạch và bằng 101% so với cùng kỳ": they are said of it
        if len(near) >= _PERCENTS_NEAR and all(stretch.quantum(i).is_percent for i in near[:2]):
            yield _claim(stretch, quantum, MALFORMED + "unsigned")


def _stray(stretch: Stretch) -> Iterator[Value]:
    """ "...; 01; ...": a count that stands alone between two semicolons."""
    kinds = stretch.kinds
    for index in stretch.places:
        if kinds[index] != QUANTITY or kinds[index - 1 : index] != ";" or kinds[index + 1 : index + 2] != ";":
            continue
        quantum = stretch.quantum(index)
        before, after = stretch.tokens[index - 1], stretch.tokens[index + 1]
        alone = stretch.text[before.end : after.start].strip() == stretch.text[quantum.start : quantum.number_end]
        if alone and quantum.number.zero_led and not _has_bare_neighbour(stretch, index):
            yield Value(stretch.span(before.start, after.end), stretch.figure(quantum), Strength.CERTAIN, STRAY)


def _has_bare_neighbour(stretch: Stretch, index: int) -> bool:
    """Whether the items beside it are bare numbers too: then it is a list of numbers."""
    tokens = stretch.tokens
    before, after = tokens[index - 2 : index - 1] if index > 1 else [], tokens[index + 2 : index + 3]
    if before and before[0].kind in "QFN" and before[0].end == tokens[index - 1].start:
        start = before[0].figure.number_end if before[0].figure is not None else before[0].end
        if start == before[0].end:
            return True
    if not after or after[0].kind not in "QFN":
        return False
    gap = stretch.text[tokens[index + 1].end : after[0].start].strip()
    figure = after[0].figure
    return not gap and (figure is None or stretch.text[figure.number_end :].lstrip()[:1] in ("", ";", ",", "."))
