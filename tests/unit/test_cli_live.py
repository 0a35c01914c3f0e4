"""``baocao diff`` and ``baocao refresh`` from end to end, on an invented report of an invented province."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from baocao.cli import main
from tests.unit.formats.live_files import DOCUMENT, changed, holding, parts_of, replaced, report, run, without
from tests.unit.formats.word_files import paragraph, word_file

DEMO = Path(__file__).resolve().parents[2] / "demo" / "so-lieu"
FIGURES = (
    "Đơn vị;Chỉ tiêu;Kỳ;Kết quả\nSM;lua_dien_tich;2025;1350\nSM;lua_dien_tich;2024;1400\nSM;ngo_dien_tich;2025;80\n"
    "SM;ho_ngheo;2025;7\n"
)


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder, in plain Vietnamese."""
    for name in ("BAOCAO_LANG", "FORCE_COLOR", "BAOCAO_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def path(capsys: pytest.CaptureFixture[str]) -> Path:
    """A report, and a store in which one of its figures moved on, and two are not known."""
    Path("a.csv").write_text(FIGURES, encoding="utf-8")
    assert _call("load", "a.csv") == 0
    capsys.readouterr()
    file = Path("bao-cao.docx")
    file.write_bytes(report())
    return file


def _call(*words: str) -> int:
    return main([*words, "--units", str(DEMO / "don-vi.csv")])


def _rows(capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str, str, str]]:
    told = map(json.loads, capsys.readouterr().out.splitlines())
    return [(row["kind"], row["id"], row["now"] or "", row["current"] or "") for row in told]


def test_diff_tells_what_is_stale_and_refresh_brings_it_up_to_date(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = parts_of(path.read_bytes())
    assert _call("diff", str(path), "--json") == 1
    stale = [("đã cũ", "n1", "1.492,9", "1.350,0"), ("kho không còn số", "n2", "99,5", ""),
             ("kho không còn số", "n3", "80", ""), ("đã cũ", "n4", "6,6", "3,6"),
             ("đã cũ", "n7", "1.492,9", "1.350,0")]  # fmt: skip
    assert _rows(capsys) == stale
    path.chmod(0o640)
    assert _call("refresh", str(path), "--json") == 1  # the word "tăng" is not true any more
    told = capsys.readouterr()
    assert [json.loads(line)["id"] for line in told.out.splitlines()] == ["n1", "n4", "n7", "n2", "n3"]
    assert "lời văn “tăng” không còn đúng với số mới 3,6" in told.err
    assert path.stat().st_mode & 0o777 == 0o640
    after = parts_of(path.read_bytes())
    assert {name for name in before if before[name] != after[name]} == {DOCUMENT, "customXml/item1.xml"}
    _call("diff", str(path), "--json")
    assert _rows(capsys) == [row for row in stale if row[0] != "đã cũ"]


def test_another_file_is_written_when_asked_for(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("refresh", str(path), "--out", "moi.docx") == 1
    assert path.read_bytes() == report()
    assert "Đã ghi: moi.docx" in capsys.readouterr().err
    assert _call("refresh", str(path), "--out", "moi.docx") == 2
    assert "moi.docx đã có sẵn" in capsys.readouterr().err
    assert _call("refresh", str(path), "--out", "so-lieu.sqlite", "--force") == 2
    assert _call("refresh", str(path), "--out", "moi.docx", "--force") == 1


def test_numbers_altered_by_hand_wait_for_all(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(path, holding("n1", run("1.500,0")))
    assert _call("refresh", str(path)) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "để nguyên: sửa tay 1.492,9 1.500,0 1.350,0" in said
    assert "1 số sửa tay được để nguyên; thêm --all" in said
    assert b">1.500,0</w:t>" in parts_of(path.read_bytes())[DOCUMENT]
    assert _call("refresh", str(path), "--all") == 1
    assert b">1.500,0</w:delText>" in parts_of(path.read_bytes())[DOCUMENT]


def test_a_number_that_is_gone_is_told_with_its_section_and_indicator(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(path, without("n4"))
    assert _call("diff", str(path), "--json") == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    gone = next(row for row in rows if row["kind"] == "mất ô số")
    assert gone["id"] == "n4"
    assert gone["section"] == next(row["section"] for row in rows if row["id"] == "n3") != ""
    assert gone["words"] == "Diện tích gieo cấy lúa"


def test_diff_works_without_a_store_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    file = changed(Path("bao-cao.docx"), replaced("Toàn xã còn", "Đã cấp 1.250 kg giống. Toàn xã còn"))
    assert _call("diff", str(file), "--lang", "en") == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "typed, no address 1.250" in said
    assert "Đã cấp [1.250] kg giống" in said
    assert "there is no store so-lieu.sqlite" in said
    file.write_bytes(report())
    assert _call("diff", str(file)) == 0
    assert "Không có gì khác" in capsys.readouterr().out
    assert _call("diff", str(file), "--store", "khong-co.sqlite") == 3
    assert "khong-co.sqlite" in capsys.readouterr().err


def test_the_table_is_written_to_files_too(path: Path) -> None:
    assert _call("diff", str(path), "--csv", "d.csv", "--xlsx", "d.xlsx") == 1
    assert "SM:lua_dien_tich:2025-A1:actual" in Path("d.csv").read_text(encoding="utf-8-sig")
    assert Path("d.xlsx").stat().st_size > 0
    assert _call("diff", str(path), "--csv", str(path), "--force") == 2
    assert path.read_bytes() == report()


@pytest.mark.parametrize("command", ["diff", "refresh"])
def test_foreign_and_damaged_files_are_told_in_one_line(
    command: str, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    word_file(path, paragraph("Diện tích 5 ha."))
    assert _call(command, str(path)) == 3
    assert "không có số liệu sống" in capsys.readouterr().err
    path.write_bytes(report()[:3000])
    assert _call(command, str(path)) == 3
    assert capsys.readouterr().err.count("\n") == 1
    assert _call(command, "khong-co.docx") == 3
    assert _call(command, "") == 2


def test_a_unit_that_is_not_on_the_map_is_told(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(path, replaced('unit="SM"', 'unit="XX9"', "customXml/item1.xml"))
    assert _call("refresh", str(path)) == 2
    told = capsys.readouterr().err
    assert "mã “XX9”" in told
    assert "hoặc thêm --units" in told  # the file is sound: it was opened beside another office's units
    changed(path, replaced('period="2025-A1"', 'period="?"', "customXml/item1.xml"))
    assert _call("diff", str(path)) == 2
    assert "period=“?”" in capsys.readouterr().err
