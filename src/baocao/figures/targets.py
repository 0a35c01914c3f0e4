"""The ledger of targets: which one holds on a day, what the plan was on any day, and whether its parts make it.

Two authorities may ask for different figures at one address; each has its own line of decisions. Within
a line the target with the latest ``holds_from`` not after the day holds, and of two with the same day that
of the later decision. Two different targets of decisions of one day contradict each other: nobody
can say which holds, so the ledger refuses to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from baocao.model.observation import Address, Scenario
from baocao.model.target import Target, TargetKind
from baocao.model.text import Problem, Text

_CONFLICT = Text(
    "{address}: hai chỉ tiêu khác nhau cùng có hiệu lực từ {day}, do {one} và {two} giao cùng ngày; "
    "hãy sửa ngày hiệu lực, hoặc ghi thêm quyết định điều chỉnh nêu rõ chỉ tiêu nào được áp dụng.",
    "{address}: two different targets hold from {day}, set by {one} and {two} on the same day; "
    "correct the day that one holds from, or record the later decision that says which one applies.",
)
# of what kinds the parts may be that make a whole of some kind; of other kinds only its own
FLOORS = frozenset({TargetKind.EXACTLY, TargetKind.AT_LEAST, TargetKind.MAINTAIN})
_PARTS = dict.fromkeys(FLOORS, FLOORS) | {TargetKind.AT_MOST: frozenset({TargetKind.AT_MOST, TargetKind.EXACTLY})}


class TargetConflict(Problem):
    """Two targets contradict each other; ``text`` names both decisions and ``targets`` holds them."""

    def __init__(self, text: Text, targets: tuple[Target, ...]) -> None:
        super().__init__(text)
        self.targets = targets


def address_asked(address: Address, authority: str) -> Address:
    """Where an authority's target for a figure stands: the figure's own address, as a target of that authority."""
    return replace(address, scenario=Scenario.TARGET, authority=authority)


def in_force(
    targets: Iterable[Target], address: Address, authority: str, on: date, known_on: date | None = None
) -> Target | None:
    """What an authority asks for at an address on a day; None when it asks for nothing.

    ``known_on`` leaves out decisions issued after that day, which can reach back by their ``holds_from``.
    Raises ``TargetConflict``.
    """
    wanted = address_asked(address, authority)
    return _latest([target for target in targets if target.address == wanted and _counts(target, on, known_on)])


def plan(targets: Iterable[Target], on: date, known_on: date | None = None) -> tuple[Target, ...]:
    """All targets that hold on a day, ordered by address. Raises ``TargetConflict``."""
    lines: dict[Address, list[Target]] = defaultdict(list)
    for target in targets:
        if _counts(target, on, known_on):
            lines[target.address].append(target)
    held = (_latest(lines[address]) for address in sorted(lines, key=_order))
    return tuple(target for target in held if target is not None)


def plan_as_it_stood(targets: Iterable[Target], on: date) -> tuple[Target, ...]:
    """The plan that anybody could know of on a day: decisions issued later are left out."""
    return plan(targets, on, known_on=on)


def _counts(target: Target, on: date, known_on: date | None) -> bool:
    return target.holds_from <= on and (known_on is None or target.decision.issued_on <= known_on)


def _latest(line: Sequence[Target]) -> Target | None:
    if not line:
        return None
    latest = max((target.holds_from, target.decision.issued_on) for target in line)
    tied = [target for target in line if (target.holds_from, target.decision.issued_on) == latest]
    terms = {_terms(target) for target in tied}
    # the same target told twice is one; the smallest decision is shown, so that arrival does not matter
    tied.sort(key=lambda target: (target.decision.number, target.decision.kind, target.decision.issuer, repr(target)))
    if len(terms) > 1:
        other = next(target for target in tied if _terms(target) != _terms(tied[0]))
        day = f"{latest[0]:%d/%m/%Y}"
        one, two = _named(tied[0]), _named(other)
        raise TargetConflict(_CONFLICT.fill(address=tied[0].address, day=day, one=one, two=two), tuple(tied))
    return tied[0]


def contradicts(one: Target, other: Target) -> bool:
    """Whether nobody could say which of two targets holds: they differ, but not in place, authority and days."""
    is_same = (one.address, one.holds_from, one.decision.issued_on) == (
        other.address,
        other.holds_from,
        other.decision.issued_on,
    )
    return is_same and _terms(one) != _terms(other)


def _terms(target: Target) -> tuple[object, ...]:
    return (target.kind, target.low, target.high, target.is_strict, target.rated_at_year_end)


def _named(target: Target) -> str:
    decision = target.decision
    return f"{decision.kind} {decision.number} ({decision.issued_on:%d/%m/%Y}) {decision.issuer}".strip()


def _order(address: Address) -> tuple[object, ...]:
    return (address.indicator, address.period, address.authority, address.breakdown, address.unit)


@dataclass(frozen=True, slots=True)
class Allocation:
    """Whether what units were given adds up to the whole that is asked for.

    ``total`` is the sum of the parts' figures and ``difference`` is total less whole; for a range, of the
    lower bounds, and of the upper ones in ``upper_difference``. ``missing`` are units without a target.
    ``otherwise`` are units whose target is of another kind: then nothing can be added up.
    """

    whole: Target
    parts: tuple[Target, ...]
    missing: tuple[str, ...]
    otherwise: tuple[str, ...]
    total: Decimal
    difference: Decimal
    upper_difference: Decimal = Decimal(0)

    @property
    def adds_up(self) -> bool:
        """Whether the parts make the whole; of "at least" they may make more, of "at most" less."""
        if self.otherwise:
            return False
        if self.whole.kind is TargetKind.AT_LEAST:
            return self.difference >= 0
        if self.whole.kind is TargetKind.AT_MOST:
            return self.difference <= 0
        return not self.difference and not self.upper_difference


def allocated(whole: Target, given: tuple[Target, ...], missing: tuple[str, ...] = ()) -> Allocation:
    """What was given of a target that has a figure, added up. Only indicators that add up over places belong here."""
    fitting = _PARTS.get(whole.kind, frozenset({whole.kind}))
    otherwise = tuple(part.address.unit for part in given if part.kind not in fitting)
    total = sum((part.low or Decimal(0) for part in given), Decimal(0))
    upper = Decimal(0)
    if whole.high is not None:
        upper = sum((part.high or Decimal(0) for part in given), Decimal(0)) - whole.high
    return Allocation(whole, given, missing, otherwise, total, total - (whole.low or Decimal(0)), upper)
