"""A suggestion that people took out of an earlier draft of the same report is not offered to them again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from baocao.drafting.untold import without_bare_openings
from baocao.formats import docx_live
from baocao.formats.docx_live import LiveFile
from baocao.formats.docx_write_figures import suggestion_mark
from baocao.formats.errors import Unreadable
from baocao.model.draft import Draft, Paragraph, text_of
from baocao.model.listed import some
from baocao.model.text import Text

_DECLINED = Text(
    "{file}: {count} câu gợi ý đã xóa ở bản trước nên không đưa lại: {shown}; muốn có lại thì soạn không kèm --from.",
    "{file}: {count} suggestions were deleted in the earlier draft and are not offered again: {shown}; "
    "to have them back, draft without --from.",
)
_MORE = Text(" và {count} câu khác", " and {count} others")
_SHOWN = 3  # sentences
_LETTERS = 60


def without_declined(earlier: Path, draft: Draft) -> tuple[Draft, tuple[Text, ...]]:
    """The draft without what was taken out of ``earlier``, if that is the same report, and what has to be told of it.

    A suggestion is taken out when none of its numbers stands in the file any more; the new draft keeps in mind which
    were, so that the one after it leaves them out too.
    """
    try:
        live = docx_live.read(earlier, earlier.name)
    except Unreadable:
        return draft, ()
    part = live.part
    if part is None or (part.outline, part.unit, part.period) != (draft.outline, draft.unit, draft.period):
        return draft, ()
    declined = _taken_out(live)
    dropped = [block for block in draft.blocks if isinstance(block, Paragraph) and _is_among(declined, block)]
    blocks = without_bare_openings(draft.blocks, tuple(block for block in draft.blocks if block not in dropped))
    kept = replace(draft, blocks=blocks, declined=tuple(sorted(declined)))
    if not dropped:
        return kept, ()
    shown = some([_short(block) for block in dropped], _MORE, "; ", _SHOWN)
    facts = {"file": earlier, "count": len(dropped)}
    return kept, (Text(_DECLINED.say("vi", shown=shown.vi, **facts), _DECLINED.say("en", shown=shown.en, **facts)),)


def _taken_out(live: LiveFile) -> frozenset[str]:
    assert live.part is not None  # asked by the caller
    standing = {one.key for one in live.controls if not one.is_spare and not one.is_deleted}
    now = {mark for mark, keys in live.part.suggestions.items() if keys and not standing.intersection(keys)}
    return frozenset(now | set(live.part.declined))


def _is_among(declined: frozenset[str], block: Paragraph) -> bool:
    return block.is_suggested and suggestion_mark(block.line) in declined


def _short(block: Paragraph) -> str:
    text = text_of(block.line)
    return f"“{text}”" if len(text) <= _LETTERS else f"“{text[: _LETTERS - 1]}…”"
