"""What people wrote in an earlier report is brought forward to the next one; what cannot be is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from baocao.drafting import outline_reading
from baocao.drafting.outline import Kind, Outline, Say
from baocao.drafting.setting import Setting, filled, slots, titled
from baocao.formats import docx_live, docx_narratives
from baocao.formats.docx_live_figures import FigurePart
from baocao.formats.docx_narratives import Written
from baocao.formats.docx_write_body import tag
from baocao.formats.errors import Unreadable
from baocao.model.draft import Line, Paragraph, Words
from baocao.model.period import NotAPeriod, Period
from baocao.model.text import Text

_END = "/."  # behind the full stop that ends a report, where a written part stands last
_SHOWN = 60  # letters of a text that has no place
_NO_PLACE = Text(
    "{file}: phần người viết “{seen}” không có chỗ trong báo cáo này nên chưa được mang sang; hãy chép tay nếu cần.",
    "{file}: the written part “{seen}” has no place in this report and is not brought forward; copy it by hand.",
)
_MORE = Text(
    "{file}: phần “{section}” có bảng, hình hoặc chú thích; chỉ phần chữ được mang sang, hãy chép tay những thứ đó.",
    "{file}: the part “{section}” holds a table, a picture or a note; its words alone are brought forward, "
    "copy the others by hand.",
)
_GONE = Text(
    "{file}: không còn thấy phần người viết “{section}” (khung nội dung đã bị xóa); hãy chép tay nếu đã viết ở đó.",
    "{file}: the written part “{section}” is not there any more (its content control was deleted); "
    "copy by hand what was written there.",
)
_OTHER_UNIT = Text(
    "{file}: là báo cáo của đơn vị khác (mã {unit}); các phần mang sang có thể nêu tên, cơ quan của đơn vị đó, hãy xem "
    "lại từng phần.",
    "{file}: this is the report of another unit (code {unit}); the parts brought forward may name it and its offices, "
    "look at each of them.",
)


@dataclass(frozen=True, slots=True)
class Brought:
    """The written parts by key, and what the writer has to be told of those that stay behind."""

    narratives: Mapping[str, tuple[Paragraph, ...]]
    remarks: tuple[Text, ...] = ()


def brought_forward(path: Path, outline: Outline, setting: Setting) -> Brought:
    """The written parts of an earlier report; those that nobody has touched are made anew.

    ``outline`` is the one of the unit's own level. Raises ``Unreadable`` with the file's name.
    """
    try:
        found = docx_narratives.read(path)
        part = _part(path)
    except Unreadable as problem:
        raise Unreadable(_about(path, problem.text)) from problem
    then, earlier = _then(part, setting), _earlier(part, outline, setting)
    wanted, named = _narratives(outline), _sections(outline, setting)
    untouched = {key: _untouched(say, earlier, then) for key, say in _narratives(earlier).items()}
    kept = {
        say.words: _unended(found[key].lines)
        for key, say in wanted.items()
        if key in found and found[key].lines and _texts(found[key]) not in untouched.get(key, ())
    }
    gone = [key for key in wanted if key not in found] if part is not None and part.outline == outline.code else []
    strange = [
        one for key, one in found.items() if key not in wanted and _texts(one) not in (*untouched.get(key, ()), ())
    ]
    richer = [key for key in wanted if key in found and found[key].has_more]
    whose = "" if part is None else part.unit.partition("@")[0]  # a unit's later versions keep its code
    remarks = [
        *([_OTHER_UNIT.fill(file=path, unit=whose)] if kept and whose not in ("", setting.unit.code) else []),
        *(_NO_PLACE.fill(file=path, seen=_short(one)) for one in strange),
        *(_MORE.fill(file=path, section=named.get(key, wanted[key].words)) for key in richer),
        *(_GONE.fill(file=path, section=named.get(key, wanted[key].words)) for key in gone),
    ]
    return Brought(kept, tuple(remarks))


def _narratives(outline: Outline) -> dict[str, Say]:
    """The written parts that an outline has, by the tag of their control."""
    return {tag("narrative", say.words): say for say in outline.says if say.kind is Kind.NARRATIVE}


def _sections(outline: Outline, setting: Setting) -> dict[str, str]:
    """The title of the section that each written part stands in; those before the first section have none."""
    known = slots(outline, setting)
    return {
        tag("narrative", say.words): titled(section.title, known)
        for section in outline.sections
        for say in section.says
        if say.kind is Kind.NARRATIVE
    }


def _unended(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Without the mark that ends a report, which the new one puts where it ends."""
    return tuple(replace(one, line=_line_unended(one.line)) for one in paragraphs)


def _line_unended(line: Line) -> Line:
    last = line[-1] if line else None
    return (*line[:-1], replace(last, text=last.text.removesuffix(_END))) if isinstance(last, Words) else line


def _texts(written: Written) -> tuple[str, ...]:
    return tuple(text.removesuffix(_END) for text in written.paragraphs)


def _short(written: Written) -> str:
    text = " ".join(_texts(written))
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _about(path: Path, text: Text) -> Text:
    return Text(f"{path}: {text.vi}", f"{path}: {text.en}")


def _part(path: Path) -> FigurePart | None:
    """What the earlier report says of itself; a copy that lost its figures may still hold what people wrote."""
    try:
        return docx_live.read(path, path.name).part
    except Unreadable:
        return None


def _then(part: FigurePart | None, setting: Setting) -> Setting:
    """The setting of the earlier report, as far as its own words tell."""
    try:
        return setting if part is None else replace(setting, period=Period.parse(part.period))
    except NotAPeriod:
        return setting


def _earlier(part: FigurePart | None, outline: Outline, setting: Setting) -> Outline:
    """The outline that the earlier report was written by, as far as it is known."""
    if part is None or part.outline == outline.code or part.outline not in outline_reading.names():
        return outline
    return outline_reading.built_in(part.outline).for_level(setting.unit.level)


def _untouched(say: Say, outline: Outline, then: Setting) -> tuple[tuple[str, ...], ...]:
    """What the outline said there by itself: before its period was over, or afterwards; the file does not say which."""
    days = (then.results(outline).start, then.results(outline).end)
    return tuple(tuple(_said_by(outline, say, replace(then, on=day))) for day in days)


def _said_by(outline: Outline, say: Say, then: Setting) -> Iterator[str]:
    known = slots(outline, then)
    for words in say.default:
        text = filled(words, known)
        if text is not None:
            yield " ".join(text.split())
