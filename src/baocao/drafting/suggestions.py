"""Sentences on results and limits that are offered to the writer: only what the figures show, never why.

Each is a paragraph marked as suggested, and each number in it carries its source. What is good and what is not
follows from the indicator's direction: fewer accidents are a result, fewer jobs a limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from baocao.drafting.assessment import AgainstPlan, Standing, Wanted, authorities, incomplete, rated, standings
from baocao.drafting.assessment_moves import Move, moves
from baocao.drafting.assessment_outlook import Outlook, Prospect, prospects
from baocao.drafting.assessment_ranks import Ranked, ranking
from baocao.drafting.looking import Looking
from baocao.drafting.outline import Say, Series
from baocao.drafting.phrases import Asked, Moved, PlanAndLastYear, figure, joined, say, sentence
from baocao.drafting.phrases.agreeing import Derived, settled
from baocao.drafting.phrases.told import Told, bare, measured
from baocao.drafting.phrases.wording import begun_small, filled, unit_within
from baocao.model.draft import Line, Manner, Number, Paragraph, Reckoning, Source
from baocao.model.indicator import Aim
from baocao.model.observation import Scenario
from baocao.model.projection import Projection
from baocao.model.target import Rating, TargetKind
from baocao.reference import load

_GOOD = (Rating.EXCEEDED, Rating.MET)


def results(looking: Looking) -> tuple[Paragraph, ...]:
    """What went well: plans met and exceeded, the largest moves the right way, units that lead, what will be met."""
    return _paragraphs(_Suggesting(looking).results())


def limits(looking: Looking) -> tuple[Paragraph, ...]:
    """What did not: plans missed and by how much, moves the wrong way, units that lag, risks, figures that lack."""
    return _paragraphs(_Suggesting(looking).limits())


def _paragraphs(lines: Iterable[Line]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(sentence(line), Manner.DASH, is_suggested=True) for line in lines)


def series_of(looking: Looking) -> tuple[Series, ...]:
    """The indicators that the outline tells of, without their breakdowns, in the order of the page."""
    says = (one for section in looking.outline.sections for one in section.says)
    return tuple(dict.fromkeys(series for one in says for series in _named(one) if not series.breakdown))


def _named(wanted: Say) -> Iterator[Series]:
    yield from wanted.of
    for note in wanted.notes:
        yield from _named(note)


@dataclass  # no slots: the assessment is made when first asked for
class _Suggesting:
    looking: Looking

    @cached_property
    def wanted(self) -> Wanted:
        period = self.looking.period
        return Wanted(self.looking.setting.unit.key, period, period.end, self.looking.setting.on)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        return standings(self.looking.facts, self.wanted)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        own = tuple(one.indicator.code for one in self.standings if not one.indicator.parts)
        return tuple(dict.fromkeys((*own, *(series.indicator for series in series_of(self.looking)))))

    @cached_property
    def leading(self) -> str:
        """Whose plan is spoken of: the first authority's."""
        return next(iter(authorities(self.standings)), "")

    def say(self, key: str, **slots: Line | str) -> Line:
        return filled(str(_words()[key]), slots)

    def results(self) -> Iterator[Line]:
        yield from self._good()
        beyond = self._plans(Rating.EXCEEDED)
        yield from (self._met(standing, plan) for standing, plan in beyond)
        yield from self._moved({standing.indicator.code for standing, _ in beyond}, is_good=True)
        yield from self._ranked(is_leading=True)
        yield from (self._foreseen(one, "safe") for one in self._prospects(Outlook.SAFE))

    def limits(self) -> Iterator[Line]:
        yield from self._bad()
        yield from (self._behind(standing, plan) for standing, plan in self._plans(Rating.NOT_MET))
        yield from (self.say("to_go", line=self._behind(*one)) for one in self._to_go())
        yield from (self._foreseen(one, "at_risk") for one in self._prospects(Outlook.AT_RISK))
        yield from (self._foreseen(one, "open") for one in self._prospects(Outlook.OPEN))
        yield from self._moved(set(), is_good=False)
        yield from self._ranked(is_leading=False)
        yield from self._incomplete()

    # against the plan ------------------------------------------------------------------------------------------------

    def _count(self, *ratings: Rating) -> tuple[Line, tuple[Standing, ...]]:
        """So many indicators of these ratings, and which."""
        found = rated(self.standings, self.leading, *(ratings or tuple(Rating)))
        argument = "ratings:" + ",".join((self.leading, *(rating.value for rating in ratings)))
        return figure(self.looking.count(len(found), argument, str(_words()["counted"]))), found

    def _good(self) -> Iterator[Line]:
        total, every = self._count()
        good, found = self._count(*_GOOD)
        if not found:
            return
        exceeded, beyond = self._count(Rating.EXCEEDED)
        is_open = any(one.rating_by(self.leading) is Rating.PENDING for one in every)
        key = "open_good" if is_open else "good_exceeded" if 0 < len(beyond) < len(found) else "good"
        yield self.say(key, total=total, good=good, exceeded=exceeded, authority=self.leading)

    def _bad(self) -> Iterator[Line]:
        total, _ = self._count()
        lacking = (("incomplete", Rating.INCOMPLETE), ("unknown", Rating.UNKNOWN))
        for key, rating in (("missed", Rating.NOT_MET), *lacking):
            count, found = self._count(rating)
            if found:
                names = "; ".join(begun_small(one.indicator.name.vi) for one in found)
                slots: dict[str, Line | str] = {key: count, "names": names}
                yield self.say(key, total=total, authority=self.leading, **slots)

    def _plans(self, rating: Rating) -> list[tuple[Standing, AgainstPlan]]:
        """Figures that the leading authority's plan rates so, parts of compound indicators among them.

        What units are missing from is told as incomplete, and not by how far it is from the plan.
        """
        found = (
            (standing, plan)
            for standing in self.standings
            if not standing.indicator.parts and standing.result.value is not None and not standing.result.is_incomplete
            for plan in standing.plans
            if plan.authority == self.leading and plan.rating is rating and plan.target.low is not None
        )
        return list(found)[: _limits()["told"]]

    def _to_go(self) -> list[tuple[Standing, AgainstPlan]]:
        """What a report written before its period is over tells of plans that are still to be reached."""
        if not self.wanted.is_open:
            return []
        end = self.wanted.period.end
        found = self._plans(Rating.PENDING)
        return [(one, its) for one, its in found if (its.gap or 0) < 0 and its.target.address.period.end <= end]

    def _told(self, standing: Standing) -> Told:
        return self.looking.told(Series(standing.indicator.code))

    def _asked(self, standing: Standing, plan: AgainstPlan) -> Told:
        return self.looking.of_target(Series(standing.indicator.code), plan.target)

    def _met(self, standing: Standing, plan: AgainstPlan) -> Line:
        told, asked = self._told(standing), self._asked(standing, plan)
        before = self.looking.before(Series(standing.indicator.code))
        is_reached = standing.indicator.aim is Aim.HIGHER
        upper = self.looking.upper_of(Series(standing.indicator.code), plan.target)
        plans = (Asked(asked, plan.authority, upper=upper),)
        return say(PlanAndLastYear(told, plans, before, self.looking.since, are_bases_told=True, is_reached=is_reached))

    def _behind(self, standing: Standing, plan: AgainstPlan) -> Line:
        """A plan that was missed, and by how much where that can be told."""
        told, asked = self._told(standing), self._asked(standing, plan)
        found = settled((told, asked), [Derived(Reckoning.PERCENT, (0, 1)), Derived(Reckoning.CHANGE, (1, 0))])
        (now, base), (percent, gap) = found.figures, found.numbers
        slots: dict[str, Line | str] = {"value": bare(now), "base": figure(base), "authority": plan.authority}
        slots |= _words()["estimated" if told.is_estimate else "told"]
        is_bare = gap is None or not gap.value or plan.gap is None or plan.target.kind is TargetKind.REDUCE_BY
        if gap is None or is_bare or (percent is None and not told.is_rate):
            return self.say("untold", subject=told.name, **slots)
        lacking = measured(gap, told.measure)
        if told.is_rate:
            lacking = self.say("points", gap=(gap,))
        key = "behind" if told.sure < asked.sure else "over"
        if told.is_rate or percent is None:
            return self.say(f"{key}_rate", subject=told.name, gap=lacking, **slots)
        return self.say(key, subject=told.name, gap=lacking, percent=measured(percent, "%"), **slots)

    # over time -------------------------------------------------------------------------------------------------------

    def _moved(self, told: set[str], *, is_good: bool) -> Iterator[Line]:
        """The largest moves the right way, or the wrong one, of what was not told already."""
        found = moves(self.looking.facts, self.wanted, [code for code in self.codes if code not in told])
        up, down = (*found.rises, *found.rates_up), (*found.falls, *found.rates_down)
        for move in (*up, *down):
            if move.indicator.aim is not Aim.NONE and self._is_good(move) is is_good:
                series = Series(move.indicator.code)
                before = self.looking.before(series)
                if before is not None:
                    is_reached = move.indicator.aim is Aim.HIGHER
                    yield say(Moved(self.looking.told(series), before, self.looking.since, is_reached))

    def _is_good(self, move: Move) -> bool:
        return (move.change > 0) is (move.indicator.aim is Aim.HIGHER)

    def _prospects(self, outlook: Outlook) -> list[Prospect]:
        found = prospects(self.looking.facts, self.wanted, self.standings)
        kept = [one for one in found if one.outlook is outlook and one.plan.authority == self.leading]
        return kept[: _limits()["told"]]

    def _foreseen(self, prospect: Prospect, key: str) -> Line:
        projection, standing = prospect.projection, prospect.standing
        assert isinstance(projection, Projection)
        told = self._told(standing)
        numbers = {
            which: self._projected(told, which)
            for which, value in (("low", projection.low), ("high", projection.high))
            if value is not None
        }
        between: Line | str = self.say("between", **numbers) if len(numbers) == 2 else ""
        base = figure(self._asked(standing, prospect.plan))
        slots: dict[str, Line | str] = {"value": self._projected(told, "estimate"), "between": between, "base": base}
        return self.say(key, subject=told.name, authority=prospect.plan.authority, **slots)

    def _projected(self, told: Told, which: str) -> Line:
        """One of the three numbers of a projection, with as many decimals as the result."""
        address = replace(told.source.addresses[0], scenario=Scenario.ACTUAL)
        found = self.looking.facts.projection(address)
        value = getattr(found, which)
        source = Source(Reckoning.PROJECTION, (address,), which)
        return measured(Number.of(value, told.form, source, told.revision, told.name), told.measure)

    # unit by unit ----------------------------------------------------------------------------------------------------

    def _ranked(self, *, is_leading: bool) -> Iterator[Line]:
        for code in load("assessment")["ranks"]["indicators"]:
            indicator = self.looking.facts.indicator(code)
            if indicator is None:
                continue
            found = ranking(self.looking.facts, self.wanted, code)
            units = found.leading if is_leading else found.trailing
            if units:
                is_most = is_leading is not (indicator.aim is Aim.LOWER)
                names = joined([self._unit(one, code) for one in units], ", ")
                yield self.say("most" if is_most else "least", subject=indicator.name.vi, names=names)

    def _unit(self, ranked: Ranked, code: str) -> Line:
        told = self.looking.told(Series(code), unit=ranked.unit.key)
        return self.say("one", name=unit_within(ranked.unit.name), value=figure(told))

    def _incomplete(self) -> Iterator[Line]:
        """Totals that lack units; those that lack the same ones are told together."""
        groups: dict[tuple[str, ...], list[str]] = {}
        sizes: dict[tuple[str, ...], int] = {}
        for gap in incomplete(self.looking.facts, self.wanted, self.codes):
            groups.setdefault(gap.fact.missing, []).append(begun_small(gap.indicator.name.vi))
            sizes[gap.fact.missing] = gap.fact.expected
        rules = _limits()
        computed = groups.pop((), [])  # of earlier figures, too: none of the units below lacks its own
        if computed:
            yield self.say("missing_parts", subject="; ".join(computed[: rules["told"]]))
        for missing, names in list(groups.items())[: rules["told"]]:
            shown = ", ".join(map(unit_within, missing[: rules["units"]]))
            if more := len(missing) - rules["units"]:
                shown = str(_words()["more"]).format(names=shown, count=more) if more > 0 else shown
            argument = "missing:" + ",".join(missing)
            count = self.looking.count(len(missing), argument, "").number
            whole = self.looking.count(sizes[missing], "units", "").number
            subject = "; ".join(names[: rules["told"]])
            yield self.say("missing", subject=subject, missing=(count,), expected=(whole,), names=shown)


def _words() -> dict[str, Any]:
    found: dict[str, Any] = load("assessment")["words"]
    return found


def _limits() -> dict[str, int]:
    found: dict[str, int] = load("assessment")["limits"]
    return found
