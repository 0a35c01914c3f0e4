"""The parts of a Word report that people wrote, each in its content control, read back by their keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from baocao.formats import limits
from baocao.formats.docx import open_body
from baocao.formats.docx_live import SDT, accepted_pieces
from baocao.formats.docx_prompts import NARRATIVE, is_prompt, shows_prompt
from baocao.formats.docx_styles import VAL, W, is_on
from baocao.formats.docx_write_body import tag
from baocao.formats.errors import Unreadable
from baocao.formats.package import Package
from baocao.model.draft import Manner, Paragraph, Words, text_of
from baocao.model.text import Text

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOT_WORD = Text(
    "phần người viết chỉ đọc được từ tệp Word (.docx) do “baocao draft” soạn; tệp này không phải; hãy đưa bản do "
    "baocao soạn, hoặc bỏ --from.",
    "written parts are read from Word files (.docx) that “baocao draft” wrote; this is none; give such a file, or "
    "leave --from away.",
)
_NONE = Text(
    "không thấy phần người viết nào trong tệp: không phải do “baocao draft” soạn, hoặc đã được chép sang tệp khác; "
    "hãy đưa chính tệp do baocao soạn, hoặc bỏ tệp này.",
    "no written part is in the file: “baocao draft” did not write it, or it was copied into another file; "
    "give the very file that baocao wrote, or leave it away.",
)
_PARAGRAPH = f"{W}p"
# What words alone do not carry on: tables, pictures, embedded files, notes.
_MORE = tuple(f"{W}{name}" for name in ("tbl", "drawing", "pict", "object", "footnoteReference", "endnoteReference"))
_MANNERS = {"Dash": Manner.DASH, "Plus": Manner.PLUS, "Centred": Manner.CENTRED}
_BLANKS = re.compile(r"\s+")
_KIND = tag(NARRATIVE, "")


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in one part; ``has_more`` where tables, pictures or notes stand there too."""

    lines: tuple[Paragraph, ...] = ()
    has_more: bool = False

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words alone, a text a paragraph."""
        return tuple(text_of(one.line) for one in self.lines)


def read(path: Path) -> dict[str, Written]:
    """All written parts by the tag of their control (``docx_write_body.tag``), a prompt being an empty one.

    A control that was cut in two is one part. Raises ``Unreadable``, also for a file without any.
    """
    if not limits.admit(path).startswith(b"PK"):
        raise Unreadable(_NOT_WORD)
    with Package(path) as package:
        found: dict[str, Written] = {}
        for control in open_body(package).body.iter(SDT):
            key = _tag_of(control)
            if key:
                before = found.get(key, Written())
                here = _written(control)
                found[key] = Written(before.lines + here.lines, before.has_more or here.has_more)
    if not found:
        raise Unreadable(_NONE)
    return found


def _tag_of(control: _Element) -> str:
    """The tag of a written part's control; empty for any other."""
    named = control.find(f"{W}sdtPr/{W}tag")
    found = "" if named is None else named.get(VAL, "")
    return found if found.startswith(_KIND) else ""


def _written(control: _Element) -> Written:
    if shows_prompt(control):
        return Written()
    own = list(_own_paragraphs(control))
    # a control that was drawn into a line of text has no paragraph of its own
    holders = own if own or control.find(f".//{_PARAGRAPH}") is not None else [control]
    lines = (Paragraph(line, _manner(holder)) for holder in holders if (line := _line(holder)))
    own_words = (one for one in lines if not is_prompt(text_of(one.line)))  # where a program made words of it
    return Written(tuple(own_words), next(control.iter(*_MORE), None) is not None)


def _line(holder: _Element) -> tuple[Words, ...]:
    """What it says with tracked changes accepted, as people made it bold and italic."""
    found: list[Words] = []
    for text, run in accepted_pieces(holder):
        is_bold, is_italic = (_has(run, name) for name in ("b", "i"))
        if found and (found[-1].is_bold, found[-1].is_italic) == (is_bold, is_italic):
            found[-1] = replace(found[-1], text=found[-1].text + text)
        else:
            found.append(Words(text, is_bold, is_italic))
    return tuple(_trimmed(found))


def _trimmed(found: list[Words]) -> Iterator[Words]:
    """Single blanks, none at either end; where two pieces meet, the first keeps the blank."""
    whole = ""
    for at, piece in enumerate(found):
        text = _BLANKS.sub(" ", piece.text)
        text = text.lstrip() if not whole or whole.endswith(" ") else text
        if not any(one.text.strip() for one in found[at + 1 :]):
            text = text.rstrip()
        whole += text
        if text:
            yield replace(piece, text=text)


def _has(run: _Element | None, name: str) -> bool:
    """Whether a run itself is made so; what its style says is the style's."""
    made = None if run is None else run.find(f"{W}rPr/{W}{name}")
    return made is not None and is_on(made.get(VAL))


def _manner(holder: _Element) -> Manner:
    named = holder.find(f"{W}pPr/{W}pStyle")
    return _MANNERS.get("" if named is None else named.get(VAL, ""), Manner.BODY)


def _own_paragraphs(control: _Element) -> Iterator[_Element]:
    """Its paragraphs, save those of another written part within it, and those of boxes that hang on a paragraph."""
    for paragraph in control.iter(_PARAGRAPH):
        above = next(one for one in paragraph.iterancestors() if one.tag == _PARAGRAPH or _is_part(one))
        if above is control:
            yield paragraph


def _is_part(element: _Element) -> bool:
    return element.tag == SDT and bool(_tag_of(element))
