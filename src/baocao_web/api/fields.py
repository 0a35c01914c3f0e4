"""What answers and calls are made of: figures as plain digits, names in both languages, lists page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Annotated, Any, Final, TypeVar

from django.core import signing
from django.http import HttpRequest
from ninja import Path, Query, Schema
from pydantic import ConfigDict, Field

from baocao.model.period import Period
from baocao.model.text import Text
from baocao.showing.grid_files import plain
from baocao_web.api.problems import Fault, Kind, Refused
from baocao_web.places import office
from baocao_web.places.days import YEARS
from baocao_web.places.periods import NotAsked, period_asked

T = TypeVar("T")

LARGEST: Final = 2**63 - 1  # number of a row
PAGE: Final = 100
MOST: Final = 1_000

Id = Annotated[int, Path(ge=1, le=LARGEST)]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Số mục một trang · Items of a page")]
Cursor = Annotated[str, Query(max_length=2_000, description="“next” của trang trước · “next” of the page before")]
Day = Annotated[date, Field(strict=False, ge=date(YEARS[0], 1, 1), le=date(YEARS[1], 12, 31))]
Figure = Annotated[
    str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$", description="Số thập phân chính xác · An exact decimal")
]

_CURSOR = Text(
    "dấu trang này không phải của câu hỏi này; hãy bắt đầu lại không có “cursor”.",
    "this cursor is not of this question; begin again without “cursor”.",
)
_NO_UNIT = Text("không có đơn vị “{seen}”.", "there is no unit “{seen}”.")


class Given(Schema):
    """What a caller sends: a field that is not known is a mistake, and no kind is taken for another."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Words(Schema):
    """Words in both languages."""

    vi: str
    en: str

    @classmethod
    def of(cls, text: Text) -> Words:
        return cls(vi=text.vi, en=text.en)


def figure(value: Decimal | None) -> str | None:
    """A figure as plain digits with a decimal point, all of them; None for none."""
    return None if value is None else plain(value)


def page(
    request: HttpRequest,
    found: Callable[[Any], Iterable[T]],
    key: Callable[[T], Any],
    limit: int,
    cursor: str,
) -> tuple[list[T], str | None]:
    """One page of what ``found`` yields behind a key (None: from the start), and the cursor of the next.

    The order must be that of the keys. A cursor is good for the question alone that it was given for.
    """
    salt = _question(request)
    try:
        behind = signing.loads(cursor, salt=salt) if cursor else None
    except signing.BadSignature as problem:
        raise Refused(Kind.INVALID, None, [Fault("cursor", _CURSOR, "query")]) from problem
    some = list(islice(found(behind), limit + 1))
    shown = some[:limit]
    return shown, signing.dumps(key(shown[-1]), salt=salt, compress=True) if len(some) > limit else None


def _question(request: HttpRequest) -> str:
    asked = sorted((name, values) for name, values in request.GET.lists() if name not in ("cursor", "limit"))
    return f"{request.path} {asked!r}"


def unit_of(seen: str, at: str = "unit", source: str = "query") -> str:
    """A unit that the office knows. Raises ``Refused``."""
    if not office.is_known(seen):
        raise Refused(Kind.INVALID, None, [Fault(at, _NO_UNIT.fill(seen=shown(seen)), source)])
    return seen


def period_of(seen: str, at: str = "period", source: str = "query") -> Period:
    """A period by its code, or as people name it. Raises ``Refused``."""
    try:
        return period_asked(seen)
    except NotAsked as problem:
        raise Refused(Kind.INVALID, None, [Fault(at, problem.text, source)]) from problem


def shown(seen: str) -> str:
    """What was seen, short enough for a message, without signs that a message is filled by."""
    return seen[:60].replace("{", "(").replace("}", ")")
