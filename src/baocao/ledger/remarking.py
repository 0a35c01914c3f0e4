"""What a reader of a rolled-up figure must be told: what it lacks, and what was added up or divided to make it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from baocao.figures.breakdowns import members, wholes
from baocao.figures.said import MORE_UNITS, joined, some, with_figures
from baocao.figures.trees import whole_key
from baocao.ledger.book import Book
from baocao.ledger.rolled import Place, Rolled
from baocao.model.observation import breakdown_of
from baocao.model.period import Period
from baocao.model.text import Text
from baocao.reference import indicators as reference

PARTIAL = Text(
    "chưa gồm phần của {count} đơn vị cũ chưa có quyết định nêu tỷ lệ chia: {names}.",
    "without the parts of {count} earlier units, as no decision states their shares: {names}.",
)
_GAP = Text("chưa có số liệu kỳ {periods}", "there are no figures for {periods}")
_OF = Text(" của {names}", " of {names}")
_SHARED = Text("gồm phần chia theo tỷ lệ của {names}.", "with shares of {names}.")
_ADDED = Text("cộng từ phân tổ {dimension}: {members}.", "added up by {dimension}: {members}.")
_NO_MEMBERS = Text(
    "cộng từ phân tổ {dimension} chưa đủ nhóm, thiếu {missing}; nếu không phát sinh, hãy ghi rõ là không phát sinh.",
    "added up by {dimension} without {missing}; where nothing occurred there, say so.",
)


def named(words: Text, book: Book, keys: Sequence[str], **facts: object) -> Text:
    """A remark with the names of units, of which it holds so many."""
    names = some([book.name_of(key) for key in keys], MORE_UNITS)
    return with_figures(words, count=len(keys), names=names, **facts)


def gaps_told(book: Book, found: Mapping[tuple[Period, ...], Sequence[str]], reporting: int) -> Text:
    """Which periods are missing, and of which units where it is not all of those that report."""
    parts = []
    for periods, units in found.items():
        codes = ", ".join(period.code for period in periods)
        who = named(_OF, book, units) if len(units) < reporting else Text("", "")
        words = with_figures(_GAP, periods=codes)
        parts.append(Text(words.vi + who.vi, words.en + who.en))
    whole = joined(parts)
    return Text(whole.vi + ".", whole.en + ".")


def shared(rolled: Rolled, place: Place, period: Period) -> Iterator[Text]:
    """Of which earlier units only a part is counted, by the shares of a decision."""
    told, codes = rolled.reporting(period), _codes(rolled, place)
    parts = (unit for unit in rolled.counted(place, period) if whole_key(unit) != unit)
    keys = [unit for unit in parts if any(place._replace(unit=unit, indicator=code) in told for code in codes)]
    if keys:
        yield named(_SHARED, rolled.book, keys)


def _codes(rolled: Rolled, place: Place) -> tuple[str, ...]:
    return (place.indicator, *rolled.leaves(place.indicator))


def added(rolled: Rolled, place: Place, period: Period) -> Iterator[tuple[Text, bool]]:
    """By which breakdown a whole was added up, and whether some unit lacks one of its members."""
    told = rolled.reporting(period)
    lacking: dict[str, set[str]] = {}
    for code in _codes(rolled, place):
        for unit in rolled.counted(place, period):
            own = place._replace(unit=unit, indicator=code)
            if own in told and told[own].is_added:
                dimension, missing = _lacking(rolled, own, told)
                lacking.setdefault(dimension, set()).update(missing)
    for dimension, missing in sorted(lacking.items()):
        listed = reference.dimensions()[dimension]
        if missing:
            without = joined([one.name for one in listed.members if one.code in missing], ", ")
            yield with_figures(_NO_MEMBERS, dimension=listed.name, missing=without), True
        else:
            whole = joined([one.name for one in listed.members], " + ")
            yield with_figures(_ADDED, dimension=listed.name, members=whole), False


def _lacking(rolled: Rolled, place: Place, told: Mapping[Place, object]) -> tuple[str, set[str]]:
    """The dimension that was added up (the first of which a member is told), and its members that are not told."""
    indicator = rolled.book.catalogue[place.indicator]
    there = {dimension for dimension, _ in breakdown_of(place.breakdown)}
    for dimension in indicator.breakdowns:
        if dimension in there:
            continue
        lines = [line for line in members(indicator, place.breakdown, dimension) if wholes(indicator, line)]
        missing = [line for line in lines if place._replace(breakdown=line) not in told]
        if len(missing) < len(lines):
            return dimension, {dict(breakdown_of(line))[dimension] for line in missing}
    return indicator.breakdowns[0], set()
