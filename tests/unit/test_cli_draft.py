"""``baocao draft`` from end to end: an invented province's figures become files, or one message says why not."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest

from baocao.cli import main
from baocao.formats import docx_live, libreoffice
from baocao.reference.indicators import national
from tests.unit.formats.live_files import parts_of
from tests.unit.small_outline import FAULTY, OUTLINE, saying

UNITS = (
    "mã;tên;cấp;cấp trên;từ ngày;đến ngày\nSM;Tỉnh Sông Mẫu;cấp tỉnh;VN;;\nSM01;Xã Bến Thử;cấp xã;SM;;\n"
    "SM02;{name};cấp xã;SM;;\n"
)
FIGURES = (
    "Đơn vị;Chỉ tiêu;Kỳ;Phân tổ;Giá trị\nSM01;lua_dien_tich;2025;;400\nSM02;lua_dien_tich;2025;;199,5\n"
    "SM01;lua_dien_tich;2024;;380\nSM02;lua_dien_tich;2024;;200\nSM01;ngo_dien_tich;2025;;80\nSM02;ngo_dien_tich;2025;;20\n"
)
PLAN = "Chỉ tiêu;HĐND tỉnh giao\nlua_dien_tich;600\n"
TASKS = "Nhiệm vụ;Cơ quan chủ trì;Hạn hoàn thành;Trạng thái;Kết quả\n"
DAY = ("--on", "31/12/2025")


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder with a store and an outline, in plain Vietnamese."""
    for name in ("BAOCAO_LANG", "FORCE_COLOR", "BAOCAO_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    _store("Xã Đồi Thử")
    Path("thu.toml").write_text(OUTLINE, encoding="utf-8")


def _store(name: str) -> None:
    Path("baocao.toml").write_text('[figures]\nunits = "don-vi.csv"\n', encoding="utf-8")
    Path("don-vi.csv").write_text(UNITS.format(name=name), encoding="utf-8")
    Path("so-lieu.csv").write_text(FIGURES, encoding="utf-8")
    Path("giao.csv").write_text(PLAN, encoding="utf-8")
    assert main(["load", "so-lieu.csv"]) in (0, 1)
    decision = ("--decision", "HĐND tỉnh: 12/NQ-HĐND, 08/12/2024")
    assert main(["load", "giao.csv", "--unit", "SM", "--period", "2025", *decision]) == 0


def _draft(*words: str, out: str = "bc.docx", unit: str = "SM", period: str = "2025", outline: str = "thu.toml") -> int:
    return main(["draft", outline, "--unit", unit, "--period", period, "--out", out, *words])


def _texts(name: str = "bc.docx") -> str:
    """All words of the body, live numbers among them."""
    return "\n".join(docx_live.accepted(one) for one in docx.Document(name).element.body)


def _refused(capsys: pytest.CaptureFixture[str], *lines: str) -> None:
    """One message for each line, in words, and no file."""
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert all(line in told for line in lines), told
    assert not Path("bc.docx").exists()


def test_a_report_is_written_with_its_companions(capsys: pytest.CaptureFixture[str]) -> None:
    Path("nv.csv").write_text(TASKS + "Xây cầu Bến Thử;Sở Xây dựng;30/6/2025;chậm;\n", encoding="utf-8")
    assert _draft(*DAY, "--tasks", "nv.csv", "--html", "bc.html", "--annexes", "bc.xlsx", "--number", "07") == 0
    assert capsys.readouterr().err.splitlines() == ["Đã ghi: bc.docx", "Đã ghi: bc.html", "Đã ghi: bc.xlsx"]
    said = _texts()
    assert "599,5" in said
    assert "07/BC-UBND" in said.replace("Số: ", "").replace(" ", "")
    assert "Xây cầu Bến Thử" in said
    assert "TRỒNG TRỌT" in said
    assert "LÂM NGHIỆP" not in said  # nothing to say, and nobody writes there
    assert "599,5" in Path("bc.html").read_text(encoding="utf-8")


def test_the_same_figures_give_the_same_bytes_whatever_the_order_of_hashing() -> None:
    made = []
    for seed in ("1", "4242"):
        call = ["draft", "thu.toml", "--unit", "SM", "--period", "2025", "--out", "bc.docx", "--force", *DAY]
        call += ["--html", "bc.html", "--annexes", "bc.xlsx"]
        program = "import sys; from baocao.cli import main; sys.exit(main(sys.argv[1:]))"
        run = [sys.executable, "-c", program, *call]
        subprocess.run(run, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
        made.append([Path(name).read_bytes() for name in ("bc.docx", "bc.html", "bc.xlsx")])
    assert made[0] == made[1]


def test_figures_that_are_missing_are_told_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    Path("thu.toml").write_text(saying('{ figures = ["ho_ngheo"] }'), encoding="utf-8")
    assert _draft(*DAY) == 1
    assert "Chưa có số liệu của: Số hộ nghèo" in capsys.readouterr().err
    assert _draft(*DAY, "--force", "--lang", "en") == 1
    told = capsys.readouterr().err
    assert "There are no figures of: " in told
    assert "Chưa" not in told


@pytest.mark.parametrize(("said", "named"), FAULTY)
def test_an_outline_that_is_not_sound_is_told_and_nothing_is_written(
    said: str, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("thu.toml").write_text(saying(said), encoding="utf-8")
    assert _draft(*DAY) == 3
    _refused(capsys, "thu.toml: phần “", named, "chưa soạn báo cáo")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "[outline]"),
        ("[outline", "TOML"),
        (OUTLINE.replace('summary = "', 'summary = "{khong_co} '), "khong_co"),
        (OUTLINE + '[[section]]\ninclude = "khong-co"\n', "khong-co"),
        (
            OUTLINE.replace("[[annex]]", '[[section]]\nkey = "ket_qua"\ndepth = 1\ntitle = "LẠI"\n\n[[annex]]'),
            "ket_qua",
        ),
    ],
)
def test_an_outline_that_cannot_be_read_is_told(text: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("thu.toml").write_text(text, encoding="utf-8")
    assert _draft(*DAY) == 3
    _refused(capsys, told)


@pytest.mark.parametrize(
    ("words", "unit", "period", "code", "told"),
    [
        ((), "XX", "2025", 2, "XX"),
        ((), "", "2025", 2, "đơn vị"),
        ((), "SM", "2030", 2, "chưa có số liệu nào cho kỳ 2030-A1"),
        ((), "SM", "2025-M05", 2, "dành cho cả năm"),
        ((), "SM", "2025-S1", 2, "dành cho cả năm"),
        ((), "SM", "mai", 2, "mai"),
        (("--on", "32/13/2025"), "SM", "2025", 2, "--on"),
        (("--on", "31/12/2024"), "SM", "2025", 2, "01/01/2025"),
        (("--tasks", "khong.csv"), "SM", "2025", 3, "khong.csv"),
        (("--from", "khong.docx"), "SM", "2025", 3, "khong.docx"),
        (("--from", "so-lieu.csv"), "SM", "2025", 3, "so-lieu.csv: phần người viết"),
        (("--from", ""), "SM", "2025", 2, "để trống"),
        (("--pdf", "bc.txt"), "SM", "2025", 2, "đuôi .pdf"),
        (("--pdf", "bc.pdf", "--html", "bc.pdf"), "SM", "2025", 2, "đuôi .html"),
    ],
)
def test_what_cannot_be_carried_out_is_refused_in_words(
    words: Sequence[str], unit: str, period: str, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _draft(*words, unit=unit, period=period) == code
    _refused(capsys, told)


@pytest.mark.parametrize("period", ["2025", "2025-01-01/P11M"])
def test_a_year_report_may_be_cut_off_before_the_year_ends(period: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("so-lieu.csv").write_text("Đơn vị;Chỉ tiêu;Kỳ;Giá trị\nSM;lua_dien_tich;2025-01-01/P11M;590\n", "utf-8")
    assert main(["load", "so-lieu.csv"]) == 0
    assert _draft(*DAY, period=period) in (0, 1)
    assert Path("bc.docx").exists()


def test_of_a_plan_the_period_is_the_year_that_is_planned(capsys: pytest.CaptureFixture[str]) -> None:
    """Figures of 2025 make the plan of 2026; who asks for another year or for a half is told what to type."""
    assert _draft(*DAY, period="2026", outline="ke-hoach-nam") in (0, 1)
    assert "là kế hoạch năm 2026, trên kết quả năm 2025" in capsys.readouterr().err
    Path("bc.docx").unlink()
    assert _draft("--on", "31/12/2029", period="2030", outline="ke-hoach-nam") == 2
    _refused(capsys, "chưa có số liệu nào của năm 2029 để lập kế hoạch năm 2030", "ghi kỳ 2031")
    assert _draft(*DAY, period="2026-S1", outline="ke-hoach-nam") == 2
    _refused(capsys, "năm được lập kế hoạch (như 2027: kế hoạch năm 2027, trên kết quả năm 2026)")


def test_files_that_are_there_stay_unless_told_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bc.html").write_text("của tôi", encoding="utf-8")
    assert _draft(*DAY, "--html", "bc.html") == 2
    _refused(capsys, "bc.html đã có sẵn")
    assert Path("bc.html").read_text(encoding="utf-8") == "của tôi"
    assert _draft(*DAY, "--html", "bc.html", "--force") == 0
    assert _draft(*DAY, "--force", "--from", "bc.docx") == 2  # the last report is not written over while it is read
    Path("baocao.toml").write_text('[figures]\nunits = "don-vi.csv"\n[report]\ntasks = "nv.xlsx"\n', encoding="utf-8")
    Path("nv.xlsx").write_bytes(b"")
    assert _draft(*DAY, "--force", "--annexes", "nv.xlsx") == 2
    assert Path("nv.xlsx").read_bytes() == b""


def test_a_file_that_cannot_be_written_keeps_no_other_back(capsys: pytest.CaptureFixture[str]) -> None:
    Path("tep").write_text("", encoding="utf-8")
    assert _draft(*DAY, "--html", "tep/bc.html", "--annexes", "bc.xlsx") == 2
    told = capsys.readouterr().err
    assert "Đã ghi: bc.docx" in told
    assert "tep/bc.html: không ghi được" in told
    assert "Đã ghi: bc.xlsx" in told
    assert not list(Path().glob(".baocao-*"))


def test_without_libreoffice_the_word_file_is_written_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/khong-co")
    assert libreoffice.program() is None
    assert _draft(*DAY, "--pdf", "bc.pdf", "--html", "bc.html") == 3
    told = capsys.readouterr().err.splitlines()
    assert told[:2] == ["Đã ghi: bc.docx", "Đã ghi: bc.html"]
    assert told[2].startswith("bc.pdf: muốn in ra PDF cần LibreOffice")
    assert not Path("bc.pdf").exists()


HOSTILE = (
    "Xã <w:t>Đồi</w:t> & Thử",
    "Xã &lt “Đồi” {} {year}",
    "Xã \u202eאבג\u202c Thử",
    "Xã " + "Đ" * 400,
)


@pytest.mark.parametrize("name", HOSTILE)
def test_odd_names_make_no_broken_file(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    for kept in Path().glob("so-lieu.sqlite*"):
        kept.rename(f"cu-{kept.name}")
    _store(name)
    Path("nv.csv").write_text(TASKS + f'"{name}; ]]> =1+1";{name};30/6/2025;chậm;<x>&\n', "utf-8")
    Path("baocao.toml").write_text(
        '[figures]\nunits = "don-vi.csv"\n[report]\nissuer = "UBND <x> & {unit}\\u0000\\u000b"\nplace = "{"\n'
        'signer = "N\\tA"\nrecipients = ["{khong_co}", "<x>"]\n', encoding="utf-8"
    )  # fmt: skip
    assert _draft(*DAY, "--tasks", "nv.csv", "--html", "bc.html", "--annexes", "bc.xlsx", unit="SM02") in (0, 1)
    capsys.readouterr()
    assert "UBND <x> & {unit}" in _texts()
    for file in ("bc.docx", "bc.xlsx"):
        assert zipfile.ZipFile(file).testzip() is None
    page = Path("bc.html").read_text(encoding="utf-8")
    assert "<x>" not in page
    assert main(["diff", "bc.docx"]) == 0


def test_ten_thousand_pasted_words_are_brought_forward() -> None:
    assert _draft(*DAY) == 0
    pasted = [f"Đoạn {number}: " + "nội dung chép từ trang mạng & <b>đậm</b> " * 10 for number in range(110)]
    _write_in("bc.docx", "chan_nuoi", pasted)
    assert _draft(*DAY, "--from", "bc.docx", out="moi.docx") == 0
    said = _texts("moi.docx")
    assert all(" ".join(one.split()) in said for one in pasted)
    assert "ổn định" not in said
    assert main(["diff", "moi.docx"]) in (0, 1)


def test_words_written_by_a_program_that_leaves_the_mark_of_the_prompt_are_not_lost(
    capsys: pytest.CaptureFixture[str],
) -> None:
    causes = '[[section]]\nkey = "nguyen_nhan"\ndepth = 2\ntitle = "NGUYÊN NHÂN"\nsay = [{ narrative = "nguyen_nhan", '
    Path("thu.toml").write_text(OUTLINE.replace("[[annex]]", f'{causes}asks = "nguyên nhân" }}]\n\n[[annex]]', 1))
    assert _draft(*DAY) == 0
    _write_in("bc.docx", "nguyen_nhan", ["Mưa lũ làm hỏng 1.234 ha lúa."], is_mark_left=True)
    capsys.readouterr()
    assert main(["diff", "bc.docx"]) == 1
    assert "1.234" in capsys.readouterr().out
    assert _draft(*DAY, "--from", "bc.docx", out="moi.docx") == 0
    assert "Mưa lũ làm hỏng 1.234 ha lúa." in _texts("moi.docx")


def _write_in(name: str, key: str, texts: Sequence[str], *, is_mark_left: bool = False) -> None:
    """People write over a narrative's paragraphs in Word."""
    document = docx.Document(name)
    for control in list(document.element.body.iter(docx_live.SDT)):
        named = control.find(f"{docx_live.W}sdtPr/{docx_live.W}tag")
        if named is not None and named.get(docx_live.VAL) == f"narrative:{key}":
            content = control.find(f"{docx_live.W}sdtContent")
            for prompt in control.findall(f"{docx_live.W}sdtPr/{docx_live.W}showingPlcHdr"):
                if not is_mark_left:
                    prompt.getparent().remove(prompt)  # as Word does when somebody types
            for one in list(content):
                content.remove(one)
            for text in texts:
                content.append(document.add_paragraph(text)._p)
    document.save(name)


def test_a_store_that_is_written_meanwhile_is_read_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    assert _draft(*DAY) == 0
    before = parts_of(Path("bc.docx").read_bytes())
    writer = sqlite3.connect("so-lieu.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        assert _draft(*DAY, "--force") == 0
    finally:
        writer.execute("ROLLBACK")
        writer.close()
    assert parts_of(Path("bc.docx").read_bytes()) == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "nv.csv: tệp rỗng"),
        ("a;b\n1;2\n", "nhiệm vụ và trạng thái"),
        (TASKS, "không có nhiệm vụ nào"),
        (TASKS + "A;B;hôm qua;chậm;\n", "dòng 2: hạn “hôm qua”"),
        (TASKS + "A;B;30/02/2025;chậm;\n", "dòng 2: hạn “30/02/2025”"),
        (TASKS + "A;B;;không rõ;\n", "dòng 2: trạng thái “không rõ”"),
    ],
)
def test_a_file_of_tasks_that_cannot_be_taken_is_told(text: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("nv.csv").write_text(text, encoding="utf-8")
    assert _draft(*DAY, "--tasks", "nv.csv") == 3
    _refused(capsys, told)


def test_five_thousand_tasks_are_counted_and_listed() -> None:
    rows = (
        f"Việc số {number};Sở A;30/6/2025;{'chậm' if number % 5 == 0 else 'hoàn thành'};\n" for number in range(5000)
    )
    Path("nv.csv").write_text(TASKS + "".join(rows), encoding="utf-8")
    assert _draft(*DAY, "--tasks", "nv.csv") == 0
    said = _texts()
    assert all(number in said for number in ("5.000", "4.000", "1.000"))
    assert "Việc số 4999" in said


@pytest.mark.parametrize(
    ("entries", "vi", "en"),
    [
        ("issuer = 1", "“report.issuer” ghi là 1", "“report.issuer” is 1"),
        ('khong_co = "x"', "không có mục “report.khong_co”", "no entry “report.khong_co”"),
        ('signature = "TM."', "“report.signature”", "“report.signature”"),
        ("recipients = [1]", "“report.recipients”", "“report.recipients”"),
    ],
)
def test_wrong_entries_of_the_project_are_told(
    entries: str, vi: str, en: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("baocao.toml").write_text(f'[figures]\nunits = "don-vi.csv"\n[report]\n{entries}\n', encoding="utf-8")
    assert _draft(*DAY) == 2
    _refused(capsys, vi)
    assert _draft(*DAY, "--lang", "en") == 2
    _refused(capsys, en)


def test_the_project_says_in_whose_name_a_report_is_written() -> None:
    Path("baocao.toml").write_text(
        '[figures]\nunits = "don-vi.csv"\n[report]\nissuer = "Ủy ban nhân dân tỉnh Mẫu"\nplace = " "\n'
        'signature = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]\nsigner = "Nguyễn Văn Thử"\nrecipients = ["Lưu: Kho."]\n'
        'tasks = ""\n', encoding="utf-8"
    )  # fmt: skip
    assert _draft(*DAY) == 0
    said = _texts()
    assert all(words in said for words in ("ỦY BAN NHÂN DÂN TỈNH MẪU", "Nguyễn Văn Thử", "Lưu: Kho.", "Sông Mẫu, ngày"))


def test_many_missing_figures_are_told_by_sector_and_all_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    told_of = ("lua_dien_tich", "ngo_dien_tich")
    crops = [one for one in national().indicators if one.sector == "trong_trot" and not one.parts]
    codes = [one.code for one in crops if one.code not in told_of and not one.is_derived][:20]
    first = "; ".join(one.name.vi for one in crops if one.code in codes[:3])
    assert len(codes) > 12
    Path("thu.toml").write_text(saying(f"{{ figures = {json.dumps(codes)} }}"), encoding="utf-8")
    assert _draft(*DAY) == 1
    told = capsys.readouterr().err
    assert f"Chưa có số liệu của: {len(codes)} chỉ tiêu" in told
    assert f"  - Trồng trọt: {first} và {len(codes) - 3} chỉ tiêu khác" in told
    assert _draft(*DAY, "--force", "--all", "--lang", "en") == 1
    told = capsys.readouterr().err
    (line,) = [line for line in told.splitlines() if "  - Crops: " in line]
    assert line.count(";") == len(codes) - 1


def test_a_place_where_nothing_can_be_written_is_told_before_the_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert _draft(*DAY, out="so-lieu.csv/bc.docx") == 2
    _refused(capsys, "là tệp chứ không phải thư mục")
    assert _draft(*DAY, out="moi/bc.docx") == 0  # a folder that lacks is made
    assert Path("moi/bc.docx").exists()


def test_a_report_is_not_written_for_a_unit_of_another_level(capsys: pytest.CaptureFixture[str]) -> None:
    Path("don-vi.csv").write_text(UNITS.format(name="Xã Đồi Thử") + "SM01A;Thôn Một;thôn;SM01;;\n", encoding="utf-8")
    assert _draft(*DAY, unit="SM01A", outline="bao-cao-nam") == 2
    _refused(capsys, "dành cho tỉnh, huyện, xã, không dùng cho Thôn Một (thôn)")


def test_an_empty_name_of_a_file_is_refused_for_tables_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rollup", "--period", "2025", "--csv", ""]) == 2
    assert "để trống" in capsys.readouterr().err
    assert main(["rollup", "--period", "2025", "--xlsx", "a.csv"]) == 2
    assert "đuôi .xlsx" in capsys.readouterr().err


def test_a_report_of_another_unit_of_the_folder_is_in_its_own_name(capsys: pytest.CaptureFixture[str]) -> None:
    entries = 'issuer = "Ủy ban nhân dân tỉnh Sông Mẫu"\nsigner = "Trần Thử"\naddressed_to = ["Tỉnh ủy Sông Mẫu"]\n'
    Path("baocao.toml").write_text(
        f'[figures]\nunits = "don-vi.csv"\nunder = "SM"\n[report]\n{entries}', encoding="utf-8"
    )
    outline = Path("thu.toml")
    whom = OUTLINE.replace('recipients = ["Thường', 'recipients = ["Như trên;", "Thường')
    outline.write_text(whom, encoding="utf-8")
    assert _draft(*DAY) == 0
    assert all(words in _texts() for words in ("Trần Thử", "Kính gửi", "Như trên"))
    capsys.readouterr()
    assert _draft(*DAY, unit="SM01", out="xa.docx") == 1
    said = _texts("xa.docx")
    assert "ỦY BAN NHÂN DÂN XÃ BẾN THỬ" in " ".join(said.upper().split())
    assert not [words for words in ("Trần Thử", "Kính gửi", "Như trên", "tỉnh Sông Mẫu") if words in said]
    assert "còn để trống tên người ký, nơi kính gửi" in capsys.readouterr().err


def test_a_report_written_before_the_year_is_over_misses_nothing_then_or_when_it_comes_back() -> None:
    Path("thu.toml").write_text(saying("{ ratings = true }"), encoding="utf-8")
    assert _draft("--on", "5/12/2025") == 0
    assert "01 chỉ tiêu cuối năm đánh giá" in _texts()
    assert "không đạt" not in _texts()
    assert main(["diff", "bc.docx"]) == 0
    assert _draft(*DAY, out="het-nam.docx") == 0
    assert "01 chỉ tiêu không đạt kế hoạch" in _texts("het-nam.docx")


def test_a_result_does_not_slip_into_a_sentence_that_tells_an_estimate(capsys: pytest.CaptureFixture[str]) -> None:
    heading = "Đơn vị;Chỉ tiêu;Kỳ;Loại số liệu;Giá trị\n"
    Path("uoc.csv").write_text(f"{heading}SM;dan_bo;2025;ước;700\nSM;dan_bo;2024;thực hiện;680\n", encoding="utf-8")
    Path("thu.toml").write_text(saying('{ figures = ["dan_bo", "lua_dien_tich"] }'), encoding="utf-8")
    assert main(["load", "uoc.csv"]) == 0
    assert _draft(*DAY) == 0
    assert "ước thực hiện 700 con" in _texts()
    assert main(["diff", "bc.docx"]) == 0
    Path("ket-qua.csv").write_text(f"{heading}SM;dan_bo;2025;thực hiện;731\nSM;lua_dien_tich;2025;thực hiện;650\n")
    assert main(["load", "ket-qua.csv"]) in (0, 1)
    capsys.readouterr()
    assert main(["diff", "bc.docx", "--json"]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ("số ước, nay đã có kết quả", "700", "731") in [(row["kind"], row["now"], row["current"]) for row in told]
    assert main(["refresh", "bc.docx"]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "để nguyên: số ước, nay đã có kết quả 700" in said
    assert "2 số in là số ước, nay kho đã có kết quả" in said
    now = _texts()
    assert "ước thực hiện 700 con" in now
    assert "bằng 102,9% so với năm 2024" in now  # a percentage of the estimate stays with it
    assert "650" in now  # what was told as a result follows the store


def test_what_only_people_can_write_is_asked_for_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    causes = '[[section]]\nkey = "nguyen_nhan"\ndepth = 2\ntitle = "NGUYÊN NHÂN"\nsay = [{ narrative = "nguyen_nhan", '
    causes += 'asks = "nguyên nhân của những chỉ tiêu đạt thấp năm {year}" }]\n\n[[annex]]'
    Path("thu.toml").write_text(OUTLINE.replace("[[annex]]", causes, 1), encoding="utf-8")
    assert _draft(*DAY, "--html", "bc.html") == 0
    assert "còn 1 phần phải do người viết" in (told := capsys.readouterr().err)
    assert "NGUYÊN NHÂN" in told
    asked = "[Cần viết: nguyên nhân của những chỉ tiêu đạt thấp năm 2025]"
    assert asked in _texts()
    assert asked in Path("bc.html").read_text(encoding="utf-8")
    assert _draft(*DAY, "--from", "bc.docx", out="lai.docx") == 0
    assert "còn 1 phần" in capsys.readouterr().err  # what asks is nobody's words, and not brought forward as such
    _write_in("bc.docx", "nguyen_nhan", [asked, "Do hạn hán kéo dài."])
    assert _draft(*DAY, "--from", "bc.docx", out="moi.docx") == 0
    assert "Do hạn hán kéo dài." in _texts("moi.docx")
    assert "Cần viết" not in _texts("moi.docx")
    assert "phải do người viết" not in capsys.readouterr().err


def test_an_outline_asks_for_words_or_gives_them(capsys: pytest.CaptureFixture[str]) -> None:
    for odd in ('narrative = "a", default = "Do trời."', 'text = "Do trời."'):
        Path("thu.toml").write_text(saying(f'{{ {odd}, asks = "nguyên nhân" }}'), encoding="utf-8")
        assert _draft(*DAY) == 3
        _refused(capsys, "hãy bỏ asks hoặc default")
