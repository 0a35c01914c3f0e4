"""What the workbooks work out by themselves is what the application works out: totals, identities, odd figures."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import timedelta
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from baocao.model.period import Period
from baocao_web.collecting import forms_kept
from baocao_web.collecting.grids import checks_of
from baocao_web.collecting.models import Entry, Form, Round
from baocao_web.collecting.rounds import designing, opening
from baocao_web.collecting.totals import consolidating
from baocao_web.collecting.totals.consolidating import consolidate
from baocao_web.collecting.typing import Cell
from baocao_web.collecting.workbooks import totals as workbook_totals
from baocao_web.places import office
from tests.web.offices import HERE, PROVINCE, THERE, Office, signed_in
from tests.web.spreadsheet import Sheet
from tests.web.test_workbooks import download, on_both, places

_STRAY = (None, "không phát sinh", "1.234,5", 0)
EVIL = '=HYPERLINK("http://nowhere.example","x")'


def opened(codes: list[str]) -> Round:
    """A round of a form with two columns to be typed and two beside."""
    form = designing.make(designing.Wanted("LON", "Biểu lớn", codes, columns=designing.COLUMNS), PROVINCE, "tuan")
    today = office.today()
    days = opening.Days(*(today + timedelta(days=count) for count in (-5, 5, 7, 9)))
    return opening.open_round(opening.Wanted(form, PROVINCE, Period.parse("2026-M10"), days), "tuan")


def test_a_workbook_computes_and_doubts_as_the_page_does(made: Office) -> None:
    chance = random.Random(7)
    listed = [one.code for one in office.catalogue().indicators]
    entry = Entry.objects.get(round=opened(listed[:240]), unit=HERE)
    kept = forms_kept.form_of(entry.round_id)
    beside = {
        f"{row.key}:{column.key}": str(chance.randint(1, 5000))
        for row, column in kept.layout.figures()
        if not column.is_entry
    }
    Entry.objects.filter(pk=entry.pk).update(beside=json.dumps(beside))
    book = download(signed_in("lan"), entry)
    where = places(book)
    typed: dict[str, Any] = {}
    for place, cell in enumerate(kept.layout.entries):
        figure: Any = chance.randint(1, 5000) if place % 2 else round(chance.random() * 900, 1)
        typed[cell] = book["Biểu"][where[cell]].value = chance.choice(_STRAY) if place % 9 == 0 else figure
    shown = Sheet(book["Biểu"])
    figures = {cell: Cell(str(value), None, 1) for cell, value in typed.items() if isinstance(value, int | float)}
    found = checks_of(kept).look(figures, beside)
    worked = {cell: shown[where[cell]] for cell in found.computed}
    assert sum(value is not None for value in found.computed.values()) > 20
    for cell, value in found.computed.items():
        if value is None:
            assert worked[cell] == "", cell
        else:
            assert abs(worked[cell] - value) <= Decimal("0.0001"), cell
    last = max(cell.column for cell in book["Biểu"][1] if cell.value) + 1
    doubted = {cell.rpartition(":")[0] for cell in found.doubts}
    lines = {cell.rpartition(":")[0]: book["Biểu"][place].row for cell, place in where.items()}
    odd = {key for key, line in lines.items() if shown[book["Biểu"].cell(line, last).coordinate]}
    assert len(odd) > 20
    assert odd == doubted


def filled(made: Office, unit: str, state: str, **cells: Any) -> None:
    kept = {
        cell.replace("__", ":"): [None, value, 1, None]
        if value in ("none_occurred", "not_available")
        else [value, None, 1, None]
        for cell, value in cells.items()
    }
    Entry.objects.filter(round=made.round, unit=unit).update(cells=json.dumps(kept), state=state, version=1)
    consolidating.forget()


def packed(made: Office, approved: str = "") -> bytes:
    answer = signed_in("tuan").get(f"/rounds/{made.round.pk}/total/xlsx{approved}")
    assert answer.status_code == 200
    return bytes(answer.content)


def totals(made: Office, approved: str = "") -> Any:
    return load_workbook(io.BytesIO(packed(made, approved)))


@on_both
def test_the_consolidated_workbook_adds_up_what_the_page_shows(made: Office) -> None:
    filled(
        made,
        HERE,
        "submitted",
        lua_dien_tich__actual="10.5",
        lua_san_luong__actual="50",
        ho_ngheo__actual="none_occurred",
    )
    filled(made, THERE, "approved", lua_dien_tich__actual="20", lua_san_luong__actual="100")
    book = totals(made)
    assert book.sheetnames == ["Thực hiện", "Đơn vị còn thiếu"]
    shown, sheet = Sheet(book["Thực hiện"]), book["Thực hiện"]
    lines = {sheet.cell(line, 2).value: line for line in range(7, sheet.max_row + 1)}
    by_name = {name: (shown[f"D{line}"], sheet[f"E{line}"].value) for name, line in lines.items()}
    found = consolidate(made.round.pk)
    assert by_name["Diện tích gieo cấy lúa"] == (Decimal("30.5"), None)
    assert by_name["Sản lượng lúa"] == (150, None)
    assert by_name["Năng suất lúa"][0] == found.sums["lua_nang_suat:actual"].value == Decimal("49.1803")
    assert by_name["Số hộ nghèo"] == (0, 1), "nothing occurred in one, the other told nothing"
    assert [sheet.cell(5, right).value for right in (6, 7)] == ["Phường Thượng Họa", "Xã Khe Giấy Mới"]
    assert [sheet.cell(6, right).value for right in (6, 7)] == ["đã nộp", "đã duyệt"]
    plain = load_workbook(io.BytesIO(packed(made)), data_only=True)["Thực hiện"]
    stored = {name: plain.cell(line, 4).value for name, line in lines.items()}
    assert stored["Diện tích gieo cấy lúa"] == 30.5, "a program that does not compute shows the totals too"
    assert plain.cell(lines["Năng suất lúa"], 7).value == 50
    lacking = [[cell.value for cell in line] for line in book["Đơn vị còn thiếu"].iter_rows(min_row=2)]
    assert lacking == [["4 Số hộ nghèo", "Thực hiện", "Xã Khe Giấy Mới"]]


def test_what_is_not_handed_over_is_in_no_file(made: Office) -> None:
    filled(made, HERE, "open", lua_dien_tich__actual="10.5")
    filled(made, THERE, "submitted", lua_dien_tich__actual="20")
    sheet = totals(made)["Thực hiện"]
    line = next(line for line in range(7, 20) if sheet.cell(line, 2).value == "Diện tích gieo cấy lúa")
    assert [sheet.cell(line, right).value for right in (5, 6, 7)] == [1, None, 20]
    book = totals(made, "?approved=1")
    assert [book["Thực hiện"].cell(line, right).value for right in (5, 6, 7)] == [2, None, None]
    assert book["Đơn vị còn thiếu"]["C2"].value == "Phường Thượng Họa (đang nhập); Xã Khe Giấy Mới (đã nộp)"
    assert "10.5" not in signed_in("tuan").get(f"/rounds/{made.round.pk}/total/csv").content.decode()


def test_files_of_totals_are_for_those_who_may_see_them(made: Office) -> None:
    for kind in ("xlsx", "csv"):
        assert signed_in("lan").get(f"/rounds/{made.round.pk}/total/{kind}").status_code == 403
        assert signed_in("ngoc").get(f"/rounds/{made.round.pk}/total/{kind}").status_code == 200
    assert signed_in("tuan").get(f"/rounds/{made.round.pk}/total/exe").status_code == 404
    assert signed_in("tuan").get("/rounds/999999/total/csv").status_code == 404


def test_no_word_of_a_csv_becomes_a_formula_and_figures_stay_figures(made: Office, monkeypatch: Any) -> None:
    form = Form.objects.get(pk=made.form.pk)
    for place, name in ((1, EVIL), (2, "- lúa"), (4, "@SUM(1)")):
        form.layout["rows"][place]["name"] = {"vi": name, "en": name}
    form.save()
    forms_kept.forget()
    filled(made, HERE, "submitted", lua_dien_tich__actual="-10.5", ho_ngheo__actual="not_available")
    Entry.objects.filter(round=made.round, unit=THERE).update(
        state="submitted", cells=json.dumps({"lua_san_luong:actual": [None, None, 1, "+cmd|' /C calc'!A0"]})
    )
    monkeypatch.setattr(workbook_totals, "unit_name", lambda key: f"={key}")
    content = signed_in("tuan").get(f"/rounds/{made.round.pk}/total/csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0][-2:] == [f"'={HERE}", f"'={THERE}"]
    cells = [cell for row in rows[1:] for cell in row]
    assert "-10.5" in cells
    assert f"'{EVIL}" in cells
    assert "'+cmd|' /C calc'!A0" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@")) or (cell[:1] == "-" and cell != "-10.5")]
    book = totals(made)
    texts = [cell for line in book["Thực hiện"].iter_rows() for cell in line if cell.value in (EVIL, f"={HERE}")]
    assert {cell.data_type for cell in texts} <= {"s", "f"}
    assert all(cell.data_type == "s" for cell in texts), "written as text"


def test_an_indicator_that_is_not_added_up_has_no_total(made: Office) -> None:
    form = Form.objects.get(pk=made.form.pk)
    code = next(
        one.code for one in office.catalogue().indicators if one.over_place.value == "none" and not one.is_derived
    )
    row = {**form.layout["rows"][1], "key": code, "indicator": code, "name": {"vi": "Không cộng", "en": "Not added"}}
    form.layout["rows"].append(row)
    form.save()
    forms_kept.forget()
    filled(made, HERE, "submitted", **{f"{code}__actual": "5"})
    sheet = totals(made)["Thực hiện"]
    line = next(line for line in range(7, 20) if sheet.cell(line, 2).value == "Không cộng")
    assert sheet.cell(line, 4).value == "không cộng"
