"""One target given to the units below; what was ever asked for of an indicator; one plan set against another."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from baocao.model.text import Problem, Text
from baocao_web.api.faults import pointed
from baocao_web.api.fields import Day, Given, Words, figure, shown, unit_of
from baocao_web.api.once import Key, once
from baocao_web.api.plan_calls import KEY, LONGEST, AssignedOut, TargetOut, Year, day_typed, target_out
from baocao_web.api.problems import Fault, Kind, Refused
from baocao_web.people.policies import demand
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.plans import allotting, comparing, overview, planning, sides, subjects
from baocao_web.plans.allotting import Allotment
from baocao_web.plans.assigning import MOST, NotAssigned, measure
from baocao_web.plans.comparing import Compared, How
from baocao_web.plans.subjects import Subject

router = Router(tags=["Chỉ tiêu giao · Targets"])

Asked = Annotated[str, Query(max_length=KEY, description="Mã chỉ tiêu, hoặc “ho_ngheo|dan_toc=thieu_so” · Of which")]
Side = Annotated[str, Query(max_length=140, examples=["2026|HĐND tỉnh"])]
_NO_INDICATOR = Text("không có chỉ tiêu “{seen}”.", "there is no indicator “{seen}”.")


class GivenOut(Schema):
    """A unit below, and what it is given now."""

    unit: str
    target: TargetOut | None


class AllotmentOut(Schema):
    """A target and its parts. ``left`` is the whole less them, where they add up; ``digest`` binds what is given."""

    unit: str
    year: int
    target: str
    name: Words
    measure: Words
    authority: str
    whole: TargetOut | None
    places: list[GivenOut]
    total: str | None
    left: str | None
    digest: str


class AllotmentIn(Given):
    """What units below are given by one decision, in words by unit; units that are not named keep what they have."""

    unit: str = Field(max_length=40)
    year: int = Field(ge=2000, le=2100)
    target: str = Field(max_length=KEY, examples=["lua_dien_tich"])
    authority: str = Field(min_length=1, max_length=LONGEST)
    decision: str = Field(min_length=1, max_length=LONGEST, examples=["10/QĐ-UBND ngày 20/12/2025"])
    holds_from: Day | None = None
    digest: str = Field(max_length=64)
    is_beyond_meant: bool = False
    targets: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=LONGEST)]] = Field(
        min_length=1, max_length=MOST
    )


class TargetsOut(Schema):
    items: list[TargetOut]


class ComparedOut(Schema):
    """One line on both sides; differences are the second less the first, told in ``difference_measure``."""

    target: str
    name: Words
    measure: Words
    left: TargetOut | None
    right: TargetOut | None
    how: How
    difference: str | None
    upper_difference: str | None
    difference_measure: Words | None
    percent: str | None


class ComparisonOut(Schema):
    """Plan against plan; ``known`` are the sides that can be named."""

    known: dict[str, Words]
    left: Words
    right: Words
    items: list[ComparedOut]


@router.get(
    "/targets/allocation",
    response=AllotmentOut,
    url_name="api_allocation",
    operation_id="allocation",
    summary="Phân bổ của một chỉ tiêu",
)
def allocation(
    request: HttpRequest,
    unit: Annotated[str, Query(max_length=40)],
    year: Year,
    target: Asked,
    authority: Annotated[str, Query(max_length=LONGEST)] = "",
) -> AllotmentOut:
    """What the units right below are given of one target, and what is left of it."""
    demand(request.user, Action.SEE, unit_of(unit))
    return _allotment(allotting.allotment(unit, year, _subject(target, "query"), " ".join(authority.split())))


@router.post(
    "/targets/allocation",
    response=AssignedOut,
    url_name="api_allocation",
    operation_id="allocate",
    summary="Phân bổ một chỉ tiêu cho các đơn vị",
)
def allocate(request: HttpRequest, given: AllotmentIn, key: Key) -> HttpResponse:
    """Give one target to units below by one decision: all of them, or none."""
    unit_of(given.unit, "/unit", "body")
    demand(request.user, Action.ASSIGN, given.unit)
    subject = _subject(given.target, "body")

    def work(name: str) -> AssignedOut:
        same = (given.authority, " ".join(given.decision.split()), day_typed(given.holds_from), given.targets)
        typed = allotting.Typed(*same, given.digest, name, given.is_beyond_meant)
        try:
            return AssignedOut(new=allotting.allot(given.unit, given.year, subject, typed, request.user))
        except NotAssigned as problem:
            faults = [Fault(f"/targets/{pointed(unit)}", text) for unit, text in problem.faults.items()]
            raise Refused(Kind.INVALID if faults else Kind.CONFLICT, problem.text, faults) from problem

    return once(request, key, work)


@router.get(
    "/targets/history",
    response=TargetsOut,
    url_name="api_target_history",
    operation_id="target_history",
    summary="Các lần giao một chỉ tiêu",
)
def history(
    request: HttpRequest,
    unit: Annotated[str, Query(max_length=40)],
    indicator: Annotated[str, Query(max_length=80)],
) -> TargetsOut:
    """All that was ever asked of a unit for one indicator and its parts, the latest decision first."""
    demand(request.user, Action.SEE, unit_of(unit))
    if indicator not in office.catalogue():
        raise Refused(Kind.INVALID, None, [Fault("indicator", _NO_INDICATOR.fill(seen=shown(indicator)), "query")])
    return TargetsOut(items=[target_out(one) for one, _ in overview.history(unit, indicator)])


@router.get(
    "/targets/comparison",
    response=ComparisonOut,
    url_name="api_comparison",
    operation_id="compare_plans",
    summary="So sánh hai kế hoạch",
)
def comparison(
    request: HttpRequest,
    unit: Annotated[str, Query(max_length=40)],
    left: Side,
    right: Side,
    left_on: Annotated[Day | None, Query(description="Không ghi: cuối năm · The year's end where none")] = None,
    right_on: Annotated[Day | None, Query()] = None,
) -> ComparisonOut:
    """Two plans of a unit beside each other: of authorities, years, days, drafts."""
    demand(request.user, Action.SEE, unit_of(unit))
    may_see_drafts = planning.may_read(request.user, unit)
    found = []
    for name, seen, on in (("left", left, left_on), ("right", right, right_on)):
        try:
            found.append(sides.side(unit, seen, day_typed(on), may_see_drafts=may_see_drafts))
        except Problem as problem:
            raise Refused(Kind.INVALID, None, [Fault(name, problem.text, "query")]) from problem
    known = sides.choices(unit) | (sides.drafted(unit) if may_see_drafts else {})
    return ComparisonOut(
        known={side: Words.of(name) for side, name in known.items()},
        left=Words.of(found[0].name),
        right=Words.of(found[1].name),
        items=[_compared(one) for one in comparing.compared(*found)],
    )


def _subject(seen: str, source: str) -> Subject:
    """What is asked for. Raises ``Refused``."""
    found = subjects.meant(seen)
    if isinstance(found, Text):
        raise Refused(Kind.INVALID, None, [Fault("target" if source == "query" else "/target", found, source)])
    return found


def _allotment(found: Allotment) -> AllotmentOut:
    sums = found.sums
    is_summed = sums is not None and not sums.otherwise
    return AllotmentOut(
        unit=found.unit,
        year=found.year,
        target=found.subject.key,
        name=Words.of(found.subject.name),
        measure=Words.of(found.measure),
        authority=found.authority,
        whole=target_out(found.whole) if found.whole else None,
        places=[
            GivenOut(unit=one.unit, target=target_out(one.standing) if one.standing else None) for one in found.places
        ],
        total=figure(sums.total) if sums is not None and is_summed else None,
        left=figure(-sums.difference) if sums is not None and is_summed else None,
        digest=found.digest,
    )


def _compared(row: Compared) -> ComparedOut:
    return ComparedOut(
        target=row.subject.key,
        name=Words.of(row.name),
        measure=Words.of(measure(row.code)),
        left=target_out(row.left) if row.left else None,
        right=target_out(row.right) if row.right else None,
        how=row.how,
        difference=figure(row.difference),
        upper_difference=figure(row.upper_difference),
        difference_measure=Words.of(row.difference_measure) if row.difference_measure else None,
        percent=figure(row.percent),
    )
