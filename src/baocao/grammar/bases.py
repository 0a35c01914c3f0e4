"""Where the base of a percentage may stand: near by, in a note, among the plan figures of the whole document."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from baocao.grammar.lexing import FRACTION, Quantum
from baocao.grammar.numbers import Number, write_number
from baocao.grammar.paper import Paper, content_words
from baocao.grammar.percents import PLAN, Percent
from baocao.grammar.stretch import Stretch, quantity_of
from baocao.grammar.vocabulary import is_measured
from baocao.model import Figure

ADDED = "the note's bases added up"
_FAR = 2  # sentences back that a base may stand
_OF_QUALITY = frozenset(("tuổi", "sao"))  # "trẻ 6 tuổi", "OCOP 3 sao": what things are, and no number of them
REACH = 24  # figures on either side that are looked at, however long the sentence


def nearby(stretch: Stretch, percent: Percent) -> Iterator[tuple[Figure, str]]:
    """Figures of the same dimension in the sentence, nearest first, then in the sentences before."""
    part = stretch.quantum(percent.numerator)
    sentence = stretch.sentence[percent.place]
    order = [i for i in stretch.around(percent.place, REACH) if 0 <= sentence - stretch.sentence[i] <= _FAR]
    order.sort(
        key=lambda i: (
            stretch.quantum(i).dimension != part.dimension,
            sentence - stretch.sentence[i],
            abs(i - percent.numerator),
        )
    )
    for index in order:
        quantum = stretch.quantum(index)
        if index in (percent.numerator, percent.place) or quantum.is_percent != part.is_percent:
            continue
        if quantum.is_percent and (percent.against != PLAN or stretch.kinds[index + 1 : index + 2] == "k"):
            continue  # "76% dự toán" is of a plan and none itself
        if percent.against == PLAN and index > percent.place and stretch.is_change(index):
            continue  # "bằng 96% kế hoạch và tăng 5,1 tỷ đồng"
        for whole in (quantum.of, quantum):
            if whole is not None and can_be_base(part, whole):
                yield stretch.figure(whole), "near by"


def can_be_base(part: Quantum, whole: Quantum) -> bool:
    """Of one unit, or both counts of whatever ("587 cơ sở" of "642 lượt")."""
    if whole.amount <= 0 or (whole.dimension in _OF_QUALITY and whole.dimension != part.dimension):
        return False
    if whole.dimension == part.dimension or not whole.measure or not part.measure:
        return True
    counts = not is_measured(part.dimension) and not is_measured(whole.dimension)
    return counts and whole.amount >= part.amount


def noted(paper: Paper, stretch: Stretch, percent: Percent) -> Iterator[tuple[Figure, str]]:
    """The pairs A/B in the note to the part: their second figures add up to the base."""
    part = stretch.quantum(percent.numerator)
    for note in paper.note_of(stretch, percent.numerator):
        pairs = [note.quantum(i) for i in note.places if note.kinds[i] == FRACTION and not note.quantum(i).is_percent]
        same = [pair for pair in pairs if pair.dimension == part.dimension and pair.of is not None]
        if len(same) >= 2 and sum(pair.amount for pair in same) == part.amount:
            yield _summed(note, [pair.of for pair in same if pair.of is not None]), ADDED
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


def planned(paper: Paper, stretch: Stretch, percent: Percent) -> Iterator[tuple[Figure, str]]:
    """Plan figures of the whole document: of a table row with this result, of this subject, of this authority."""
    part = stretch.quantum(percent.numerator)
    for score, figure in ranked(paper, stretch, percent, part):
        if score > 0:
            yield figure, "planned elsewhere"


def ranked(paper: Paper, stretch: Stretch, percent: Percent, part: Quantum) -> list[tuple[float, Figure]]:
    subject = content_words(subject_text(stretch, percent.numerator))
    ranked: list[tuple[float, Figure]] = []
    for planned, alike, same_result in paper.plans.like(subject, part):
        quantum = planned.quantum
        if planned.stretch is stretch and quantum.start == part.start:
            continue
        named = 0.5 if percent.authority and percent.authority == planned.authority else 0.0
        ranked.append((alike + named + (2 if same_result else 0), planned.stretch.figure(quantum)))
    ranked.sort(key=lambda entry: -entry[0])
    return ranked[:12]


def subject_text(stretch: Stretch, index: int) -> str:
    """The words that say what a figure is of: its piece of the sentence, and one piece more when that is short."""
    parent = stretch.parent[index]
    end = stretch.tokens[index].start
    position, start = index - 1, max(0, end - 160)
    while position >= max(0, index - 24):
        token = stretch.tokens[position]
        if (stretch.parent[position] == parent and token.kind in ",;:.…") or position == parent:
            start = token.end
            if token.kind in ";.…" or len(content_words(stretch.text[start:end])) >= 2:
                break
        position -= 1
    return stretch.text[max(start, end - 160) : end]
