"""Scanned pages are read by Tesseract where it is installed, and else its packages are named."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from baocao.formats import pdf
from baocao.formats.errors import NeedsProgram
from tests.unit.formats.pdf_files import Words, write_pdf


def scanned(tmp_path: Path) -> Path:
    """A page of large plain words, turned into a picture of itself."""
    import pypdfium2

    lines = ["BAO CAO", "Thu ngan sach dat 13,642 trieu dong trong nam 2021", "Chi ngan sach dat 98,35 trieu dong"]
    source = write_pdf(tmp_path / "chu.pdf", [[Words(text, 60, 700 - 60 * at, 18) for at, text in enumerate(lines)]])
    with_text = pypdfium2.PdfDocument(source)
    bitmap = with_text[0].render(scale=2)
    picture = pypdfium2.PdfDocument.new()
    image = pypdfium2.PdfImage.new(picture)
    image.set_bitmap(bitmap)
    image.set_matrix(pypdfium2.PdfMatrix().scale(595, 842))
    page = picture.new_page(595, 842)
    page.insert_obj(image)
    page.gen_content()
    path = tmp_path / "quet.pdf"
    picture.save(path)
    picture.close()
    with_text.close()
    return path


def test_without_tesseract_its_packages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scanned(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NeedsProgram) as refused:
        pdf.read(path, path.name)
    assert refused.value.package == "tesseract-ocr tesseract-ocr-vie"
    assert "tesseract-ocr-vie" in refused.value.text.vi
    assert "1 pages" in refused.value.text.en


def test_a_scan_is_read(tmp_path: Path) -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed, scans cannot be read")
    languages = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True).stdout
    if "vie" not in languages.split():
        pytest.skip("tesseract-ocr-vie is not installed, scans cannot be read")
    path = scanned(tmp_path)
    document = pdf.read(path, path.name)
    assert document.source.strip()
    assert document.suffix == ".pdf"
