"""Products: so many at so much each make a total; area × yield makes an output.

Every rate ("58,5 tạ/ha", "mỗi suất 500.000 đồng", "15 kg/khẩu") looks for the count of what it is
per, and for the total of what it is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from baocao.grammar.changes_apart import Owners
from baocao.grammar.lexing import QUANTITY, Quantum
from baocao.grammar.neighbours import after, before, extent, is_plain, lead_words
from baocao.grammar.stretch import Stretch
from baocao.grammar.vocabulary import Measure, measures
from baocao.model import Agreement, Figure, Product, Quantity, Strength

_GOOD = (Agreement.EXACT, Agreement.TRUNCATED, Agreement.WITHIN_ROUNDING)
_PER = re.compile(
    r"\s{0,2}([^\W\d_]+\d?(?:\s[^\W\d_]+){0,2}?)?\s?/\s?([^\W\d_]+[²³\d]?(?:\s[^\W\d_]+)?)(\s?/\s?[^\W\d_]+)?"
)
_EACH = re.compile(r"(?:mỗi|một|01)\s+([^\W\d_]+)(?:\s+[^\W\d_]+){0,4}\s*$")
_ONE = re.compile(r"mỗi|một|\b01 ", re.IGNORECASE)
_MONTHS = re.compile(r"\s*[x×]\s*(\d{1,2})\s*(?:tháng|ngày|năm|lần|buổi)")
_HECTARE = Decimal(10000)  # square metres
_HEAVY = Decimal("0.01")  # kilograms on a square metre that 1 tạ/ha is
_TIMES = frozenset({"năm", "tháng", "ngày", "quý", "vụ", "tuần"})


class Rate(NamedTuple):
    """So much of a ``dimension`` per ``noun``, its unit worth ``factor`` of the dimension's first unit.

    ``fold`` is the number of months or times that the rate is paid; a ``compound`` rate (per head and
    year) tells only where it agrees.
    """

    token: int
    quantum: Quantum
    dimension: str
    noun: str
    end: int
    factor: Decimal = Decimal(1)
    fold: int = 1
    compound: bool = False


def products(stretch: Stretch, marked: Owners) -> list[Product]:
    """The products of one stretch, one claim for each rate that has its count and its total beside it."""
    if "/" not in stretch.text and "mỗi" not in stretch.text and "một" not in stretch.text:
        return []
    rates = {rate.token: rate for rate in _rates(stretch)}
    claims = []
    for rate in rates.values():
        claim = _agreeing(stretch, rate, rates, marked) or _pointed(stretch, rate, rates)
        if claim is not None:
            claims.append(claim)
    return claims


def _rates(stretch: Stretch) -> Iterator[Rate]:
    for index in stretch.places:
        quantum = stretch.quantum(index)
        if quantum.is_percent or quantum.upper is not None:
            continue
        rate = _per(stretch, index, quantum) or _each(stretch, index, quantum)
        if rate is not None:
            yield rate


def _per(stretch: Stretch, index: int, quantum: Quantum) -> Rate | None:
    """ "58,5 tạ/ha", "300 phiếu/xã": what stands behind the slash is what the rate is per."""
    start, text = quantum.number_end, stretch.text
    if "/" not in text[start : start + 28] or (stretch.kinds[index] != QUANTITY and "/" not in quantum.unit):
        return None
    if quantum.measure is not None and quantum.dimension == "yield":
        factor = quantum.measure.factor * _HECTARE * _HEAVY
        return Rate(index, quantum, "mass", "ha", quantum.end, factor, compound=quantum.unit.count("/") > 1)
    match = _PER.match(text, _past_scale(stretch, quantum))
    if match is None or match[1] is None:
        return None
    dimension, factor = _measured(match[1].lower())
    folded = _MONTHS.match(text, match.end())
    compound = match[3] is not None and folded is None
    fold = int(folded[1]) if folded else 1
    end = folded.end() if folded else max(match.end(2), quantum.end)
    return Rate(index, quantum, dimension, match[2].lower(), end, factor, fold, compound)


def _past_scale(stretch: Stretch, quantum: Quantum) -> int:
    """Where the unit begins, behind the number and its scale word."""
    match = _SCALE.match(stretch.text, quantum.number_end)
    return match.end() if match else quantum.number_end


_SCALE = re.compile(r"(?:\s*(?:nghìn|ngàn|triệu|tỷ|tỉ|vạn|trăm)\b)+", re.IGNORECASE)


def _measured(unit: str) -> tuple[str, Decimal]:
    """What a rate is an amount of: money and masses by their dimension, counted things by their noun."""
    found = measures().match([*unit.split(), ""], 0)
    if found is None:
        return unit, Decimal(1)
    measure, _ = found
    assert isinstance(measure, Measure)
    return measure.dimension, measure.factor


def _each(stretch: Stretch, index: int, quantum: Quantum) -> Rate | None:
    """ "mỗi suất 500.000 đồng", "mỗi khẩu được 15 kg"."""
    if stretch.kinds[index] != QUANTITY or quantum.measure is None or quantum.end == quantum.number_end:
        return None
    start = stretch.tokens[index].start
    if _ONE.search(stretch.text, max(0, start - 40), start) is None:
        return None
    match = _EACH.search(lead_words(stretch, index))
    if match is None:
        return None
    return Rate(index, quantum, quantum.dimension, match[1].lower(), quantum.end, quantum.measure.factor)


def _agreeing(stretch: Stretch, rate: Rate, rates: dict[int, Rate], marked: Owners) -> Product | None:
    """The count and the total that a rate makes exactly: near by, or before the mark of the note."""
    lefts = [(stretch, left) for left in _lefts(stretch, rate, rates, bracketed=True)]
    owner, at = marked.get(stretch.note, (None, -1)) if stretch.note else (None, -1)
    if owner is not None:
        near = [owner.quantum(i) for i in reversed(owner.places) if owner.tokens[i].start < at]
        lefts.extend((owner, left) for left in near[:3] if not left.is_percent and _counts(owner, left, rate))
    totals = _totals(stretch, rate, rates)[:6]
    for place, left in lefts[:8]:
        for total in totals:
            if left is total or not _may_make(left, rate, total):
                continue
            claim = _make(stretch, left, rate, total, Strength.POSSIBLE, place)
            if claim.agreement in _GOOD and _is_telling(rate, total):
                return claim
    return None


def _may_make(left: Quantum, rate: Rate, total: Quantum) -> bool:
    """Whether a product comes anywhere near a total."""
    made = left.value * rate.quantum.value.scaleb(left.scale + rate.quantum.scale) * rate.fold * rate.factor
    return abs(made - total.amount) * 5 <= total.amount


def _pointed(stretch: Stretch, rate: Rate, rates: dict[int, Rate]) -> Product | None:
    """The only count and the only total that the wording gives a rate."""
    lefts, totals = _lefts(stretch, rate, rates), _totals(stretch, rate, rates)
    if not lefts or not totals or lefts[0] is totals[0]:
        return None
    strength = _strength(stretch, rate, lefts, totals)
    return None if strength is Strength.POSSIBLE else _make(stretch, lefts[0], rate, totals[0], strength)


def _is_telling(rate: Rate, total: Quantum) -> bool:
    """Whether an agreement says something: small counts agree by accident."""
    return total.value >= 10 or total.number.decimals > 0 or rate.dimension == "money"


def _lefts(stretch: Stretch, rate: Rate, rates: dict[int, Rate], *, bracketed: bool = False) -> list[Quantum]:
    """Figures that count what a rate is per, nearest first, those of its own sentence before the others."""
    found: list[Quantum] = []
    for index in _around(stretch, rate.token, bracketed=bracketed):
        quantum = stretch.quantum(index)
        if _is_out(stretch, index, rates):
            continue
        if _counts(stretch, quantum, rate) or (quantum.of is not None and _counts(stretch, quantum.of, rate)):
            found.append(quantum)
            if quantum.of is not None:
                found.append(quantum.of)
    return found


def _is_out(stretch: Stretch, index: int, rates: dict[int, Rate]) -> bool:
    quantum = stretch.quantum(index)
    return index in rates or quantum.is_percent or quantum.upper is not None or stretch.is_change(index)


def _counts(stretch: Stretch, quantum: Quantum, rate: Rate) -> bool:
    """Whether the words behind a figure begin with what the rate is per: "8.640 suất quà" for "/suất"."""
    if rate.noun in _AREAS:
        return quantum.unit in _AREAS
    words = stretch.text[quantum.number_end : quantum.number_end + 60].lower()
    words = _WORDS_END.split(words, maxsplit=1)[0]
    return f" {rate.noun} " in " " + " ".join(words.split()[:8]) + " "


_AREAS = frozenset({"ha", "héc ta", "hecta"})
_WORDS_END = re.compile(r"[,;:.()/]|(?<!\w)\d")


def _totals(stretch: Stretch, rate: Rate, rates: dict[int, Rate]) -> list[Quantum]:
    """Figures of what a rate is an amount of: behind it first for yields, nearest first for the others."""
    found: list[Quantum] = []
    for index in _around(stretch, rate.token, ahead_first=rate.noun in _AREAS):
        quantum = stretch.quantum(index)
        if not _is_out(stretch, index, rates) and (
            quantum.dimension == rate.dimension or _begins_with(stretch, quantum, rate.dimension)
        ):
            found.append(quantum)
    return found


def _begins_with(stretch: Stretch, quantum: Quantum, unit: str) -> bool:
    words = stretch.text[quantum.number_end : quantum.number_end + len(unit) + 4].lower().split()
    return " ".join(words).startswith(unit)


def _around(stretch: Stretch, index: int, *, ahead_first: bool = False, bracketed: bool = False) -> Iterator[int]:
    """Figures near a rate: back in its sentence, ahead in it, then in the sentence before and in brackets."""
    back, ahead = list(before(stretch, index)), list(after(stretch, index))
    yield from ahead if ahead_first else back
    yield from back if ahead_first else ahead
    same = set(back)
    for earlier in before(stretch, index, sentences=1, bracketed=bracketed):
        if earlier not in same:
            yield earlier


def _strength(stretch: Stretch, rate: Rate, lefts: list[Quantum], totals: list[Quantum]) -> Strength:
    """How surely the nearest count, the rate and the nearest total are one statement."""
    left, total = lefts[0], totals[0]
    together = stretch.sentence[left.index] == stretch.sentence[total.index] == stretch.sentence[rate.token]
    if rate.compound or rate.noun in _TIMES or not together or not 0 <= left.index < rate.token or total.index < 0:
        return Strength.POSSIBLE
    if not (is_plain(left) and is_plain(total) and is_plain(rate.quantum)) or _is_far(stretch, left, rate, total):
        return Strength.POSSIBLE
    if rate.noun in _AREAS:
        return _crop_strength(stretch, left, rate, total)
    alone = all(_is_alone(stretch, rate, found) for found in (lefts, totals))
    named = bool(_TOTAL.search(lead_words(stretch, total.index)))
    inside = stretch.parent[rate.token] >= 0
    if alone and (named or inside):
        return Strength.CERTAIN
    low, high = min(left.index, rate.token, total.index), max(left.index, rate.token, total.index)
    between = [i for i in stretch.figures_between(low, high + 1) if i not in (left.index, rate.token, total.index)]
    mean = named or inside or "bình quân" in lead_words(stretch, rate.token)
    return Strength.LIKELY if alone or (mean and not between) else Strength.POSSIBLE


def _is_alone(stretch: Stretch, rate: Rate, found: list[Quantum]) -> bool:
    """Whether only one of the figures stands in the sentence of a rate."""
    sentence = stretch.sentence[rate.token]
    return sum(q.index >= 0 and stretch.sentence[q.index] == sentence for q in found) == 1


_TOTAL = re.compile(r"tổng|trị giá|kinh phí|số tiền|khối lượng|trọng lượng|doanh thu|thu về|thu được")


def _is_far(stretch: Stretch, left: Quantum, rate: Rate, total: Quantum) -> bool:
    """Whether the figures are so far apart that they cannot be one statement gone wrong."""
    claim = _make(stretch, left, rate, total, Strength.POSSIBLE)
    made, stated = claim.centre, claim.stated
    if made is None or stated is None or rate.noun in _AREAS:
        return False
    return not made / 30 <= stated.quantity.amount <= made * 30


def _crop_strength(stretch: Stretch, left: Quantum, rate: Rate, total: Quantum) -> Strength:
    """Area, yield and output in a row, nothing of their kinds between."""
    low, high = sorted((left.index, total.index))
    if not low < rate.token < high and total.index > rate.token:
        return Strength.POSSIBLE
    others = [
        stretch.quantum(i).dimension
        for i in before(stretch, high)
        if i > low and i != rate.token and not stretch.is_change(i)
    ]
    if any(dimension in ("area", "mass", "yield") for dimension in others):
        return Strength.POSSIBLE
    areas = [i for i in before(stretch, left.index) if stretch.quantum(i).unit in _AREAS]
    alone = not areas or any(stretch.quantum(i).dimension == "mass" for i in before(stretch, left.index))
    return Strength.CERTAIN if alone and "sản lượng" in lead_words(stretch, total.index) else Strength.LIKELY


def _make(
    stretch: Stretch, left: Quantum, rate: Rate, total: Quantum, strength: Strength, place: Stretch | None = None
) -> Product:
    """The claim, its figures in the units in which they are printed; ``place`` is where the count stands."""
    counted, stated = _as_printed(place or stretch, left), _as_printed(stretch, total)
    each = _as_printed(stretch, rate.quantum)
    text = " ".join(stretch.text[rate.quantum.start : rate.end].split())
    own = each.quantity
    exact = own.is_count and "bình quân" not in lead_words(stretch, rate.token)  # a mean is rounded
    quantity = Quantity(own.value * rate.fold, own.decimals, own.unit, own.scale, own.comparator, is_count=exact)
    each = Figure(quantity, stretch.span(rate.quantum.start, rate.end), text)
    factor = rate.factor / (total.measure.factor if total.measure is not None else 1)
    at, also = extent(stretch, total, (counted, each))
    return Product(at, stated, strength, "rate", also, counted, each, factor.normalize())


def _as_printed(stretch: Stretch, quantum: Quantum) -> Figure:
    """A figure in its own unit, only the scale word applied: "3.825,7 tấn" is 3825.7."""
    figure = stretch.figure(quantum)
    own = figure.quantity
    if own.scale == quantum.scale:
        return figure
    printed = Quantity(own.value, own.decimals, own.unit, quantum.scale, own.comparator, own.upper, own.is_count)
    return Figure(printed, figure.span, figure.text)
