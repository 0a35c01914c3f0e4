"""Targets: what authorities ask of a unit in a year, and a new decision."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from baocao.figures import compare_words
from baocao.model.observation import written
from baocao.model.target import Target, TargetKind
from baocao_web.api.faults import pointed
from baocao_web.api.fields import Day, Given, Words, figure, unit_of
from baocao_web.api.once import Key, once
from baocao_web.api.problems import Fault, Kind, Refused
from baocao_web.people.policies import demand
from baocao_web.people.roles import Action
from baocao_web.plans import overview
from baocao_web.plans.assigning import MOST, Asked, NotAssigned, assign, confirmed, measure

router = Router(tags=["Chỉ tiêu giao · Targets"])

LONGEST = 120
KEY = 300  # signs of an indicator with a part of it
Year = Annotated[int, Query(ge=2000, le=2100)]


class DecisionOut(Schema):
    kind: str
    number: str
    issuer: str
    issued_on: date


class TargetOut(Schema):
    """What one authority asks for: ``low`` is the figure, or the lower bound of a range; ``words`` as it is printed."""

    unit: str
    indicator: str
    breakdown: str
    period: str
    authority: str
    kind: TargetKind
    low: str | None
    high: str | None
    is_strict: bool
    measure: Words
    words: Words
    decision: DecisionOut
    holds_from: date


class PlanOut(Schema):
    """A unit's targets of a year as they hold on a day."""

    unit: str
    year: int
    items: list[TargetOut]


class DecisionIn(Given):
    """One decision. ``targets`` are words by indicator, as officials write them: “từ 1.250,5 trở lên”.

    A part of an indicator is named behind a bar: “ho_ngheo|dan_toc=thieu_so”.
    """

    unit: str = Field(max_length=40)
    year: int = Field(ge=2000, le=2100)
    authority: str = Field(min_length=1, max_length=LONGEST)
    decision: str = Field(min_length=1, max_length=LONGEST, examples=["12/NQ-HĐND ngày 20/12/2025"])
    holds_from: Day | None = None
    targets: dict[Annotated[str, Field(max_length=KEY)], Annotated[str, Field(max_length=LONGEST)]] = Field(
        min_length=1, max_length=MOST
    )
    is_sure: bool = Field(False, description="Đúng như vậy, dù lệch 10, 100, 1.000 lần · Meant, though it looks a slip")


class AssignedOut(Schema):
    """How many targets were new; those that were known already are not recorded again."""

    new: int


@router.get(
    "/targets", response=PlanOut, url_name="api_targets", operation_id="targets", summary="Chỉ tiêu giao của một đơn vị"
)
def targets(
    request: HttpRequest,
    unit: Annotated[str, Query(max_length=40)],
    year: Year,
    on: Annotated[Day | None, Query(description="Ngày hiệu lực · The day on which they hold; the year's last")] = None,
) -> PlanOut:
    """What authorities ask of a unit in a year, as it holds on a day."""
    demand(request.user, Action.SEE, unit_of(unit))
    return PlanOut(unit=unit, year=year, items=[target_out(one) for one in overview.held(unit, year, on)])


@router.post(
    "/targets",
    response=AssignedOut,
    url_name="api_targets",
    operation_id="assign",
    summary="Ghi một quyết định giao chỉ tiêu",
)
def assign_(request: HttpRequest, given: DecisionIn, key: Key) -> HttpResponse:
    """Record the targets of one decision: all of its lines, or none. A later decision supersedes from its day."""
    unit_of(given.unit, "/unit", "body")
    demand(request.user, Action.ASSIGN, given.unit)

    def work(name: str) -> AssignedOut:
        lines = (given.unit, given.year, given.authority, given.decision, given.holds_from, given.targets)
        sure = [confirmed(*line) for line in given.targets.items()] if given.is_sure else ()
        try:
            return AssignedOut(new=assign(Asked(*lines, sure), request.user, name))
        except NotAssigned as problem:
            faults = [Fault(f"/targets/{pointed(key)}", text) for key, text in problem.faults.items()]
            raise Refused(Kind.INVALID if faults else Kind.CONFLICT, problem.text, faults) from problem

    return once(request, key, work)


def day_typed(day: date | None) -> str:
    """A day as somebody would type it; nothing for none."""
    return "" if day is None else f"{day:%d/%m/%Y}"


def target_out(one: Target) -> TargetOut:
    """A target as it is told."""
    same = ("kind", "number", "issuer", "issued_on")
    return TargetOut(
        unit=one.address.unit,
        indicator=one.address.indicator,
        breakdown=written(one.address.breakdown),
        period=one.address.period.code,
        authority=one.address.authority,
        kind=one.kind,
        low=figure(one.low),
        high=figure(one.high),
        is_strict=one.is_strict,
        measure=Words.of(measure(one.address.indicator)),
        words=Words.of(compare_words.asked(one)),
        decision=DecisionOut(**{name: getattr(one.decision, name) for name in same}),
        holds_from=one.holds_from,
    )
