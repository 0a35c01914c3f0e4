"""The annex of a decision: read cell by cell, corrected by people, and taken whole with the place of each target."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from baocao_web.people import recording
from baocao_web.plans import overview
from baocao_web.plans.models import Annex, Source
from tests.web.offices import HERE, PROVINCE, THERE, Office, signed_in

DECISION = "12/NQ-HĐND ngày 20/12/2025"
PATH = f"/plans/annex?unit={PROVINCE}&year=2026"
FORM = (
    ("TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2025", "Kế hoạch năm 2026", "Ghi chú"),
    ("I", "Nông nghiệp", "", "", "", ""),
    (1, "Diện tích gieo trồng lúa", "ha", 980, 1000, ""),
    (2, "Số hộ nghèo", "hộ", 320, "không quá 300", "cuối kỳ"),
)


def workbook(*sheets: Sequence[Sequence[Any]], merges: Sequence[str] = ()) -> bytes:
    """A workbook of sheets, each from its rows; ``merges`` are areas of the first whose cells are joined."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for rows in sheets:
        sheet = book.add_worksheet()
        for down, row in enumerate(rows):
            sheet.write_row(down, 0, row)
        for area in merges if rows is sheets[0] else ():
            first = rows[int(re.sub(r"\D", "", area.split(":")[0])) - 1][ord(area[0]) - 65]
            sheet.merge_range(area, first)
    book.close()
    return out.getvalue()


def brought(content: bytes, name: str = "phụ lục.xlsx", who: str = "tuan", path: str = PATH, **typed: str) -> Any:
    given = {"authority": "HĐND tỉnh", "decision": DECISION, **typed}
    return signed_in(who).post(path, {**given, "file": SimpleUploadedFile(name, content)})


def opened(content: bytes, **typed: str) -> tuple[Annex, str]:
    """An annex that was brought in, and its page."""
    answer = brought(content, **typed)
    assert answer.status_code == 302, answer.content.decode()
    made = Annex.objects.latest("pk")
    return made, page(made)


def page(made: Annex) -> str:
    return signed_in("tuan").get(f"/plans/annex/{made.pk}").content.decode()


def corrected(made: Annex, who: str = "tuan", **typed: Any) -> Any:
    """Corrections sent over the version that stands; names are given with "_" for ":"."""
    told = {name if name == "leave_all" else name.replace("_", ":"): words for name, words in typed.items()}
    version = Annex.objects.get(pk=made.pk).version
    return signed_in(who).post(f"/plans/annex/{made.pk}", {"version": version, **told})


def taken(made: Annex, who: str = "tuan", **typed: str) -> Any:
    """What is shown is recorded, as the page's own form sends it."""
    shown = signed_in("tuan").get(f"/plans/annex/{made.pk}").content.decode()
    found = dict(re.findall(r'name="(version|digest|request)" value="([^"]*)"', shown))
    given = {"digest": "of nothing", "request": "some-request", "sums": "seen", **found, **typed}
    return signed_in(who).post(f"/plans/annex/{made.pk}/take", given)


def held(unit: str = PROVINCE, year: int = 2026) -> dict[str, str]:
    """What is asked of a unit, in words by indicator."""
    plan = overview.plan_of(unit, year)
    return {
        line.indicator.code: one.words.vi for _, lines in plan.sectors for line in lines for one in line.given if one
    }


def test_an_annex_is_read_corrected_and_taken_with_the_place_of_each_target(made: Office) -> None:
    annex, text = opened(workbook(FORM))
    assert "Diện tích gieo trồng lúa" in text
    assert "số thực hiện, không phải chỉ tiêu: không lấy" in text
    assert "không quá 300" in text
    assert 'value="lua_dien_tich"' in text, "the likeliest indicators are offered"
    assert held() == {}, "nothing is taken before somebody says so"
    assert taken(annex).status_code == 409
    assert corrected(annex, pick_0_3_1="lua_dien_tich").status_code == 302
    assert taken(annex).status_code == 302
    assert held() == {"lua_dien_tich": "1.000", "ho_ngheo": "không quá 300"}
    told = {one.indicator: (one.place, one.seen, one.decision) for one in Source.objects.all()}
    assert told == {"lua_dien_tich": ("E3", "1.000", "12/NQ-HĐND"), "ho_ngheo": ("E4", "không quá 300", "12/NQ-HĐND")}
    history = signed_in("ngoc").get(f"/plans/history/lua_dien_tich?unit={PROVINCE}").content.decode()
    assert "phụ lục.xlsx" in history
    assert "E3" in history
    assert [line.action for line in recording.lines(annex.stream)] == ["annex", "annex", "assign"]
    assert [line.action for line in recording.lines(f"plan:{PROVINCE}")] == ["assign"]
    assert list(recording.faults()) == []


def test_indicators_are_found_without_marks_by_hand(made: Office) -> None:
    annex, _ = opened(workbook(FORM))
    many = corrected(annex, find_0_3_1="dien tich lua")
    assert many.status_code == 200
    assert 'name="pick:0:3:1" value="lua_dien_tich"' in many.content.decode()
    none = corrected(annex, find_0_3_1="khong he co")
    assert "Không tìm thấy chỉ tiêu nào" in none.content.decode()
    assert corrected(annex, find_0_3_1="dien tich gieo cay lua").status_code == 302, "the only one is chosen"
    assert taken(annex).status_code == 302
    fragment = signed_in("tuan").get("/plans/indicators?find:0:3:1=SO HO NGHEO").content.decode()
    assert 'name="pick:0:3:1" value="ho_ngheo"' in fragment
    assert signed_in("lan").get("/plans/indicators?find:0:3:1=ho").status_code == 403


def test_communes_as_columns_with_joined_heads_and_a_column_of_the_whole(made: Office) -> None:
    form = (
        ("PHỤ LỤC",),
        ("TT", "Chỉ tiêu", "ĐVT", "Toàn tỉnh", "Cụ thể từng nơi", "", ""),
        ("", "", "", "", "Phường Thượng Họa", "Xã Khe Giấy Mới", "Xã Lạ Hoắc"),
        ("1", "2", "3", "4", "5", "6", "7"),
        (1, "Diện tích gieo cấy lúa", "ha", 1000, 400, 500, 5),
        (2, "Sản lượng lúa", "tạ", 50000, 20000, 30000, ""),
    )
    annex, text = opened(workbook(form, merges=("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:G2")))
    assert "Cụ thể từng nơi" in text
    assert "Xã Lạ Hoắc" in text
    assert text.count('name="clear"') == 1, "a caption over many columns is told once"
    assert corrected(annex, clear="0:2:4", fix_0_3_6="Ghi chú").status_code == 302
    assert "không ghi, chỉ dùng để đối chiếu" in page(annex)
    assert "phụ lục chỉ nêu 2/" in page(annex)
    assert "1 tổng không bằng cộng các đơn vị được nêu: D5 (1.000)" in page(annex)
    assert corrected(annex, fix_0_3_3=PROVINCE).status_code == 302, "the column of the whole is the province's own"
    text = page(annex)
    assert "các đơn vị được giao cộng lại 900, còn 100 chưa giao của 1.000" in text
    assert taken(annex, sums="").status_code == 409, "what does not add up must have been looked at"
    assert taken(annex).status_code == 302
    assert held(HERE) == {"lua_dien_tich": "400", "lua_san_luong": "2.000"}, "tạ are turned into tấn"
    assert held(THERE)["lua_dien_tich"] == "500"
    assert held()["lua_san_luong"] == "5.000"
    assert [line.action for line in recording.lines(f"plan:{HERE}")] == ["assign"]


def test_communes_as_rows_under_indicators(made: Office) -> None:
    form = (
        ("TT", "Tên xã, phường", "Diện tích gieo cấy lúa (ha)", "Số hộ nghèo"),
        (1, "Phường Thượng Họa", 400.5, "dưới 100"),
        (2, "Xã Khe Giấy", 500, 120),
        ("", "Tổng số", 900.5, 220),
    )
    annex, text = opened(workbook(form))
    assert "dòng nào là tiêu đề?" in text, "no column is known to hold units or indicators"
    assert corrected(annex, fix_0_1_1="Tên đơn vị").status_code == 302
    text = page(annex)
    assert "Xã Khe Giấy (MHC04" in text, "a commune of before is named, with what it was"
    assert 'name="fix:0:3:1"' in text
    assert corrected(annex, fix_0_3_1=THERE).status_code == 302
    assert taken(annex).status_code == 302
    assert held(HERE) == {"lua_dien_tich": "400,5", "ho_ngheo": "dưới 100"}
    assert held(THERE) == {"lua_dien_tich": "500", "ho_ngheo": "120"}


def test_columns_of_two_authorities_are_told_apart(made: Office) -> None:
    form = (
        ("TT", "Chỉ tiêu", "ĐVT", "HĐND giao", "UBND tỉnh giao", "KH năm 2025"),
        (1, "Diện tích gieo cấy lúa", "ha", 1000, 990, 900),
    )
    annex, text = opened(workbook(form))
    assert "do UBND tỉnh giao, không theo quyết định này: không lấy" in text
    assert "của kỳ 2025-A1, không phải năm 2026: không lấy" in text
    assert taken(annex).status_code == 302
    assert held() == {"lua_dien_tich": "1.000"}
    (line,) = overview.held(PROVINCE, 2026)
    assert line.address.authority == "HĐND tỉnh", "the heading says “HĐND”, the decision whose it is"


def test_one_target_in_two_columns_is_refused_until_one_is_left(made: Office) -> None:
    form = (("TT", "Chỉ tiêu", "ĐVT", "HĐND giao", "Kế hoạch năm 2026"), (1, "Số hộ nghèo", "hộ", 300, 290))
    annex, text = opened(workbook(form))
    assert "đã có ở ô D2" in text
    assert taken(annex).status_code == 409
    assert corrected(annex, leave="0:2:4").status_code == 302
    assert taken(annex).status_code == 302
    assert held() == {"ho_ngheo": "300"}


def test_what_stands_already_is_shown_beside(made: Office) -> None:
    form = (FORM[0], (1, "Diện tích gieo cấy lúa", "ha", "", 1000), (2, "Số hộ nghèo", "hộ", "", 300))
    first, _ = opened(workbook(form))
    assert taken(first).status_code == 302
    again, text = opened(workbook(form))
    assert "2 đã có sẵn" in text
    assert taken(again).status_code == 302
    assert len(overview.history(PROVINCE, "ho_ngheo")) == 1
    _, text = opened(workbook(form[:2]), decision="5/NQ-HĐND ngày 15/7/2026")
    assert "1 khác số đang lưu" in text
    assert "12/NQ-HĐND, 20/12/2025" in text
    other, text = opened(workbook((FORM[0], (1, "Số hộ nghèo", "hộ", "", 250))), decision="13/NQ-HĐND ngày 20/12/2025")
    assert "cùng ngày ban hành" in text
    assert taken(other).status_code == 409
    assert corrected(other, leave="0:2").status_code == 302
    assert taken(other).status_code == 409, "nothing is left to record"
    assert held()["ho_ngheo"] == "300"


def test_rows_and_cells_are_left_and_taken_back(made: Office) -> None:
    annex, _ = opened(workbook(FORM))
    assert corrected(annex, leave="0:3").status_code == 302
    assert "lấy lại" in page(annex)
    assert corrected(annex, undo="0:3").status_code == 302
    assert "không có chỉ tiêu nào có mã hoặc tên “Diện tích gieo trồng lúa”" in page(annex)
    corrected(annex, leave=["0:3", "0:4:4"])
    assert "Chưa đọc được chỉ tiêu nào" in page(annex)


def test_all_that_is_not_understood_is_left_at_once_and_told(made: Office) -> None:
    listed = (
        ("Đơn vị", "Chỉ tiêu", "Kỳ", "Loại số liệu", "Giá trị"),
        (PROVINCE, "Sản lượng lúa", "2026", "giao", "từ 5.000 trở lên"),
        (PROVINCE, "Sản lượng lúa", "2025", "giao", "4.900"),
        (PROVINCE, "Sản lượng lúa", "2026", "thực hiện", "4.800"),
        (PROVINCE, "Lạ hoắc", "2026", "giao", "1"),
    )
    annex, text = opened(workbook(FORM, listed, (("Ghi chú gì đó",),)))
    assert "đây là số thực hiện, không phải chỉ tiêu giao" in text
    assert "kỳ 2025-A1 không phải là năm 2026" in text
    assert corrected(annex, leave_all="yes").status_code == 302
    assert Annex.objects.get(pk=annex.pk).corrections["left"] == ["0:3", "1:3", "1:4", "1:5", "2"]
    assert page(annex).count("lấy lại") == 5
    assert taken(annex).status_code == 302
    assert held() == {"ho_ngheo": "không quá 300", "lua_san_luong": "từ 5.000 trở lên"}


def test_a_figure_is_corrected_as_officials_write_it(made: Office) -> None:
    annex, text = opened(
        workbook((FORM[0], (1, "Số hộ nghèo", "hộ", "", "khoảng 3"), (2, "Sản lượng lúa", "kg", "", 5)))
    )
    assert "khoảng 3" in text
    assert corrected(annex, fix_0_2_4="từ 1.250,5 trở lên", fix_0_3_2="tấn").status_code == 302
    assert taken(annex).status_code == 302
    assert held() == {"ho_ngheo": "từ 1.250,5 trở lên", "lua_san_luong": "5"}


def test_a_sheet_without_headings_is_shown_for_somebody_to_say_where_they_are(made: Office) -> None:
    annex, text = opened(workbook((("Danh mục", "Con số"), ("Số hộ nghèo", 300))))
    assert "dòng nào là tiêu đề?" in text
    text = signed_in("tuan").get(f"/plans/annex/{annex.pk}?heads=0:1").content.decode()
    assert 'name="fix:0:1:0"' in text
    assert corrected(annex, fix_0_1_0="Chỉ tiêu", fix_0_1_1="Kế hoạch").status_code == 302
    assert taken(annex).status_code == 302
    assert held() == {"ho_ngheo": "300"}
    for odd in ("9:9", "x", "0:99", "-1:1", "٣:١", "²:1", "0:²"):
        assert signed_in("tuan").get(f"/plans/annex/{annex.pk}?heads={odd}").status_code == 200


def test_a_table_of_a_word_file_is_read_as_well(made: Office) -> None:
    from docx import Document

    document = Document()
    table = document.add_table(rows=2, cols=4)
    for row, texts in zip(
        table.rows, (("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch"), ("1", "Số hộ nghèo", "hộ", "1.300")), strict=True
    ):
        for cell, words in zip(row.cells, texts, strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    annex, text = opened(out.getvalue(), name="phụ lục.docx")
    assert "1.300" in text
    assert taken(annex).status_code == 302
    assert held() == {"ho_ngheo": "1.300"}, "a figure in words is read as people here write it"
    assert Source.objects.get().place == "D2"


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "a.xlsx", "tệp rỗng"),
        (b"nothing", "a.exe", "chỉ nhận tệp"),
        (b"\x00\x01\x02" * 99, "a.xlsx", ""),
        (b"PK\x03\x04" + b"x" * 500, "a.xlsx", ""),
        (b"%PDF-1.4 rubbish", "a.pdf", ""),
        (b"<html><script>alert(1)</script></html>", "a.docx", ""),
    ],
)
def test_odd_files_are_refused_in_words_and_nothing_is_kept(made: Office, content: bytes, name: str, told: str) -> None:
    answer = brought(content, name)
    assert answer.status_code == 409
    assert told in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()
    assert not Annex.objects.exists()


def test_a_bomb_of_a_workbook_is_refused(made: Office) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/worksheets/sheet1.xml", b"<c>" + b"0" * 300_000_000)
    assert brought(out.getvalue()).status_code == 409


def test_a_workbook_of_too_many_cells_is_refused(made: Office) -> None:
    answer = brought(workbook([tuple(range(200)) for _ in range(320)]))
    assert answer.status_code == 409
    assert "64.000" in answer.content.decode() or "64000" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"authority": " "}, "cấp giao"),
        ({"decision": "hôm qua"}, "hôm qua"),
        ({"decision": "12/NQ-HĐND"}, "ngày ban hành"),
        ({"holds_from": "mai"}, "mai"),
        ({"authority": "<script>alert(1)</script>", "decision": "x"}, "&lt;script&gt;"),
    ],
)
def test_a_decision_that_cannot_be_read_is_told(made: Office, typed: dict[str, str], told: str) -> None:
    answer = brought(workbook(FORM), **typed)
    assert answer.status_code == 409
    assert told in answer.content.decode()
    assert not Annex.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"fix:0:99:1": "x"},
        {"fix:9:1:1": "x"},
        {"fix:0:1:999": "x"},
        {"fix:0:3": "x"},
        {"fix:0:3:1": "x" * 300},
        {"leave": "7"},
        {"leave": "0:1:2:3"},
        {"leave": "../../etc"},
        {"clear": "0"},
        {"fix:{0.__class__}:1:1": "x"},
    ],
)
def test_forged_places_are_refused_and_nothing_changes(made: Office, typed: dict[str, str]) -> None:
    annex, _ = opened(workbook(FORM))
    answer = signed_in("tuan").post(f"/plans/annex/{annex.pk}", {"version": "0", **typed})
    assert answer.status_code == 409
    assert Annex.objects.get(pk=annex.pk).corrections == {}


def test_stale_corrections_and_stale_taking_are_refused(made: Office) -> None:
    annex, _ = opened(workbook(FORM))
    client = signed_in("tuan")
    assert client.post(f"/plans/annex/{annex.pk}", {"version": "0", "leave": "0:3"}).status_code == 302
    for version in ("0", "", "x", "-1", "٣"):
        answer = client.post(f"/plans/annex/{annex.pk}", {"version": version, "leave": "0:4"})
        assert answer.status_code == 409, version
    assert Annex.objects.get(pk=annex.pk).version == 1
    shown = dict(re.findall(r'name="(version|digest|request)" value="([^"]*)"', page(annex)))
    corrected(annex, fix_0_4_4="250")
    assert client.post(f"/plans/annex/{annex.pk}/take", shown).status_code == 409
    assert client.post(f"/plans/annex/{annex.pk}/take", {**shown, "version": "2"}).status_code == 409, "another digest"
    assert held() == {}
    assert taken(annex).status_code == 302


def test_a_taking_that_comes_twice_is_done_once(made: Office) -> None:
    annex, _ = opened(workbook(FORM))
    corrected(annex, leave="0:3")
    shown = dict(re.findall(r'name="(version|digest|request)" value="([^"]*)"', page(annex)))
    client = signed_in("tuan")
    for _ in range(2):
        assert client.post(f"/plans/annex/{annex.pk}/take", shown).status_code == 302
    assert Source.objects.count() == 1
    assert len(overview.history(PROVINCE, "ho_ngheo")) == 1
    assert client.post(f"/plans/annex/{annex.pk}/take", {**shown, "request": "another-one"}).status_code == 409
    assert corrected(annex, leave="0:4").status_code == 409, "what was taken is corrected no more"
    assert client.post(f"/plans/annex/{annex.pk}/take", {**shown, "request": ""}).status_code == 404


def test_units_of_others_are_refused(made: Office) -> None:
    form = (("TT", "Đơn vị", "Số hộ nghèo"), (1, "Xã Khe Giấy Mới", 5), (2, "MH", 6))
    annex = brought(workbook(form), path=f"/plans/annex?unit={HERE}&year=2026")
    made_annex = Annex.objects.latest("pk")
    text = page(made_annex)
    assert annex.status_code == 302
    assert "không thuộc Phường Thượng Họa" in text
    assert taken(made_annex).status_code == 409
    assert held(THERE) == {}


@pytest.mark.parametrize(("who", "status"), [("tuan", 200), ("son", 403), ("ngoc", 403), ("lan", 403), ("quan", 403)])
def test_each_role_brings_in_what_it_may(made: Office, who: str, status: int) -> None:
    annex, _ = opened(workbook(FORM))
    client = signed_in(who)
    for path in (PATH, f"/plans/annex/{annex.pk}", f"/plans/annex/{annex.pk}/file"):
        assert client.get(path).status_code == status, path
    if status == 403:
        assert brought(workbook(FORM), who=who).status_code == 403
        assert corrected(annex, who=who, leave="0:3").status_code == 403
        assert taken(annex, who=who, version="0", digest="x", request="some-request").status_code == 403
    assert client.get("/plans/annex/999999").status_code == 404
    assert Annex.objects.count() == 1


def test_forms_without_their_token_are_refused(made: Office) -> None:
    annex, _ = opened(workbook(FORM))
    client = signed_in("tuan", enforce_csrf=True)
    for path in (PATH, f"/plans/annex/{annex.pk}", f"/plans/annex/{annex.pk}/take"):
        assert client.post(path, {"version": "0", "leave": "0:3"}).status_code == 403, path


def test_script_in_a_workbook_is_shown_as_words(made: Office) -> None:
    bad = "<script>alert(1)</script>"
    annex, text = opened(
        workbook((FORM[0], (1, bad, bad, "", bad), (2, "Số hộ nghèo", "hộ", "", 5, bad))), name=f"{bad}.xlsx"
    )
    assert bad not in text
    assert "&lt;script&gt;" in text
    told = signed_in("tuan").get(f"/plans/annex/{annex.pk}/file")
    assert told.headers["Content-Disposition"].startswith("attachment")
    assert told.headers["Content-Type"] == "application/octet-stream"


def test_an_annex_of_some_communes_lists_its_totals_in_one_remark_and_rows_of_the_whole(made: Office) -> None:
    form = (
        ("TT", "Chỉ tiêu", "ĐVT", "Toàn tỉnh", "Phường Thượng Họa", "Xã Khe Giấy Mới"),
        (1, "Diện tích gieo cấy lúa", "ha", 1000, 400, 500),
        (2, "Số hộ nghèo", "hộ", 900, 40, "1.25O"),
        (3, "Tỷ lệ che phủ rừng", "%", 58.35, "", ""),
        (4, "Diện tích gieo cấy lúa", "ha", "", 400, ""),
    )
    _, text = opened(workbook(form, form))
    assert "\x1f" not in text
    assert "địa chỉ MH" not in text
    assert "chỉ tiêu này của đơn vị này đã có ở ô Sheet" in text
    assert "“1.25O”" in text
    assert "Dòng chỉ có số tổng (2)" in text
    assert "Tỷ lệ che phủ rừng: 58,35" in text
