"""Two figures under one label: side by side in a list, or in the body and in the note hung on it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from baocao.grammar.lexing import QUANTITY, Quantum
from baocao.grammar.paper import Paper
from baocao.grammar.stretch import Stretch
from baocao.model import Figure, Strength, Value

TWICE = "said twice"
NOTED = "total of the note"
_WORD = re.compile(r"[^\W\d_]+")
_LABEL = 3  # words of a label that stands twice in a list
_AMONG = re.compile(r"(?:^|\W)(?:trong (?:tổng )?(?:số )?|tổng (?:số |cộng )?(?:có |là )?)$")


def repeats(paper: Paper) -> Iterator[Value]:
    """Figures that stand a second time under the same words with another value."""
    for stretch in paper.stretches:
        yield from _in_lists(stretch)
        if stretch.marks:
            yield from _noted(paper, stretch)


def _in_lists(stretch: Stretch) -> Iterator[Value]:
    last: dict[int, int] = {}  # the figure before, by depth
    for index in stretch.places:
        depth = stretch.parent[index]
        before = last.get(depth)
        last[depth] = index
        if before is None or stretch.sentence[before] != stretch.sentence[index]:
            continue
        first, second = stretch.quantum(before), stretch.quantum(index)
        if not _is_comparable(first, second) or first.amount == second.amount:
            continue
        marks = [i for i in range(before + 1, index) if stretch.kinds[i] in ";," and stretch.parent[i] == depth]
        if _same_item(stretch, before, index, marks) or _same_act(stretch, before, index, marks):
            yield _claim(stretch, second, stretch, first, TWICE)


def _is_comparable(first: Quantum, second: Quantum) -> bool:
    if first.of is not None or second.of is not None or first.is_percent or second.is_percent:
        return False
    return first.unit != "" and first.unit == second.unit and first.upper is None and second.upper is None


def _claim(stretch: Stretch, stated: Quantum, other: Stretch, first: Quantum, basis: str) -> Value:
    figure: Figure = other.figure(first)
    at = stretch.span(stated.start, stated.end)
    return Value(at, stretch.figure(stated), Strength.CERTAIN, basis, (figure.span,))


def _same_item(stretch: Stretch, first: int, second: int, marks: list[int]) -> bool:
    """ "214 giáo viên, nhân viên THCS; 165 giáo viên, nhân viên THCS": the label behind the count is the same."""
    ends = [i for i in marks if stretch.kinds[i] == ";"]
    if len(ends) != 1:
        return False
    end = ends[0]
    lead = _words(stretch, end, second)
    if lead and lead != _words(stretch, _item_start(stretch, first), first):
        return False
    label = _words(stretch, first, end)
    return len(label) >= _LABEL and label == _words(stretch, second, _item_end(stretch, second))


def _words(stretch: Stretch, low: int, high: int) -> list[str]:
    """The words between two tokens."""
    tokens = stretch.tokens
    figure = tokens[low].figure if low >= 0 else None
    start = 0 if low < 0 else figure.number_end if figure is not None else tokens[low].end
    end = tokens[high].start if high < len(tokens) else len(stretch.text)
    return _WORD.findall(stretch.text[start:end].lower())


def _item_start(stretch: Stretch, index: int) -> int:
    position = index - 1
    while position >= 0 and stretch.kinds[position] not in ";:.(":
        position -= 1
    return position


def _item_end(stretch: Stretch, index: int) -> int:
    position = index + 1
    while position < len(stretch.kinds) and stretch.kinds[position] not in ";.)":
        position += 1
    return position


def _same_act(stretch: Stretch, first: int, second: int, marks: list[int]) -> bool:
    """ "đã trả 640 hồ sơ (...), đã trả 618 hồ sơ": one act said twice, with nothing but a comma between."""
    if len(marks) != 1 or stretch.kinds[marks[0]] != ",":
        return False
    lead = stretch.words_before(second, 40).lower()
    lead_before = stretch.words_before(first, 60).lower()
    is_same = lead == lead_before or (lead.startswith("đã ") and lead_before.endswith(" " + lead))
    if len(lead.split()) < 2 or not is_same:
        return False
    if set("gh") & set(stretch.kinds[marks[0] : second]):
        return False
    return stretch.words_after(first, 40).lower() == stretch.words_after(second, 40).lower()


def _noted(paper: Paper, stretch: Stretch) -> Iterator[Value]:
    """The figure before a mark against the total that the note names: "86 đơn" and "Trong 81 đơn ..."."""
    for at, label in stretch.marks:
        notes = paper.notes.get(label)
        if not notes:
            continue
        after = bisect_left(notes, stretch.block, key=lambda note: note.block)
        note = notes[min(after, len(notes) - 1)]  # numbers may begin anew: the next note of this number is meant
        head = _head(stretch, at)
        if head is not None and note.places:
            yield from _against_note(stretch, head, note)


def _head(stretch: Stretch, at: int) -> int | None:
    """The figure right before a mark, in the mark's own clause and outside brackets."""
    found = None
    for index in stretch.places:
        if stretch.tokens[index].start >= at:
            break
        found = index
    if found is None or stretch.kinds[found] != QUANTITY or stretch.parent[found] >= 0:
        return None
    between = [token.kind for token in stretch.tokens[found + 1 :] if token.start < at]
    return None if set(between) & set(".;:") else found


def _against_note(stretch: Stretch, head: int, note: Stretch) -> Iterator[Value]:
    stated = stretch.quantum(head)
    if stated.is_percent or not stated.unit or set("ghsy") & set(stretch.kinds[max(0, head - 2) : head]):
        return
    known = {stretch.quantum(i).amount for i in stretch.places if stretch.sentence[i] == stretch.sentence[head]}
    amounts = [note.quantum(i).amount for i in note.places]
    if stated.amount in amounts:
        return
    for index in note.places:
        quantum = note.quantum(index)
        if note.kinds[index] != QUANTITY or not _is_one_thing(stated.unit, quantum.unit):
            continue
        lead = note.text[max(0, quantum.start - 24) : quantum.start].lower()
        if _AMONG.search(lead) and quantum.amount not in known and quantum.amount * 2 > stated.amount:
            if all(quantum.amount + other != stated.amount for other in amounts):
                yield _claim(note, quantum, stretch, stated, NOTED)
            return


def _is_one_thing(first: str, second: str) -> bool:
    """ "đơn thư" and "đơn" are one thing."""
    return first == second or first.split()[0] == second.split()[0] if first and second else False
