"""The units and the indicators of the office, and who calls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Query, Router, Schema

from baocao.model.indicator import Aim, Indicator, Over
from baocao.model.org_unit import ChangeKind, Level, OrgUnit
from baocao_web.api.fields import PAGE, Cursor, Day, Limit, Words, figure, page, unit_of
from baocao_web.api.problems import Kind, Refused
from baocao_web.people.policies import grants_of, may, units_for
from baocao_web.people.roles import Action, Role
from baocao_web.places import office
from baocao_web.places.vietnamese import folded

router = Router(tags=["Danh mục · Catalogue"])


class GrantOut(Schema):
    role: Role
    unit: str
    sectors: list[str]


class MeOut(Schema):
    """The token that calls."""

    token: str
    account: str
    unit: str
    may_write: bool
    expires_at: datetime
    calls_a_minute: int
    grants: list[GrantOut]


class FlowOut(Schema):
    unit: str
    share: str | None  # a fraction such as 1/3; None where no decision states it


class ChangeOut(Schema):
    on: date
    kind: ChangeKind
    decision: str
    units: list[FlowOut]


class UnitOut(Schema):
    """One unit as it was between two days, both included."""

    key: str
    code: str
    name: str
    level: Level
    parent: str | None
    valid_from: date | None
    valid_to: date | None


class UnitTold(UnitOut):
    """A unit with what it came of and what it became."""

    made_of: list[ChangeOut]
    became: list[ChangeOut]


class UnitPage(Schema):
    items: list[UnitOut]
    next: str | None


class IndicatorOut(Schema):
    """One indicator: what it is told in and how it adds over places and over time."""

    code: str
    name: Words
    sector: str
    measure: Words
    aim: Aim
    over_place: Over
    over_time: Over
    numerator: str
    denominator: str
    per: str
    formula: str
    breakdowns: list[str]
    parts: list[str]
    plausible: list[str | None]


class IndicatorPage(Schema):
    items: list[IndicatorOut]
    next: str | None


@router.get("/me", response=MeOut, url_name="api_me", operation_id="me", summary="Mã truy cập này")
def me(request: HttpRequest) -> MeOut:
    """The token that calls: whose it is, for which unit, what it may do, until when."""
    token = request.auth.token
    grants = [GrantOut(role=Role(one.role), unit=one.unit, sectors=one.sectors) for one in grants_of(request.user)]
    return MeOut(
        token=token.name,
        account=request.user.get_username(),
        unit=token.unit,
        may_write=token.may_write,
        expires_at=token.expires_at,
        calls_a_minute=settings.API_CALLS,
        grants=grants,
    )


@router.get("/units", response=UnitPage, url_name="api_units", operation_id="units", summary="Các đơn vị được xem")
def units(
    request: HttpRequest,
    on: Annotated[Day | None, Query(description="Ngày · The day on which they stand; today by default")] = None,
    within: Annotated[str | None, Query(max_length=40, description="Đơn vị cấp trên · A unit above")] = None,
    level: Annotated[Level | None, Query()] = None,
    q: Annotated[
        str, Query(max_length=80, description="Tên, không dấu cũng được · A name, marks left out or not")
    ] = "",
    limit: Limit = PAGE,
    cursor: Cursor = "",
) -> UnitPage:
    """The units that the caller may see as they stand on a day, by key."""
    demand_anything(request)
    above = unit_of(within, "within") if within is not None else None
    wanted, day = folded(q), on or office.today()

    def found(behind: Any) -> Iterator[OrgUnit]:
        for unit in sorted(office.geography().at(day), key=lambda one: one.key):
            if behind is not None and unit.key <= behind:
                continue
            if level not in (None, unit.level) or (wanted and wanted not in folded(unit.name)):
                continue
            if (above is None or office.is_within(unit.key, above)) and may(request.user, Action.SEE, unit.key):
                yield unit

    items, rest = page(request, found, lambda unit: unit.key, limit, cursor)
    return UnitPage(items=[UnitOut(**_fields(unit)) for unit in items], next=rest)


@router.get("/units/{key}", response=UnitTold, url_name="api_unit", operation_id="unit", summary="Một đơn vị")
def unit(request: HttpRequest, key: str) -> UnitTold:
    """One unit with what it came of and what it became."""
    if not office.is_known(key):
        raise Refused(Kind.NOT_FOUND)
    if not may(request.user, Action.SEE, key):
        raise PermissionDenied
    changes = office.geography().changes
    made_of = [
        _change(one, [(flow.source, flow.share) for flow in one.flows if flow.target == key])
        for one in changes
        if key in one.targets
    ]
    became = [
        _change(one, [(flow.target, flow.share) for flow in one.flows if flow.source == key])
        for one in changes
        if key in one.sources
    ]
    return UnitTold(**_fields(office.unit(key)), made_of=made_of, became=became)


@router.get(
    "/indicators", response=IndicatorPage, url_name="api_indicators", operation_id="indicators", summary="Các chỉ tiêu"
)
def indicators(
    request: HttpRequest,
    sector: Annotated[str, Query(max_length=60)] = "",
    limit: Limit = PAGE,
    cursor: Cursor = "",
) -> IndicatorPage:
    """The catalogue of indicators, by code."""
    demand_anything(request)

    def found(behind: Any) -> Iterator[Indicator]:
        listed = {one.code: one for one in reversed(office.catalogue().indicators)}
        for code in sorted(listed):
            if (behind is None or code > behind) and sector in ("", listed[code].sector):
                yield listed[code]

    items, rest = page(request, found, lambda one: one.code, limit, cursor)
    return IndicatorPage(items=[_indicator(one) for one in items], next=rest)


def demand_anything(request: HttpRequest) -> None:
    """Nothing is told to a token that may see no unit. Raises ``PermissionDenied``."""
    if not any(units_for(request.user, Action.SEE)):
        raise PermissionDenied


def _fields(unit: OrgUnit) -> dict[str, Any]:
    return {name: getattr(unit, name) for name in UnitOut.model_fields}


def _change(change: Any, flows: list[tuple[str, Any]]) -> ChangeOut:
    units = [FlowOut(unit=unit, share=None if share is None else str(share)) for unit, share in flows]
    return ChangeOut(on=change.on, kind=change.kind, decision=change.decision, units=units)


def _indicator(one: Indicator) -> IndicatorOut:
    listed = office.catalogue()
    measure = Words.of(listed.units[one.code].name) if one.code in listed.units else Words(vi=one.unit, en=one.unit)
    same = ("code", "sector", "aim", "over_place", "over_time", "numerator", "denominator", "formula")
    return IndicatorOut(
        **{name: getattr(one, name) for name in same},
        name=Words.of(one.name),
        measure=measure,
        per=figure(one.per) or "1",
        breakdowns=list(one.breakdowns),
        parts=list(one.parts),
        plausible=[figure(end) for end in one.plausible],
    )
