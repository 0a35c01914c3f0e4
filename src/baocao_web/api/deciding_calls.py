"""What offices decide of forms in work: many approved at once, a unit given longer, remarks, the days of a round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from baocao_web.api.entry_calls import seen_entry
from baocao_web.api.fields import LARGEST, Day, Given, Id, Words
from baocao_web.api.once import Key, once
from baocao_web.collecting import deciding, remarking
from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.models import Round
from baocao_web.collecting.passing_on import LONGEST
from baocao_web.collecting.permits import permit
from baocao_web.collecting.rounds import days as round_days
from baocao_web.collecting.rounds.opening import Days
from baocao_web.people.policies import demand, may
from baocao_web.people.roles import Action

router = Router(tags=["Biểu · Forms in work"])

_DIGEST = r"^[0-9a-f]{64}$"


class PickIn(Given):
    """A form that is to be approved as it was seen."""

    entry: int = Field(ge=1, le=LARGEST)
    version: int = Field(ge=0, le=LARGEST)
    digest: str = Field(pattern=_DIGEST)


class PicksIn(Given):
    """Forms that are to be approved, each by itself."""

    entries: list[PickIn] = Field(min_length=1, max_length=deciding.MOST)


class ApprovedOut(Schema):
    """A form that was approved."""

    entry: int
    unit: str


class LeftOut(ApprovedOut):
    """A form that was left as it is, and why."""

    why: Words


class DecidedOut(Schema):
    """What became of each form."""

    approved: list[ApprovedOut]
    left: list[LeftOut]


class ExtensionIn(Given):
    """Until when a unit has time, and why."""

    to: Day
    reason: str = Field(min_length=1, max_length=LONGEST)


class ExtendedOut(Schema):
    """The day until which a unit has time."""

    extended_to: date


class RemarkIn(Given):
    """What is said of a cell, of the whole form where none is named; ``is_settling`` closes the thread."""

    cell: str = Field("", max_length=200)
    text: str = Field("", max_length=LONGEST)
    is_settling: bool = False


class RemarkOut(Schema):
    """A remark at its place in the record."""

    place: int
    cell: str
    at: datetime
    by: str
    text: str
    is_settling: bool


class RemarksOut(Schema):
    items: list[RemarkOut]


class RemarkNumber(Schema):
    """The place of what was said in the record."""

    place: int


class DaysIn(Given):
    """The days of a round, and why they are moved."""

    opens_on: Day
    due_on: Day
    late_on: Day
    locked_on: Day
    reason: str = Field(min_length=1, max_length=LONGEST)


class ClosingIn(Given):
    """Whether a round is closed, and why."""

    is_closed: bool
    reason: str = Field(min_length=1, max_length=LONGEST)


class RoundDays(Schema):
    """The days of a round, and whether it is closed."""

    opens_on: date
    due_on: date
    late_on: date
    locked_on: date
    is_closed: bool


@router.post(
    "/entries/approve",
    response=DecidedOut,
    url_name="api_approve_many",
    operation_id="approve_many",
    summary="Duyệt nhiều biểu",
)
def approve_many(request: HttpRequest, given: PicksIn, key: Key) -> HttpResponse:
    """Approve each form that is still as it was seen; the others are left and told with their reasons."""
    picks = [deciding.Pick(one.entry, one.version, one.digest) for one in given.entries]

    def work(name: str) -> DecidedOut:
        made = deciding.approve_many(request.user, request.user.get_username(), picks, name)
        return DecidedOut(
            approved=[ApprovedOut(entry=entry, unit=unit) for entry, unit in made.approved],
            left=[LeftOut(entry=one.entry, unit=one.unit, why=Words.of(one.why)) for one in made.left],
        )

    return once(request, key, work)


@router.post(
    "/entries/{int:entry}/extend",
    response=ExtendedOut,
    url_name="api_extend",
    operation_id="extend",
    summary="Gia hạn cho một đơn vị",
)
def extend(request: HttpRequest, entry: Id, given: ExtensionIn, key: Key) -> HttpResponse:
    """Give one unit longer than the others, with a reason."""
    seen_entry(request, entry)

    def work(_name: str) -> ExtendedOut:
        allowed = permit(request.user, Action.EXTEND)
        round_days.extend(entry, request.user.get_username(), given.to, given.reason, allowed)
        return ExtendedOut(extended_to=given.to)

    return once(request, key, work)


@router.get(
    "/entries/{int:entry}/remarks",
    response=RemarksOut,
    url_name="api_remarks",
    operation_id="remarks",
    summary="Ý kiến về các ô của một biểu",
)
def remarks(request: HttpRequest, entry: Id, cell: Annotated[str | None, Query(max_length=200)] = None) -> RemarksOut:
    """What was said of the cells of a form, or of one of them."""
    seen_entry(request, entry)
    same = RemarkOut.model_fields
    found = remarking.remarks(entry, cell=cell)
    return RemarksOut(items=[RemarkOut(**{name: getattr(one, name) for name in same}) for one in found])


@router.post(
    "/entries/{int:entry}/remarks",
    response=RemarkNumber,
    url_name="api_remarks",
    operation_id="remark",
    summary="Ghi ý kiến về một ô",
)
def remark(request: HttpRequest, entry: Id, given: RemarkIn, key: Key) -> HttpResponse:
    """Say something of a cell."""
    seen_entry(request, entry)

    def work(name: str) -> RemarkNumber:
        by = request.user.get_username()
        said = remarking.Said(entry, by, given.cell, given.text, given.is_settling, name)
        return RemarkNumber(place=remarking.remark(said, permit(request.user, Action.COMMENT)))

    return once(request, key, work)


@router.put(
    "/rounds/{int:round}/days",
    response=RoundDays,
    url_name="api_round_days",
    operation_id="move_days",
    summary="Đổi ngày của một đợt",
)
def move(request: HttpRequest, round: Id, given: DaysIn, key: Key) -> HttpResponse:
    """Give a round other days, with a reason; a unit's own extension stays."""
    days = Days(given.opens_on, given.due_on, given.late_on, given.locked_on)
    return _of_round(request, round, key, lambda by, may_open: round_days.move(round, by, days, given.reason, may_open))


@router.put(
    "/rounds/{int:round}/closed",
    response=RoundDays,
    url_name="api_round_closed",
    operation_id="close_round",
    summary="Khóa hoặc mở lại một đợt",
)
def close(request: HttpRequest, round: Id, given: ClosingIn, key: Key) -> HttpResponse:
    """Let nothing more be typed in a round whatever its days are, or let it again; with a reason."""

    def act(by: str, may_open: round_days.RoundPermission) -> None:
        round_days.close(round, by, given.reason, may_open, is_closed=given.is_closed)

    return _of_round(request, round, key, act)


def _of_round(
    request: HttpRequest, round_id: int, key: str, act: Callable[[str, round_days.RoundPermission], None]
) -> HttpResponse:
    """Change the days of a round that the caller may open."""
    kept = _opened(request, round_id)

    def may_open(held: Round) -> None:
        if not may(request.user, Action.OPEN, held.owner, kept.sector or None):
            raise PermissionDenied

    def work(_name: str) -> RoundDays:
        act(request.user.get_username(), may_open)
        now = Round.objects.get(pk=round_id)
        return RoundDays(**{name: getattr(now, name) for name in RoundDays.model_fields})

    return once(request, key, work)


def _opened(request: HttpRequest, round_id: int) -> Kept:
    """A round that the caller may open. Raises ``Http404``, ``PermissionDenied``."""
    try:
        kept = form_of(round_id)
    except Round.DoesNotExist as problem:
        raise Http404 from problem
    demand(request.user, Action.OPEN, kept.owner, kept.sector or None)
    return kept
