"""Passages that run on and on: parted where a sentence ends, every letter still led back to the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao import formats
from baocao.formats import limits, parting
from baocao.model import Document, Mark, Passage, Run, Span

SENTENCE = "Trồng mới 120 ha chè, đạt 96% kế hoạch. "


def _document(text: str, *runs: Run, marks: tuple[Mark, ...] = ()) -> Document:
    note = Passage("Một chú thích.", (), label="1")
    passage = Passage(text, runs or (Run(0, 0, len(text)),), label="-", marks=marks)
    return Document("a.txt", text, (passage, note), notes={"1": 1})


def test_what_people_write_stays_as_it_is() -> None:
    document = _document(SENTENCE * 20)
    assert parting.parted(document) is document


def test_an_overlong_passage_is_parted_behind_a_sentence_and_nothing_is_lost() -> None:
    text = SENTENCE * 2_000
    half = len(text) // 2
    document = parting.parted(_document(text, Run(0, 5, half), Run(half, half + 9, len(text) - half)))
    *parts, note = document.blocks
    assert "".join(part.text for part in parts if isinstance(part, Passage)) == text
    assert document.notes == {"1": len(parts)}
    assert document.blocks[document.notes["1"]] is note
    assert [part.label for part in parts if isinstance(part, Passage)][:2] == ["-", ""]
    before = 0
    for place, part in enumerate(parts):
        assert isinstance(part, Passage)
        assert len(part.text) <= limits.LONG_PASSAGE
        assert part.text.endswith(". ")
        pieces = document.source_pieces(Span(place, 0, len(part.text)))
        assert pieces[0][0] == before + (5 if before < half else 9)
        before += len(part.text)


def test_a_passage_without_any_stop_is_cut_all_the_same() -> None:
    text = "9" * (limits.LONG_PASSAGE * 2 + 1)
    sizes = [len(block.text) for block in parting.parted(_document(text)).blocks if isinstance(block, Passage)]
    assert sizes == [limits.LONG_PASSAGE, limits.LONG_PASSAGE, 1, len("Một chú thích.")]


def test_marks_go_with_the_words_before_them() -> None:
    text = SENTENCE * 1_000
    last = Mark(len(text), "2", -1)
    marks = (Mark(40, "1", -1), last)
    *parts, _ = parting.parted(_document(text, marks=marks)).blocks
    kept = [part.marks for part in parts if isinstance(part, Passage)]
    assert kept[0] == (Mark(40, "1", -1),)
    assert kept[-1] == (Mark(len(text) - sum(len(p.text) for p in parts[:-1] if isinstance(p, Passage)), "2", -1),)


def test_a_line_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "một dòng.txt"
    path.write_text(SENTENCE * (limits.MAX_PASSAGE // len(SENTENCE) + 1), encoding="utf-8")
    with pytest.raises(formats.Unreadable, match="line end"):
        formats.read(path)
