"""What a page of figures is asked about: a unit that the reader may see, and a period that there are figures of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from baocao.ledger.following import Following
from baocao.model.org_unit import Level, OrgUnit
from baocao.model.period import Period
from baocao.model.text import Problem, Text
from baocao_web.people.policies import demand, may, units_for
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.periods import period_asked

_YEARS_BACK = 4
LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
_NO_FIGURES = Text(
    "chưa có số liệu nào; số liệu có ở đây khi đơn vị đầu tiên nộp biểu.",
    "there are no figures yet; they appear here when the first unit submits a form.",
)


class NothingYet(Problem):
    """There is nothing to show."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One unit and the year up to the end of one month."""

    unit: OrgUnit
    month: Period

    @property
    def to_date(self) -> Period:
        """From the start of the year to the month's end."""
        return Period(date(self.month.year, 1, 1), self.month.end)

    def parts(self, months: int) -> tuple[Period, ...]:
        """The periods of so many months of this year and those before, up to the month's end; years go back further."""
        back = _YEARS_BACK if months == 12 else 1
        years = range(self.month.year - back, self.month.year + 1)
        every = [each for year in years for each in Period.part(year).split(months)]
        return tuple(each for each in every if each.end <= self.month.end)

    @property
    def months(self) -> tuple[Period, ...]:
        """The months of this year and the year before, up to this one."""
        return self.parts(1)


def asked(request: HttpRequest, known: Following) -> Asked:
    """What the address names, the reader's first unit and the last month where it names nothing.

    Raises ``PermissionDenied``, ``Http404``, ``Problem``.
    """
    return Asked(unit_asked(request), month_asked(request, known))


def unit_asked(request: HttpRequest) -> OrgUnit:
    """The unit that is named, else the first that the reader was granted. Raises ``PermissionDenied``, ``Http404``."""
    seen = request.GET.get("unit", "")
    if seen:
        if not office.is_known(seen):
            raise Http404
        demand(request.user, Action.SEE, seen)
        return office.unit(seen)
    first = next((key for key in units_for(request.user, Action.SEE) if office.is_known(key)), None)
    if first is None:
        raise PermissionDenied
    return office.unit(first)


def month_asked(request: HttpRequest, known: Following) -> Period:
    """The month that is named, else the last one over that there are figures of. Raises ``Problem``."""
    seen = request.GET.get("period", "")
    if seen:
        return last_month(period_asked(seen))
    today = office.today()
    told = [period.end for period in known.told if period.end <= today]
    told = told or [period.end for period in known.told if period.start <= today]
    if not told:
        raise NothingYet(_NO_FIGURES)
    return last_month(Period(max(told), max(told)))


def last_month(period: Period) -> Period:
    """The month that a period ends with."""
    return Period.part(period.end.year, "M", period.end.month)


def above(user: object, unit: OrgUnit, on: date) -> list[OrgUnit]:
    """The units that one stands under and the reader may see, the highest first."""
    path = office.geography().path(unit.key, on)
    return [one for one in reversed(path) if one.key != unit.key and may(user, Action.SEE, one.key)]


def below(unit: OrgUnit, on: date) -> Sequence[OrgUnit]:
    """The units right below one on a day, in the order of their names."""
    found = [one for one in office.geography().children(unit.key, on) if one.level in LEVELS]
    return sorted(found, key=lambda one: office.order(one.key))
