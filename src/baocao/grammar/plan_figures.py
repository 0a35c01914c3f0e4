"""Plan figures looked up by what is said of them and by the result that stands in their row.

A report plans hundreds of figures and states hundreds of percentages, so that going through all plans for
each percentage would cost their product.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from baocao.grammar.lexing import Quantum
from baocao.grammar.stretch import quantity_of

if TYPE_CHECKING:
    from baocao.grammar.paper import Planned

_ALIKE = 0.5  # share of the shorter subject's words that stand in the other one


class PlanFigures:
    """The plan figures of one document."""

    def __init__(self, planned: Sequence[Planned]) -> None:
        self.planned = planned
        self._said: dict[tuple[str, str], list[int]] = defaultdict(list)  # dimension and word → places
        self._results: dict[Decimal, list[tuple[Decimal, int]]] = defaultdict(list)  # last printed place → amounts
        for place, plan in enumerate(planned):
            dimension = plan.quantum.dimension if plan.quantum.measure is not None else ""
            for word in plan.subject:
                self._said[dimension, word].append(place)
            if plan.result is not None and plan.result.value != 0:
                quantity = quantity_of(plan.result)
                self._results[quantity.ulp].append((quantity.amount, place))
        for amounts in self._results.values():
            amounts.sort()

    def like(self, subject: frozenset[str], part: Quantum) -> Iterator[tuple[Planned, float, bool]]:
        """The plans of a like subject or with the very result, how alike each is, and whether it has the result."""
        common = self._in_common(subject, part.dimension)
        same = self._of_result(part)
        for place in sorted(common.keys() | same):
            plan = self.planned[place]
            shorter = min(len(subject), len(plan.subject))
            if place in same:
                yield plan, len(subject & plan.subject) / shorter if shorter else 0.0, True
            elif common[place] / shorter >= _ALIKE:
                yield plan, common[place] / shorter, False

    def _in_common(self, subject: frozenset[str], dimension: str) -> Counter[int]:
        """How many words of a subject each plan of its dimension, or of none, has."""
        common: Counter[int] = Counter()
        for word in subject:
            for kind in {dimension, ""}:
                common.update(self._said.get((kind, word), ()))
        return common

    def _of_result(self, part: Quantum) -> set[int]:
        quantity = quantity_of(part)
        found: set[int] = set()
        for ulp, amounts in self._results.items():
            slack = max(ulp, quantity.ulp) / 2
            low = bisect_left(amounts, quantity.amount - slack, key=_amount)
            high = bisect_right(amounts, quantity.amount + slack, key=_amount)
            found.update(place for _, place in amounts[low:high] if _is_result(self.planned[place], part))
        return found


def _amount(entry: tuple[Decimal, int]) -> Decimal:
    return entry[0]


def _is_result(plan: Planned, part: Quantum) -> bool:
    return plan.result is not None and same_amount(plan.result, part)


def same_amount(first: Quantum, second: Quantum) -> bool:
    """Whether two figures are one, printed with more or fewer decimals."""
    if first.value == 0 or second.value == 0:
        return False
    a, b = quantity_of(first), quantity_of(second)
    if a.amount == b.amount:
        return True
    return first.number.decimals + second.number.decimals > 0 and abs(a.amount - b.amount) <= max(a.ulp, b.ulp) / 2
