"""Indicators named in a remark: a few in its own line, many by their sectors below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from baocao.model.indicator import Indicator
from baocao.model.listed import NAMED, Group, Listed, joined
from baocao.model.text import Text

_OTHERS = Text("Khác", "Others")
_COUNTED = Text("{count} chỉ tiêu (nêu theo lĩnh vực ở dưới)", "{count} indicators (by sectors below)")
_MORE = Text(" và {count} chỉ tiêu khác", " and {count} others")
_MORE_GROUPS = Text(
    "và {count} lĩnh vực khác ({names} chỉ tiêu); thêm --all để xem đủ tên các chỉ tiêu.",
    "and {count} other sectors ({names} indicators); add --all for all names.",
)


def naming(sentence: Text, indicators: Iterable[Indicator], sectors: Mapping[str, Text]) -> Text:
    """A sentence with the names in its slot ``{names}``, or how many there are and the names by sector behind it."""
    found = tuple(dict.fromkeys(indicators))
    names = tuple(Text(one.name.vi, one.name.en or one.name.vi) for one in found)
    if len(found) <= NAMED:
        return _filled(sentence, joined(names))
    order = {code: at for at, code in enumerate(sectors)}
    of: dict[str, list[Text]] = {}
    for one, name in zip(found, names, strict=True):
        of.setdefault(one.sector, []).append(name)
    coded = sorted(of, key=lambda code: order.get(code, len(order)))
    groups: tuple[Group, ...] = tuple((sectors.get(code, _OTHERS), tuple(of[code])) for code in coded)
    said = _filled(sentence, _COUNTED.fill(count=len(found)))
    return Listed(said.vi, said.en, groups, _MORE, _MORE_GROUPS)


def _filled(sentence: Text, names: Text) -> Text:
    return Text(sentence.say("vi", names=names.vi), sentence.say("en", names=names.en))
