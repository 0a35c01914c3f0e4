"""Ratios: a percentage, the figure it is said of, and the base, wherever the base stands.

The base is looked for where the wording points first (the pair A/B, brackets, "kế hoạch 430 ha"),
then near by, then in the notes, the tables and the plan figures of the whole document. A base that
was found only by looking around counts as evidence when it agrees; when nothing agrees, only a base
that the wording points to makes a disagreement.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from baocao.grammar.bases import REACH, can_be_base, nearby, noted, planned
from baocao.grammar.lexing import FRACTION, Quantum
from baocao.grammar.paper import Paper, content_words, likeness
from baocao.grammar.percents import LEVEL, PLAN, SAME_PERIOD, WHOLE, Percent
from baocao.grammar.pointed_bases import of_unit, pointed
from baocao.grammar.ratio_claims import GOOD, first_good, is_telling, make
from baocao.grammar.stretch import Stretch
from baocao.grammar.told_bases import told
from baocao.model import Agreement, Ratio, Strength
from baocao.model.quantity import HUNDRED

_OUT_OF = re.compile(
    r"/\s*$|\btrên (?:tổng|số|tổng số|diện tích|\s*$)|\btrên\s*$"
    r"|so với (?:dự toán|kế hoạch|kh|chỉ tiêu)\b|trong tổng số"
)
_ASKED = re.compile(r"\bgiao(?: từ| trên| dưới| không quá)?$")


def ratios(paper: Paper, stretch: Stretch, percents: list[Percent]) -> list[Ratio]:
    """The ratio claims of one stretch, one for each percentage or multiple that is a level of something."""
    claims: list[Ratio] = []
    spent: set[int] = set()  # pairs A/B whose own percentage has been met
    for percent in percents:
        if percent.mode == LEVEL:
            claim = _explained(stretch, percent) or _said_of(paper, stretch, percent, spent)
            if claim is None or not _is_settled(claim):
                claim = told(stretch, percent, claims) or claim
            if claim is not None and not (claim.strength is Strength.POSSIBLE and _is_asked_for(stretch, percent)):
                claims.append(claim)
    claims.extend(multiples(stretch))
    return claims


def _is_asked_for(stretch: Stretch, percent: Percent) -> bool:
    """ "HĐND giao từ 84,4% trở lên": a rate that somebody asks for is reckoned of nothing that stands near by."""
    return _ASKED.search(stretch.words_before(percent.place).lower()) is not None


def _is_settled(claim: Ratio) -> bool:
    """Whether a base was found that agrees, or that the wording points to."""
    return claim.agreement in GOOD or (
        claim.agreement is Agreement.DISAGREE and claim.strength is not Strength.POSSIBLE
    )


def _said_of(paper: Paper, stretch: Stretch, percent: Percent, spent: set[int]) -> Ratio | None:
    """The claim for the likeliest part; the other parts are tried when it leads nowhere."""
    if percent.numerator < 0:
        return _of_any_pair(stretch, percent)
    first = _out_of(stretch, percent) or _ratio(paper, stretch, percent, spent)
    if first is not None and (first.agreement in GOOD or first.strength is Strength.CERTAIN):
        return first
    other = _of_others(paper, stretch, percent)
    if other is not None:
        return other
    if first is None or first.strength is Strength.POSSIBLE:
        return _anywhere(paper, stretch, percent) or _of_any_pair(stretch, percent) or first
    return first


def _of_others(paper: Paper, stretch: Stretch, percent: Percent) -> Ratio | None:
    """The claim for one of the other figures that a percentage may be said of."""
    for other in (*percent.others, *_of_base_unit(stretch, percent)):
        turned = percent._replace(numerator=other)
        claim = _beside(stretch, turned, stretch.quantum(other)) if percent.base >= 0 else None
        if claim is not None and claim.agreement is Agreement.DISAGREE and percent.against == PLAN:
            return replace(claim, strength=Strength.LIKELY)
        claim = claim or first_good(stretch, turned, nearby(stretch, turned))
        if claim is None and percent.against == PLAN:
            claim = first_good(stretch, turned, planned(paper, stretch, turned))
            nearest = not any(True for _ in stretch.figures_between(other + 1, percent.place))
            if claim is None and nearest and stretch.quantum(other).is_percent:
                return pointed(paper, stretch, turned)
        if claim is not None and claim.agreement in GOOD:
            return claim
    return None


def _of_any_pair(stretch: Stretch, percent: Percent) -> Ratio | None:
    """Two figures of one unit near by that make it: "186 phòng, kiên cố 142 phòng ... tỷ lệ kiên cố 76,3%"."""
    if percent.against != WHOLE or not is_telling(percent, stretch):
        return None
    sentence = stretch.sentence[percent.place]
    beside = [i for i in stretch.around(percent.place, REACH) if abs(sentence - stretch.sentence[i]) <= 1]
    near = [i for i in beside if i != percent.place and not stretch.quantum(i).is_percent]
    near = sorted(sorted(near, key=lambda i: abs(i - percent.place))[:8])
    for part in reversed(near):
        for whole in near:
            small, large = stretch.quantum(part), stretch.quantum(whole)
            if small.dimension == large.dimension and 0 < small.amount < large.amount and small.amount >= 10:
                claim = make(stretch, percent._replace(numerator=part), large, Strength.POSSIBLE, "two figures near by")
                if claim.agreement is Agreement.EXACT:
                    return claim
    return None


def _of_base_unit(stretch: Stretch, percent: Percent) -> list[int]:
    """The nearest figure before a percentage that is of the unit of its printed base."""
    if percent.base < 0:
        return []
    unit, sentence = stretch.quantum(percent.base).dimension, stretch.sentence[percent.place]
    around = [i for i in stretch.around(percent.place, REACH) if stretch.sentence[i] == sentence]
    before = [i for i in reversed(around) if i < percent.place]
    return [i for i in before if stretch.quantum(i).dimension == unit][:2]


def _out_of(stretch: Stretch, percent: Percent) -> Ratio | None:
    """ "586 thí sinh đỗ trên tổng số 594 thí sinh, đạt 98,65%": the figure before the percentage is the whole."""
    whole = stretch.quantum(percent.numerator)
    if percent.against == SAME_PERIOD or percent.base >= 0 or whole.of is not None or whole.is_percent:
        return None
    clause = stretch.clause[percent.numerator]
    earlier = [
        i for i in stretch.around(percent.numerator, REACH) if i < percent.numerator and stretch.clause[i] == clause
    ]
    if not earlier or stretch.parent[earlier[-1]] != stretch.parent[percent.numerator]:
        return None
    part = stretch.quantum(earlier[-1])
    between = stretch.text[part.end : whole.start].lower()
    if not _OUT_OF.search(between) or part.is_percent or part.of is not None or not can_be_base(part, whole):
        return None
    claim = make(stretch, percent._replace(numerator=earlier[-1]), whole, Strength.LIKELY, "out of")
    return claim if claim.agreement in GOOD or "," not in between else None


def _anywhere(paper: Paper, stretch: Stretch, percent: Percent) -> Ratio | None:
    """A figure of the part's unit anywhere in the document that fits, where the percentage has digits enough."""
    stated = stretch.quantum(percent.place)
    part = stretch.quantum(percent.numerator)
    digits = len(str(stated.value).replace(".", "").strip("0"))
    if percent.against != WHOLE or digits < 3 or not stated.value or part.is_percent or part.amount < 10:
        return None
    half = Decimal("0.5").scaleb(-stated.number.decimals)
    low = HUNDRED * part.amount / (stated.value + half)
    high = HUNDRED * part.amount / (stated.value - half)
    found = paper.between(part.dimension, low, high)
    if len(found) != 1:
        return None
    other, index = found[0]
    claim = make(stretch, percent, other.figure(other.quantum(index)), Strength.POSSIBLE, "far off")
    return claim if claim.agreement is Agreement.EXACT else None


def _explained(stretch: Stretch, percent: Percent) -> Ratio | None:
    """ "đạt 74,3% (186.420/250.902 hồ sơ)": the pair in the brackets behind a percentage is what it is of."""
    if percent.base < 0 or stretch.kinds[percent.base] != FRACTION:
        return None
    pair = stretch.quantum(percent.base)
    claim = make(stretch, percent._replace(numerator=percent.base), pair.of, Strength.CERTAIN, "pair in brackets")
    if claim.agreement in GOOD or percent.against in (PLAN, WHOLE):
        return claim
    return None


def multiples(stretch: Stretch) -> list[Ratio]:
    """ "gấp 1,72 lần cùng kỳ (1.250 ha)": the multiple, the figure before it and the base behind it."""
    claims = []
    for place, index in enumerate(stretch.places):
        stated = stretch.quantum(index)
        if stated.dimension != "lần":
            continue
        before = stretch.text[max(0, stated.start - 14) : stated.start].lower()
        if not re.search(r"(?:gấp|bằng|gấp hơn|gần)\s*$", before):
            continue
        later = [i for i in stretch.places[place + 1 : place + 2] if stretch.sentence[i] == stretch.sentence[index]]
        parts = [i for i in reversed(stretch.places[:place]) if stretch.sentence[i] == stretch.sentence[index]]
        for whole in later:
            quantum = stretch.quantum(whole)
            same = [i for i in parts[:4] if stretch.quantum(i).dimension == quantum.dimension]
            if same:
                claim = _multiple(stretch, same[0], index, whole)
                bracketed = stretch.parent[whole] > index and bool(set("yY") & set(stretch.kinds[index : whole + 1]))
                if claim.agreement in GOOD or bracketed:
                    claims.append(claim)
    return claims


def _multiple(stretch: Stretch, part: int, index: int, whole: int) -> Ratio:
    at = stretch.span(stretch.tokens[part].start, stretch.tokens[whole].end)
    figures = [stretch.figure(stretch.quantum(i)) for i in (index, part, whole)]
    return Ratio(at, figures[0], Strength.LIKELY, "multiple", (), figures[1], figures[2], SAME_PERIOD, "", Decimal(1))


def _ratio(paper: Paper, stretch: Stretch, percent: Percent, spent: set[int]) -> Ratio | None:
    part = stretch.quantum(percent.numerator)
    if percent.base >= 0:
        beside = _beside(stretch, percent, part)
        if beside is not None:
            return beside
    if percent.against == SAME_PERIOD:
        return _of_last_year(stretch, percent)
    if part.of is not None and percent.numerator not in spent:
        claim = make(stretch, percent, part.of, Strength.CERTAIN, "pair")
        threshold = bool(stretch.quantum(percent.place).comparator.value)
        if claim.agreement in GOOD or not threshold:  # "17/52 đơn vị đạt trên 90% (32,7%)": the pair is met later
            spent.add(percent.numerator)
        if claim.agreement in GOOD or (percent.against in (PLAN, WHOLE) and not threshold):
            return claim
    near = first_good(stretch, percent, nearby(stretch, percent)) or _of_pairs(stretch, percent)
    if near is not None:
        return near
    if percent.against not in (PLAN, WHOLE):
        return None
    if percent.own:
        return _by_name(stretch, percent)
    return _elsewhere(paper, stretch, percent)


def _beside(stretch: Stretch, percent: Percent, part: Quantum) -> Ratio | None:
    """The figure in the brackets behind the percentage: its base, or the very part ("10% (6,0 ha)")."""
    whole = stretch.quantum(percent.base)
    claim = make(stretch, percent, whole, Strength.CERTAIN, "base beside it")
    if claim.agreement in GOOD:
        return claim
    if not of_unit(whole, part) and part.measure is not None and whole.measure is not None:
        return None
    if percent.own and whole.amount <= part.amount:
        named = _by_name(stretch, percent)
        return named if named is not None and named.agreement in GOOD else None
    if percent.against in (PLAN, SAME_PERIOD):
        return claim
    stated = stretch.quantum(percent.place).value
    if whole.amount > part.amount > 0 and stated < HUNDRED and not part.is_percent:
        return replace(claim, strength=Strength.LIKELY)
    turned = percent._replace(numerator=percent.base)
    return first_good(stretch, turned, nearby(stretch, turned))


def _by_name(stretch: Stretch, percent: Percent) -> Ratio | None:
    """The percentage names its own subject: its part is the figure of that name in the sentence, if any."""
    subject = content_words(stretch.words_before(percent.place))
    low, high = stretch.sentence_range(percent.place)
    for index in stretch.figures_between(low, min(high, percent.place)):
        quantum = stretch.quantum(index)
        if not quantum.is_percent and likeness(subject, content_words(stretch.words_before(index))) >= 0.99:
            named = percent._replace(numerator=index)
            if percent.base >= 0:
                return make(stretch, named, stretch.quantum(percent.base), Strength.LIKELY, "base beside it")
            claim = first_good(stretch, named, nearby(stretch, named))
            return claim or make(stretch, named, None, Strength.POSSIBLE, "base not found")
    return None


def _of_pairs(stretch: Stretch, percent: Percent) -> Ratio | None:
    """A pair A/B farther off in the clause ("03/19 xã đạt 19 tiêu chí, chiếm 15,8%")."""
    clause, parent = stretch.clause[percent.place], stretch.parent[percent.place]
    pairs = [
        i
        for i in stretch.around(percent.place, REACH)
        if i < percent.place
        and stretch.kinds[i] == FRACTION
        and stretch.clause[i] == clause
        and stretch.parent[i] == parent
        and not any(stretch.quantum(k).is_percent for k in stretch.figures_between(i, percent.place, parent))
    ]
    for index in reversed(pairs):
        pair = percent._replace(numerator=index)
        strength = Strength.LIKELY if percent.share and len(pairs) == 1 else Strength.POSSIBLE
        claim = make(stretch, pair, stretch.quantum(index).of, strength, "pair in the clause")
        if claim.agreement in GOOD or (strength is Strength.LIKELY and percent.against in (PLAN, WHOLE)):
            return claim
    return None


def _elsewhere(paper: Paper, stretch: Stretch, percent: Percent) -> Ratio | None:
    for wholes in (noted(paper, stretch, percent), planned(paper, stretch, percent)):
        claim = first_good(stretch, percent, wholes)
        if claim is not None:
            return claim
    told = pointed(paper, stretch, percent)
    if told is not None:
        return told
    return make(stretch, percent, None, Strength.POSSIBLE, "base not found")


def _of_last_year(stretch: Stretch, percent: Percent) -> Ratio | None:
    """ "bằng 120% so với cùng kỳ": the base is last year's figure where it is printed near by."""
    part = stretch.quantum(percent.numerator)
    low, high = stretch.sentence_range(percent.place)
    for index in stretch.figures_between(low, high):
        quantum = stretch.quantum(index)
        if index in (percent.place, percent.numerator) or quantum.dimension != part.dimension:
            continue
        before = stretch.kinds[max(low, index - 4) : index]
        if ("y" in before or "Y" in before) and not set("gh") & set(before):
            claim = make(stretch, percent, quantum, Strength.POSSIBLE, "last year's figure")
            if claim.agreement in GOOD:
                return claim
    return make(stretch, percent, None, Strength.POSSIBLE, "last year's figure not printed")
