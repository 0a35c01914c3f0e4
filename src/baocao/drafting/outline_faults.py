"""What can be wrong with an outline, in words: where it stands, what was seen, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from baocao.model.listed import some
from baocao.model.text import Language, Text

_AT: Final = Text("{file}: phần “{section}”{place}: {what}", "{file}: section “{section}”{place}: {what}")
_WHOLE: Final = Text("{file}: {what}", "{file}: {what}")

UNKNOWN: Final = Text(
    "không có chỉ tiêu “{seen}” trong danh mục{near}; hãy sửa mã.",
    "there is no indicator “{seen}” in the catalogue{near}; mend the code.",
)
NEAR: Final = Text(" (gần giống: {near})", " (similar: {near})")
COMPOUND: Final = Text(
    "“{seen}” là chỉ tiêu gồm nhiều chỉ tiêu, không có số liệu riêng; hãy nêu các chỉ tiêu thành phần: {known}.",
    "“{seen}” is made of other indicators and has no figure; name its parts: {known}.",
)
NO_DIMENSION: Final = Text(
    "“{code}” không phân tổ theo “{seen}”; các phân tổ: {known}.",
    "“{code}” is not broken down by “{seen}”; its breakdowns: {known}.",
)
NO_MEMBER: Final = Text(
    "phân tổ “{dimension}” không có thành phần “{seen}”; các thành phần: {known}.",
    "the breakdown “{dimension}” has no member “{seen}”; its members: {known}.",
)
NO_SECTOR: Final = Text(
    "không có lĩnh vực “{seen}”{near}; hãy sửa mã lĩnh vực.",
    "there is no sector “{seen}”{near}; mend the sector's code.",
)
NO_GROUP: Final = Text(
    "không có nhóm chỉ tiêu “{seen}”; các nhóm: {known}.",
    "there is no group of targets “{seen}”; the groups: {known}.",
)
NO_TABLE: Final = Text(
    "không có bảng “{seen}”; các bảng: {known}.",
    "there is no table “{seen}”; the tables: {known}.",
)
NO_SLOT: Final = Text(
    "không có ô điền “{{{seen}}}”; các ô: {known}.",
    "there is no slot “{{{seen}}}”; the slots: {known}.",
)
BROKEN_SLOT: Final = Text(
    "dấu ngoặc nhọn trong “{seen}” không phải ô điền đúng; hãy viết ô điền như {{unit}}.",
    "the braces in “{seen}” make no slot; write a slot as {{unit}}.",
)
UNCERTAIN_SLOT: Final = Text(
    "ô {{{seen}}} có thể không có gì để điền, không dùng được ở đây; hãy đưa vào một đoạn văn.",
    "the slot {{{seen}}} may have nothing to be filled with and cannot stand here; put it into a paragraph.",
)
TOO_FEW: Final = Text(
    "“{kind}” cần {expected} chỉ tiêu, có {seen}.",
    "“{kind}” takes {expected} indicators, there are {seen}.",
)
NOT_ITS_UNIT: Final = Text(
    "“{code}” tính bằng {seen}, cần {expected} để làm {role} của “{kind}”.",
    "“{code}” is told in {seen}, expected {expected} to be the {role} of “{kind}”.",
)
UNITS_DIFFER: Final = Text(
    "“{code}” tính bằng {seen}, còn “{first}” tính bằng {expected}; một “{kind}” chỉ dùng một đơn vị tính.",
    "“{code}” is told in {seen} and “{first}” in {expected}; a “{kind}” takes one unit of measure.",
)
ASKS: Final = Text(
    "“{kind}” có asks: chỉ đoạn tự viết (narrative) không có default mới chờ người viết; hãy bỏ asks hoặc default.",
    "“{kind}” has asks: only a narrative without a default waits for people to write; take out asks or the default.",
)
LACKS: Final = Text(
    "“{kind}” thiếu “{field}”; hãy thêm {expected}.",
    "“{kind}” lacks “{field}”; add {expected}.",
)
ODD_BY: Final = Text(
    "by = “{seen}” không hợp lệ; cần một trong: {known}.",
    "by = “{seen}” is not valid; expected one of: {known}.",
)
NO_NOTE: Final = Text(
    "“{kind}” không đứng được trong chú thích; hãy đưa ra thành một mục riêng của phần.",
    "“{kind}” cannot stand in a footnote; make it a thing to say of its own.",
)
NOT_UNDER: Final = Text(
    "“{kind}” không mang chú thích; hãy gắn chú thích vào một câu có số liệu.",
    "“{kind}” carries no footnotes; hang them on a sentence with figures.",
)
NOT_PARTS: Final = Text(
    "chú thích của “{first}” nêu {seen} cùng đơn vị tính mà không phải thành phần, người đọc sẽ cộng lại; "
    "hãy đưa vào thân (together = true), hoặc dùng parts.",
    "the footnote to “{first}” names {seen} in the same unit that are no parts of it, and readers will add them up; "
    "tell them in the text (together = true), or use parts.",
)
TWICE: Final = Text(
    "“{seen}” đã được nêu trong phần thân ở phần “{first}”; hãy bỏ một chỗ hoặc đưa xuống chú thích.",
    "“{seen}” is told already in the text of section “{first}”; take one out or put it into a footnote.",
)
KEY_TWICE: Final = Text(
    "khóa “{seen}” của đoạn tự viết đã dùng ở phần “{first}” cho cùng cấp {level}; hãy đặt khóa khác.",
    "the key “{seen}” of a narrative is used in section “{first}” for the same level {level}; give it another.",
)
SKIPS: Final = Text(
    "tiêu đề cấp {seen} đứng sau cấp {before} (đối với cấp {level}); hãy đặt depth không quá {expected}.",
    "a heading of depth {seen} follows depth {before} (for the level {level}); make its depth {expected} at most.",
)
EMPTY: Final = Text(
    "phần trống đối với cấp {level}: không có gì để nêu và không có phần con; hãy thêm nội dung hoặc bỏ phần.",
    "the section is empty for the level {level}: nothing to say and no section below; add contents or take it out.",
)
UNCOVERED: Final = Text(
    'lĩnh vực “{seen}” chưa được nêu hết ({missing}) đối với cấp {level}; hãy thêm {{ rest = "{seen}" }}.',
    'the sector “{seen}” is not told in full ({missing}) for the level {level}; add {{ rest = "{seen}" }}.',
)
UNCOVERED_MANY: Final = Text(
    '{count} lĩnh vực chưa được nêu hết: {seen}; cần nêu lĩnh vực nào thì thêm {{ rest = "mã lĩnh vực" }}.',
    '{count} sectors are not told in full: {seen}; for those that are wanted add {{ rest = "the sector\'s code" }}.',
)
_MORE_SECTORS: Final = Text(" và {count} lĩnh vực khác", " and {count} others")
_EACH: Final = 3  # sectors that are told one by one
NO_SECTIONS: Final = Text("không có phần nào; hãy thêm [[section]].", "there is no section; add [[section]].")
UNSOUND: Final = Text(
    "{file}: đề cương có {count} lỗi như trên nên chưa soạn báo cáo; hãy sửa rồi xem lại bằng “baocao outline check”.",
    "{file}: the outline has {count} faults as told above and no report is written; mend them, then “outline check”.",
)

# What a writer of outlines is to be told, and what a report can be written with all the same.
_ADVICE: Final = frozenset({TWICE, EMPTY, UNCOVERED, UNCOVERED_MANY, NOT_PARTS, SKIPS})


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the file, the section's key, and which thing to say; empty for the whole file."""

    file: str
    section: str = ""
    at: str = ""

    def say(self, what: str, lang: Language) -> str:
        """The sentence with its place before it."""
        if not self.section:
            return _WHOLE.say(lang, file=self.file, what=what)
        return _AT.say(lang, file=self.file, section=self.section, place=f", {self.at}" if self.at else "", what=what)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong at one place. ``kind`` is the sentence; ``facts`` fill its slots."""

    place: Place
    kind: Text
    facts: tuple[tuple[str, str | Text], ...] = ()

    @classmethod
    def of(cls, place: Place, kind: Text, facts: dict[str, str | Text]) -> Fault:
        return cls(place, kind, tuple(facts.items()))

    @property
    def is_grave(self) -> bool:
        """Whether no report can be written by an outline with this fault."""
        return self.kind not in _ADVICE

    def say(self, lang: Language) -> str:
        """What is wrong, where, and what to do."""
        facts = {name: _in(value, lang) for name, value in self.facts}
        return self.place.say(self.kind.say(lang, **facts), lang)


def graded(found: Iterable[Fault]) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
    """What no report can be written with, and what is only to be looked at; of many untold sectors one advice."""
    listed = tuple(found)
    faults = tuple(one for one in listed if one.is_grave)
    return faults, tuple(_gathered([one for one in listed if not one.is_grave]))


def _gathered(advice: list[Fault]) -> Iterator[Fault]:
    untold = [one for one in advice if one.kind is UNCOVERED]
    if len(untold) <= _EACH:
        yield from advice
        return
    sectors = tuple(dict.fromkeys(str(dict(one.facts)["seen"]) for one in untold))
    facts: dict[str, str | Text] = {"count": str(len(sectors)), "seen": some(sectors, _MORE_SECTORS)}
    yield from (one for one in advice if one.kind is not UNCOVERED)
    yield Fault.of(untold[0].place, UNCOVERED_MANY, facts)


def _in(value: str | Text, lang: Language) -> str:
    if isinstance(value, str):
        return value
    return value.vi if lang == "vi" else value.en
