"""What people wrote in an earlier report is brought forward to the next one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from baocao.drafting.outline import Kind, Outline, Say
from baocao.drafting.setting import Setting, filled, slots
from baocao.formats import docx_live, docx_narratives
from baocao.model.draft import Paragraph, Words
from baocao.model.period import NotAPeriod, Period

_END = "/."  # behind the full stop that ends a report, where a written part stands last


def brought_forward(path: Path, outline: Outline, setting: Setting) -> Mapping[str, tuple[Paragraph, ...]]:
    """The written parts of an earlier report, by key; those that nobody has touched are made anew.

    Raises ``formats.errors.Unreadable``.
    """
    wanted = {say.words: say for say in outline.says if say.kind is Kind.NARRATIVE}
    then = _then(path, setting)
    found = {
        key: tuple(text.removesuffix(_END) for text in texts)
        for key, texts in docx_narratives.read(path, wanted).items()
    }
    return {
        key: tuple(Paragraph((Words(text),)) for text in texts)
        for key, texts in found.items()
        if texts and texts != tuple(_untouched(wanted[key], outline, then))
    }


def _then(path: Path, setting: Setting) -> Setting:
    """The setting of the earlier report, as far as its own words tell."""
    part = docx_live.read(path, path.name).part
    try:
        return setting if part is None else replace(setting, period=Period.parse(part.period))
    except NotAPeriod:
        return setting


def _untouched(say: Say, outline: Outline, then: Setting) -> Iterator[str]:
    """What the outline said there by itself."""
    known = slots(outline, then)
    for words in say.default:
        text = filled(words, known)
        if text is not None:
            yield " ".join(text.split())
