"""Other word processors' files come through LibreOffice; without it they are refused with its name."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from baocao.formats import NeedsProgram, Unreadable, limits, read
from baocao.model import Kind, Passage, Table
from tests.unit.formats.word_files import cell, level, lists, mark, notes, numbered, paragraph, run, table, word_file

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def converted(path: Path, suffix: str) -> Path:
    profile = (path.parent / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", suffix, "--outdir"]
    subprocess.run([*command, str(path.parent), str(path)], check=True, capture_output=True, timeout=120)
    return path.with_suffix(f".{suffix}")


@needs_libreoffice
@pytest.mark.parametrize("suffix", ["odt", "doc", "rtf"])
def test_numbers_notes_and_tables_survive_the_way(tmp_path: Path, suffix: str) -> None:
    body = (
        numbered("Nông nghiệp")
        + numbered("Chăn nuôi")
        + paragraph(run("Đàn trâu có 1.250 con") + mark(1) + run("."))
        + table(cell("Chỉ tiêu") + cell("Số"), cell("Lúa") + cell("5.198,9"))
    )
    word = word_file(
        tmp_path / "mẫu có dấu.docx", body, numbering=lists(level(0, "upperRoman", "%1.")), footnotes=notes("Tăng 5%.")
    )
    found = read(converted(word, suffix))
    passages = [block for block in found.blocks if isinstance(block, Passage)]
    assert [block.label for block in passages][:2] == ["I.", "II."]
    assert found.suffix == f".{suffix}"
    noted = next(block for block in passages if block.marks)
    assert noted.text == "Đàn trâu có 1.250 con."
    note = found.blocks[found.notes[noted.marks[0].label]]
    assert isinstance(note, Passage)
    assert (note.kind, note.text) == (Kind.NOTE, "Tăng 5%.")
    grid = next(block for block in found.blocks if isinstance(block, Table))
    assert [at.text for at in grid.cells] == ["Chỉ tiêu", "Số", "Lúa", "5.198,9"]


@needs_libreoffice
def test_a_web_page_named_doc_is_read(tmp_path: Path) -> None:
    page = tmp_path / "cũ.doc"
    page.write_text("<html><meta charset=utf-8><body><p>Đạt 5 ha</p></body></html>", encoding="utf-8")
    assert "Đạt 5 ha" in read(page).source


@needs_libreoffice
def test_a_program_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", 0.05)
    page = tmp_path / "a.rtf"
    page.write_text(r"{\rtf1 Dat 5 ha}")
    with pytest.raises(Unreadable, match="within"):
        read(page)


def test_without_libreoffice_its_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    page = tmp_path / "a.rtf"
    page.write_text(r"{\rtf1 Dat 5 ha}")
    with pytest.raises(NeedsProgram) as refused:
        read(page)
    assert refused.value.package == "libreoffice-writer-nogui"
    assert "libreoffice-writer-nogui" in refused.value.text.vi
