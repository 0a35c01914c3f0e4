"""One passage, note or cell made ready for reading: its tokens with sentences, clauses and brackets.

A *piece* is what stands between two commas, a *clause* what stands between two semicolons, both
at one bracket depth. Token lists are indexed alike: ``sentence[i]``, ``clause[i]``, ``parent[i]``
(the index of the opening bracket that token i stands in, or -1).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

from baocao.grammar.lexing import FRACTION, QUANTITY, Quantum, Token, tokenize
from baocao.grammar.vocabulary import is_measured
from baocao.grammar.words import lowered
from baocao.model import Figure, Quantity, Span

_BOUNDS = QUANTITY + FRACTION + ";.(),:…"  # what ends the words before or after a figure
_NEAR_WORDS = 12  # letters between "cùng kỳ" and its figure


class Stretch:
    """The tokens of one text and where it stands in the document."""

    def __init__(self, text: str, block: int, document: int = 0, cell: int = -1, note: str = "") -> None:
        self.text = text
        self.block = block
        self.cell = cell
        self.document = document
        self.note = note
        self.lowered = lowered(text)
        self.tokens: list[Token] = tokenize(text, self.lowered)
        quanta = {index: token.figure for index, token in enumerate(self.tokens) if token.figure is not None}
        for index, figure in quanta.items():
            figure.index = index
        self.places = list(quanta)
        self.quantum: Callable[[int], Quantum] = quanta.__getitem__  # the figure at a place; asked for all the time
        self.kinds = "".join([token.kind for token in self.tokens])
        self.close: dict[int, int] = {}
        self.sentence: list[int] = []
        self.clause: list[int] = []
        self.parent: list[int] = []
        self._structure()
        self.marks: tuple[tuple[int, str], ...] = ()
        self._figures: dict[int, Figure] = {}
        self._changes: dict[int, bool] = {}

    def _structure(self) -> None:
        kinds, close = self.kinds, self.close
        self._match_brackets()
        sentence = clause = 0
        sentences, clauses, parents = self.sentence, self.clause, self.parent
        stack: list[int] = []
        parent, end = -1, -1  # the innermost open bracket and its end
        for index, kind in enumerate(kinds):
            while index == end:  # brackets left open end together
                stack.pop()
                parent = stack[-1] if stack else -1
                end = close[parent] if stack else -1
            sentences.append(sentence)
            clauses.append(clause)
            parents.append(parent)
            if kind == "(" and index in close:
                stack.append(index)
                parent, end = index, close[index]
            elif kind == ";":
                clause += 1
            elif kind == "." and not stack:
                sentence += 1
                clause += 1

    def _match_brackets(self) -> None:
        """Pair the brackets; one that is never closed ends with its sentence, a stray one is left alone."""
        if "(" not in self.kinds:
            return
        stack: list[int] = []
        for index, kind in enumerate(self.kinds):
            if kind == "(":
                stack.append(index)
            elif kind == ")" and stack:
                self.close[stack.pop()] = index
        if stack:
            self._end_with_sentence(frozenset(stack))

    def _end_with_sentence(self, left_open: frozenset[int]) -> None:
        """The end of each bracket left open: the next full stop that stands in no bracket that is closed."""
        openings, closings = frozenset(self.close), frozenset(self.close.values())
        end, depth = len(self.kinds), 0
        for index in range(len(self.kinds) - 1, -1, -1):
            if index in closings:
                depth += 1
            elif index in openings:
                depth -= 1
            elif index in left_open:
                self.close[index] = end
            elif self.kinds[index] == "." and not depth:
                end = index

    # what stands where

    def figures_between(self, low: int, high: int, parent: int | None = None) -> Iterator[int]:
        """Indices of the figures in [low, high), of one bracket only when ``parent`` is given."""
        places = self.places
        for index in places[bisect_left(places, low) : bisect_left(places, high)]:
            if parent is None or self.parent[index] == parent:
                yield index

    def around(self, index: int, reach: int) -> list[int]:
        """The figures next to a token, at most ``reach`` on either side, in the order of the text."""
        at = bisect_left(self.places, index)
        return self.places[max(0, at - reach) : at + reach + 1]

    def sentence_range(self, index: int) -> tuple[int, int]:
        """The token range of the sentence of a token."""
        sentence = self.sentence[index]
        return bisect_left(self.sentence, sentence), bisect_right(self.sentence, sentence)

    def figures_of(self, first: int, last: int) -> list[int]:
        """The places of the figures from one sentence to another, both included."""
        low, high = bisect_left(self.sentence, first), bisect_right(self.sentence, last)
        return self.places[bisect_left(self.places, low) : bisect_left(self.places, high)]

    def next_figure(self, index: int) -> int:
        """The place of the first figure behind a token, or -1."""
        following = bisect_right(self.places, index)
        return self.places[following] if following < len(self.places) else -1

    def words_before(self, index: int, limit: int = 60) -> str:
        """The words right before a token, back to the mark or figure before them."""
        kinds, end = self.kinds, self.tokens[index].start
        back = index - 1
        while back >= 0 and kinds[back] not in _BOUNDS:
            back -= 1
        start = self.tokens[back].end if back >= 0 else 0
        return self.text[max(start, end - limit) : end].strip()

    def words_after(self, index: int, limit: int = 60) -> str:
        """The words right after a token, up to the mark or figure after them."""
        kinds, start = self.kinds, self.tokens[index].end
        ahead = index + 1
        while ahead < len(kinds) and kinds[ahead] not in _BOUNDS:
            ahead += 1
        end = self.tokens[ahead].start if ahead < len(kinds) else len(self.text)
        return self.text[start : min(end, start + limit)].strip()

    def is_change(self, index: int) -> bool:
        """Whether a figure is the amount of a rise or a fall, or an earlier time's figure ("(cùng kỳ 24 vụ)")."""
        found = self._changes.get(index)
        if found is None:
            found = self._changes[index] = self._is_change(index)
        return found

    def _is_change(self, index: int) -> bool:
        position = index - 1
        while position >= 0 and self.kinds[position] not in "QF;.():…,":
            kind = self.kinds[position]
            if kind in "gh":
                return self.text[self.tokens[position].start : self.tokens[position].end].lower() != "vượt"
            if kind in "ys" and self.tokens[index].start - self.tokens[position].end <= _NEAR_WORDS:
                return True
            if kind in "eukdT":
                return False
            position -= 1
        return False

    # spans and figures of the model

    def span(self, start: int, end: int) -> Span:
        return Span(self.block, start, end, self.cell, self.document)

    def span_of(self, first: int, last: int) -> Span:
        """From the first token to the last, both included."""
        return self.span(self.tokens[first].start, self.tokens[last].end)

    def figure(self, quantum: Quantum) -> Figure:
        found = self._figures.get(quantum.start)
        if found is None:
            found = self._figures[quantum.start] = self._figure(quantum)
        return found

    def _figure(self, quantum: Quantum) -> Figure:
        return Figure(
            quantity_of(quantum),
            self.span(quantum.start, quantum.end),
            " ".join(self.text[quantum.start : quantum.end].split()),
        )


def quantity_of(quantum: Quantum) -> Quantity:
    """The quantity in the first unit of its dimension, as far as a power of ten leads there."""
    if quantum.quantity is None:
        quantum.quantity = _quantity(quantum)
    return quantum.quantity


def _quantity(quantum: Quantum) -> Quantity:
    measure = quantum.measure
    scale = quantum.scale
    if measure is not None and measure.factor != 1:
        scale += measure.factor.adjusted()
    counted = (
        quantum.number.decimals == 0
        and quantum.scale == 0
        and measure is not None
        and not is_measured(measure.dimension)
        and quantum.comparator.value == ""
    )
    return Quantity(
        quantum.value, quantum.number.decimals, quantum.unit, scale, quantum.comparator, quantum.upper, counted
    )
