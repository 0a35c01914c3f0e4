"""``baocao compare --allocated`` and ``--printed``: what units were given of a plan, and annexes worked out again."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
import xlsxwriter

from baocao.cli import main

DEMO = Path(__file__).resolve().parents[2] / "demo" / "so-lieu"
WHOLE = "Chỉ tiêu;HĐND tỉnh giao\nlua_dien_tich;600\nviec_lam_moi;từ 100 trở lên\nthu_noi_dia;500\nho_thoat_ngheo;40\n"
PARTS = (
    "Đơn vị;Chỉ tiêu;UBND tỉnh giao\nSM01;lua_dien_tich;400\nSM02;lua_dien_tich;195\nSM01;viec_lam_moi;60\n"
    "SM02;viec_lam_moi;50\nSM01;thu_noi_dia;500\nSM02;ty_le_ho_ngheo;5\n"
)
ANNEX = (
    ("TT", "Chỉ tiêu", "ĐVT", "HĐND giao", "Kết quả", "% so với HĐND giao", "Đánh giá"),
    ("1", "Diện tích rừng trồng", "ha", "520", "531", "102,1", "Vượt"),
    ("2", "Thành lập tổ hợp tác", "tổ", "5", "4", "85", "Không đạt"),
    ("3", "Quốc phòng, an ninh", "", "Đảm bảo", "Đảm bảo", "Đảm bảo", "Đạt"),
)


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder, in plain Vietnamese."""
    for name in ("BAOCAO_LANG", "FORCE_COLOR", "BAOCAO_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def _call(*words: str) -> int:
    return main([*words, "--units", str(DEMO / "don-vi.csv")])


def _load(text: str, *words: str) -> int:
    Path("a.csv").write_text(text, encoding="utf-8")
    return _call("load", "a.csv", "--period", "2024", *words)


@pytest.fixture
def plans(capsys: pytest.CaptureFixture[str]) -> None:
    assert _load(WHOLE, "--unit", "SM", "--decision", "HĐND tỉnh: 12/NQ-HĐND, 08/12/2023") == 0
    assert _load(PARTS, "--decision", "UBND tỉnh: Quyết định số 1/QĐ-UBND ngày 05 tháng 01 năm 2024") == 0
    capsys.readouterr()


@pytest.mark.usefixtures("plans")
def test_what_is_allocated_what_is_left_and_who_has_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("compare", "--unit", "SM", "--period", "2024", "--allocated", "--json") == 1
    told = capsys.readouterr()
    rows = {row["indicator"]: row for row in map(json.loads, told.out.splitlines())}
    rice, jobs, revenue, poor = (
        rows[code] for code in ("lua_dien_tich", "viec_lam_moi", "thu_noi_dia", "ty_le_ho_ngheo")
    )
    assert (rice["whole"], rice["allocated"], rice["left"], rice["missing"]) == (600, 595, 5, [])
    assert rice["note"] == "còn 5 chưa giao; chỉ tiêu chung do HĐND tỉnh giao"
    assert (jobs["allocated"], jobs["left"]) == (110, -10)
    assert "giao vượt 10" in str(jobs["note"])
    assert (revenue["given"], revenue["expected"], revenue["missing"]) == (1, 2, ["Xã Đồi Thử"])
    assert (poor["whole"], poor["allocated"]) == (None, None)
    assert "4 chỉ tiêu được phân bổ: 1 khớp với chỉ tiêu chung, 3 cần xem lại." in told.err
    assert "Chưa phân bổ cho đơn vị nào: Số hộ thoát nghèo." in told.err


@pytest.mark.usefixtures("plans")
def test_an_allocation_that_makes_the_whole_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("compare", "--unit", "SM", "--period", "2024", "--allocated", "--indicator", "viec_lam_moi") == 0
    assert "1 khớp với chỉ tiêu chung, 0 cần xem lại" in capsys.readouterr().out
    assert _call("compare", "--unit", "SM", "--period", "2024", "--allocated", "--on", "1/1/2024") == 2
    assert "chưa phân bổ chỉ tiêu nào" in capsys.readouterr().err


def test_what_is_allocated_without_a_whole_is_still_added_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert _load(PARTS, "--decision", "UBND tỉnh: 1/QĐ-UBND, 05/01/2024") == 0
    capsys.readouterr()
    assert _call("compare", "--unit", "SM", "--period", "2024", "--allocated", "--json") == 1
    rows = {row["indicator"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert (rows["lua_dien_tich"]["allocated"], rows["lua_dien_tich"]["left"]) == (595, None)
    assert rows["lua_dien_tich"]["note"] == "chưa có chỉ tiêu chung để đối chiếu"
    assert rows["ty_le_ho_ngheo"]["allocated"] is None


def _word(path: Path) -> None:
    document = docx.Document()
    table = document.add_table(len(ANNEX), len(ANNEX[0]))
    for at, row in enumerate(ANNEX):
        for place, words in enumerate(row):
            table.cell(at, place).text = words
    document.save(str(path))


def _workbook(path: Path) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Phụ lục")
    for at, row in enumerate(ANNEX):
        sheet.write_row(at, 0, row)
    book.close()


@pytest.mark.parametrize(("name", "make"), [("bieu.docx", _word), ("bieu.xlsx", _workbook)])
def test_a_printed_annex_is_worked_out_again(name: str, make: object, capsys: pytest.CaptureFixture[str]) -> None:
    make(Path(name))  # type: ignore[operator]  # one of the two above
    assert main(["compare", "--printed", name, "--json", "--csv", "soat.csv"]) == 1
    told = capsys.readouterr()
    rows = [json.loads(line) for line in told.out.splitlines()]
    wrong = [(row["row"], row["printed"], row["computed"]) for row in rows if row["verdict"] == "KHÔNG KHỚP"]
    assert wrong == [(3, "85", "80")]
    assert [row["verdict"] for row in rows].count("khớp") == 5
    assert (
        "Trong 3 chỉ tiêu: 2 chỉ tiêu đạt và vượt kế hoạch (trong đó 1 chỉ tiêu vượt), "
        "1 chỉ tiêu không đạt (chỉ tiêu số 2)." in told.err
    )
    assert "Bảng 1, dòng 3: “Thành lập tổ hợp tác”" in told.err
    first = Path("soat.csv").read_bytes()
    assert main(["compare", "--printed", name, "--lang", "en", "--csv", "soat.csv", "--force"]) == 1
    assert "1 disagree" in capsys.readouterr().out
    assert main(["compare", "--printed", name, "--csv", "soat.csv", "--force"]) == 1
    assert Path("soat.csv").read_bytes() == first


def test_a_sound_annex_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    lines = ("\t".join("80" if cell == "85" else cell for cell in row) for row in ANNEX)
    Path("bieu.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["compare", "--printed", "bieu.txt"]) == 0
    assert "6 ô tỷ lệ và đánh giá, 0 ô không khớp" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "seen", "code"),
    [
        (("--period", "2024"), "--unit và --period", 2),
        (("--printed", "x.txt", "--unit", "SM"), "không dùng cùng --unit", 2),
        (("--printed", "x.txt"), "không thấy biểu nào", 2),
        (("--printed", "khong-co.docx"), "không tìm thấy tệp", 3),
    ],
)
def test_wrong_calls_are_told(words: tuple[str, ...], seen: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    Path("x.txt").write_text("Không có bảng nào.\n", encoding="utf-8")
    assert main(["compare", *words]) == code
    assert seen in capsys.readouterr().err
