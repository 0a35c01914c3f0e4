"""Villages of the fictional office: they tell their commune, and it takes what they make into its own form.

What a commune tells is what it tells without villages: each village tells its part of it, and the parts make the whole.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate, pairwise
from typing import Final

from baocao.model.indicator import Over
from baocao.model.period import Period
from baocao_web.collecting import layout, passing_on, submitting
from baocao_web.collecting.models import Entry, Round
from baocao_web.collecting.rounds import opening
from baocao_web.collecting.totals import gathering
from baocao_web.collecting.totals.consolidating import consolidate
from baocao_web.people.roles import Role
from baocao_web.places import office
from baocao_web.places.calendar import working_day
from demo import office_acts
from demo.province import places

SEED: Final = 58
_DAYS: Final = 3  # before the commune itself


@dataclass(frozen=True, slots=True)
class Below:
    """The villages of a commune in one round; while the commune has not submitted, the last of them has not either."""

    entry: Entry
    its: Round
    is_one_late: bool

    @property
    def villages(self) -> dict[str, Decimal]:
        """The villages' keys, each with its part of the whole."""
        commune = self.entry.unit.partition("@")[0]
        return {
            f"{code}@2025-07-01": Decimal(part) / 100
            for code, (_, of, part) in places.VILLAGES.items()
            if of == commune
        }

    def live(self, texts: Mapping[str, str], days_before: int) -> None:
        """Open their round, and let each fill in its part of what the commune tells."""
        draw, compiler = random.Random(SEED), office_acts.somebody(Role.COMPILER, self.entry.unit)
        first = self.its.due_on - timedelta(days=days_before + _DAYS)
        with office_acts.clock_at(office_acts.moment(first, self.its.opens_on, draw)) as clock:
            late = list(self.villages)[-1] if self.is_one_late else ""
            entries = {one.unit: one for one in Entry.objects.filter(round=self._opened(compiler))}
            for unit, cells in self._parted(texts).items():
                entry, by = entries[unit], office_acts.somebody(Role.REPORTER, unit)
                given = dict(list(cells.items())[: len(cells) * 60 // 100]) if unit == late else cells
                version = office_acts.typed(entry, by, given, clock, draw)
                if unit == late:
                    continue
                submitting.submit(office_acts.act(entry, by, version), office_acts.anybody)
                clock.forward(minutes=45)
                passing_on.approve(office_acts.act(entry, compiler, version), office_acts.anybody)

    def _opened(self, by: str) -> Round:
        its, due = self.its, working_day(self.its.due_on, -gathering.EARLIER)
        days = opening.Days(its.opens_on, due, its.due_on, its.locked_on)
        period, steps = Period.parse(its.period), (Role.COMPILER,)
        return opening.open_round(opening.Wanted(its.form, self.entry.unit, period, days, its.title, steps=steps), by)

    def _parted(self, texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
        """Of each cell the villages' parts, which make it; what adds up over no places the commune tells alone.

        A total that the catalogue makes of others is that of the village's own others.
        """
        listed, laid = office.catalogue(), layout.read(self.its.form.layout)
        codes = {laid.entries[cell][0].indicator: cell for cell in texts}
        shares, found = list(self.villages.values()), dict[str, list[Decimal] | None]()
        for code, cell in codes.items():
            whole = _figure(texts[cell]) if listed[code].over_place is Over.SUM else None
            found[cell] = None if whole is None else _parts(whole, shares)
        for code, cell in codes.items():
            for identity in listed[code].identities:
                of = [codes.get(one) for one in _added(code, identity)]
                parts = [found[one] for one in of if one is not None]
                if of and len(parts) == len(of) and found[cell] is not None and None not in parts:
                    found[cell] = [sum(its, Decimal(0)) for its in zip(*(one for one in parts if one), strict=True)]
        return {
            unit: {cell: _told(parts[place] if parts else None) for cell, parts in found.items()}
            for place, unit in enumerate(self.villages)
        }


def _added(code: str, identity: str) -> list[str]:
    """What a total is the sum of, as "a = b + c" of the catalogue says; nothing where it says something else."""
    left, _, right = identity.partition(" = ")
    return right.split(" + ") if left == code else []


def _figure(text: str) -> Decimal | None:
    return None if text == office_acts.NOT_AVAILABLE else Decimal(text.replace(",", "."))


def _told(value: Decimal | None) -> str:
    return office_acts.NOT_AVAILABLE if value is None else f"{value:f}".replace(".", ",")


def _parts(whole: Decimal, shares: list[Decimal]) -> list[Decimal]:
    """A figure in parts as shares say, to the same decimals: each is what the rounded running sum grows by."""
    ends = [(whole * share).quantize(whole, ROUND_HALF_UP) for share in accumulate(shares)]
    return [end - before for before, end in pairwise((Decimal(0), *ends))]


def take(entry: Entry, by: str) -> frozenset[str]:
    """A commune with villages takes all that they make: the cells that it took."""
    below = Round.objects.filter(owner=entry.unit, form=entry.round.form_id, period=entry.round.period).first()
    if below is None:
        return frozenset()
    found = consolidate(below.pk, is_approved_only=False)
    cells = [cell for cell, made in found.sums.items() if made.value is not None and cell in found.kept.layout.entries]
    act = replace(office_acts.act(entry, by, entry.version), digest=found.digest)
    entry.version = gathering.take(act, office_acts.anybody, cells, is_approved_only=False)
    return frozenset(cells)
