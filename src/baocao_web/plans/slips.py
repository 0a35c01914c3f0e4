"""A target that is off by a power of ten from what it can be set beside is asked about before it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from baocao.figures import compare_words
from baocao.figures.said import figure
from baocao.figures.targets import plan
from baocao.model.target import Target, TargetKind
from baocao.model.text import Text
from baocao_web.plans import subjects

_TIMES: Final = (10, 100, 1_000, 1_000_000)
_NEAR: Final = (Decimal("0.75"), Decimal("1.34"))  # of ten times as much: plans move on from year to year

_SLIP = Text(
    "{value} gấp khoảng {times} lần {beside} ({of}); nếu đúng thì đánh dấu “đúng như vậy” rồi ghi lại, "
    "nếu nhầm thì sửa.",
    "{value} is about {times} times {beside} ({of}); tick “as meant” and record again, or correct it.",
)
_SMALL = Text(
    "{value} chỉ bằng khoảng 1/{times} của {beside} ({of}); nếu đúng thì đánh dấu “đúng như vậy” rồi ghi lại, "
    "nếu nhầm thì sửa.",
    "{value} is about 1/{times} of {beside} ({of}); tick “as meant” and record again, or correct it.",
)
_OF = Text("{authority} giao năm {year}", "set by {authority} for {year}")


def slips(given: Iterable[Target], kept: Sequence[Target]) -> dict[str, Text]:
    """Why targets may be slips, by their subjects: beside last year's, and what stands for their own year."""
    found: dict[str, Text] = {}
    standing = _standing(given := list(given), kept)
    for one in given:
        beside = (other for other in standing.get(subjects.of(one).key, ()) if other.kind is not TargetKind.REDUCE_BY)
        doubt = next(filter(None, (_slip(one, other) for other in beside)), None)
        if doubt is not None and one.kind is not TargetKind.REDUCE_BY:
            found[subjects.of(one).key] = doubt
    return found


def _standing(given: Sequence[Target], kept: Sequence[Target]) -> Mapping[str, list[Target]]:
    """What held at the end of last year and holds at the end of this one, by subject; this year's first."""
    found: dict[str, list[Target]] = {}
    for period in dict.fromkeys(one.address.period for one in given):
        before = period.year - 1
        this_year = plan([one for one in kept if one.address.period == period], period.end)
        last_year = [one for one in kept if one.address.period.year == before]
        for one in (*this_year, *_last(last_year)):
            found.setdefault(subjects.of(one).key, []).append(one)
    return found


def _last(kept: Sequence[Target]) -> Iterator[Target]:
    for period in dict.fromkeys(one.address.period for one in kept):
        yield from plan([one for one in kept if one.address.period == period], period.end)


def _slip(one: Target, other: Target) -> Text | None:
    if not one.low or not other.low or one.low * other.low < 0:
        return None
    for times in _TIMES:
        if times == _TIMES[0] and min(abs(one.low), abs(other.low)) < times:
            continue  # ten things where there was one are no slip
        for words, share in ((_SLIP, one.low / other.low), (_SMALL, other.low / one.low)):
            if _NEAR[0] * times <= share <= _NEAR[1] * times:
                return _said(words, one, other, times)
    return None


def _said(words: Text, one: Target, other: Target, times: int) -> Text:
    value, beside, much = compare_words.asked(one), compare_words.asked(other), figure(Decimal(times))
    of = _OF.fill(authority=other.address.authority, year=other.address.period.year)
    return Text(
        words.vi.format(value=value.vi, beside=beside.vi, times=much.vi, of=of.vi),
        words.en.format(value=value.en, beside=beside.en, times=much.en, of=of.en),
    )
