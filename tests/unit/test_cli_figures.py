"""The commands about figures from end to end: an invented province of two communes, real files, a real store."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from baocao.cli import main
from baocao.formats import rows

DEMO = Path(__file__).resolve().parents[2] / "demo" / "so-lieu"
DECISIONS = ["--decision", "HĐND: 12/NQ-HĐND, 08/12/2023", "--decision", "UBND tỉnh: 1/QĐ-UBND 2024-01-05"]


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder, in plain Vietnamese."""
    for name in ("BAOCAO_LANG", "FORCE_COLOR", "BAOCAO_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def _call(*words: str) -> int:
    return main([*words, "--units", str(DEMO / "don-vi.csv")])


def _load(text: str, *words: str, name: str = "a.csv") -> int:
    Path(name).write_text(text, encoding="utf-8")
    return _call("load", name, *words)


@pytest.fixture
def demo(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("load", str(DEMO / "ket-qua.csv")) == 0
    assert _call("load", str(DEMO / "ke-hoach.csv"), "--unit", "SM", "--period", "2024", *DECISIONS) == 0
    capsys.readouterr()


def _rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_file_loaded_twice_counts_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("load", str(DEMO / "ket-qua.csv")) == 0
    assert "9 số liệu mới, 0 đã có" in capsys.readouterr().out
    assert _call("load", str(DEMO / "ket-qua.csv"), "--lang", "en") == 0
    assert "0 new figures, 9 known" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are always text")
def test_a_file_whose_name_is_no_text_is_loaded_under_its_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(b"bi\xeau.csv")
    assert _load("unit,indicator,period,value\nSM01,ho_ngheo,2024,5\n", name=name) == 0
    capsys.readouterr()
    assert _call("history", "--loads", "--json") == 0
    (load,) = _rows(capsys)
    assert load["file"] == "bi\\xeau.csv"


def test_one_rejected_cell_keeps_every_file_of_the_call_out(capsys: pytest.CaptureFixture[str]) -> None:
    Path("good.csv").write_text("unit,indicator,period,value\nSM01,ho_ngheo,2024,5\n", encoding="utf-8")
    bad = "unit,indicator,period,value\nSM02,ho_ngheo,2024,năm\nSM01,tong_so_ho,2024,50\n"
    assert _load(bad, "good.csv") == 1
    said = capsys.readouterr()
    assert "a.csv: D2 “năm”: “năm” không phải là số" in said.out
    assert "chưa nạp số liệu nào" in said.err
    assert _call("rollup", "--period", "2024") == 2
    assert "không có số liệu nào" in capsys.readouterr().err
    assert _load(bad, "good.csv", "--partial", "--json") == 1
    (rejected,) = _rows(capsys)
    assert (rejected["place"], rejected["row"], rejected["column"], rejected["seen"]) == ("D2", 2, "D", "năm")
    assert _call("rollup", "--period", "2024", "--json", "--unit", "SM") == 1
    assert {row["indicator"]: row["value"] for row in _rows(capsys)}["tong_so_ho"] == 50


def test_a_file_that_cannot_be_read_ends_with_3_and_nothing_is_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    Path("hinh.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    assert _load("unit,indicator,period,value\nSM01,ho_ngheo,2024,5\n", "hinh.png") == 3
    assert "hinh.png: " in capsys.readouterr().err
    assert _call("rollup", "--period", "2024") == 2


@pytest.mark.usefixtures("demo")
def test_a_roll_up_names_what_is_missing_and_recomputes_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("rollup", "--period", "2024", "--against", "last_year", "--json") == 1
    said = {(row["indicator"], row["unit"]): row for row in _rows(capsys)}
    rice = said["lua_dien_tich", "SM"]
    assert (rice["value"], rice["earlier"], rice["change"], rice["percent"]) == (599.8, 595.5, 4.3, 100.7221)
    assert said["ty_le_ho_ngheo", "SM"]["value"] == 4.584  # 135 / 2945, and not the mean of 3,3152 and 6,6968
    ntm = said["ntm_xa_dat_chuan", "SM"]
    assert (ntm["reporting"], ntm["expected"], ntm["missing"]) == (1, 2, ["Xã Đồi Thử"])


def test_percentages_without_their_parts_are_never_averaged(capsys: pytest.CaptureFixture[str]) -> None:
    text = "unit,indicator,period,value\nSM01,ty_le_ho_ngheo,2024,3\nSM02,ty_le_ho_ngheo,2024,5\n"
    assert _load(text) == 0
    capsys.readouterr()
    assert _call("rollup", "--period", "2024", "--json") == 1
    said = {row["unit"]: row for row in _rows(capsys)}
    assert (said["SM"]["value"], said["SM01"]["value"], said["SM02"]["value"]) == (None, 3, 5)
    assert "không lấy trung bình" in str(said["SM"]["note"])


def test_what_is_divided_and_by_what_must_be_of_the_same_units(capsys: pytest.CaptureFixture[str]) -> None:
    heads = "unit,indicator,period,value\nSM01,ho_ngheo,2024,5\nSM02,ho_ngheo,2024,6\n"
    assert _load(heads + "SM02,tong_so_ho,2024,60\n") == 0
    capsys.readouterr()
    assert _call("rollup", "--period", "2024", "--indicator", "ty_le_ho_ngheo", "--json") == 1
    said = {row["unit"]: row for row in _rows(capsys)}
    assert (said["SM"]["value"], said["SM02"]["value"]) == (None, 10)
    assert "cùng các đơn vị" in str(said["SM"]["note"])


def test_what_a_unit_states_stands_beside_what_is_computed(capsys: pytest.CaptureFixture[str]) -> None:
    text = "unit,indicator,period,value\nSM01,ho_ngheo,2024,5\nSM02,ho_ngheo,2024,6\nSM,ho_ngheo,2024,12\n"
    assert _load(text) == 0
    capsys.readouterr()
    assert _call("rollup", "--period", "2024", "--unit", "SM", "--json") == 1
    (row,) = _rows(capsys)
    assert (row["value"], row["stated"], row["difference"]) == (11, 12, 1)


def test_months_make_the_half_year_and_a_formula_is_worked_out(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f"{unit},ho_thoat_ngheo,2024-M0{month},2" for unit in ("SM01", "SM02") for month in range(1, 7)]
    text = "unit,indicator,period,value\n" + "\n".join(lines) + "\n"
    text += "SM01,ho_ngheo,2023,8\nSM01,tong_so_ho,2023,100\nSM01,ho_ngheo,2024,5\nSM01,tong_so_ho,2024,100\n"
    assert _load(text) == 0
    capsys.readouterr()
    assert _call("rollup", "--period", "6 tháng năm 2024", "--unit", "SM", "--json") == 0
    (row,) = _rows(capsys)
    assert (row["period"], row["value"]) == ("2024-S1", 24)
    assert _call("rollup", "--period", "2024", "--unit", "SM01", "--indicator", "ct13_giam_ngheo", "--json") == 0
    (row,) = _rows(capsys)
    assert row["value"] == 3


@pytest.mark.usefixtures("demo")
def test_the_annex_rates_each_indicator_and_counts_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("compare", "--unit", "Tỉnh Sông Mẫu", "--period", "2024") == 0
    said = capsys.readouterr().out
    assert "Trong 2 chỉ tiêu: 2 chỉ tiêu đạt và vượt kế hoạch (trong đó 1 chỉ tiêu vượt), không có" in said
    assert _call("compare", "--unit", "SM", "--period", "2024", "--authority", "UBND tỉnh", "--json") == 1
    rice, poor = _rows(capsys)
    assert (rice["result"], rice["target UBND tỉnh"], rice["percent UBND tỉnh"]) == (599.8, 600, 99.9667)
    assert (rice["rating"], poor["rating"], poor["target UBND tỉnh"]) == ("Không đạt", "Không đạt", "dưới 4,5")
    assert (rice["earlier"], rice["percent"]) == (595.5, 100.7221)


def test_an_annex_is_loaded_as_it_is_printed_and_asked_for_as_it_stood(capsys: pytest.CaptureFixture[str]) -> None:
    annex = (
        "TT;Chỉ tiêu;ĐVT;HĐND giao;UBND tỉnh giao;Kết quả;% so với HĐND giao;Đánh giá\n"
        "1;lua_dien_tich;ha;590;600;601,5;101,9;Vượt\n2;Tỷ lệ hộ nghèo;%;dưới 5;dưới 4,5;5,5;110;Không đạt\n"
    )
    assert _load(annex, "--unit", "SM", "--period", "2024", *DECISIONS) == 0
    assert "6 số liệu mới" in capsys.readouterr().out
    assert _call("compare", "--unit", "SM", "--period", "2024") == 1
    assert "1 chỉ tiêu không đạt (chỉ tiêu số 2)" in capsys.readouterr().out
    assert _call("compare", "--unit", "SM", "--period", "2024", "--on", "1/1/2024", "--json") == 1
    rice, _ = _rows(capsys)
    assert (rice["target HĐND"], rice["target UBND tỉnh"]) == (590, None)  # the province decided on the fifth


def test_an_annex_without_targets_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert _load("unit,indicator,period,value\nSM01,ho_ngheo,2024,5\n") == 0
    assert _call("compare", "--unit", "SM01", "--period", "2024") == 2
    assert "chưa được giao chỉ tiêu nào" in capsys.readouterr().err


MERGED = """on,kind,source,target,share,decision
1/3/2025,merge,SM01,SM03,,9/NQ
1/3/2025,merge,SM02,SM03,,9/NQ
"""


def _merged() -> list[str]:
    text = (DEMO / "don-vi.csv").read_text(encoding="utf-8") + "SM03,Xã Mới Thử,cấp xã,SM,01/03/2025,\n"
    Path("units.csv").write_text(text, encoding="utf-8")
    Path("changes.csv").write_text(MERGED.replace(",,9", ",1,9"), encoding="utf-8")
    return ["--units", "units.csv", "--changes", "changes.csv"]


def test_figures_are_told_in_the_units_of_any_day(capsys: pytest.CaptureFixture[str]) -> None:
    own = _merged()
    text = "unit,indicator,period,value\nSM01,lua_dien_tich,2024,4.5\nSM02,lua_dien_tich,2024,6\n"
    Path("a.csv").write_text(text, encoding="utf-8")
    assert main(["load", "a.csv", *own]) == 0
    capsys.readouterr()
    asked = ["--period", "2024", "--indicator", "lua_dien_tich", "--json", *own]
    assert main(["recast", *asked, "--as-was", "--on", "2025-03-01"]) == 0
    said = [(row["view"], row["unit"], row["value"], row["how"]) for row in _rows(capsys)]
    assert said == [
        ("như đã báo cáo", "SM01", 4.5, "giữ nguyên"),
        ("như đã báo cáo", "SM02", 6, "giữ nguyên"),
        ("đơn vị ngày 01/03/2025", "SM03@2025-03-01", 10.5, "cộng"),
    ]
    assert main(["rollup", *asked, "--on", "1/3/2025"]) == 0
    (row,) = _rows(capsys)  # the new commune holds all of both, and nothing else reports
    assert (row["unit"], row["value"], row["reporting"], row["expected"]) == ("SM03@2025-03-01", 10.5, 2, 2)


def test_an_undivided_unit_is_told_of_in_the_roll_up(capsys: pytest.CaptureFixture[str]) -> None:
    text = "unit,indicator,period,value\n00007,lua_dien_tich,2024,20\n00008,lua_dien_tich,2024,30\n"
    Path("a.csv").write_text(text, encoding="utf-8")
    assert main(["load", "a.csv"]) == 0
    capsys.readouterr()
    asked = ["--period", "2024", "--indicator", "lua_dien_tich", "--on", "1/7/2025", "--json"]
    assert main(["rollup", *asked, "--unit", "01", "--unit", "00008@2025-07-01"]) == 1
    city, ward = _rows(capsys)
    assert (city["value"], ward["value"]) == (50, 30)  # the city holds all of 00007, the ward an unknown part
    assert "Phường Cống Vị" in str(ward["note"])


@pytest.mark.usefixtures("demo")
def test_tables_go_into_files_that_are_never_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["rollup", "--period", "2024", "--indicator", "lua_dien_tich", "--csv", "a.csv", "--xlsx", "a.xlsx"]
    assert _call(*asked) == 0
    first = {name: Path(name).read_bytes() for name in ("a.csv", "a.xlsx")}
    with open("a.csv", encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    assert [row["value"] for row in told] == ["599.8", "412.5", "187.3"]
    (sheet,) = rows.read(Path("a.xlsx")).sheets
    assert sheet.rows[2].cells[0] == "2024-A1"
    assert _call(*asked) == 2
    assert "đã có sẵn" in capsys.readouterr().err
    assert _call(*asked, "--force") == 0
    assert first == {name: Path(name).read_bytes() for name in first}
    assert _call("rollup", "--period", "2024", "--csv", "so-lieu.sqlite", "--force") == 2
    assert Path("so-lieu.sqlite").read_bytes().startswith(b"SQLite format 3")


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (["rollup", "--period", "2024", "--csv", "a.out", "--xlsx", "./a.out"], "./a.out được nêu cho hai việc"),
        (["rollup", "--period", "2024", "--csv", "biểu"], "biểu là thư mục"),
        (["compare", "--printed", "b.txt", "--csv", "b.txt", "--force"], "b.txt đang được dùng làm đầu vào"),
        (["read", "b.txt", "--xlsx", "b.txt", "--force"], "b.txt đang được dùng làm đầu vào"),
        (["diff", "b.txt", "--csv", "b.txt", "--force"], "b.txt đang được dùng làm đầu vào"),
        (["load", "b.txt", "--csv", "b.txt", "--force"], "b.txt đang được dùng làm đầu vào"),
    ],
)
def test_what_a_call_reads_or_writes_is_not_written_over(
    words: list[str], seen: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("biểu").mkdir()
    Path("b.txt").write_text("Năm 2024 gieo cấy 599,8 ha lúa.\n", encoding="utf-8")
    before = sorted(path.name for path in Path().iterdir())
    assert _call(*words) == 2
    assert seen in capsys.readouterr().err
    assert Path("b.txt").read_text(encoding="utf-8").startswith("Năm 2024")
    assert sorted(path.name for path in Path().iterdir()) == before


def test_a_project_file_says_where_the_figures_are(capsys: pytest.CaptureFixture[str]) -> None:
    Path("du-lieu").mkdir()
    Path("du-lieu/don-vi.csv").write_bytes((DEMO / "don-vi.csv").read_bytes())
    Path("baocao.toml").write_text(
        '[figures]\nstore = "du-lieu/kho.sqlite"\nunits = "du-lieu/don-vi.csv"\nunder = "SM"\n', encoding="utf-8"
    )
    assert main(["load", str(DEMO / "ket-qua.csv")]) == 0
    assert Path("du-lieu/kho.sqlite").is_file()
    Path("baocao.toml").write_text("[figures]\nstor = 'x'\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["rollup", "--period", "2024"]) == 2
    assert "figures.stor" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (["rollup", "--period", "2024-X9"], "2024-X9"),
        (["rollup", "--period", "2024", "--on", "hôm qua"], "--on hôm qua"),
        (["rollup", "--period", "2024", "--on", "1/7/2025", "--as-was"], "--as-was"),
        (["rollup", "--period", "2024", "--indicator", "khong_co"], "khong_co"),
        (["rollup", "--period", "2024", "--unit", "SM99"], "SM99"),
        (["load", "x.csv", "--decision", "12/NQ-HĐND"], "12/NQ-HĐND"),
        (["load", "a.csv", "--sheet", "Biểu 9"], "Biểu 9"),
    ],
)
def test_a_wrong_call_says_what_was_seen(words: list[str], seen: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _load("unit,indicator,period,value\nSM01,ho_ngheo,2024,5\n") == 0
    capsys.readouterr()
    assert _call(*words) == 2
    assert seen in capsys.readouterr().err


def test_what_is_no_store_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("rollup", "--period", "2024") == 3
    assert "chưa có kho số liệu" in capsys.readouterr().err
    Path("so-lieu.sqlite").write_text("không phải kho số liệu, chỉ là một tệp chữ thôi\n" * 99, encoding="utf-8")
    assert _call("rollup", "--period", "2024") == 3
    assert "không mở được kho số liệu" in capsys.readouterr().err


@pytest.mark.usefixtures("demo")
def test_figures_of_units_that_nobody_knows_are_not_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rollup", "--period", "2024"]) == 2
    assert "SM01, SM02" in capsys.readouterr().err
    assert main(["recast", "--period", "2024", "--indicator", "lua_dien_tich"]) == 2
    assert "SM01" in capsys.readouterr().err


def test_bad_own_units_are_told_by_their_rows(capsys: pytest.CaptureFixture[str]) -> None:
    Path("u.csv").write_text("mã,tên,cấp,cấp trên,từ ngày,đến ngày\nX1,Xã Lạ,xóm nhỏ,VN,,\n", encoding="utf-8")
    Path("a.csv").write_text("unit,indicator,period,value\nX1,ho_ngheo,2024,5\n", encoding="utf-8")
    assert main(["load", "a.csv", "--units", "u.csv"]) == 3
    assert "u.csv, dòng 2: không hiểu “xóm nhỏ”; hãy ghi một trong: cấp tỉnh" in capsys.readouterr().err
    assert not Path("so-lieu.sqlite").exists()


def test_the_catalogue_is_searched_shown_and_proved(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue", "check"]) == 0
    assert "không có lỗi" in capsys.readouterr().out
    assert main(["catalogue", "ho", "ngheo", "phat", "sinh"]) == 0
    assert "ho_ngheo_phat_sinh" in capsys.readouterr().out
    assert main(["catalogue", "ty_le_ho_ngheo", "--lang", "en", "--json"]) == 0
    assert {row["field"]: row["content"] for row in _rows(capsys)}["denominator"] == "tong_so_ho"
    assert main(["catalogue", "không có từ nào như thế"]) == 1
    Path("own.toml").write_text('[x]\nvi = "Chỉ tiêu lạ"\nen = "Odd"\nunit = "mét khối gió"\n', encoding="utf-8")
    assert main(["catalogue", "check", "own.toml"]) == 1
    said = capsys.readouterr()
    assert "mét khối gió" in said.out
    assert "lỗi" in said.err


def test_a_catalogue_that_the_folder_names_already_is_proved_once(capsys: pytest.CaptureFixture[str]) -> None:
    Path("own.toml").write_text(
        'sector = "trong_trot"\ndepartment = "nong_nghiep"\nsource = "tự đặt"\n'
        '[cay_da]\nvi = "Diện tích cây đa"\nen = "Banyans"\nunit = "ha"\n',
        encoding="utf-8",
    )
    Path("baocao.toml").write_text('[figures]\ncatalogue = ["own.toml"]\n', encoding="utf-8")
    assert main(["catalogue", "check", "own.toml"]) == 0, capsys.readouterr().out


@pytest.mark.usefixtures("demo")
def test_what_was_computed_is_not_loaded_as_if_it_had_been_told(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--period", "2024", "--indicator", "lua_dien_tich"]
    assert _call("rollup", *asked, "--csv", "r.csv", "--xlsx", "r.xlsx") == 0
    assert _call("recast", *asked, "--csv", "c.csv", "--xlsx", "c.xlsx", "--lang", "en") == 0
    for name in ("r.csv", "r.xlsx", "c.csv", "c.xlsx"):
        capsys.readouterr()
        assert _call("load", name, "--json") == 1
        (row,) = _rows(capsys)
        assert "do baocao tính ra" in str(row["reason"])


def test_own_units_and_changes_may_be_workbooks_or_of_an_older_encoding(capsys: pytest.CaptureFixture[str]) -> None:
    own = _merged()
    Path("a.csv").write_text("unit,indicator,period,value\nSM03,ho_ngheo,2025,5\n", encoding="utf-8")
    text = Path("units.csv").read_text(encoding="utf-8")
    for encoding in ("utf-16", "utf-8-sig"):
        Path("units.csv").write_text(text, encoding=encoding)
        assert main(["load", "a.csv", *own]) == 0
    book = xlsxwriter.Workbook("units.xlsx")
    sheet = book.add_worksheet()
    for at, line in enumerate(text.splitlines()):
        sheet.write_row(at, 0, line.split(","))
    book.close()
    assert main(["load", "a.csv", "--units", "units.xlsx", *own[2:]]) == 0
    capsys.readouterr()
    for name in ("vang.csv", "."):
        assert main(["load", "a.csv", "--units", name]) == 3
        assert capsys.readouterr().err.startswith(f"{name}: ")


def test_marks_are_shown_as_such_in_a_roll_up(capsys: pytest.CaptureFixture[str]) -> None:
    text = "unit,indicator,period,value\nSM01,ho_ngheo,2024,không phát sinh\nSM02,ho_ngheo,2024,chưa đánh giá\n"
    assert _load(text) == 0
    capsys.readouterr()
    assert _call("rollup", "--period", "2024", "--json") == 0
    said = capsys.readouterr()
    assert [(row["unit"], row["value"], row["mark"]) for row in map(json.loads, said.out.splitlines())] == [
        ("SM01", 0, "không phát sinh"),
        ("SM02", None, "chưa đánh giá"),
    ]
    assert "1 đơn vị ghi “chưa đánh giá”: Xã Đồi Thử" in said.err
    assert _call("rollup", "--period", "2024", "--unit", "SM", "--json") == 1
    said = capsys.readouterr()
    assert "Xã Đồi Thử" in said.out
    assert "chưa đánh giá" in said.err


NAMED_BY_THE_ISSUE = [
    ("SM99,ho_ngheo,2024,5,", "A3", "SM99"),
    ("SM01,khong_co,2024,5,", "B3", "khong_co"),
    ("SM01,ho_ngheo,2024,5,tấn", "D3", "không đổi được ra hộ"),
    ("SM01,thu_ngan_sach,2024,5,tỉ tỉ", "D3", "tỉ tỉ"),
    ("SM01,thu_ngan_sach,2024,0.0000000001,tỷ đồng", "D3", "sáu chữ số thập phân"),
    ("SM01,ho_ngheo,2024,năm,", "D3", "không phải là số"),
    ("SM01,ho_ngheo,2024,1000000000000000000000000000000,", "D3", "vượt giới hạn"),
    ("SM01,ho_ngheo,2024,1e30,", "D3", "lũy thừa"),
    ("SM01,ho_ngheo,2024,#REF!,", "D3", "#REF!"),
    ("SM01,ho_ngheo,2024,,", "D3", "ô giá trị trống"),
    ("SM01,ho_ngheo,2024-13,5,", "C3", "2024-13"),
    ("SM01,ho_ngheo,,5,", "C3", "không có kỳ số liệu"),
    (",ho_ngheo,2024,5,", "A3", "không có đơn vị"),
    ("SM02,ho_ngheo,2024,6,", "D3", "đã có ở ô D2"),
    ("00097@2025-07-01,ho_ngheo,2024,5,", "A3", "không tồn tại vào ngày 31/12/2024"),
    ("Xã Tân An,ho_ngheo,2024,5,", "A3", "nhiều đơn vị"),
]


@pytest.mark.parametrize(("row", "place", "told"), NAMED_BY_THE_ISSUE)
def test_a_bad_row_is_refused_with_its_place_and_remedy_and_nothing_is_lost(
    row: str, place: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"unit,indicator,period,value,measure\nSM02,ho_ngheo,2024,5,\n{row}\n"
    assert _load(text, "--numbers", "machine") == 1
    said = capsys.readouterr()
    line = next(line for line in said.out.splitlines() if line.startswith(f"a.csv: {place}"))
    assert told in line
    assert "chưa nạp số liệu nào" in said.err
    assert _call("rollup", "--period", "2024") == 2  # nothing is half loaded
    assert Path("a.csv").read_text(encoding="utf-8") == text


def test_amounts_in_two_units_of_money_are_told_in_one(capsys: pytest.CaptureFixture[str]) -> None:
    rows = "SM01,thu_ngan_sach,2024,5200,triệu đồng\nSM02,thu_ngan_sach,2024,4,tỷ đồng\n"
    assert _load("unit,indicator,period,value,measure\n" + rows) == 0
    capsys.readouterr()
    assert _call("rollup", "--period", "2024", "--unit", "SM", "--json") == 0
    assert [(row["value"], row["measure"]) for row in _rows(capsys)] == [(9200, "triệu đồng")]


BROKEN = """sector = "kinh_te"
department = "tai_chinh"
source = "thử nghiệm"

[mot_thu]
vi = "Một thử"
en = "One"
unit = "ho"
formula = "hai_thu"

[hai_thu]
vi = "Hai thử"
en = "Two"
unit = "ho"
formula = "mot_thu"

[ho_ngheo]
vi = "Số hộ nghèo khác"
en = "Other poor households"
unit = "ho"

[ba_thu]
vi = "Ba thử"
en = "Three"
unit = "trieu_dong"
formula = "tong_so_ho + khong_co"

[bon_thu]
vi = "Bốn thử"
en = "Four"
unit = "trieu_dong"
formula = "tong_so_ho"
"""


def test_a_broken_catalogue_is_told_by_its_lines_and_nothing_stands_on_it(capsys: pytest.CaptureFixture[str]) -> None:
    Path("own.toml").write_text(BROKEN, encoding="utf-8")
    told = [
        "own.toml, dòng 17: ho_ngheo: mã “ho_ngheo” đã dùng cho ho_ngheo (29_giam_ngheo.toml)",
        "own.toml, dòng 22: ba_thu: Công thức “tong_so_ho + khong_co”, ký tự thứ 14: không có chỉ tiêu “khong_co”",
        "own.toml, dòng 28: bon_thu: ",
        "own.toml, dòng 11: hai_thu: tính vòng hai_thu → mot_thu → hai_thu; hãy bỏ một cách tính",
    ]
    assert main(["catalogue", "check", "own.toml"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(told)
    for line, expected in zip(lines, told, strict=True):
        assert line.startswith(expected)
    assert _load("unit,indicator,period,value\nSM01,ho_ngheo,2024,5\n", "--catalogue", "own.toml") == 3
    assert told[0] in capsys.readouterr().err
    assert not Path("so-lieu.sqlite").exists()
    Path("own.toml").write_text("[mot\n", encoding="utf-8")
    assert main(["catalogue", "check", "own.toml"]) == 1
    assert "sai cú pháp ở dòng 1" in capsys.readouterr().out


def test_a_missing_library_is_one_line_and_the_way_to_it(tmp_path: Path) -> None:
    text = "unit,indicator,period,value\nSM01,ho_ngheo,2024,5\n"
    assert _load(text) == 0
    code = (
        "import sys; sys.modules['duckdb'] = None\nfrom baocao.cli import main\n"
        f"sys.exit(main(['rollup', '--period', '2024', '--units', {str(DEMO / 'don-vi.csv')!r}]))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert run.returncode == 2
    assert "pip install 'baocao[figures]'" in run.stderr
    assert "Traceback" not in run.stderr
