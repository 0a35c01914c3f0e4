"""What stands in a content control of Word until somebody writes there, told from what people wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from baocao.formats.docx_styles import VAL, W, is_on

if TYPE_CHECKING:
    from lxml.etree import _Element

NARRATIVE = "narrative"  # the kind of the controls that people write in
ASKED, ASKED_ANY = "[Cần viết: {asks}]", "[Cần viết nội dung phần này]"
_PROMPTED = re.compile(r"\[Cần viết(?:: [^\]]*| nội dung phần này)\](?:\./\.)?")


def is_prompt(text: str) -> bool:
    """Whether a paragraph only says that something is to be written."""
    return _PROMPTED.fullmatch(" ".join(text.split())) is not None


def shows_prompt(control: _Element) -> bool:
    """Whether a control holds nothing but its prompt, as it says.

    Programs other than Word leave the mark of the prompt where people wrote over it; in a written part of ours their
    words count, save in a style of its own, as Word's prompt has.
    """
    mark = control.find(f"{W}sdtPr/{W}showingPlcHdr")
    if mark is None or not is_on(mark.get(VAL)):
        return False
    tag = control.find(f"{W}sdtPr/{W}tag")
    is_ours = tag is not None and tag.get(VAL, "").startswith(f"{NARRATIVE}:")
    return not (is_ours and any(_is_written(one) for one in control.iter(f"{W}p")))


def _is_written(paragraph: _Element) -> bool:
    plain = (run for run in paragraph.iter(f"{W}r") if run.find(f"{W}rPr/{W}rStyle") is None)
    text = "".join(one.text or "" for run in plain for one in run.iter(f"{W}t"))
    return bool(text.strip()) and not is_prompt(text)
