"""Plans for the year to come while nobody has decided on them: made, changed line by line, assigned or deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from baocao.figures import compare_words
from baocao_web.api.faults import pointed
from baocao_web.api.fields import LARGEST, Day, Given, Id, Words, figure, unit_of
from baocao_web.api.once import Key, once
from baocao_web.api.plan_calls import KEY, LONGEST, AssignedOut, Year, day_typed
from baocao_web.api.problems import Fault, Kind, Refused
from baocao_web.people.policies import demand
from baocao_web.people.roles import Action
from baocao_web.plans import planning
from baocao_web.plans.assigning import MOST, NotAssigned
from baocao_web.plans.draft_lines import Shown, digest_of, shown
from baocao_web.plans.growing import Rule
from baocao_web.plans.models import Draft

router = Router(tags=["Dự kiến kế hoạch · Draft plans"])

_AMOUNT = 40
Version = Annotated[int, Field(ge=0, le=LARGEST)]
Rules = Annotated[Rule, Field(strict=False)]


class PlanDraftLine(Schema):
    """A draft. ``authority`` is whose plan of the year before it is made from; ``version`` that of name and rules."""

    id: int
    unit: str
    year: int
    title: str
    authority: str
    version: int
    made_by: str
    made_at: datetime
    decision: str
    assigned_at: datetime | None


class PlanDraftList(Schema):
    items: list[PlanDraftLine]


class LineOut(Schema):
    """A line: this year, its own rule where it has one, next year's target in words (null where ``why`` says why)."""

    target: str
    name: Words
    measure: Words
    version: int
    rule: str
    amount: str
    typed: str
    this_year: Words | None
    result_so_far: str | None
    projection: str | None
    last_result: str | None
    next_year: Words | None
    why: Words | None
    look: Words | None = None


class PlanDraftOut(PlanDraftLine):
    """A draft with its lines; ``digest`` binds a decision to the targets seen."""

    rules: dict[str, list[str]]
    until: str
    digest: str
    lines: list[LineOut]


class PlanDraftIn(Given):
    """A draft for a year, from an authority's plan of the year before."""

    unit: str = Field(max_length=40)
    year: int = Field(ge=2001, le=2100)
    title: str = Field(min_length=1, max_length=LONGEST)
    authority: str = Field(min_length=1, max_length=LONGEST)


class TitleIn(Given):
    """Another name, over a version."""

    version: Version
    title: str = Field(min_length=1, max_length=LONGEST)


class RuleIn(Given):
    """How targets are moved on, and by how much where the rule has an amount."""

    rule: Rules
    amount: str = Field("", max_length=_AMOUNT)


class RulesIn(Given):
    """The rules by group of indicators, that of all others under “”; the last month that results are looked at of."""

    version: Version
    rules: dict[Annotated[str, Field(max_length=40)], RuleIn] = Field(max_length=100)
    until: str = Field("", max_length=10)


class LineIn(Given):
    """A line over its version: a rule of its own (“” follows the group), or the target as it is to read."""

    version: Version
    rule: str = Field("", max_length=20)
    amount: str = Field("", max_length=_AMOUNT)
    typed: str = Field("", max_length=LONGEST)


class LinesIn(Given):
    """Lines that were changed, added and dropped: all of them are kept, or none."""

    lines: dict[Annotated[str, Field(max_length=KEY)], LineIn] = Field({}, max_length=MOST)
    added: list[Annotated[str, Field(max_length=KEY)]] = Field([], max_length=MOST)
    dropped: list[Annotated[str, Field(max_length=KEY)]] = Field([], max_length=MOST)


class ChangedOut(Schema):
    """How many lines became other ones."""

    changed: int


class ReasonIn(Given):
    """Why."""

    reason: str = Field(min_length=1, max_length=500)


class DoneOut(Schema):
    """That it is done."""

    done: bool = True


class SignedIn(Given):
    """The decision by which a draft becomes targets, with the digest of what was looked at."""

    authority: str = Field(min_length=1, max_length=LONGEST)
    decision: str = Field(min_length=1, max_length=LONGEST, examples=["12/NQ-HĐND ngày 20/12/2026"])
    holds_from: Day | None = None
    digest: str = Field(max_length=64)


@router.get(
    "/plan-drafts",
    response=PlanDraftList,
    url_name="api_plan_drafts",
    operation_id="plan_drafts",
    summary="Các bản dự kiến kế hoạch",
)
def plan_drafts(request: HttpRequest, unit: Annotated[str, Query(max_length=40)], year: Year) -> PlanDraftList:
    """The drafts of a unit for a year, for those who plan and who sign, the latest first."""
    if not planning.may_read(request.user, unit_of(unit)):
        raise PermissionDenied
    found = Draft.objects.filter(unit=unit, year=year).order_by("-pk")
    return PlanDraftList(items=[_line(one) for one in found])


@router.post(
    "/plan-drafts",
    response=PlanDraftLine,
    url_name="api_plan_drafts",
    operation_id="make_plan_draft",
    summary="Lập một bản dự kiến",
)
def make(request: HttpRequest, given: PlanDraftIn, key: Key) -> HttpResponse:
    """Make a draft from this year's plan of an authority."""
    unit_of(given.unit, "/unit", "body")
    demand(request.user, Action.ASSIGN, given.unit)
    asked = (given.unit, given.year, given.title, given.authority)
    return once(request, key, lambda _: _line(planning.make(*asked, request.user)))


@router.get(
    "/plan-drafts/{int:draft}",
    response=PlanDraftOut,
    url_name="api_plan_draft",
    operation_id="plan_draft",
    summary="Một bản dự kiến",
)
def plan_draft(request: HttpRequest, draft: Id) -> PlanDraftOut:
    """A draft line by line."""
    found = planning.draft_for(request.user, draft)
    lines = shown(found)
    told = _line(found).model_dump()
    return PlanDraftOut(
        **told, rules=found.rules, until=found.until, digest=digest_of(lines), lines=[_shown(one) for one in lines]
    )


@router.patch(
    "/plan-drafts/{int:draft}",
    response=DoneOut,
    url_name="api_plan_draft",
    operation_id="rename_plan_draft",
    summary="Đổi tên bản dự kiến",
)
def rename(request: HttpRequest, draft: Id, given: TitleIn, key: Key) -> HttpResponse:
    """Give a draft another name."""

    def work(_name: str) -> DoneOut:
        planning.rename(draft, given.version, given.title, request.user)
        return DoneOut()

    return _kept(request, draft, key, work)


@router.put(
    "/plan-drafts/{int:draft}/rules",
    response=DoneOut,
    url_name="api_plan_draft_rules",
    operation_id="set_plan_draft_rules",
    summary="Đặt quy tắc của bản dự kiến",
)
def set_rules(request: HttpRequest, draft: Id, given: RulesIn, key: Key) -> HttpResponse:
    """Set the rules by which a draft moves this year's plan on."""
    by_group = {group: (one.rule.value, one.amount) for group, one in given.rules.items()}

    def work(_name: str) -> DoneOut:
        planning.set_rules(draft, planning.Rules(given.version, by_group, given.until), request.user)
        return DoneOut()

    return _kept(request, draft, key, work)


@router.patch(
    "/plan-drafts/{int:draft}/lines",
    response=ChangedOut,
    url_name="api_plan_draft_lines",
    operation_id="edit_plan_draft",
    summary="Sửa các dòng của bản dự kiến",
)
def edit(request: HttpRequest, draft: Id, given: LinesIn, key: Key) -> HttpResponse:
    """Change, add and drop lines: all of it, or nothing."""
    lines = {target: planning.Edit(**one.model_dump()) for target, one in given.lines.items()}

    def work(_name: str) -> ChangedOut:
        edits = planning.Edits(lines, tuple(given.added), tuple(given.dropped))
        try:
            return ChangedOut(changed=planning.edit(draft, edits, request.user))
        except planning.NotSaved as problem:
            faults = [Fault(f"/lines/{pointed(target)}", text) for target, text in problem.faults.items()]
            raise Refused(Kind.INVALID, problem.text, faults) from problem

    return _kept(request, draft, key, work)


@router.post(
    "/plan-drafts/{int:draft}/delete",
    response=DoneOut,
    url_name="api_plan_draft_delete",
    operation_id="delete_plan_draft",
    summary="Xóa bản dự kiến",
)
def delete(request: HttpRequest, draft: Id, given: ReasonIn, key: Key) -> HttpResponse:
    """Delete a draft that was made into no targets, for a reason."""

    def work(_name: str) -> DoneOut:
        planning.delete(draft, given.reason, request.user)
        return DoneOut()

    return once(request, key, work)


@router.post(
    "/plan-drafts/{int:draft}/assign",
    response=AssignedOut,
    url_name="api_plan_draft_assign",
    operation_id="assign_plan_draft",
    summary="Giao chỉ tiêu theo bản dự kiến",
)
def assign(request: HttpRequest, draft: Id, given: SignedIn, key: Key) -> HttpResponse:
    """Turn a draft into targets by the decision that was signed."""

    def work(name: str) -> AssignedOut:
        told = (given.authority, given.decision, day_typed(given.holds_from), given.digest)
        try:
            return AssignedOut(new=planning.assign(draft, planning.Signed(*told, name), request.user))
        except NotAssigned as problem:
            raise Refused(Kind.CONFLICT, problem.text) from problem

    return _kept(request, draft, key, work)


def _kept(request: HttpRequest, draft: int, key: str, work: Callable[[str], Schema]) -> HttpResponse:
    """Do something with a draft that is there and that the caller may look at."""
    planning.draft_for(request.user, draft)
    return once(request, key, work)


def _line(draft: Draft) -> PlanDraftLine:
    same = [name for name in PlanDraftLine.model_fields if name != "id"]
    return PlanDraftLine(id=draft.pk, **{name: getattr(draft, name) for name in same})


def _shown(line: Shown) -> LineOut:
    base = line.ahead.base
    return LineOut(
        target=line.key,
        name=Words.of(line.subject.name),
        measure=Words.of(line.measure),
        version=line.line.version,
        rule=line.line.rule,
        amount=line.line.amount,
        typed=line.line.typed,
        this_year=Words.of(compare_words.asked(base.target)) if base.target else None,
        result_so_far=figure(line.ahead.so_far),
        projection=figure(base.projection),
        last_result=figure(base.result),
        next_year=Words.of(line.said) if line.said else None,
        why=Words.of(line.why) if line.why else None,
        look=Words.of(line.look) if line.look else None,
    )
