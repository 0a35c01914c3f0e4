"""What linking gives back: a printed figure tied to its address, or told why it is tied to none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from baocao.model.document import Span
from baocao.model.draft import Source
from baocao.model.period import CutOff, Period
from baocao.model.target import TargetKind
from baocao.model.text import Text


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a whole report where its words say nothing else: its unit's key, its period, who asks for targets.

    With one authority alone a "kế hoạch" without a name is its; with several, or none, it is told as not linked.
    """

    unit: str
    period: Period
    authorities: tuple[str, ...] = ()
    cut_off: CutOff = CutOff.CALENDAR
    ahead: Period | None = None  # of a section on what is to come: its figures are targets of this period
    planned: Period | None = None  # the year that a plan is for; ``period`` is then the one whose results it tells

    @property
    def year(self) -> Period:
        """The year that targets are set for."""
        return Period.part(self.period.year, cut_off=self.cut_off)


@dataclass(frozen=True, slots=True)
class Meant:
    """How a target is meant by the words around its figure: "từ 4% trở lên", "dưới 2%", "duy trì 3 xã"."""

    kind: TargetKind
    is_strict: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A printed figure with its address. ``value`` is in the unit of the reckoning: the indicator's own, or per cent.

    ``step`` is one unit in the last printed place, in the same unit: the figure behind it may differ by less than that.
    ``meant`` is told of the figure of a target alone.
    """

    span: Span
    text: str
    value: Decimal
    step: Decimal
    source: Source
    meant: Meant | None = None


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A printed figure whose address is not sure. ``candidates`` are the codes of the indicators that it may be of."""

    span: Span
    text: str
    why: Text
    candidates: tuple[str, ...] = ()


Reading = Link | Unlinked
