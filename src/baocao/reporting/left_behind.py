"""Of an earlier draft of the same report only the written parts are kept: what people changed elsewhere is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from baocao.formats import docx, docx_live, docx_write
from baocao.formats.docx_live import LiveFile
from baocao.formats.docx_prompts import is_prompt
from baocao.formats.errors import Unreadable
from baocao.model import Document, Passage
from baocao.model.draft import Draft
from baocao.model.text import Text
from baocao.reference import load
from baocao.reporting.differing import Kind, standings

_ALTERED = Text(
    "{file}: {count} số sửa tay không được mang sang ({shown}); hãy nạp số đúng vào kho rồi soạn lại.",
    "{file}: {count} numbers altered by hand are not brought forward ({shown}); load the right ones and draft again.",
)
_WORDS = Text(
    "{file}: {count} đoạn ngoài các phần người viết không có trong bản mới ({shown}); "
    "nếu là lời người viết thì hãy chép vào phần người viết.",
    "{file}: {count} paragraphs outside the written parts are not in the new report ({shown}); "
    "where people wrote them, copy them into a written part.",
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_SHOWN = 5  # samples of each kind; `baocao diff` lists all numbers
_LETTERS = 60


def left_behind(earlier: Path, draft: Draft) -> tuple[Text, ...]:
    """What of an earlier draft of this very report the new one does not hold; a report of another period has its own.

    Paragraphs are held against each other without their figures, as these may have moved on.
    """
    try:
        live = docx_live.read(earlier, earlier.name)
    except Unreadable:
        return ()
    part = live.part
    if part is None or (part.outline, part.unit, part.period) != (draft.outline, draft.unit, draft.period):
        return ()
    return tuple(_told(earlier, live, draft))


def _told(earlier: Path, live: LiveFile, draft: Draft) -> Iterator[Text]:
    altered = [f"{one.kept.printed} → {one.now}" for one in standings(live) if Kind.ALTERED in one.kinds]
    if altered:
        yield _ALTERED.fill(file=earlier, count=len(altered), shown=_samples(altered))
    there = {_bare(text) for text in _passages(_reread(draft))} | _said_of_nothing()
    words = [f"“{_short(text)}”" for text in _passages(live.document) if _bare(text) not in there]
    if words:
        yield _WORDS.fill(file=earlier, count=len(words), shown=_samples(words))


def _said_of_nothing() -> set[str]:
    """What sections say that have no figures: nobody wrote it, and it goes when figures come."""
    return {_bare(str(words)) for words in load("composing")["untold"].values()}


def _reread(draft: Draft) -> Document:
    """The new report as it will be read, so that nothing but words tells the two apart."""
    drafted = datetime.combine(draft.head.on or date.today(), time(), UTC)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "moi.docx"
        path.write_bytes(docx_write.written(draft, drafted))
        return docx.read(path, path.name)


def _passages(document: Document) -> Iterator[str]:
    passages = (block.text for block in document.blocks if isinstance(block, Passage))
    return (text for text in passages if _bare(text) and not is_prompt(text))


def _bare(text: str) -> str:
    """The words of a paragraph; the mark that ends a report goes with its last paragraph."""
    return " ".join(_FIGURE.sub("#", text).split()).removesuffix("/.").removesuffix(".")


def _samples(found: list[str]) -> str:
    shown = "; ".join(found[:_SHOWN])
    return shown if len(found) <= _SHOWN else f"{shown}; …"


def _short(text: str) -> str:
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1] + "…"
