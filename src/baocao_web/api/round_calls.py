"""Forms, the rounds in which they are filled, and what the units of a round make together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from baocao.model.observation import Scenario
from baocao_web.api.fields import LARGEST, PAGE, Cursor, Id, Limit, Words, figure, page
from baocao_web.api.office_calls import demand_anything
from baocao_web.collecting.asked import round_asked
from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.layout import When, read
from baocao_web.collecting.models import Form, Round
from baocao_web.collecting.rounds import punctuality
from baocao_web.collecting.rounds.punctuality import Punctuality
from baocao_web.collecting.states import State
from baocao_web.collecting.totals.consolidating import Consolidated, Sum, consolidate
from baocao_web.people.policies import demand, may
from baocao_web.people.roles import Action

router = Router(tags=["Đợt báo cáo · Rounds"])


class FormLine(Schema):
    id: int
    code: str
    version: int
    title: Words
    owner: str
    sector: str
    made_at: datetime


class FormPage(Schema):
    items: list[FormLine]
    next: str | None


class RowOut(Schema):
    """A line of a form; a heading has no indicator."""

    key: str
    number: str
    name: Words
    indicator: str
    breakdown: str
    measure: Words
    unit: str
    is_derived: bool
    is_compulsory: bool


class ColumnOut(Schema):
    key: str
    name: Words
    scenario: Scenario
    when: When
    is_entry: bool


class FormOut(FormLine):
    """One version of a form. A cell is known by its row and its column: “row:column”."""

    rows: list[RowOut]
    columns: list[ColumnOut]


class RoundLine(Schema):
    """One time that a form is filled."""

    id: int
    form: str
    form_id: int
    owner: str
    period: str
    title: str
    opens_on: date
    due_on: date
    late_on: date
    locked_on: date
    steps: list[str]
    is_closed: bool


class RoundPage(Schema):
    items: list[RoundLine]
    next: str | None


class OwedOut(Schema):
    """How one unit stands with the form of a round: by its first submission, and whether it is mending the form now."""

    entry: int
    unit: str
    state: State
    step: int
    due_on: date
    submitted_at: datetime | None
    resubmitted_at: datetime | None
    punctuality: Punctuality
    is_mending: bool


class BoardOut(Schema):
    items: list[OwedOut]


class TotalOut(Schema):
    """One consolidated cell; ``missing`` are the units that told nothing of it."""

    cell: str
    indicator: str
    breakdown: str
    name: Words
    value: str | None
    told: int
    missing: list[str]


class ConsolidatedOut(Schema):
    """A round added up from the forms that were submitted: units that did not are named in every cell."""

    round: int
    period: str
    units: int
    counted: int
    approved: int
    cells: list[TotalOut]


@router.get("/forms", response=FormPage, url_name="api_forms", operation_id="forms", summary="Các mẫu biểu")
def forms(request: HttpRequest, limit: Limit = PAGE, cursor: Cursor = "") -> FormPage:
    """The forms of the units that the caller may see, all their versions, by number."""
    demand_anything(request)

    def found(behind: Any) -> Iterator[Form]:
        for form in Form.objects.filter(pk__gt=int(behind or 0)).defer("layout").order_by("pk"):
            if may(request.user, Action.SEE, form.owner):
                yield form

    items, rest = page(request, found, lambda form: form.pk, limit, cursor)
    return FormPage(items=[FormLine(**_form(form)) for form in items], next=rest)


@router.get("/forms/{int:form}", response=FormOut, url_name="api_form", operation_id="form", summary="Một mẫu biểu")
def form(request: HttpRequest, form: Id) -> FormOut:
    """One version of a form with its rows and columns."""
    found = Form.objects.filter(pk=form).first()
    if found is None:
        raise Http404
    demand(request.user, Action.SEE, found.owner)
    layout = read(found.layout)
    same = ("key", "number", "indicator", "breakdown", "unit", "is_derived", "is_compulsory")
    rows = [
        RowOut(**{name: getattr(row, name) for name in same}, name=Words.of(row.name), measure=Words.of(row.measure))
        for row in layout.rows
    ]
    columns = [
        ColumnOut(key=one.key, name=Words.of(one.name), scenario=one.scenario, when=one.when, is_entry=one.is_entry)
        for one in layout.columns
    ]
    return FormOut(**_form(found), rows=rows, columns=columns)


@router.get("/rounds", response=RoundPage, url_name="api_rounds", operation_id="rounds", summary="Các đợt báo cáo")
def rounds(
    request: HttpRequest,
    form: Annotated[int | None, Query(ge=1, le=LARGEST, description="Số của mẫu biểu · A form's number")] = None,
    open_only: Annotated[bool, Query(description="Chỉ đợt chưa đóng · Those not closed alone")] = False,
    limit: Limit = PAGE,
    cursor: Cursor = "",
) -> RoundPage:
    """The rounds of the units that the caller may see, by number."""
    demand_anything(request)
    listed = Round.objects.order_by("pk")
    if form is not None:
        listed = listed.filter(form_id=form)
    if open_only:
        listed = listed.filter(is_closed=False)

    def found(behind: Any) -> Iterator[Kept]:
        for pk in listed.filter(pk__gt=int(behind or 0)).values_list("pk", flat=True):
            kept = form_of(pk)
            if may(request.user, Action.SEE, kept.owner, kept.sector or None):
                yield kept

    items, rest = page(request, found, lambda kept: kept.id, limit, cursor)
    titles = dict(Round.objects.filter(pk__in=[kept.id for kept in items]).values_list("pk", "title"))
    return RoundPage(items=[_round(kept, titles[kept.id]) for kept in items], next=rest)


@router.get("/rounds/{int:round}", response=RoundLine, url_name="api_round", operation_id="round", summary="Một đợt")
def round_(request: HttpRequest, round: Id) -> RoundLine:
    """One round: its form, its period and its days."""
    kept = round_asked(request, round, Action.SEE)
    return _round(kept, Round.objects.values_list("title", flat=True).get(pk=round))


@router.get(
    "/rounds/{int:round}/board",
    response=BoardOut,
    url_name="api_board",
    operation_id="board",
    summary="Đơn vị nào nợ biểu nào",
)
def board(request: HttpRequest, round: Id) -> BoardOut:
    """Who owes what in a round, in the order of the units' names."""
    round_asked(request, round, Action.CHASE)
    same = ("entry", "unit", "state", "step", "due_on", "submitted_at", "resubmitted_at", "punctuality", "is_mending")
    owed = punctuality.of_round(round)
    return BoardOut(items=[OwedOut(**{name: getattr(one, name) for name in same}) for one in owed])


@router.get(
    "/rounds/{int:round}/consolidated",
    response=ConsolidatedOut,
    url_name="api_consolidated",
    operation_id="consolidated",
    summary="Biểu tổng hợp, kèm đơn vị còn thiếu",
)
def consolidated(request: HttpRequest, round: Id) -> ConsolidatedOut:
    """What the units of a round make together, cell by cell, and which of them each cell lacks."""
    kept = round_asked(request, round, Action.SEE)
    found = consolidate(round)
    return ConsolidatedOut(
        round=round,
        period=kept.period.code,
        units=len(found.standings),
        counted=found.counted,
        approved=found.approved,
        cells=[_total(found, cell, made) for cell, made in found.sums.items()],
    )


def _total(found: Consolidated, cell: str, made: Sum) -> TotalOut:
    layout = found.kept.layout
    row = (
        layout.entries[cell][0]
        if cell in layout.entries
        else next(row for row in layout.rows if row.key == cell.rpartition(":")[0])
    )
    return TotalOut(
        cell=cell,
        indicator=row.indicator,
        breakdown=row.breakdown,
        name=Words.of(row.name),
        value=figure(made.value),
        told=made.told,
        missing=[one.unit for one in found.missing(cell)],
    )


def _form(form: Form) -> dict[str, Any]:
    same = ("code", "version", "owner", "sector", "made_at")
    title = Words(vi=form.title, en=form.title_en or form.title)
    return {"id": form.pk, "title": title, **{name: getattr(form, name) for name in same}}


def _round(kept: Kept, title: str) -> RoundLine:
    same = ("owner", "opens_on", "due_on", "late_on", "locked_on", "is_closed")
    return RoundLine(
        id=kept.id,
        form=kept.code,
        form_id=kept.form,
        period=kept.period.code,
        title=title,
        steps=list(kept.steps),
        **{name: getattr(kept, name) for name in same},
    )
