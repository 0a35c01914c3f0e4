"""Submitting: what was typed last and the handing over are one call, so that no state older than the screen is handed.

What came with it is kept even where the form cannot be submitted: then it is told what stands in the way, and nothing
that was typed is lost. Figures go to the store by the same transaction: they are counted if and only if they were
passed on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from baocao.model.text import Text
from baocao_web.collecting.forms_kept import Kept, form_of
from baocao_web.collecting.keeping import (
    Held,
    NotTaken,
    Permission,
    Save,
    Saved,
    admit,
    as_done,
    hold,
    save_held,
    typed_of,
)
from baocao_web.collecting.passing_on import Act, Outcome, demand_version, digest_of, note, outcome_of, settled, write
from baocao_web.collecting.returning import last_handed_over
from baocao_web.collecting.states import State
from baocao_web.collecting.typing import Cell, cells_of
from baocao_web.people.recording import replayed

_NAMED = 5
_UNREAD = Text(
    "{count} ô chưa đọc được thành số ({cells}); hãy sửa, hoặc ghi ký hiệu “chưa có số liệu”.",
    "{count} cells are no figures ({cells}); correct them, or type the mark “not available”.",
)
_EMPTY = Text(
    "{count} ô bắt buộc còn trống ({cells}); hãy ghi số liệu, hoặc ghi “chưa có số liệu”.",
    "{count} compulsory cells are empty ({cells}); type figures, or the mark “not available”.",
)
_NOTHING = Text("biểu chưa có số liệu nào; hãy nhập trước khi nộp.", "the form holds no figure; type some first.")
_UNSEEN = Text(
    "{count} ô không như trên màn hình ({cells}); số liệu vừa nhập đã được ghi, hãy xem lại các ô đó rồi nộp.",
    "{count} cells are not as they stand on the screen ({cells}); what was typed is kept: look at them, then submit.",
)


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of it: ``outcome`` where it was submitted, else ``refused`` says why not; ``saved`` of what came."""

    outcome: Outcome | None
    saved: Saved | None = None
    refused: Text | None = None


def submit(
    act: Act, permit: Permission, typed: Save | None = None, permit_typing: Permission | None = None
) -> Submitted:
    """Keep what was typed last, if anything was, and hand the entry to the next role of its round.

    Raises ``NotTaken`` where nothing was kept.
    """
    texts = None if typed is None else typed_of(typed)
    with transaction.atomic():
        held = hold(act.entry)
        kept = form_of(held.round)
        permit(held, kept)
        is_again = _is_again(held, act)
        saved = None
        if typed is not None and texts is not None:
            if permit_typing is not None:
                permit_typing(held, kept)
            saved, held = save_held(typed, texts, held)
        if is_again is not None:
            return Submitted(is_again, saved)
        try:
            return Submitted(_handed(held, kept, act, saved), saved)
        except NotTaken as problem:
            if saved is None:
                raise
            return Submitted(None, saved, problem.text)


def _is_again(held: Held, act: Act) -> Outcome | None:
    """The outcome of this very call where it was done already."""
    before = replayed(held.stream, act.request)
    return None if before is None else outcome_of(as_done(before, "submit", act.by, {}))


def _handed(held: Held, kept: Kept, act: Act, saved: Saved | None) -> Outcome:
    """Hand over an entry; whatever raises ``NotTaken`` raises before anything is written."""
    admit(held, kept)
    if saved is None:
        demand_version(held, act, "submit")
    elif not saved.is_all_seen:
        unseen = [*saved.beside, *saved.closed, *saved.others]
        raise NotTaken(_filled(_UNSEEN, unseen, kept))
    cells = cells_of(held.cells)
    _demand_whole(cells, kept)
    digest = digest_of(cells)
    outcome = Outcome(State.SUBMITTED if kept.steps else State.APPROVED, 0, held.version)
    is_over = outcome.state is State.APPROVED  # a round whose forms nobody passes on
    now = timezone.now()
    further = {"digest": digest, "submitted_at": now, "resubmitted_at": None if held.returned is None else now}
    write(held, outcome, further | (settled() if is_over else {}))
    _hand_over(held, act.by, is_held=held.stands is not None and not is_over)
    note(held, act, "submit", outcome, {"digest": digest})
    return outcome


def _demand_whole(cells: Mapping[str, Cell], kept: Kept) -> None:
    """Raises ``NotTaken`` for cells that are no figures, and for compulsory ones that are empty."""
    if all(cell.is_empty for cell in cells.values()):
        raise NotTaken(_NOTHING)
    unread = [key for key, cell in cells.items() if cell.typed is not None]
    if unread:
        raise NotTaken(_filled(_UNREAD, unread, kept))
    empty = [
        key
        for key, (row, _) in kept.layout.entries.items()
        if row.is_compulsory and (key not in cells or cells[key].is_empty)
    ]
    if empty:
        raise NotTaken(_filled(_EMPTY, empty, kept))


def _filled(words: Text, cells: Sequence[str], kept: Kept) -> Text:
    """Words about cells, with the first few of them named in the language of the words."""
    names = [kept.layout.entries[cell][0].name for cell in cells if cell in kept.layout.entries]
    more = f" … +{len(names) - _NAMED}" if len(names) > _NAMED else ""
    vi, en = ("; ".join(each) + more for each in zip(*((one.vi, one.en) for one in names[:_NAMED]), strict=True))
    return Text(words.vi.format(count=len(cells), cells=vi), words.en.format(count=len(cells), cells=en))


def _hand_over(held: Held, by: str, *, is_held: bool) -> None:
    """Put the cells on their way to the store; the same version only once.

    A cell that was handed over before and stands empty now is handed over as empty: the store withdraws its figure.
    What corrects an approved version is held until it is approved too: so long that version stands.
    """
    cells = {key: found[:3] for key, found in held.cells.items() if _is_told(found)}
    emptied = {key: found[:3] for key, found in held.cells.items() if not _is_told(found)}
    if emptied:  # who submits for the first time asks nothing
        before = last_handed_over(held.id)
        cells |= {key: found for key, found in emptied.items() if key in before}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO collecting_handover (entry_id, version, at, by, cells, is_fed, is_held) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (entry_id, version) DO NOTHING",
            [held.id, held.version, timezone.now(), by, json.dumps(cells, separators=(",", ":")), False, is_held],
        )


def _is_told(found: Sequence[object]) -> bool:
    return found[0] is not None or found[1] is not None
