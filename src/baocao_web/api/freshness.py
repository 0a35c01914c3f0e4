"""Whether an answer is known to its caller already: by the state of what it was made of, before it is made again."""

from __future__ import annotations

from hashlib import sha256
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags, quote_etag

from baocao import __version__
from baocao.figures import store
from baocao_web.figures.feeding_in import feed_in, raw
from baocao_web.places import office

KEPT: Final = "private, no-cache"  # by the caller alone, and asked for again


class Known(Exception):
    """The caller has this answer already; ``tag`` is its name."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


def tag_of(*told: object) -> str:
    """The name of an answer, which is another as soon as anything that it is made of is."""
    digest = sha256()
    for part in told:
        digest.update(part if isinstance(part, bytes) else repr(part).encode())
        digest.update(b"\x00")
    return quote_etag(digest.hexdigest()[:32])


def ledger_tag(request: HttpRequest) -> str:
    """The name of an answer that is made of figures: by the ledger's last revision, the day and the question.

    What was handed over is taken in first, so that a form counts the moment it is passed on.
    """
    feed_in()
    last = store.last_revision(raw())
    told = (last, store.stamp_of(raw(), last), office.today(), __version__)
    return tag_of(*told, request.get_full_path(), request.headers.get("Accept", ""), _reach(request))


def _reach(request: HttpRequest) -> list[tuple[str, str]]:
    return sorted((grant.role, grant.unit) for grant in getattr(request.user, "granted", None) or ())


def is_known(request: HttpRequest, tag: str) -> bool:
    """Whether the caller named this very answer in ``If-None-Match``."""
    named = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in named or tag in (one.removeprefix("W/") for one in named)


def refuse_known(request: HttpRequest, tag: str) -> None:
    """Raises ``Known`` where the caller has this very answer already."""
    if is_known(request, tag):
        raise Known(tag)


def not_modified(tag: str) -> HttpResponse:
    """What is told to a caller that has the answer already."""
    return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": tag, "Cache-Control": KEPT})
