"""Claims are told in the reader's language, and an amount stands with the unit that it is held in."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from baocao import desk
from baocao.model import Language
from baocao.showing import claims, terminal


def _told(folder: Path, lang: Language) -> str:
    report = folder / "bao-cao.txt"
    report.write_text("Gieo trồng được 298 ha lúa/410 ha, đạt 72,7% kế hoạch.\n", encoding="utf-8")
    reading = desk.read(report)
    out = io.StringIO()
    terminal.show(claims.lines(reading.document, reading.claims, lang, explain=True), out)
    return out.getvalue()


def test_vietnamese_lines_hold_vietnamese_words(tmp_path: Path) -> None:
    shown = _told(tmp_path, "vi")
    assert "tỷ lệ" in shown
    assert "cặp số A/B, độ chắc chắn: chắc chắn" in shown
    assert "ratio" not in shown
    assert "certain" not in shown


def test_english_lines_keep_english_words(tmp_path: Path) -> None:
    assert "strength: certain" in _told(tmp_path, "en")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_area_in_hectares_is_an_amount_of_square_metres(tmp_path: Path, lang: Language) -> None:
    assert "“298 ha”, = 2.980.000 m²" in _told(tmp_path, lang)
