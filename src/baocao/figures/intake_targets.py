"""What files say must fit what authorities have asked for: no two plans of one day, words only for what is assured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from baocao.figures.targets import contradicts
from baocao.model.observation import Address
from baocao.model.target import Target, TargetKind
from baocao.model.text import Text

_CONTRADICTS = Text(
    "{authority} đã giao chỉ tiêu này khác đi, cùng hiệu lực từ {day}, theo {decision} ban hành cùng ngày: hãy sửa số, "
    "hoặc ghi văn bản điều chỉnh (đính chính) với số và ngày của văn bản đó.",
    "{authority} asked for something else from {day} on, by {decision} of the same day: correct the figure, "
    "or name the decision that adjusts (corrects) it, with its own number and day.",
)


def _nothing(_unit: str, _indicator: str) -> Sequence[Target]:
    return ()


@dataclass(slots=True)
class Plans:
    """The targets known so far: those of the ledger, and those of the files that are being read.

    ``kept`` gives the ledger's targets of a unit and an indicator; ``assured`` are the indicators that somebody
    is asked to assure.
    """

    kept: Callable[[str, str], Sequence[Target]] = _nothing
    assured: frozenset[str] = frozenset()
    _read: dict[tuple[str, str], list[Target]] = field(default_factory=lambda: defaultdict(list), init=False)
    _read_assured: set[str] = field(default_factory=set, init=False)

    def add(self, targets: Iterable[Target]) -> None:
        """Count what a file asks for among what is known."""
        for target in targets:
            self._read[target.address.unit, target.address.indicator].append(target)
            if target.kind is TargetKind.ASSURED:
                self._read_assured.add(target.address.indicator)

    def is_assured(self, address: Address) -> bool:
        """Whether words may tell the result: it is to be assured, and nobody asks this unit for a figure that year."""
        code = address.indicator
        if code not in self.assured and code not in self._read_assured:
            return False
        year = address.period.year
        return all(
            one.kind is TargetKind.ASSURED for one in self._of(address.unit, code) if one.address.period.year == year
        )

    def refusal(self, target: Target) -> Text | None:
        """Why a target cannot stand beside those that are known; None when it can."""
        address = target.address
        other = next((one for one in self._of(address.unit, address.indicator) if contradicts(target, one)), None)
        if other is None:
            return None
        day, decision = f"{target.holds_from:%d/%m/%Y}", other.decision.number
        return _CONTRADICTS.fill(authority=address.authority, day=day, decision=decision)

    def _of(self, unit: str, indicator: str) -> Iterable[Target]:
        yield from self.kept(unit, indicator)
        yield from self._read.get((unit, indicator), ())
