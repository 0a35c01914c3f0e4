"""Ratios: a percentage, the figure it is said of, and the base, wherever the base stands.

The base is looked for where the wording points first (the pair A/B, brackets, "kế hoạch 345 ha"),
then near by, then in the notes, the tables and the plan figures of the whole document. A base that
was found only by looking around counts as evidence when it agrees; when nothing agrees, only a base
that the wording points to makes a disagreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from baocao.grammar.lexing import FRACTION, QUANTITY, Quantum
from baocao.grammar.numbers import Number, write_number
from baocao.grammar.paper import Paper, content_words, likeness, plan_role
from baocao.grammar.percents import LEVEL, PLAN, SAME_PERIOD, WHOLE, Percent
from baocao.grammar.stretch import Stretch, quantity_of
from baocao.grammar.vocabulary import is_measured, kind_of
from baocao.model import Agreement, Figure, Ratio, Strength
from baocao.model.quantity import HUNDRED

_GOOD = (Agreement.EXACT, Agreement.TRUNCATED, Agreement.WITHIN_ROUNDING)
_ADDED = "the note's bases added up"
_VERBS = frozenset("giải ngân chi thu nộp cho vay tổng gồm".split())
_DONE = re.compile(r"giải quyết|thi hành|thu hồi|chi trả|hoàn thành|làm rõ|giải ngân|cho thuê|kích hoạt|lấp đầy|thu về|thi công|bàn giao")
_OUT_OF = re.compile(r"\btrên (?:tổng|số|tổng số|diện tích|\s*$)|\btrên\s*$|so với (?:dự toán|kế hoạch|kh|chỉ tiêu)\b|trong tổng số")
_FAR = 2  # sentences back that a base may stand


def ratios(paper: Paper, stretch: Stretch, percents: list[Percent]) -> list[Ratio]:
    """The ratio claims of one stretch, one for each percentage or multiple that is a level of something."""
    claims: list[Ratio] = []
    spent: set[int] = set()  # pairs A/B whose own percentage has been met
    for percent in percents:
        if percent.mode == LEVEL:
            claim = _explained(stretch, percent) or _said_of(paper, stretch, percent, spent)
            if claim is not None:
                claims.append(claim)
    claims.extend(multiples(stretch))
    return claims


def _said_of(paper: Paper, stretch: Stretch, percent: Percent, spent: set[int]) -> Ratio | None:
    """The claim for the likeliest part; the other parts are tried when it leads nowhere."""
    if percent.numerator < 0:
        return _of_any_pair(stretch, percent)
    first = _out_of(stretch, percent)
    if first is not None:
        return first
    first = _ratio(paper, stretch, percent, spent)
    if first is not None and (first.agreement in _GOOD or first.strength is Strength.CERTAIN):
        return first
    for other in (*percent.others, *_of_base_unit(stretch, percent)):
        turned = percent._replace(numerator=other)
        claim = _beside(stretch, turned, stretch.quantum(other)) if percent.base >= 0 else None
        if claim is not None and claim.agreement is Agreement.DISAGREE and percent.against == PLAN:
            return replace(claim, strength=Strength.LIKELY)
        claim = claim or _first_good(stretch, turned, _nearby(stretch, turned))
        claim = claim or (_first_good(stretch, turned, _planned(paper, stretch, turned)) if percent.against == PLAN else None)
        if claim is not None and claim.agreement in _GOOD:
            return claim
    if first is None or first.strength is Strength.POSSIBLE:
        far = _anywhere(paper, stretch, percent) or _of_any_pair(stretch, percent)
        if far is not None:
            return far
    return first


def _of_any_pair(stretch: Stretch, percent: Percent) -> Ratio | None:
    """Two figures of one unit near by that make the percentage: "186 phòng, kiên cố 142 phòng ... tỷ lệ kiên cố 76,3%"."""
    if percent.against != WHOLE or not _is_telling(percent, stretch):
        return None
    sentence = stretch.sentence[percent.index]
    near = [
        i
        for i in stretch.places
        if abs(sentence - stretch.sentence[i]) <= 1 and i != percent.index and not stretch.quantum(i).is_percent
    ]
    near = sorted(sorted(near, key=lambda i: abs(i - percent.index))[:8])
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
    unit, sentence = stretch.quantum(percent.base).dimension, stretch.sentence[percent.index]
    return [
        i
        for i in reversed(stretch.places)
        if i < percent.index and stretch.sentence[i] == sentence and stretch.quantum(i).dimension == unit
    ][:2]


def _out_of(stretch: Stretch, percent: Percent) -> Ratio | None:
    """"586 thí sinh đỗ trên tổng số 594 thí sinh, đạt 98,65%": the figure before the percentage is the whole."""
    whole = stretch.quantum(percent.numerator)
    if percent.against == SAME_PERIOD or percent.base >= 0 or whole.of is not None or whole.is_percent:
        return None
    clause = stretch.clause[percent.numerator]
    earlier = [i for i in stretch.places if i < percent.numerator and stretch.clause[i] == clause]
    if not earlier or stretch.parent[earlier[-1]] != stretch.parent[percent.numerator]:
        return None
    part = stretch.quantum(earlier[-1])
    between = stretch.text[part.end : whole.start].lower()
    if not _OUT_OF.search(between) or part.is_percent or part.of is not None or not _can_be_base(part, whole):
        return None
    claim = make(stretch, percent._replace(numerator=earlier[-1]), whole, Strength.LIKELY, "out of")
    return claim if claim.agreement in _GOOD or "," not in between else None


def _anywhere(paper: Paper, stretch: Stretch, percent: Percent) -> Ratio | None:
    """A figure of the part's unit anywhere in the document that the percentage fits: only where it has digits enough."""
    stated = stretch.quantum(percent.index)
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
    """"đạt 74,3% (186.420/250.902 hồ sơ)": the pair in the brackets behind a percentage is what it is of."""
    if percent.base < 0 or stretch.kinds[percent.base] != FRACTION:
        return None
    pair = stretch.quantum(percent.base)
    claim = make(stretch, percent._replace(numerator=percent.base), pair.of, Strength.CERTAIN, "pair in brackets")
    if claim.agreement in _GOOD or percent.against in (PLAN, WHOLE):
        return claim
    return None


def multiples(stretch: Stretch) -> list[Ratio]:
    """"gấp 1,72 lần cùng kỳ (1.250 ha)": the multiple, the figure before it and the base behind it."""
    claims = []
    for place, index in enumerate(stretch.places):
        stated = stretch.quantum(index)
        before = stretch.text[max(0, stated.start - 14) : stated.start].lower()
        if stated.dimension != "lần" or not re.search(r"(?:gấp|bằng|gấp hơn|gần)\s*$", before):
            continue
        later = [i for i in stretch.places[place + 1 : place + 2] if stretch.sentence[i] == stretch.sentence[index]]
        parts = [i for i in reversed(stretch.places[:place]) if stretch.sentence[i] == stretch.sentence[index]]
        for whole in later:
            quantum = stretch.quantum(whole)
            same = [i for i in parts[:4] if stretch.quantum(i).dimension == quantum.dimension]
            if same:
                claim = _multiple(stretch, same[0], index, whole)
                bracketed = stretch.parent[whole] > index and "y" in stretch.kinds[index : whole + 1]
                if claim.agreement in _GOOD or bracketed:
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
        spent.add(percent.numerator)
        claim = make(stretch, percent, part.of, Strength.CERTAIN, "pair")
        threshold = bool(stretch.quantum(percent.index).comparator.value)
        if claim.agreement in _GOOD or (percent.against in (PLAN, WHOLE) and not threshold):
            return claim
    nearby = _first_good(stretch, percent, _nearby(stretch, percent)) or _of_pairs(stretch, percent)
    if nearby is not None:
        return nearby
    if percent.against not in (PLAN, WHOLE):
        return None
    if percent.own:
        return _by_name(stretch, percent)
    return _elsewhere(paper, stretch, percent)


def _beside(stretch: Stretch, percent: Percent, part: Quantum) -> Ratio | None:
    """The figure in the brackets behind the percentage: its base, or the very part ("10% (6,0 ha)")."""
    whole = stretch.quantum(percent.base)
    claim = make(stretch, percent, whole, Strength.CERTAIN, "base beside it")
    if claim.agreement in _GOOD:
        return claim
    if whole.dimension != part.dimension and part.measure is not None and whole.measure is not None:
        return None
    if percent.own:
        named = _by_name(stretch, percent)
        return named if named is not None and named.agreement in _GOOD else None
    if percent.against in (PLAN, SAME_PERIOD):
        return claim
    stated = stretch.quantum(percent.index).value
    if whole.amount > part.amount > 0 and stated < HUNDRED and not part.is_percent:
        return replace(claim, strength=Strength.LIKELY)
    turned = percent._replace(numerator=percent.base)
    return _first_good(stretch, turned, _nearby(stretch, turned))


def _by_name(stretch: Stretch, percent: Percent) -> Ratio | None:
    """The percentage names its own subject: its part is the figure of that name in the sentence, if any."""
    subject = content_words(stretch.words_before(percent.index))
    low, high = stretch.sentence_range(percent.index)
    for index in stretch.figures_between(low, min(high, percent.index)):
        quantum = stretch.quantum(index)
        if not quantum.is_percent and likeness(subject, content_words(stretch.words_before(index))) >= 0.99:
            named = percent._replace(numerator=index)
            if percent.base >= 0:
                return make(stretch, named, stretch.quantum(percent.base), Strength.LIKELY, "base beside it")
            claim = _first_good(stretch, named, _nearby(stretch, named))
            return claim or make(stretch, named, None, Strength.POSSIBLE, "base not found")
    return None


def _of_pairs(stretch: Stretch, percent: Percent) -> Ratio | None:
    """A pair A/B farther off in the clause ("03/19 xã đạt 19 tiêu chí, chiếm 15,8%")."""
    clause, parent = stretch.clause[percent.index], stretch.parent[percent.index]
    pairs = [
        i
        for i in stretch.places
        if i < percent.index
        and stretch.kinds[i] == FRACTION
        and stretch.clause[i] == clause
        and stretch.parent[i] == parent
        and not any(stretch.quantum(k).is_percent for k in stretch.figures_between(i, percent.index, parent))
    ]
    for index in reversed(pairs):
        pair = percent._replace(numerator=index)
        strength = Strength.LIKELY if percent.share and len(pairs) == 1 else Strength.POSSIBLE
        claim = make(stretch, pair, stretch.quantum(index).of, strength, "pair in the clause")
        if claim.agreement in _GOOD or (strength is Strength.LIKELY and percent.against in (PLAN, WHOLE)):
            return claim
    return None


def _elsewhere(paper: Paper, stretch: Stretch, percent: Percent) -> Ratio | None:
    for wholes in (_noted(paper, stretch, percent), _planned(paper, stretch, percent)):
        claim = _first_good(stretch, percent, wholes)
        if claim is not None:
            return claim
    pointed = _pointed(paper, stretch, percent)
    if pointed is not None:
        return pointed
    return make(stretch, percent, None, Strength.POSSIBLE, "base not found")


def make(stretch: Stretch, percent: Percent, whole: Quantum | Figure | None, strength: Strength, basis: str) -> Ratio:
    """The claim itself; its span runs from the part to the percentage."""
    part = stretch.quantum(percent.numerator)
    stated = stretch.quantum(percent.index)
    figure = stretch.figure(whole) if isinstance(whole, Quantum) else whole
    part_figure = _part_figure(stretch, part)
    at = stretch.span(min(part.start, stated.start), max(stated.end, part.of.end if part.of else part.end))
    also = (figure.span,) if figure is not None and not _inside(figure, at) else ()
    return Ratio(
        at, stretch.figure(stated), strength, basis, also, part_figure, figure, percent.against, percent.authority
    )


def _part_figure(stretch: Stretch, part: Quantum) -> Figure:
    return stretch.figure(part)


def _inside(figure: Figure, at: object) -> bool:
    span = figure.span
    return (
        getattr(at, "block", None) == span.block
        and getattr(at, "cell", None) == span.cell
        and getattr(at, "start", 0) <= span.start < getattr(at, "end", 0)
    )


def _first_good(stretch: Stretch, percent: Percent, wholes: Iterator[tuple[Figure, str]]) -> Ratio | None:
    """The first candidate that agrees; truncation and rounding only when no candidate agrees exactly."""
    second: Ratio | None = None
    for whole, basis in wholes:
        claim = make(stretch, percent, whole, Strength.POSSIBLE, basis)
        grade = claim.agreement
        if grade is Agreement.EXACT:
            return claim
        if grade in _GOOD and second is None and _is_telling(percent, stretch):
            second = claim
    return second


def _is_telling(percent: Percent, stretch: Stretch) -> bool:
    """Whether the percentage has digits enough for a near agreement to be no accident."""
    stated = stretch.quantum(percent.index)
    return stated.number.decimals >= 1


def _of_last_year(stretch: Stretch, percent: Percent) -> Ratio | None:
    """"bằng 120% so với cùng kỳ": the base is last year's figure where it is printed near by."""
    part = stretch.quantum(percent.numerator)
    low, high = stretch.sentence_range(percent.index)
    for index in stretch.figures_between(low, high):
        quantum = stretch.quantum(index)
        if index in (percent.index, percent.numerator) or quantum.dimension != part.dimension:
            continue
        before = stretch.kinds[max(low, index - 4) : index]
        if ("y" in before or "Y" in before) and not set("gh") & set(before):
            claim = make(stretch, percent, quantum, Strength.POSSIBLE, "last year's figure")
            if claim.agreement in _GOOD:
                return claim
    return make(stretch, percent, None, Strength.POSSIBLE, "last year's figure not printed")


def _nearby(stretch: Stretch, percent: Percent) -> Iterator[tuple[Figure, str]]:
    """Figures of the same dimension in the sentence, nearest first, then in the sentences before."""
    part = stretch.quantum(percent.numerator)
    sentence = stretch.sentence[percent.index]
    order = [i for i in stretch.places if 0 <= sentence - stretch.sentence[i] <= _FAR]
    order.sort(
        key=lambda i: (
            stretch.quantum(i).dimension != part.dimension,
            sentence - stretch.sentence[i],
            abs(i - percent.numerator),
        )
    )
    for index in order:
        quantum = stretch.quantum(index)
        if index in (percent.numerator, percent.index) or quantum.is_percent != part.is_percent:
            continue
        if quantum.is_percent and percent.against != PLAN:
            continue
        for whole in (quantum.of, quantum):
            if whole is not None and _can_be_base(part, whole):
                yield stretch.figure(whole), "near by"


def _can_be_base(part: Quantum, whole: Quantum) -> bool:
    """Of one unit, or both counts of whatever ("587 cơ sở" of "642 lượt")."""
    if whole.amount <= 0:
        return False
    if whole.dimension == part.dimension or not whole.measure or not part.measure:
        return True
    counts = not is_measured(part.dimension) and not is_measured(whole.dimension)
    return counts and whole.amount >= part.amount


def _noted(paper: Paper, stretch: Stretch, percent: Percent) -> Iterator[tuple[Figure, str]]:
    """The pairs A/B in the note to the part: their second figures add up to the base."""
    part = stretch.quantum(percent.numerator)
    for note in paper.note_of(stretch, percent.numerator):
        pairs = [note.quantum(i) for i in note.places if note.kinds[i] == FRACTION and not note.quantum(i).is_percent]
        same = [pair for pair in pairs if pair.dimension == part.dimension and pair.of is not None]
        if len(same) >= 2 and sum(pair.amount for pair in same) == part.amount:
            yield _summed(note, [pair.of for pair in same if pair.of is not None]), _ADDED
        for pair in same:
            assert pair.of is not None
            yield note.figure(pair.of), "in the note"


def _summed(stretch: Stretch, quanta: list[Quantum]) -> Figure:
    total = sum((q.value.scaleb(q.scale - quanta[0].scale) for q in quanta), Decimal(0))
    decimals = max(q.number.decimals for q in quanta)
    merged = Quantum(Number(total, decimals), quanta[0].start, quanta[-1].number_end)
    merged.scale, merged.measure, merged.end = quanta[0].scale, quanta[0].measure, quanta[-1].end
    text = " + ".join(write_number(q.value, q.number.decimals) for q in quanta)
    return Figure(quantity_of(merged), stretch.span(merged.start, merged.end), f"({text})")


def _planned(paper: Paper, stretch: Stretch, percent: Percent) -> Iterator[tuple[Figure, str]]:
    """Plan figures of the whole document: of a table row with this result, of this subject, of this authority."""
    part = stretch.quantum(percent.numerator)
    for score, figure in _ranked(paper, stretch, percent, part):
        if score > 0:
            yield figure, "planned elsewhere"


def _ranked(paper: Paper, stretch: Stretch, percent: Percent, part: Quantum) -> list[tuple[float, Figure]]:
    subject = content_words(subject_text(stretch, percent.numerator))
    ranked: list[tuple[float, Figure]] = []
    for planned in paper.planned:
        quantum = planned.quantum
        if planned.stretch is stretch and quantum.start == part.start:
            continue
        same_result = planned.result is not None and same_amount(planned.result, part)
        if quantum.dimension != part.dimension and quantum.measure is not None and not same_result:
            continue
        alike = likeness(subject, planned.subject)
        if not same_result and alike < 0.5:
            continue
        named = 0.5 if percent.authority and percent.authority == planned.authority else 0.0
        ranked.append((alike + named + (2 if same_result else 0), planned.stretch.figure(quantum)))
    ranked.sort(key=lambda entry: -entry[0])
    return ranked[:12]


def same_amount(first: Quantum, second: Quantum) -> bool:
    """Whether two figures are one, printed with more or fewer decimals."""
    if first.value == 0 or second.value == 0:
        return False
    a, b = quantity_of(first), quantity_of(second)
    if a.amount == b.amount:
        return True
    return first.number.decimals + second.number.decimals > 0 and abs(a.amount - b.amount) <= max(a.ulp, b.ulp) / 2


def _pointed(paper: Paper, stretch: Stretch, percent: Percent) -> Ratio | None:
    """A base that the wording points to although it does not agree."""
    part = stretch.quantum(percent.numerator)
    if stretch.quantum(percent.index).comparator.value or (part.is_percent and percent.against != PLAN):
        return None
    near = _planned_near(stretch, percent, part)
    if near is not None:
        return make(stretch, percent, near, Strength.LIKELY, "the plan in the sentence")
    for whole, basis in _noted(paper, stretch, percent):
        if basis == _ADDED:
            return make(stretch, percent, whole, Strength.LIKELY, basis)
    if percent.against == WHOLE and _is_share(stretch, percent):
        named = _named_before(stretch, percent, part)
        if named is not None:
            return make(stretch, percent, named, Strength.LIKELY, "said before under the same name")
        whole = _only_whole(stretch, percent, part)
        if whole is not None:
            return make(stretch, percent, whole, Strength.LIKELY, "the whole in the sentence")
    if percent.against == PLAN:
        for score, figure in _ranked(paper, stretch, percent, part):
            if score >= (1.5 if percent.authority else 2.4):
                return make(stretch, percent, figure, Strength.LIKELY, "the plan of the same result")
    return None


def _only_whole(stretch: Stretch, percent: Percent, part: Quantum) -> Quantum | None:
    """The nearest larger figure of the part's unit before it in the sentence that has no percentage of its own."""
    sentence = stretch.sentence[percent.index]
    for index in reversed(stretch.places):
        quantum = stretch.quantum(index)
        if index >= percent.numerator or stretch.sentence[index] != sentence:
            if index < percent.numerator:
                break
            continue
        if quantum.of is not None or quantum.is_percent or stretch.is_change(index) or not part.dimension:
            continue
        if quantum.amount > part.amount and quantum.dimension and _of_unit(quantum, part):
            if not _has_percent(stretch, quantum):
                return quantum
    return None


def _of_unit(whole: Quantum, part: Quantum) -> bool:
    a, b = whole.dimension, part.dimension
    return a == b or a.startswith(b + " ") or b.startswith(a + " ") or kind_of(a) == kind_of(b) != ""


def _is_share(stretch: Stretch, percent: Percent) -> bool:
    """Whether a percentage stands as a share of a whole: "chiếm", "tỷ lệ", bare in brackets, or of what was to be done."""
    if "tương ứng" in stretch.words_before(percent.index).lower() or percent.own:
        return False
    if percent.share:
        return True
    before = stretch.kinds[max(0, percent.index - 2) : percent.index]
    if before.endswith("("):
        between = stretch.words_after(percent.numerator).lower()
        return len(between.split()) <= 7 and not re.search(r"bình quân|mức", between)
    words = stretch.words_before(percent.numerator).lower()
    return percent.index - percent.numerator <= 3 and bool(_DONE.search(words))


def _named_before(stretch: Stretch, percent: Percent, part: Quantum) -> Quantum | None:
    """The larger figure of the passage that was said of the same name: "vốn ngân sách tỉnh 155 tỷ đồng; ... giải ngân 44 tỷ đồng"."""
    subject = content_words(stretch.words_before(percent.numerator)) - _VERBS
    if len(subject) < 2:
        return None
    found = [
        stretch.quantum(i)
        for i in stretch.places
        if i < percent.numerator
        and stretch.quantum(i).dimension == part.dimension
        and stretch.quantum(i).amount > part.amount
        and content_words(stretch.words_before(i)) - _VERBS == subject
    ]
    return found[0] if len(found) == 1 else None


def _has_percent(stretch: Stretch, quantum: Quantum) -> bool:
    """Whether a percentage of its own follows a figure: then it is a sibling, and no whole of others."""
    following = next((i for i in stretch.places if i > quantum.index), None)
    return following is not None and stretch.quantum(following).is_percent


def _is_fund(stretch: Stretch, index: int) -> bool:
    """Whether a figure is the whole of the money that there is to spend ("tổng số vốn ... là 10,6 tỷ đồng")."""
    return bool(re.search(r"tổng (?:số |nguồn )?vốn|nguồn vốn|vốn .*(?:giao|phân bổ|sử dụng)", stretch.words_before(index, 90).lower()))


def _planned_near(stretch: Stretch, percent: Percent, part: Quantum) -> Quantum | None:
    """The one plan figure of the sentence, said before the result and of the same kind."""
    sentence = stretch.sentence[percent.index]
    found = [
        i
        for i in stretch.places
        if i < percent.numerator
        and stretch.sentence[i] == sentence
        and stretch.kinds[i] == QUANTITY
        and stretch.quantum(i).dimension == part.dimension
        and not stretch.quantum(i).is_percent
    ]
    plans = [i for i in found if plan_role(stretch, i) is not None or _is_fund(stretch, i)]
    clause = stretch.clause[percent.index]
    if percent.against == WHOLE:
        bare = [i for i in found if not _has_percent(stretch, stretch.quantum(i))]
        plans = [i for i in plans if stretch.clause[i] == clause and bare and i == bare[-1]]
    between = list(stretch.figures_between(percent.numerator + 1, percent.index))
    return stretch.quantum(plans[0]) if len(plans) == 1 and not between else None


def subject_text(stretch: Stretch, index: int) -> str:
    """The words that say what a figure is of: its piece of the sentence, and one piece more when that is short."""
    parent = stretch.parent[index]
    end = stretch.tokens[index].start
    position, start = index - 1, 0
    while position >= 0:
        token = stretch.tokens[position]
        if (stretch.parent[position] == parent and token.kind in ",;:.…") or position == parent:
            start = token.end
            if token.kind in ";.…" or len(content_words(stretch.text[start:end])) >= 2:
                break
        position -= 1
    else:
        start = 0
    return stretch.text[max(start, end - 160) : end]
