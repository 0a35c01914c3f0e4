"""The step that makes the national map: clean names, and the very table that the product carries."""

from __future__ import annotations

import unicodedata
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

import pytest

from tools.national_map import WANTED, NotTheFacts, clean, main, read_map


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Xã  Thuỷ  Hoà ", "Xã Thủy Hòa"),
        ("Xã Hoàn Thoại", "Xã Hoàn Thoại"),  # only open syllables have two places for the mark
        ("Phường Phú Quý", "Phường Phú Quý"),
        ("Phường Nguyễn Uý", "Phường Nguyễn Úy"),
        ("Thành Phố Lam Sơn", "Thành phố Lam Sơn"),
        ("Xã Ea M’Lam", "Xã Ea M'Lam"),
        ("Xã Đông – Tây", "Xã Đông - Tây"),
        (unicodedata.normalize("NFD", "Xã Khoẻ Hoá"), "Xã Khỏe Hóa"),
    ],
)
def test_names_are_written_as_the_official_lists_do(name: str, cleaned: str) -> None:
    assert clean(name) == cleaned


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


@pytest.mark.skipif(
    any(_installed(package) != wanted for package, wanted in WANTED.items()),
    reason="the packages of the national map are not installed: vietnamadminunits, vietnam-provinces",
)
def test_the_table_is_what_the_step_makes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = tmp_path / "national.tsv"
    assert main(["--out", str(made)]) == 0
    kept = files("baocao.reference.geography").joinpath("national.tsv").read_bytes()
    assert made.read_bytes() == kept
    told = capsys.readouterr().out
    assert "'code': 123, 'letters of a name': 3, 'lineage corrected': 30" in told


def test_without_the_right_packages_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WANTED, "pytest", "0.0.1")
    for package in ("vietnamadminunits", "vietnam-provinces"):
        monkeypatch.delitem(WANTED, package)
    with pytest.raises(NotTheFacts, match=r"0\.0\.1 is wanted"):
        read_map("vietnamadminunits")
    assert main(["--out", str(tmp_path / "none.tsv")]) == 1
    assert not (tmp_path / "none.tsv").exists()
