"""The annex of a decision becomes targets: brought in, corrected by people, and taken whole or not at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import PurePosixPath
from re import compile as pattern
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from baocao.model.period import Period
from baocao.model.sheet import Sheet
from baocao.model.text import Problem, Text
from baocao_web.people.policies import demand
from baocao_web.people.recording import Done, Replayed, append, demand_new
from baocao_web.people.roles import Action
from baocao_web.places import office
from baocao_web.places.days import read_day
from baocao_web.plans import annex_sheets, annex_sums, subjects
from baocao_web.plans.annex_columns import Asked
from baocao_web.plans.annex_reading import DOCUMENTS, SHEETS, read_aside
from baocao_web.plans.annex_sheets import Corrections
from baocao_web.plans.assigning import authority_of, decision_of, record
from baocao_web.plans.models import Annex, Source
from baocao_web.plans.understanding import Line, State, Understood, understood

SUFFIXES: Final = (*SHEETS, *DOCUMENTS)
MOST_BYTES: Final = 10 * 1024 * 1024
_STEERING: Final = pattern(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069/\\]")
_LONGEST: Final = 120

_NONE = Text("hãy chọn tệp phụ lục.", "choose the file of the annex.")
_KIND = Text("chỉ nhận tệp {suffixes}; tệp “{seen}” không phải.", "only {suffixes} files are taken, and not “{seen}”.")
_SIZE = Text(
    "tệp nặng {seen} MB, giới hạn là {limit} MB; hãy chỉ giữ lại các trang phụ lục.",
    "the file has {seen} MB, the limit is {limit} MB; keep only the sheets of the annex.",
)
_EMPTY = Text("tệp rỗng (0 byte); hãy lấy lại tệp.", "the file is empty (0 bytes); fetch it again.")
_STALE = Text(
    "phụ lục đã được người khác sửa sau khi bạn mở trang (lần sửa {now}, trang của bạn là {seen}); hãy xem lại.",
    "somebody else has corrected this annex since you opened the page ({now}, yours is {seen}); look again.",
)
_TAKEN = Text(
    "phụ lục này đã được ghi thành chỉ tiêu, không sửa được nữa; muốn đổi, hãy nhập quyết định điều chỉnh.",
    "this annex was taken already and cannot be corrected; bring in the decision that adjusts it.",
)
_NOT_READY = Text(
    "còn {count} chỗ chưa hiểu được; hãy sửa hoặc bỏ từng chỗ rồi ghi.",
    "{count} places are not understood yet; correct or leave each of them, then record.",
)
_NOTHING = Text("phụ lục không có chỉ tiêu nào để ghi.", "the annex has no target to record.")
_MOVED = Text(
    "chỉ tiêu đã lưu thay đổi sau khi bạn mở trang; hãy xem lại bảng rồi ghi.",
    "what is kept has changed since you opened the page; look at the table again, then record.",
)
_UNSEEN = Text(
    "có tổng không khớp; hãy xem và đánh dấu “đã xem” rồi ghi.",
    "some sums do not add up; look at them, tick that you have, then record.",
)


@dataclass(frozen=True, slots=True)
class Given:
    """A decision as it was typed, beside its annex."""

    unit: str
    year: int
    authority: str
    decision: str
    holds_from: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody corrected over which version: cells read otherwise, what is left out, what is taken back."""

    version: int
    cells: Mapping[str, str] = field(default_factory=dict)
    left: Sequence[str] = ()
    undone: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Taking:
    """What somebody looked at when he had it recorded, and the name of this very call."""

    version: int
    digest: str
    request: str
    has_seen_sums: bool = False


def bring_in(given: Given, file: UploadedFile | None, user: Any) -> Annex:
    """Keep the file of an annex and its tables. Raises ``Problem``, ``PermissionDenied``."""
    demand(user, Action.ASSIGN, given.unit)
    authority, decision = authority_of(given.authority), " ".join(given.decision.split())[:_LONGEST]
    decision_of(decision)
    holds_from = read_day(given.holds_from) if given.holds_from.strip() else None
    name, content = _content(file)
    read = read_aside(content, PurePosixPath(name.lower()).suffix)
    digest, by = sha256(content).hexdigest(), user.get_username()
    hidden = [{"vi": one.vi, "en": one.en} for one in read.hidden]
    with transaction.atomic():
        made: Annex = Annex.objects.create(
            unit=given.unit, year=given.year, authority=authority, decision=decision, holds_from=holds_from, name=name,
            sha256=digest, content=content, sheets=annex_sheets.written(read.sheets), hidden=hidden, by=by,
        )  # fmt: skip
        append(Done(made.stream, by, "annex", made.unit, {"file": name, "sha256": digest, "decision": decision}))
    return made


def _content(file: UploadedFile | None) -> tuple[str, bytes]:
    if file is None:
        raise Problem(_NONE)
    name = named(file.name or "")
    if PurePosixPath(name.lower()).suffix not in SUFFIXES:
        raise Problem(_KIND.fill(suffixes=", ".join(SUFFIXES), seen=name))
    if (file.size or 0) > MOST_BYTES:
        raise Problem(_SIZE.fill(seen=-(-(file.size or 0) // 1024**2), limit=MOST_BYTES // 1024**2))
    content = file.read()
    if not content:
        raise Problem(_EMPTY)
    return name, content


def named(seen: str) -> str:
    """A file's name without what steers, turns or leads elsewhere."""
    clean = _STEERING.sub("", unicodedata.normalize("NFC", seen)).strip()
    return clean if len(clean) <= 150 else clean[:100] + clean[-50:]


def annex_for(user: Any, pk: int) -> Annex:
    """An annex that somebody may bring in. Raises ``Http404`` and ``PermissionDenied``."""
    found: Annex | None = Annex.objects.defer("content").filter(pk=pk).first()
    if found is None:
        raise Http404
    demand(user, Action.ASSIGN, found.unit)
    return found


def asked_of(annex: Annex) -> Asked:
    """The decision that an annex belongs to."""
    decision = decision_of(annex.decision)
    holds_from: date = annex.holds_from or min(decision.issued_on, Period.part(annex.year).end)
    return Asked(annex.unit, annex.year, annex.authority, decision, holds_from)


def looked_at(annex: Annex) -> Understood:
    """What an annex says as it is corrected now."""
    corrections = Corrections.of(annex.corrections)
    with office.book() as book:
        names = book.names_under(annex.unit)
    return understood(sheets_of(annex), corrections, asked_of(annex), names)


def remarks_on(annex: Annex, found: Understood) -> list[Text]:
    """What of an annex does not add up."""
    if not found.lines:
        return []
    return [*found.short, *annex_sums.remarks([line.target for line in found.lines], asked_of(annex))]


def sheets_of(annex: Annex) -> tuple[Sheet, ...]:
    return annex_sheets.read(annex.sheets)


def correct(pk: int, change: Change, user: Any) -> int:
    """Keep corrections; the annex's new version. Raises ``Problem``, ``Http404``, ``PermissionDenied``."""
    with transaction.atomic():
        annex = _held(pk, user)
        if annex.taken_at is not None:
            raise Problem(_TAKEN)
        if annex.version != change.version:
            raise Problem(_STALE.fill(now=annex.version, seen=change.version))
        before = Corrections.of(annex.corrections)
        undone = set(change.undone)
        cells = {key: words for key, words in {**before.cells, **change.cells}.items() if key not in undone}
        left = (before.left | set(change.left)) - undone
        after = annex_sheets.admitted(Corrections(cells, frozenset(left)), sheets_of(annex))
        if after.told == before.told:
            return int(annex.version)
        annex.corrections, annex.version = after.told, annex.version + 1
        annex.save(update_fields=["corrections", "version"])
        told = {
            "version": annex.version,
            "cells": dict(change.cells),
            "left": list(change.left),
            "undone": sorted(undone),
        }
        append(Done(annex.stream, user.get_username(), "annex", annex.unit, told))
    return int(annex.version)


def take(pk: int, asked: Taking, user: Any) -> int:
    """Record all targets of an annex; how many are new. Raises ``Problem`` and records nothing then."""
    by = user.get_username()
    try:
        with transaction.atomic():
            annex = _held(pk, user)
            _refuse_replay(annex, asked)
            found = _demand_ready(annex, asked)
            lines = [line for line in found.lines if line.state is not State.SAME]
            told = {"file": annex.name, "sha256": annex.sha256}
            new = record([line.target for line in lines], by, told) if lines else 0
            Source.objects.bulk_create(_source(annex, line) for line in found.lines)
            annex.taken_at, annex.taken_by = timezone.now(), by
            annex.save(update_fields=["taken_at", "taken_by"])
            places = {f"{line.target.address.unit}:{subjects.of(line.target).key}": line.place for line in found.lines}
            done = {"new": new, "digest": asked.digest, "places": places, "corrections": annex.corrections}
            append(Done(annex.stream, by, "assign", annex.unit, done, asked.request))
            return new
    except Replayed as before:
        return int(before.details["new"])


def _refuse_replay(annex: Annex, asked: Taking) -> None:
    """Raises ``Replayed`` where this very call was done, ``Problem`` where another one was."""
    if annex.taken_at is None:
        return
    demand_new(annex.stream, asked.request)
    raise Problem(_TAKEN)


def _demand_ready(annex: Annex, asked: Taking) -> Understood:
    if annex.version != asked.version:
        raise Problem(_STALE.fill(now=annex.version, seen=asked.version))
    found = looked_at(annex)
    if found.faults:
        raise Problem(_NOT_READY.fill(count=len(found.faults)))
    if not found.lines:
        raise Problem(_NOTHING)
    if found.digest != asked.digest:
        raise Problem(_MOVED)
    if not asked.has_seen_sums and remarks_on(annex, found):
        raise Problem(_UNSEEN)
    return found


def _held(pk: int, user: Any) -> Annex:
    """The annex, locked until the end of the transaction."""
    found: Annex | None = Annex.objects.select_for_update().defer("content").filter(pk=pk).first()
    if found is None:
        raise Http404
    demand(user, Action.ASSIGN, found.unit)
    return found


def _source(annex: Annex, line: Line) -> Source:
    address, decision = line.target.address, line.target.decision
    return Source(
        annex=annex,
        unit=address.unit,
        indicator=address.indicator,
        breakdown=subjects.of(line.target).line,
        year=annex.year,
        authority=address.authority,
        decision=decision.number[:_LONGEST],
        decided_on=decision.issued_on,
        place=line.place[:200],
        seen=line.seen[:200],
    )
