"""Forms in work: which there are, what stands in one, saving its cells, passing it on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from baocao.model.text import Text
from baocao_web.api.entry_shapes import (
    ActIn,
    ApproveIn,
    CellIn,
    EntryLine,
    EntryOut,
    EventOut,
    KeptOut,
    ReturnIn,
    SavedOut,
    SaveIn,
    StateOut,
    both,
    told,
)
from baocao_web.api.faults import pointed
from baocao_web.api.fields import LARGEST, PAGE, Cursor, Id, Limit, Words, page, unit_of
from baocao_web.api.office_calls import demand_anything
from baocao_web.api.once import Key, once
from baocao_web.api.problems import Fault, Kind, Refused
from baocao_web.collecting import histories, keeping, passing_on, submitting
from baocao_web.collecting.forms_kept import form_of
from baocao_web.collecting.keeping import Save, Saved
from baocao_web.collecting.models import Entry
from baocao_web.collecting.passing_on import Act, Asked, Outcome
from baocao_web.collecting.permits import acts_of, permit, permit_turn
from baocao_web.collecting.sheets import Sheet, sheet_of
from baocao_web.collecting.states import State
from baocao_web.collecting.typing import read
from baocao_web.people.policies import may
from baocao_web.people.roles import Action

View = TypeVar("View", bound=Callable[..., HttpResponse])

router = Router(tags=["Biểu · Forms in work"])

_AT_ONCE = 500
_FEW = 500  # units that are named in one statement
_UNKNOWN = Text("biểu này không có ô như vậy để nhập.", "this form has no such cell to fill.")
_CHANGED = Text("ô đã được sửa sau phiên bản {seen}.", "the cell was changed behind version {seen}.")
_CLOSED = Text("ô không được mở khi biểu bị trả lại.", "the cell was not opened when the form was returned.")
_LOOK = Text(
    "chưa ô nào được ghi; hãy xem hai giá trị của từng ô ở “conflicts”, rồi gửi lại với phiên bản hiện tại.",
    "no cell was saved; look at both values of each under “conflicts”, then send again over the present version.",
)


class EntryPage(Schema):
    items: list[EntryLine]
    next: str | None


class History(Schema):
    items: list[EventOut]


@router.get("/entries", response=EntryPage, url_name="api_entries", operation_id="entries", summary="Các biểu được xem")
def entries(
    request: HttpRequest,
    round: Annotated[int | None, Query(ge=1, le=LARGEST)] = None,
    unit: Annotated[str | None, Query(max_length=40)] = None,
    state: Annotated[State | None, Query()] = None,
    limit: Limit = PAGE,
    cursor: Cursor = "",
) -> EntryPage:
    """The forms of all rounds that the caller may see, by number."""
    demand_anything(request)
    chosen: dict[str, Any] = {"round_id": round, "state": state.value if state else None}
    chosen["unit"] = unit_of(unit) if unit is not None else None
    listed = Entry.objects.filter(**{name: value for name, value in chosen.items() if value is not None})
    if unit is None:
        listed = _within_reach(request, listed)

    def found(behind: Any) -> Iterator[EntryLine]:
        last = int(behind or 0)
        while some := list(listed.filter(pk__gt=last).order_by("pk").values_list(*_LINE)[:_AT_ONCE]):
            yield from (line for row in some if (line := _line(request, *row)) is not None)
            last = some[-1][0]

    items, rest = page(request, found, lambda one: one.id, limit, cursor)
    return EntryPage(items=items, next=rest)


def _within_reach(request: HttpRequest, listed: QuerySet[Entry]) -> QuerySet[Entry]:
    """The same without the forms of units that the caller may not see, where these are most: a commune sees its own."""
    units = Entry.objects.order_by().values_list("unit", flat=True).distinct()
    mine = [one for one in units if may(request.user, Action.SEE, one)]
    return listed.filter(unit__in=mine) if len(mine) <= _FEW else listed


_LINE = ("pk", "round_id", "unit", "state", "step", "version")


def _line(
    request: HttpRequest, pk: int, round_id: int, unit: str, state: str, step: int, version: int
) -> EntryLine | None:
    kept = form_of(round_id)
    if not may(request.user, Action.SEE, unit, kept.sector or None):
        return None
    return EntryLine(
        id=pk,
        round=round_id,
        form=kept.code,
        unit=unit,
        period=kept.period.code,
        state=State(state),
        step=step,
        version=version,
    )


@router.get("/entries/{int:entry}", response=EntryOut, url_name="api_entry", operation_id="entry", summary="Một biểu")
def entry(request: HttpRequest, entry: Id) -> EntryOut:
    """One unit's form with every cell and the version of its last change."""
    sheet = seen_entry(request, entry)
    return told(sheet, acts_of(request.user, sheet))


@router.get(
    "/entries/{int:entry}/history",
    response=History,
    url_name="api_entry_history",
    operation_id="entry_history",
    summary="Lịch sử một biểu",
)
def history(request: HttpRequest, entry: Id) -> History:
    """All that happened to one unit's form, the latest first."""
    events = histories.of_entry(entry, seen_entry(request, entry).kept.layout)
    return History(items=[EventOut(at=one.at, by=one.by, what=Words.of(one.name), words=one.words) for one in events])


@router.patch(
    "/entries/{int:entry}/cells",
    response=SavedOut,
    url_name="api_save",
    operation_id="save_cells",
    summary="Ghi các ô của một biểu",
)
def save(request: HttpRequest, entry: Id, given: SaveIn, key: Key) -> HttpResponse:
    """Save cells over a version: all of them, or none where another has changed one since (409 tells both values)."""
    sheet = seen_entry(request, entry)
    _refuse_unread(sheet, given.cells)
    texts = {cell: sent.typed for cell, sent in given.cells.items()}

    def work(name: str) -> SavedOut:
        asked = Save(entry, request.user.get_username(), given.version, texts, name)
        saved = keeping.save(asked, permit(request.user, Action.ENTER))
        _refuse_conflicts(given, saved)
        others = {cell: KeptOut.of(kept) for cell, kept in saved.others.items()}
        return SavedOut(version=saved.version, taken=sorted(saved.taken), others=others)

    return once(request, key, work)


def _refuse_unread(sheet: Sheet, cells: Mapping[str, CellIn]) -> None:
    """Raises ``Refused`` with every cell that the form does not have or whose figure cannot be kept exactly."""
    faults = []
    for cell, sent in cells.items():
        at = f"/cells/{pointed(cell)}"
        if cell not in sheet.kept.layout.entries:
            faults.append(Fault(at, _UNKNOWN))
            continue
        fault = read(sent.typed).fault
        if fault is not None:
            faults.append(Fault(f"{at}/value", fault))
    if faults:
        raise Refused(Kind.INVALID, None, faults)


def _refuse_conflicts(given: SaveIn, saved: Saved) -> None:
    """Raises ``Refused`` where a cell did not come to stand; what was kept of the others goes with the transaction."""
    changed = [
        both(cell, given.cells[cell], kept, _CHANGED.fill(seen=given.version)) for cell, kept in saved.beside.items()
    ]
    closed = [both(cell, given.cells[cell], kept, _CLOSED) for cell, kept in saved.closed.items()]
    if changed or closed:
        raise Refused(Kind.CELLS, _LOOK, more={"conflicts": changed + closed})


def _act(name: str, operation: str, summary: str) -> Callable[[View], View]:
    """A call that moves one form on: all of them answer what the form is then."""
    made: Callable[[View], View] = router.post(
        f"/entries/{{int:entry}}/{name}",
        response=StateOut,
        url_name=f"api_{name}",
        operation_id=operation,
        summary=summary,
    )
    return made


@_act("submit", "submit", "Nộp biểu")
def submit(request: HttpRequest, entry: Id, given: ActIn, key: Key) -> HttpResponse:
    """Hand a form to the next role of its round."""

    def work(act: Act) -> Outcome:
        submitted = submitting.submit(act, permit(request.user, Action.SUBMIT))
        assert submitted.outcome is not None  # nothing was typed with it, so that what stands in the way is raised
        return submitted.outcome

    return _acted(request, entry, given, key, work)


@_act("approve", "approve", "Duyệt biểu")
def approve(request: HttpRequest, entry: Id, given: ApproveIn, key: Key) -> HttpResponse:
    """Pass a form on by one step; bound to the figures seen, which their digest names."""
    turn = permit_turn(request.user, Action.APPROVE)
    return _acted(request, entry, given, key, lambda act: passing_on.approve(act, turn), given.digest)


@_act("return", "send_back", "Trả lại biểu")
def send_back(request: HttpRequest, entry: Id, given: ReturnIn, key: Key) -> HttpResponse:
    """Return a submitted form, or cells of it, with a reason."""
    turn = permit_turn(request.user, Action.RETURN)
    return _acted(request, entry, given, key, lambda act: passing_on.send_back(act, turn, _asked(given)))


@_act("correct", "open_again", "Mở lại biểu đã duyệt")
def open_again(request: HttpRequest, entry: Id, given: ReturnIn, key: Key) -> HttpResponse:
    """Let a unit correct what was approved, with a reason."""
    allowed = permit(request.user, Action.CORRECT)
    return _acted(request, entry, given, key, lambda act: passing_on.open_again(act, allowed, _asked(given)))


def _asked(given: ReturnIn) -> Asked:
    return Asked(given.reason, given.cells, given.until)


def _acted(
    request: HttpRequest,
    entry: int,
    given: ActIn,
    key: str,
    work: Callable[[Act], Outcome],
    digest: str = "",
) -> HttpResponse:
    seen_entry(request, entry)

    def act(name: str) -> StateOut:
        outcome = work(Act(entry, request.user.get_username(), given.version, name, digest))
        return StateOut(state=outcome.state, step=outcome.step, version=outcome.version)

    return once(request, key, act)


def seen_entry(request: HttpRequest, entry: int) -> Sheet:
    """A form that the caller may see. Raises ``Http404``, ``PermissionDenied``."""
    sheet = sheet_of(entry)
    if sheet is None:
        raise Http404
    if not may(request.user, Action.SEE, sheet.unit, sheet.kept.sector or None):
        raise PermissionDenied
    return sheet
