"""The record of what was done: append-only, in streams whose every line binds the one before it.

A line's digest covers the digest before it, so that a line changed, taken out or put in breaks the chain from there
on. That the last lines of a stream, or whole streams, were cut off is seen from the seals: lines of a stream of their
own that name the head of every stream that had moved since the seal before. That seals themselves were cut off is seen
from the lines that then stand below none; and whoever keeps the last seal elsewhere needs no trust in this machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import groupby
from typing import Any, Final, NamedTuple

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from baocao.model.text import Text
from baocao_web.database.statements import ask, tell

FIRST: Final = ""  # what stands before the first line of a stream
SEALS: Final = "seals"
UNSEALED: Final = timedelta(days=2)  # for which a line may stand below no seal: the clock makes one in minutes
BY_TOKEN: Final[ContextVar[str]] = ContextVar("by_token", default="")  # the token by which a program acts for somebody
_COLUMNS = "stream, place, at, by, action, unit, details, request, digest"
_APART = "\x1f"

_BROKEN = Text(
    "{stream}: dòng {place} không khớp với dòng trước (nội dung đã bị sửa, hoặc có dòng bị xóa hay chèn thêm).",
    "{stream}: line {place} does not fit the line before it (it was changed, or a line was taken out or put in).",
)
_GAP = Text(
    "{stream}: sau dòng {before} là dòng {place}, thiếu dòng ở giữa.",
    "{stream}: behind line {before} comes line {place}: lines between them are missing.",
)
_UNSEALED = Text(
    "{count} chuỗi có dòng cũ hơn {days} ngày không nằm dưới dòng niêm phong nào, dòng đầu là {stream} số {place}: "
    "hoặc lệnh tick không chạy, hoặc các dòng niêm phong đã bị xóa.",
    "{count} streams have lines older than {days} days below no seal, the first is {stream}, line {place}: either the "
    "clock (tick) does not run, or seals were deleted.",
)
_OTHER_SEAL = Text(
    "niêm phong giữ ở nơi khác ({place}:{digest}) không có trong nhật ký này: nhật ký đã bị cắt hoặc viết lại từ đó.",
    "the seal kept elsewhere ({place}:{digest}) is not in this record: it was cut off or written anew from there.",
)
_CUT = Text(
    "{stream}: dòng niêm phong ghi dòng cuối là {place}, nay dòng đó không còn hoặc đã khác.",
    "{stream}: a seal names line {place} as its last one, which is gone or is another one now.",
)


class Replayed(Exception):
    """A call that was done already: at which ``place`` it is recorded, ``by`` whom, as which ``action``."""

    def __init__(self, place: int, by: str, action: str, details: Mapping[str, Any]) -> None:
        super().__init__(place)
        self.place, self.by, self.action, self.details = place, by, action, details


class Line(NamedTuple):
    """One line of the record."""

    stream: str
    place: int
    at: str
    by: str
    action: str
    unit: str
    details: str
    request: str | None
    digest: str


@dataclass(frozen=True, slots=True)
class Done:
    """Something done, before it has its place in the record."""

    stream: str
    by: str
    action: str
    unit: str
    details: Mapping[str, Any]
    request: str | None = None


def digest_of(before: str, line: Line) -> str:
    """What binds a line to the one before it."""
    told = (before, line.stream, str(line.place), line.at, line.by, line.action, line.unit, line.details)
    return sha256(_APART.join((*told, line.request or "")).encode()).hexdigest()


def written(details: Mapping[str, Any]) -> str:
    """Details as they are hashed: one way of writing for one content."""
    return json.dumps(details, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Head(NamedTuple):
    """Where a stream ends, and what was done in it already under the name of a call."""

    place: int = 0
    digest: str = FIRST
    before: Replayed | None = None


_HEAD: Final = (  # what was done is told of the call alone: the last line's details may be a whole form
    "SELECT place, digest, by, action, CASE WHEN request = %s THEN details END FROM people_record "
    "WHERE stream = %s AND (request = %s OR place = (SELECT max(place) FROM people_record WHERE stream = %s)) "
    "ORDER BY place DESC"
)


def head_of(stream: str, request: str | None = None) -> Head:
    """The head of a stream as the caller may build on it: he holds what the stream is about locked."""
    name = request or ""  # a name is never empty
    rows = ask(_HEAD, [name, stream, name, stream])
    if not rows:
        return Head()
    before = next((Replayed(place, by, act, json.loads(told)) for place, _, by, act, told in rows if told), None)
    return Head(rows[0][0], rows[0][1], before)


_APPEND: Final = f"INSERT INTO people_record ({_COLUMNS}) VALUES ({', '.join(['%s'] * len(Line._fields))})"


def append(done: Done, head: Head | None = None) -> Line:
    """Put something done behind the last line of its stream, within the caller's transaction.

    The caller holds what the stream is about (the row of an entry) locked, or takes its chance: two that append to one
    stream at once cannot both succeed. ``head`` is given where it was asked already. Raises ``Replayed``.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("what was done is recorded within the transaction that does it")
    last = head_of(done.stream, done.request) if head is None else head
    if last.before is not None:
        raise last.before
    at = timezone.now().astimezone(UTC).isoformat(timespec="microseconds")
    token = BY_TOKEN.get()
    details = written({**done.details, "token": token} if token else done.details)
    bare = Line(done.stream, last.place + 1, at, done.by, done.action, done.unit, details, done.request, "")
    line = bare._replace(digest=digest_of(last.digest, bare))
    tell(_APPEND, line)
    return line


def demand_new(stream: str, request: str) -> None:
    """Raises ``Replayed`` where a call of this name was done already in a stream."""
    before = replayed(stream, request)
    if before is not None:
        raise before


def replayed(stream: str, request: str) -> Replayed | None:
    """The call of this name that was done already in a stream; None where there was none."""
    return head_of(stream, request).before


def lines(stream: str | None = None, action: str | None = None, behind: int = 0) -> Iterator[Line]:
    """The lines of one stream in their order, or those of all, stream after stream.

    With ``action`` only lines of that act, with ``behind`` only those behind that place.
    """
    asked = {"stream = %s": stream, "action = %s": action, "place > %s": behind or None}
    values = [value for value in asked.values() if value is not None]
    where = " AND ".join(condition for condition, value in asked.items() if value is not None)
    where = f"WHERE {where}" if where else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM people_record {where} ORDER BY stream, place", values)
        while rows := cursor.fetchmany(5_000):
            for row in rows:
                line = Line._make(row)
                yield line._replace(at=moment_of(line.at).isoformat(timespec="microseconds"))


def moment_of(at: object) -> datetime:
    """The moment of a line, however the database gives it back."""
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def seal(by: str) -> Line | None:
    """Name the head of every stream that moved on since the last seal; None where none did."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM people_record WHERE stream = %s", [SEALS])
        (since,) = cursor.fetchone()
        cursor.execute(
            "SELECT r.stream, r.place, r.digest FROM people_record AS r JOIN ("
            "  SELECT stream, max(place) AS place FROM people_record WHERE id > %s AND stream <> %s GROUP BY stream"
            ") AS head ON head.stream = r.stream AND head.place = r.place ORDER BY r.stream",
            [since, SEALS],
        )
        heads = {stream: [place, digest] for stream, place, digest in cursor.fetchall()}
        if not heads:
            return None
        try:
            return append(Done(SEALS, by, "seal", "", {"heads": heads}))
        except IntegrityError:  # another one seals at this moment
            return None


def last_seal() -> tuple[int, str]:
    """The place and the digest of the last seal; nought where there is none."""
    head = head_of(SEALS)
    return head.place, head.digest


def faults(elsewhere: tuple[int, str] | None = None) -> Iterator[Text]:
    """What is wrong with the record, stream by stream; nothing where all of it holds.

    ``elsewhere`` is a seal as somebody kept it apart from this database.
    """
    kept: dict[tuple[str, int], str] = {}
    sealed: list[Line] = []
    old: dict[str, int] = {}
    settled = (timezone.now() - UNSEALED).astimezone(UTC).isoformat(timespec="microseconds")
    for stream, group in groupby(lines(), key=lambda line: line.stream):
        before, last = FIRST, 0
        for line in group:
            if line.place != last + 1:
                yield _GAP.fill(stream=stream, before=last, place=line.place)
            elif digest_of(before, line) != line.digest:
                yield _BROKEN.fill(stream=stream, place=line.place)
            before, last = line.digest, line.place
            kept[stream, line.place] = line.digest
            if stream == SEALS:
                sealed.append(line)
            elif line.at < settled:
                old[stream] = line.place
    yield from _cut(kept, sealed, old)
    if elsewhere is not None and kept.get((SEALS, elsewhere[0])) != elsewhere[1]:
        yield _OTHER_SEAL.fill(place=elsewhere[0], digest=elsewhere[1])


def _cut(kept: Mapping[tuple[str, int], str], sealed: Iterable[Line], old: Mapping[str, int]) -> Iterator[Text]:
    """What seals name and is not there, and what has stood there for long and is named by no seal."""
    named: dict[str, int] = {}
    for line in sealed:
        for stream, (place, digest) in json.loads(line.details)["heads"].items():
            named[stream] = place
            if kept.get((stream, place)) != digest:
                yield _CUT.fill(stream=stream, place=place)
    bare = [(stream, place) for stream, place in old.items() if place > named.get(stream, 0)]
    if bare:
        stream, place = bare[0]
        yield _UNSEALED.fill(count=len(bare), days=UNSEALED.days, stream=stream, place=place)
