"""A form goes out as a workbook and comes back: the same checks, every change shown before it counts, no forgery."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from baocao.model.text import Text
from baocao_web.collecting import forms_kept, keeping, layout
from baocao_web.collecting.models import Entry, Form, Round
from baocao_web.collecting.workbooks import views as workbook_views
from baocao_web.collecting.workbooks import waiting
from baocao_web.collecting.workbooks.ids import opened
from baocao_web.people import recording
from baocao_web.people.models import User
from baocao_web.places import office
from tests.web.offices import HERE, PROVINCE, THERE, Office, post, signed_in

AREA, OUTPUT, POOR = "lua_dien_tich:actual", "lua_san_luong:actual", "ho_ngheo:actual"
YIELD = "lua_nang_suat:actual"
SHEET = "Biểu"
on_both = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)  # where writing is at stake


def download(client: Any, entry: Entry) -> Any:
    """The form as openpyxl, and so Excel, sees it."""
    answer = client.get(f"/forms/{entry.pk}/workbook/file")
    assert answer.status_code == 200, answer.content
    assert answer["Content-Disposition"].endswith('.xlsx"')
    return load_workbook(io.BytesIO(answer.content))


def places(book: Any) -> dict[str, str]:
    """Where each cell stands, by the hidden keys."""
    sheet = book[SHEET]
    columns = {cell.column: opened(cell.value) for cell in sheet[1] if cell.column > 1 and cell.value}
    return {
        f"{opened(line[0].value)}:{key}": sheet.cell(line[0].row, column).coordinate
        for line in sheet.iter_rows(min_row=2, max_col=1)
        if line[0].value
        for column, key in columns.items()
    }


def put(book: Any, **values: Any) -> Any:
    """The workbook with values typed into cells; two underlines stand for what no name may have."""
    where = places(book)
    for cell, value in values.items():
        book[SHEET][where[cell.replace("__", ":")]] = value
    return book


def packed(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client: Any, entry: Entry, content: bytes, name: str = "biểu đã điền.xlsx") -> Any:
    return client.post(f"/forms/{entry.pk}/workbook", {"file": SimpleUploadedFile(name, content)})


def page(client: Any, entry: Entry) -> str:
    answer = client.get(f"/forms/{entry.pk}/workbook/differences")
    assert answer.status_code == 200
    return str(answer.content.decode())


def ticked(html: str) -> list[str]:
    return re.findall(r'name="cell" value="([^"]+)" checked', html)


def hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(version|file|request)" value="([^"]*)">', html))


def take(client: Any, entry: Entry, cells: list[str] | None = None, **over: str) -> Any:
    """Send the page of differences as it stands, or with other cells ticked."""
    html = page(client, entry)
    chosen = ticked(html) if cells is None else cells
    given = {**hidden(html), "act": "take", "cell": chosen, **over}
    return client.post(f"/forms/{entry.pk}/workbook/differences", given)


def told(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def refused(client: Any, entry: Entry, content: bytes) -> str:
    """What is said of a workbook that is not taken; nothing of it is there afterwards."""
    before = Entry.objects.get(pk=entry.pk)
    answer = upload(client, entry, content)
    assert answer.status_code == 409
    after = Entry.objects.get(pk=entry.pk)
    assert (after.cells, after.version) == (before.cells, before.version)
    return told(answer)


@on_both
def test_a_form_goes_out_and_comes_back(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    book = put(
        download(client, entry),
        lua_dien_tich__actual=1234.5,
        lua_san_luong__actual="6.500",
        ho_ngheo__actual="chưa có số liệu",
    )
    answer = upload(client, entry, packed(book))
    assert answer.status_code == 302
    assert made.cells() == {}, "nothing counts before it is chosen"
    html = page(client, entry)
    assert ticked(html) == [AREA, OUTPUT, POOR]
    assert take(client, entry).status_code == 302
    kept = made.cells()
    assert {cell: found[:2] for cell, found in kept.items()} == {
        AREA: ["1234.5", None],
        OUTPUT: ["6500", None],
        POOR: [None, "not_available"],
    }
    acts = [(line.action, json.loads(line.details)) for line in recording.lines(entry.stream)]
    assert [act for act, _ in acts] == ["enter", "workbook"]
    assert acts[1][1]["file"] == "biểu đã điền.xlsx"
    assert list(recording.faults()) == []
    shown = told(client.get(f"/forms/{entry.pk}/workbook"))
    assert "“biểu đã điền.xlsx”, 3 ô, Nguyễn Hư Lan" in shown


def test_only_what_was_ticked_is_taken(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    upload(client, entry, packed(put(download(client, entry), lua_dien_tich__actual=1, lua_san_luong__actual=2)))
    take(client, entry, [OUTPUT])
    assert set(made.cells()) == {OUTPUT}


def test_what_was_emptied_is_shown_and_emptied(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    post(client, f"/forms/{entry.pk}/save", base=0, cells={AREA: "5", OUTPUT: "6"})
    upload(client, entry, packed(put(download(client, entry), lua_dien_tich__actual=None)))
    assert ticked(page(client, entry)) == [AREA]
    take(client, entry)
    assert made.cells()[AREA][:2] == [None, None]
    assert made.cells()[OUTPUT][0] == "6"


@on_both
def test_a_cell_that_others_changed_since_is_a_conflict_and_not_ticked(made: Office) -> None:
    client, other, entry = signed_in("lan"), signed_in("hoa"), made.entry()
    post(client, f"/forms/{entry.pk}/save", base=0, cells={AREA: "5", OUTPUT: "6", POOR: "7"})
    book = put(download(client, entry), lua_dien_tich__actual=50, lua_san_luong__actual=60)
    post(other, f"/forms/{entry.pk}/save", base=1, cells={AREA: "55", POOR: "77"})
    upload(client, entry, packed(book))
    html = page(client, entry)
    assert ticked(html) == [OUTPUT], "the cell that both changed is for its owner to decide"
    assert "Nguyễn Hư Hoa sửa lúc" in html
    assert "khi tải về là “5”" in html
    assert "1 ô giữ số mới hơn" in html, "what the file left as it was does not undo the other's figure"
    take(client, entry)
    assert {cell: kept[0] for cell, kept in made.cells().items()} == {AREA: "55", OUTPUT: "60", POOR: "77"}
    upload(client, entry, packed(book))
    take(client, entry, [AREA])
    assert made.cells()[AREA][0] == "50", "ticked on purpose, having seen the other's figure"


@on_both
def test_a_change_between_the_page_and_the_decision_is_not_written_over(made: Office) -> None:
    client, other, entry = signed_in("lan"), signed_in("hoa"), made.entry()
    upload(client, entry, packed(put(download(client, entry), lua_dien_tich__actual=50, lua_san_luong__actual=60)))
    seen = hidden(page(client, entry))
    post(other, f"/forms/{entry.pk}/save", base=0, cells={AREA: "55"})
    answer = client.post(f"/forms/{entry.pk}/workbook/differences", {**seen, "act": "take", "cell": [AREA, OUTPUT]})
    assert answer.status_code == 409
    assert "vừa được người khác sửa" in told(answer)
    assert {cell: kept[0] for cell, kept in made.cells().items()} == {AREA: "55", OUTPUT: "60"}
    assert ticked(answer.content.decode()) == [], "it is a conflict now"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("=1+1", "thấy công thức chưa được tính, cần một số"),
        ("=HYPERLINK(\"http://nowhere.example\",\"5\")", "thấy công thức"),
        ("khoảng 3", "không phải là số"),
        ("1.2.3", "viết sai dấu phân cách"),
        (True, "thấy TRUE, cần một số"),
        (1e30, "lớn"),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_figure_is_refused_by_its_address_and_the_rest_is_taken(
    made: Office, value: object, said: str
) -> None:
    client, entry = signed_in("lan"), made.entry()
    book = put(download(client, entry), lua_dien_tich__actual=value, lua_san_luong__actual=2)
    where = places(book)[AREA]
    assert upload(client, entry, packed(book)).status_code == 302
    html = page(client, entry)
    shown = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert f"ô {where}: " in shown
    assert said in shown
    assert ticked(html) == [OUTPUT]
    answer = take(client, entry, [AREA, OUTPUT])
    assert answer.status_code == 409, "it cannot be ticked by hand either"
    assert made.cells() == {}
    take(client, entry)
    assert set(made.cells()) == {OUTPUT}


def test_a_formula_whose_result_is_a_number_gives_its_number(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    content = packed(put(download(client, entry), lua_dien_tich__actual="=2*3"))
    content = edited(content, "xl/worksheets/sheet1.xml", b"<f>2*3</f><v></v>", b"<f>2*3</f><v>6</v>")
    content = edited(content, "xl/worksheets/sheet1.xml", b"<f>2*3</f><v />", b"<f>2*3</f><v>6</v>")
    upload(client, entry, content)
    take(client, entry)
    assert made.cells()[AREA][0] == "6"


def test_percentages_and_days_are_no_plain_figures(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    book = put(
        download(client, entry), lua_dien_tich__actual=0.85, lua_san_luong__actual=46000, ho_ngheo__actual=0.1 + 0.2
    )
    where = places(book)
    book[SHEET][where[AREA]].number_format = "0%"
    book[SHEET][where[OUTPUT]].number_format = "dd/mm/yyyy"
    upload(client, entry, packed(book))
    shown = told(client.get(f"/forms/{entry.pk}/workbook/differences"))
    assert "thấy 85%, cần số" in shown
    assert "thấy một ngày tháng" in shown
    take(client, entry)
    assert {cell: kept[0] for cell, kept in made.cells().items()} == {POOR: "0.3"}, "no noise of binary fractions"


def test_the_checks_are_those_of_the_screen(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    Entry.objects.filter(pk=entry.pk).update(beside=json.dumps({"lua_dien_tich:last_year": "1234.5"}))
    upload(client, entry, packed(put(download(client, entry), lua_dien_tich__actual=12345, ho_ngheo__actual=-4)))
    shown = told(client.get(f"/forms/{entry.pk}/workbook/differences"))
    assert "gấp khoảng 10 lần số bên cạnh (1.234,5)" in shown
    assert "-4 nằm ngoài khoảng hợp lý" in shown
    upload(client, entry, packed(put(download(client, entry), lua_dien_tich__actual=1200, lua_san_luong__actual=60)))
    shown = told(client.get(f"/forms/{entry.pk}/workbook/differences"))
    assert "Năng suất lúa (Thực hiện): 0,5 nằm ngoài khoảng hợp lý" in shown, "what is worked out is judged too"


def test_what_cannot_be_typed_is_locked_and_ids_are_out_of_sight(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    Entry.objects.filter(pk=entry.pk).update(beside=json.dumps({"lua_dien_tich:last_year": "1234.5"}))
    book = download(client, entry)
    sheet, where = book[SHEET], places(book)
    assert sheet.protection.sheet
    unlocked = {cell.coordinate for line in sheet.iter_rows() for cell in line if not cell.protection.locked}
    assert unlocked == {where[cell] for cell in (AREA, OUTPUT, POOR)}
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[1].hidden
    assert book["baocao"].sheet_state == "veryHidden"
    assert sheet[where["lua_dien_tich:last_year"]].value == 1234.5
    assert sheet[where[YIELD]].value.startswith("=IF(COUNT(")
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert any(where[AREA] in span or where[AREA][0] in span for span in rules)
    texts = [cell.value for line in sheet.iter_rows() for cell in line if isinstance(cell.value, str)]
    for words in ("Biểu số: B01", "NÔNG NGHIỆP", "(Tháng 10/2026)", "Đơn vị báo cáo: Phường Thượng Họa"):
        assert words in texts


def test_names_and_what_people_typed_never_become_formulas(made: Office) -> None:
    evil = '=HYPERLINK("http://nowhere.example","x")'
    kept = Form.objects.get(pk=made.form.pk)
    kept.title = evil
    kept.layout["rows"][1]["name"] = {"vi": evil, "en": evil}
    kept.layout["rows"][2]["name"] = {"vi": "@SUM(1)", "en": "@"}
    kept.save()
    forms_kept.forget()
    client, entry = signed_in("lan"), made.entry()
    post(client, f"/forms/{entry.pk}/save", base=0, cells={AREA: evil, OUTPUT: "+1+1"})
    content = client.get(f"/forms/{entry.pk}/workbook/file").content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
    formulas = re.findall(r"<f>([^<]*)</f>", xml)
    assert formulas
    assert not any("HYPERLINK" in one.split('"')[0] for one in formulas)
    assert upload(client, entry, content).status_code == 302, "as it was downloaded it comes back"
    assert ticked(page(client, entry)) == []


def edited(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A package with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            body = before.read(name)
            after.writestr(name, body.replace(old, new) if name == part else body)
    return out.getvalue()


def test_a_workbook_of_another_unit_form_version_or_round_is_refused(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    theirs = packed(download(signed_in("minh"), made.entry(THERE)))
    assert "tệp là của Xã Khe Giấy Mới, ở đây là biểu của Phường Thượng Họa" in refused(client, entry, theirs)

    def other(code: str, version: int, period: str) -> bytes:
        form = Form.objects.create(code=code, version=version, title="Khác", owner=PROVINCE, layout=made.form.layout)
        return of_round(form, period)

    def of_round(form: Form, period: str) -> bytes:
        days = {name: getattr(made.round, name) for name in ("opens_on", "due_on", "late_on", "locked_on")}
        round_ = Round.objects.create(form=form, owner=PROVINCE, period=period, title="Khác", steps=[], **days)
        return packed(download(client, Entry.objects.create(round=round_, unit=HERE)))

    assert "tệp là của biểu B02, ở đây cần biểu B01" in refused(client, entry, other("B02", 1, "2026-M10"))
    assert "tệp là phiên bản 2 của biểu B01" in refused(client, entry, other("B01", 2, "2026-M10"))
    assert "tệp là của kỳ tháng 9/2026" in refused(client, entry, of_round(made.form, "2026-M09"))
    assert list(recording.lines("refused:lan")), "a workbook that is not this form's is told in the record"


@on_both
def test_a_forged_id_never_writes_anything(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    book = put(download(client, entry), lua_dien_tich__actual=5)
    for cell in book["baocao"]["B"]:
        if cell.value == HERE:
            cell.value = THERE
    assert "mã ẩn của tệp đã bị thay đổi" in refused(client, entry, packed(book))
    assert "mã ẩn của tệp đã bị thay đổi" in refused(signed_in("minh"), made.entry(THERE), packed(book))
    moved = put(download(client, entry), lua_dien_tich__actual=5)
    sheet, where = moved[SHEET], places(moved)
    first, second = (sheet[where[cell]].row for cell in (AREA, OUTPUT))
    sheet.cell(first, 1).value, sheet.cell(second, 1).value = sheet.cell(second, 1).value, sheet.cell(first, 1).value
    assert "các dòng đã bị xếp lại" in refused(client, entry, packed(moved))
    bare = Workbook()
    bare.active["A1"] = 5
    assert "không phải biểu tải về từ hệ thống" in refused(client, entry, packed(bare))
    shorter = download(client, entry)
    shorter[SHEET].delete_rows(first)
    assert "trang biểu thiếu 1 dòng" in refused(client, entry, packed(shorter))
    doubled = download(client, entry)
    doubled.copy_worksheet(doubled[SHEET])
    assert "tệp có 2 trang biểu" in refused(client, entry, packed(doubled))


def test_rows_that_were_put_in_do_not_move_figures_into_others(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    book = put(download(client, entry), lua_dien_tich__actual=5, ho_ngheo__actual=6)
    book[SHEET].insert_rows(book[SHEET][places(book)[OUTPUT]].row)
    upload(client, entry, packed(book))
    take(client, entry)
    assert {cell: kept[0] for cell, kept in made.cells().items()} == {AREA: "5", POOR: "6"}


def test_only_who_may_enter_brings_a_workbook(made: Office) -> None:
    entry = made.entry()
    content = packed(put(download(signed_in("lan"), entry), lua_dien_tich__actual=5))
    assert upload(signed_in("minh"), entry, content).status_code == 403
    assert upload(signed_in("ngoc"), entry, content).status_code == 403, "a reviewer reads"
    assert signed_in("minh").get(f"/forms/{entry.pk}/workbook/file").status_code == 403
    book = download(signed_in("ngoc"), entry)
    assert not [cell for line in book[SHEET].iter_rows() for cell in line if not cell.protection.locked]
    upload(signed_in("lan"), entry, content)
    other = signed_in("hoa")  # of the same unit
    assert other.get(f"/forms/{entry.pk}/workbook/differences").status_code == 302, "what waits is its bringer's"
    assert made.cells() == {}


@on_both
def test_a_locked_or_submitted_form_takes_no_workbook(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    post(client, f"/forms/{entry.pk}/save", base=0, cells={AREA: "5", OUTPUT: "6", POOR: "7"})
    content = packed(put(download(client, entry), lua_dien_tich__actual=50))
    upload(client, entry, content)
    seen = hidden(page(client, entry))
    today = office.today()
    Round.objects.update(locked_on=today, late_on=today - timedelta(days=1), due_on=today - timedelta(days=2))
    forms_kept.forget()
    assert "biểu đã khóa từ ngày" in refused(client, entry, content)
    answer = client.post(f"/forms/{entry.pk}/workbook/differences", {**seen, "act": "take", "cell": [AREA]})
    assert answer.status_code == 409
    assert "biểu đã khóa từ ngày" in told(answer)
    assert made.cells()[AREA][0] == "5"
    Round.objects.update(locked_on=today + timedelta(days=9))
    Entry.objects.filter(pk=entry.pk).update(state="submitted")
    forms_kept.forget()
    assert "đã nộp" in refused(client, entry, content)


@on_both
def test_a_page_of_another_file_and_a_file_that_was_taken_are_refused(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    upload(client, entry, packed(put(download(client, entry), lua_dien_tich__actual=5)))
    seen = hidden(page(client, entry))
    upload(client, entry, packed(put(download(client, entry), lua_dien_tich__actual=500)))
    stale = {**seen, "act": "take", "cell": [AREA]}
    answer = client.post(f"/forms/{entry.pk}/workbook/differences", stale)
    assert answer.status_code == 409
    assert "một tệp khác đã được tải lên" in told(answer)
    assert made.cells() == {}
    again = {**hidden(page(client, entry)), "act": "take", "cell": [AREA]}
    assert client.post(f"/forms/{entry.pk}/workbook/differences", again).status_code == 302
    answer = client.post(f"/forms/{entry.pk}/workbook/differences", again)
    assert answer.status_code == 409
    assert "không còn chờ" in told(answer)
    assert made.entry().version == 1, "done once"


def test_a_cell_that_the_form_does_not_have_is_refused(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    upload(client, entry, packed(put(download(client, entry), lua_dien_tich__actual=5)))
    for cell in (YIELD, "dan_so:actual", "'; DROP TABLE collecting_entry; --"):
        answer = take(client, entry, [AREA, cell])
        assert answer.status_code == 409
        assert "không có ô" in told(answer)
    assert take(client, entry, [AREA], version="1e9").status_code == 409
    assert made.cells() == {}


def test_only_the_cells_that_were_returned_can_be_changed(made: Office) -> None:
    client, approver, entry = signed_in("lan"), signed_in("hoa"), made.entry()
    post(client, f"/forms/{entry.pk}/save", base=0, cells={AREA: "5", OUTPUT: "25", POOR: "7"})
    assert post(client, f"/forms/{entry.pk}/submit", version=1).status_code == 200
    returned = post(approver, f"/forms/{entry.pk}/return", version=1, reason="sai đơn vị", cells=[AREA])
    assert returned.status_code == 200, returned.content
    book = download(client, entry)
    unlocked = [cell.coordinate for line in book[SHEET].iter_rows() for cell in line if not cell.protection.locked]
    assert unlocked == [places(book)[AREA]]
    upload(client, entry, packed(put(book, lua_dien_tich__actual=50, lua_san_luong__actual=250)))
    html = page(client, entry)
    assert ticked(html) == [AREA]
    assert "Không mở để sửa" in html
    answer = take(client, entry, [AREA, OUTPUT])
    assert answer.status_code == 409, "it is told that one was left alone"
    assert {cell: kept[0] for cell, kept in made.cells().items()} == {AREA: "50", OUTPUT: "25", POOR: "7"}


def test_a_page_of_elsewhere_cannot_send_a_workbook(made: Office) -> None:
    entry = made.entry()
    content = packed(put(download(signed_in("lan"), entry), lua_dien_tich__actual=5))
    client = signed_in("lan", enforce_csrf=True)
    assert upload(client, entry, content).status_code == 403
    upload(signed_in("lan"), entry, content)
    seen = hidden(page(client, entry))
    answer = client.post(f"/forms/{entry.pk}/workbook/differences", {**seen, "act": "take", "cell": [AREA]})
    assert answer.status_code == 403
    assert made.cells() == {}


def test_macros_are_not_looked_at(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    content = packed(put(download(client, entry), lua_dien_tich__actual=5))
    with_macros = io.BytesIO(content)
    with zipfile.ZipFile(with_macros, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 no program")
    assert upload(client, entry, with_macros.getvalue(), "biểu.xlsm").status_code == 302
    assert ticked(page(client, entry)) == [AREA]


def test_a_name_of_a_file_is_shown_as_letters(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    content = packed(put(download(client, entry), lua_dien_tich__actual=5))
    upload(client, entry, content, "../<img src=x onerror=alert(1)>\u202e.xlsx")
    html = page(client, entry)
    assert "<img" not in html
    assert "\u202e" not in html


def test_what_waits_is_thrown_away_when_it_is_dropped_or_forgotten(made: Office, monkeypatch: Any) -> None:
    client, entry = signed_in("lan"), made.entry()
    user = User.objects.get(username="lan")
    content = packed(put(download(client, entry), lua_dien_tich__actual=5))
    upload(client, entry, content)
    assert waiting.find(user, entry.pk) is not None
    client.post(f"/forms/{entry.pk}/workbook/differences", {"act": "drop"})
    assert waiting.find(user, entry.pk) is None
    upload(client, entry, content)
    monkeypatch.setattr(waiting, "HOURS", -1)
    assert waiting.find(user, entry.pk) is None
    assert made.cells() == {}


def test_files_that_are_no_forms_are_refused_in_words(made: Office, monkeypatch: Any) -> None:
    client, entry = signed_in("lan"), made.entry()
    assert "hãy chọn tệp biểu" in told(client.post(f"/forms/{entry.pk}/workbook"))
    assert "không phải là bảng tính Excel" in refused(client, entry, b"%PDF-1.7 ...")
    assert "0 byte" in told(upload(client, entry, b"")) or "rỗng" in told(upload(client, entry, b""))
    good = packed(download(client, entry))
    assert "bị hỏng hoặc bị cắt cụt" in refused(client, entry, good[: len(good) // 2])
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package, zipfile.ZipFile(io.BytesIO(good)) as before:
        for name in before.namelist():
            body = before.read(name)
            package.writestr(name, body + b" " * 60_000_000 if name.endswith("sheet1.xml") else body)
    assert len(bomb.getvalue()) < workbook_views.MOST
    assert "phình ra quá lớn" in refused(client, entry, bomb.getvalue())
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    assert "DOCTYPE" in refused(client, entry, edited(good, "xl/workbook.xml", b"<workbook", entity + b"<workbook"))


def test_a_file_of_fifty_megabytes_is_refused(made: Office) -> None:
    client, entry = signed_in("lan"), made.entry()
    answer = upload(client, entry, b"PK" + bytes(50 * 1024 * 1024))
    assert answer.status_code == 409
    assert "tệp nặng 51 MB, giới hạn là 5 MB" in told(answer)


def large(made: Office, rows: int) -> Entry:
    """An entry of a form of many lines: one indicator in the villages of a commune."""
    lines = [
        layout.Row(f"thon{at}", Text(f"Thôn số {at}", f"Village {at}"), str(at), "ho_ngheo", unit=f"V{at:04}")
        for at in range(1, rows + 1)
    ]
    columns = (layout.Column("actual", Text("Thực hiện", "Actual")),)
    form = Form.objects.create(
        code="B200",
        title="Hộ nghèo theo thôn",
        owner=PROVINCE,
        layout=layout.written(layout.Layout(tuple(lines), columns)),
    )
    days = {name: getattr(made.round, name) for name in ("opens_on", "due_on", "late_on", "locked_on")}
    round_ = Round.objects.create(form=form, owner=PROVINCE, period="2026-M10", title="Lớn", steps=[], **days)
    return Entry.objects.create(round=round_, unit=HERE)


@on_both
def test_a_form_of_two_hundred_lines_comes_back_whole(made: Office) -> None:
    client, entry = signed_in("lan"), large(made, 200)
    book = download(client, entry)
    where = places(book)
    for at in range(1, 201):
        value: object = at * 1.25 if at % 2 else f"{at}.000,5"
        book[SHEET][where[f"thon{at}:actual"]] = value
    upload(client, entry, packed(book))
    assert len(ticked(page(client, entry))) == 200
    assert take(client, entry).status_code == 302
    kept = json.loads(Entry.objects.get(pk=entry.pk).cells)
    assert len(kept) == 200
    assert kept["thon199:actual"][0] == "248.75"
    assert kept["thon200:actual"][0] == "200000.5"
    assert {found[2] for found in kept.values()} == {1}, "all in one save"
    assert list(recording.faults()) == []


def test_as_many_cells_as_a_save_takes_can_be_ticked(made: Office) -> None:
    client, entry = signed_in("lan"), large(made, 2_000)
    book = download(client, entry)
    where = places(book)
    for at in range(1, 2_001):
        book[SHEET][where[f"thon{at}:actual"]] = at
    upload(client, entry, packed(book))
    assert take(client, entry).status_code == 302
    assert len(json.loads(Entry.objects.get(pk=entry.pk).cells)) == 2_000
    assert keeping.MOST_CELLS >= 2_000
