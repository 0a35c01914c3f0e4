"""Of an earlier draft, what people changed outside the written parts is told; figures that moved on are not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from baocao.model.draft import Heading, Manner, Paragraph, Words
from baocao.reference import load
from baocao.reporting.left_behind import left_behind
from tests.unit.formats.live_files import changed, draft, holding, replaced, run

OURS = "Xã đã tổ chức họp thôn để bàn giải pháp."


def _told(path: Path, *changes: object) -> list[str]:
    return [one.vi for one in left_behind(changed(path, *changes), draft())]  # type: ignore[arg-type]


def test_a_draft_that_nobody_touched_leaves_nothing_behind(tmp_path: Path) -> None:
    assert _told(tmp_path / "bao-cao.docx") == []


def test_a_number_altered_by_hand_is_told_with_what_it_was(tmp_path: Path) -> None:
    (told,) = _told(tmp_path / "bao-cao.docx", holding("n1", run("1.493,9")))
    assert "1 số sửa tay" in told
    assert "1.492,9 → 1.493,9" in told


def test_a_paragraph_of_ones_own_is_told(tmp_path: Path) -> None:
    own = f"<w:p><w:r><w:t>{OURS}</w:t></w:r></w:p>"
    (told,) = _told(tmp_path / "bao-cao.docx", replaced("<w:sectPr>", f"{own}<w:sectPr>"))
    assert OURS in told


def test_a_report_of_another_period_has_words_of_its_own(tmp_path: Path) -> None:
    earlier = changed(tmp_path / "bao-cao.docx", holding("n1", run("1.493,9")))
    assert left_behind(earlier, replace(draft(), period="2027")) == ()


def test_a_figure_that_moved_on_is_no_change_of_words(tmp_path: Path) -> None:
    says = "Có 12 thôn; số liệu đến ngày 30/6/2026."
    new = draft()
    moved = replace(new, blocks=(*new.blocks, Paragraph((Words(says.replace("12", "13")),), Manner.BODY)))
    own = f"<w:p><w:r><w:t>{says}</w:t></w:r></w:p>"
    earlier = changed(tmp_path / "bao-cao.docx", replaced("<w:sectPr>", f"{own}<w:sectPr>"))
    assert left_behind(earlier, moved) == ()


def test_a_section_that_is_new_is_nothing_left_behind(tmp_path: Path) -> None:
    new = draft()
    longer = replace(new, blocks=(*new.blocks, Heading(1, "Phần mới", "moi")))
    assert left_behind(changed(tmp_path / "bao-cao.docx"), longer) == ()


def test_that_there_were_no_figures_yet_is_nothing_that_people_wrote(tmp_path: Path) -> None:
    said = load("composing")["untold"]["figures"]
    own = f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p>"
    assert _told(tmp_path / "bao-cao.docx", replaced("<w:sectPr>", f"{own}<w:sectPr>")) == []
