"""Parts that people write: held while somebody writes, saved by version, nobody's text lost.

A hold lasts some minutes and is renewed by the page that is open. Who saves over what another saved since, or into a
part that another holds, has his text kept beside, with his name, for both to see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from baocao.model.draft import Draft, Heading, Narrative
from baocao.model.text import Problem, Text
from baocao_web.documents import draft_json, markup
from baocao_web.documents.models import Hold, Part, Report
from baocao_web.people.policies import demand
from baocao_web.people.recording import Done, append
from baocao_web.people.roles import Action

HELD_FOR: Final = timedelta(minutes=10)
LONGEST: Final = 60_000  # letters of one part
_LONG = Text(
    "phần này dài {seen} ký tự, giới hạn là {limit}; hãy rút gọn hoặc chuyển bớt sang phụ lục.",
    "this part has {seen} letters, the limit is {limit}; shorten it, or move some of it to an annex.",
)
_NO_BASE = Text(
    "trang không nói bài được viết trên phiên bản nào, nên chưa lưu. Bài của bạn vẫn ở dưới: hãy xem lại bài đang có "
    "rồi lưu lần nữa.",
    "the page does not say which version was written over, so nothing was saved. Your text still stands below: look at "
    "what stands here now, then save again.",
)
_NO_PART = Text("báo cáo không có phần viết này.", "the report has no such part.")


@dataclass(frozen=True, slots=True)
class Held:
    """Who writes in a part, and until when."""

    by: str
    until: datetime

    def is_of(self, user: Any) -> bool:
        return self.by == user.get_username()


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the report that people write: its key, the heading above it and what stands there now.

    ``asks`` says what the outline waits for there, where it has no words of its own.
    """

    key: str
    heading: str
    text: str
    version: int
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a text: its version; ``is_beside`` where it did not come to stand."""

    version: int
    is_beside: bool


def places(report: Report) -> list[Place]:
    """All parts that people write, in the order of the report; by the draft's own words where nobody has yet."""
    draft: Draft = draft_json.kept(report.digest, report.drafted)
    written = {one.key: one for one in report.parts.filter(is_beside=False).order_by("version")}
    found, heading = [], draft.head.summary
    for block in draft.blocks:
        if isinstance(block, Heading):
            heading = f"{block.label} {block.text}".strip()
        elif isinstance(block, Narrative):
            own = written.get(block.key)
            text = own.text if own else markup.typed(block.paragraphs)
            found.append(Place(block.key, heading, text, own.version if own else 0, block.asks))
    return found


def place_of(report: Report, key: str) -> Place | None:
    return next((one for one in places(report) if one.key == key), None) if report.drafted else None


def held(report: Report, key: str) -> Held | None:
    """Who holds a part at this moment."""
    found = Hold.objects.filter(report=report, key=key, until__gt=timezone.now()).first()
    return None if found is None else Held(found.by, found.until)


def hold(report: Report, key: str, user: Any) -> Held:
    """Hold a part, or go on holding it; where another does, he goes on. The answer is who holds it."""
    demand(user, Action.DRAFT, report.unit)
    if place_of(report, key) is None:
        raise Problem(_NO_PART)
    now = timezone.now()
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report.pk)
        standing = held(report, key)
        if standing is not None and not standing.is_of(user):
            return standing
        until = now + HELD_FOR
        Hold.objects.update_or_create(report=report, key=key, defaults={"by": user.get_username(), "until": until})
    return Held(user.get_username(), until)


def release(report: Report, key: str, user: Any) -> None:
    """Let go of a part."""
    Hold.objects.filter(report=report, key=key, by=user.get_username()).delete()


def save(report: Report, key: str, user: Any, typed: str, base: int) -> Saved:
    """Keep what was typed over a version: in its place, or beside. Raises ``Problem``."""
    demand(user, Action.DRAFT, report.unit)
    text = markup.clean(typed)
    if len(text) > LONGEST:
        raise Problem(_LONG.fill(seen=len(text), limit=LONGEST))
    by = user.get_username()
    with transaction.atomic():
        kept = Report.objects.select_for_update().get(pk=report.pk)
        place = place_of(kept, key)
        if place is None:
            raise Problem(_NO_PART)
        if text == place.text:
            release(kept, key, user)
            return Saved(place.version, is_beside=False)
        last = kept.parts.filter(key=key).aggregate(Max("version"))["version__max"] or 0
        if not 0 <= base <= last:
            raise Problem(_NO_BASE)
        other = held(kept, key)
        is_beside = base != place.version or (other is not None and not other.is_of(user))
        part = Part.objects.create(
            report=kept, key=key, version=last + 1, base=base, text=text, by=by, is_beside=is_beside
        )
        told = {"part": key, "version": part.version, "base": base, "text": text, "beside": is_beside}
        append(Done(kept.stream, by, "draft", kept.unit, told))
        release(kept, key, user)
    return Saved(part.version, is_beside)


def history(report: Report, key: str) -> list[Part]:
    """All versions of a part, the latest first."""
    return list(report.parts.filter(key=key).order_by("-version"))
