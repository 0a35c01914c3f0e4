"""How a revision stands in the store: its columns, its identity, and what is not taken in.

The identity is the address, where the figure was taken from, and the figure. A file or a sentence never
changes (its reference carries a digest of the content), so the same file loaded again tomorrow has
the same identities and records nothing. A form's cell and a computation may give 5, then 6, then 5 again:
there the moment is a part of the identity too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from baocao.figures.store_schema import Dialect
from baocao.model.observation import (
    Address,
    Breakdown,
    NoValue,
    Observation,
    Origin,
    OriginKind,
    Scenario,
    breakdown_of,
    written,
)
from baocao.model.period import Period
from baocao.model.text import Problem, Text

LIMIT = Decimal(10) ** 12  # in the indicator's unit; DECIMAL(18,6) downstream
DECIMALS = 6
_LASTING = frozenset({OriginKind.FILE_CELL, OriginKind.SENTENCE})
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_APART = "\x1f"  # cannot stand in any of the parts that it keeps apart

_NOT_A_NUMBER = Text(
    "{address}: giá trị {seen} không phải là số hữu hạn; hãy ghi một số hoặc một ký hiệu (chưa có số liệu ...).",
    "{address}: the value {seen} is no finite number; record a number or a coded mark.",
)
_TOO_LARGE = Text(
    "{address}: giá trị {seen} vượt giới hạn 10^12 của đơn vị tính; hãy kiểm tra đơn vị tính hoặc dùng đơn vị lớn hơn.",
    "{address}: the value {seen} is beyond 10^12 of its unit; check the unit of measure, or use a larger one.",
)
_TOO_FINE = Text(
    "{address}: giá trị {seen} có hơn {limit} chữ số thập phân; hãy làm tròn hoặc dùng đơn vị nhỏ hơn.",
    "{address}: the value {seen} has more than {limit} decimals; round it, or use a smaller unit of measure.",
)
_BAD_LETTERS = Text(
    "{address}: có ký tự điều khiển trong địa chỉ, nguồn hoặc tên người ghi ({seen}); hãy xóa ký tự đó.",
    "{address}: a control character stands in the address, the origin or the recorder's name ({seen}); delete it.",
)
_BAD_BREAKDOWN = Text(
    "{address}: phân tổ {seen} có dấu = hoặc ; hay khoảng trắng thừa trong tên; hãy dùng mã không có các dấu đó.",
    "{address}: the breakdown {seen} has = or ; or loose blanks in a name; use codes without them.",
)
_BAD_MOMENT = Text(
    "{address}: thời điểm ghi {seen} nằm ngoài các năm 1-9999 theo giờ UTC; hãy kiểm tra đồng hồ.",
    "{address}: the time of the record {seen} is outside the years 1-9999 in UTC; check the clock.",
)


class Refused(Problem):
    """A figure that the store does not take in; ``text`` says which, why and what to do."""


class Revision(NamedTuple):
    """One stored revision, by its columns; ``observation`` is the noun."""

    id: int
    unit: str
    indicator: str
    period_code: str
    scenario: str
    authority: str
    breakdown: str
    period_end: date
    value: Decimal | None
    mark: str | None
    origin_kind: str
    origin: str
    recorded_at: datetime
    recorded_by: str

    @property
    def address(self) -> Address:
        members, period = _members(self.breakdown), _period(self.period_code)
        return Address(self.unit, self.indicator, period, Scenario(self.scenario), self.authority, members)

    @property
    def observation(self) -> Observation:
        origin = Origin(OriginKind(self.origin_kind), self.origin)
        mark = None if self.mark is None else NoValue(self.mark)
        return Observation(self.address, self.value, origin, self.recorded_at, self.recorded_by, mark)


ADDRESS = ("unit", "indicator", "period", "scenario", "authority", "breakdown")
COLUMNS = (*ADDRESS, "period_end", "value", "mark", "origin_kind", "origin", "recorded_at", "recorded_by")
_period = lru_cache(maxsize=4096)(Period.parse)
_members = lru_cache(maxsize=4096)(breakdown_of)


@lru_cache(maxsize=4096)
def _period_columns(period: Period) -> tuple[str, str]:
    return period.code, period.end.isoformat()


@lru_cache(maxsize=4096)
def _line(breakdown: Breakdown) -> str | None:
    """The breakdown on a line, None when it could not be read back."""
    line = written(breakdown)
    try:
        return line if breakdown_of(line) == breakdown else None
    except ValueError:
        return None


def breakdown_line(address: Address) -> str:
    """The breakdown of an address on a line. Raises ``Refused`` when it could not be read back."""
    line = _line(address.breakdown)
    if line is None:
        raise Refused(_BAD_BREAKDOWN.fill(address=address, seen=written(address.breakdown)))
    return line


def only_words(address: Address, *words: str) -> None:
    """Raises ``Refused`` when control characters or half letters stand in any of the words."""
    found = _UNWRITABLE.search("".join(words))
    if found:
        raise Refused(_BAD_LETTERS.fill(address=repr(str(address)), seen=repr(found[0])))


def exact(value: Decimal, address: object) -> str:
    """A figure in plain digits, the same for equal figures ("1.5" for 1.50). Raises ``Refused``."""
    if not value.is_finite():
        raise Refused(_NOT_A_NUMBER.fill(address=address, seen=value))
    if abs(value) >= LIMIT:
        raise Refused(_TOO_LARGE.fill(address=address, seen=value))
    if not value:
        return "0"
    _, _digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or exponent < -400:
        raise Refused(_TOO_FINE.fill(address=address, seen=value, limit=DECIMALS))
    text = f"{value:f}"
    if exponent < 0:
        text = text.rstrip("0").rstrip(".")
    if len(text.partition(".")[2]) > DECIMALS:
        raise Refused(_TOO_FINE.fill(address=address, seen=value, limit=DECIMALS))
    return text


def moment(at: datetime, address: object = "") -> str:
    """A moment in UTC, to the microsecond, always of one length. Raises ``Refused``."""
    try:
        return at.astimezone(UTC).isoformat(timespec="microseconds")
    except (OverflowError, ValueError) as problem:
        raise Refused(_BAD_MOMENT.fill(address=address, seen=at)) from problem


def utc(kept: datetime | str) -> datetime:
    """A moment as databases give it back: SQLite as text."""
    return datetime.fromisoformat(kept) if isinstance(kept, str) else kept.astimezone(UTC)


def columns(observation: Observation, moments: dict[datetime, str]) -> tuple[object, ...]:
    """The columns of a new row, as ``COLUMNS``, and its identity last. Raises ``Refused``."""
    address, origin = observation.address, observation.origin
    code, end = _period_columns(address.period)
    line = breakdown_line(address)
    recorded_at = moments.get(observation.recorded_at)
    if recorded_at is None:
        recorded_at = moments[observation.recorded_at] = moment(observation.recorded_at, address)
    value = None if observation.value is None else exact(observation.value, address)
    mark = observation.mark.value if observation.mark else None
    kind, by = origin.kind.value, observation.recorded_by
    place = (address.unit, address.indicator, code, address.scenario.value, address.authority, line)
    told = (*place, kind, origin.reference, value or "", mark or "")
    when = "" if origin.kind in _LASTING else recorded_at
    only_words(address, *told, by)
    identity = sha256(_APART.join((*told, when)).encode()).digest()
    return (*place, end, value, mark, kind, origin.reference, recorded_at, by, identity)


def revisions(rows: Iterable[Any], dialect: Dialect) -> Iterable[Revision]:
    """Rows that were selected as (id, *COLUMNS), as revisions."""
    if dialect is Dialect.POSTGRESQL:
        for row in rows:
            found = Revision._make(row)
            yield found._replace(recorded_at=found.recorded_at.astimezone(UTC))
        return
    for row in rows:
        found = Revision._make(row)
        yield found._replace(
            period_end=date.fromisoformat(str(found.period_end)),
            value=None if found.value is None else Decimal(found.value),
            recorded_at=datetime.fromisoformat(str(found.recorded_at)),
        )
