"""Words that hang on figures: names behind a count and notes of units that lack are told when they are untrue."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from baocao.formats import docx_live
from baocao.formats.docx_write import written
from baocao.model.draft import (
    Align,
    Annex,
    Column,
    Draft,
    Form,
    Grid,
    GridCell,
    Head,
    Number,
    Paragraph,
    Reckoning,
    Signature,
    Source,
    Words,
)
from baocao.model.observation import Address, Scenario
from baocao.model.period import Period
from baocao.model.text import Text
from baocao.reporting.beside import names_behind
from baocao.reporting.looking_up import Current
from baocao.reporting.placing import Spot
from baocao.reporting.refreshing import Refreshed, refresh
from bench.retouched_report import DRAFTED

YEAR = Period.part(2026)
NOW = Address("SM", "dan_bo", YEAR, Scenario.ACTUAL)
BEFORE = Address("SM", "dan_bo", YEAR.last_year, Scenario.ACTUAL)
PLAN = Address("SM", "dan_bo", YEAR, Scenario.TARGET, "HĐND")
VILLAGES = Source(Reckoning.COUNT, (), "units:ntm_thon_dat_chuan")


def number(value: int, source: Source) -> Number:
    return Number.of(Decimal(value), Form(digits=2), source, 1, "hư cấu")


def figure(address: Address, value: int) -> Number:
    return number(value, Source(Reckoning.VALUE, (address,)))


def report(note: str) -> Draft:
    """Three communes named behind their count, and a row of cattle with a note."""
    named = Paragraph((Words("Có "), number(3, VILLAGES), Words(" xã đạt chuẩn (xã An, xã Bình, xã Cường).")))
    cells = ((Words("Tổng đàn bò"),), (figure(PLAN, 90),), (figure(NOW, 80),), (figure(BEFORE, 70),), (Words(note),))
    row = tuple(GridCell(line) for line in cells)
    grid = Grid(tuple(Column(Decimal(20), Align.LEFT) for _ in row), (), (row,), "Chỉ tiêu")
    return Draft(
        Head("UBND TỈNH SÔNG MÂY", "BC-UBND", "Sông Mây", "BÁO CÁO", "Tình hình hư cấu"),
        (named,),
        Signature(("TM. ỦY BAN NHÂN DÂN",), "Hư Cấu"),
        ("Lưu: VT",),
        (Annex("Phụ lục I", "CHỈ TIÊU", (grid,)),),
        outline="year",
        unit="SM",
        period=YEAR.code,
        revision=1,
    )


def refreshed(folder: Path, note: str, changed: Mapping[Address | Source, Current]) -> Refreshed:
    path = folder / "bao-cao.docx"
    path.write_bytes(written(report(note), DRAFTED))
    told = {NOW: 80, BEFORE: 70, PLAN: 90}

    def look_up(source: Source) -> Current | None:
        if source.reckoning is Reckoning.COUNT:
            return changed.get(source, Current(Decimal(3), 1))
        (address,) = source.addresses
        return changed.get(address, Current(Decimal(told[address]), 1))

    return refresh(path, docx_live.read(path, path.name), look_up, DRAFTED)


def said(made: Refreshed) -> list[str]:
    return [one.vi for one in made.misfits]


def test_names_behind_a_count_that_moved_on_are_told(tmp_path: Path) -> None:
    made = refreshed(tmp_path, "", {VILLAGES: Current(Decimal(0), 2)})
    assert [(one.old, one.new) for one in made.moves] == [("03", "0")]
    assert len(said(made)) == 1
    assert "danh sách tên đứng sau số mới 0" in said(made)[0]
    assert said(refreshed(tmp_path, "", {})) == []


@pytest.mark.parametrize(
    ("behind", "names"),
    [
        (" xã đạt chuẩn (xã An, xã Bình).", "xã An, xã Bình"),
        (" xã đạt chuẩn, gồm: xã An, xã Bình; còn lại là 02 xã.", "xã An, xã Bình"),
        (" chỉ tiêu vượt kế hoạch; 02 chỉ tiêu không đạt (tổng đàn bò).", ""),
        (" xã, tăng 01 xã so với năm 2025 (xã An).", ""),
        (" xã đạt chuẩn (năm 2025 là 02 xã).", ""),
        (" xã đạt chuẩn. Trong đó: xã An.", ""),
    ],
)
def test_names_stand_right_behind_what_is_counted(behind: str, names: str) -> None:
    assert names_behind(Spot(Text("", ""), "Có ", "03", behind)) == names


def test_a_note_on_units_that_lack_is_told_when_they_have_come(tmp_path: Path) -> None:
    made = refreshed(tmp_path, "số ước thực hiện; thiếu 1/3 đơn vị", {NOW: Current(Decimal(95), 2)})
    assert len(said(made)) == 1
    assert "“thiếu 1/3 đơn vị” ở hàng “Tổng đàn bò”" in said(made)[0]
    assert "đã đủ các đơn vị" in said(made)[0]


def test_a_note_is_told_when_other_numbers_of_units_lack_and_left_when_it_is_true(tmp_path: Path) -> None:
    still = Current(Decimal(80), 1, missing=1, expected=3)
    assert said(refreshed(tmp_path, "thiếu 1/3 đơn vị", {NOW: still})) == []
    fewer = Current(Decimal(90), 2, missing=1, expected=3)
    (one,) = said(refreshed(tmp_path, "thiếu 2/3 đơn vị", {NOW: fewer}))
    assert "kho số liệu nay thiếu 1/3 đơn vị" in one


def test_a_note_on_the_year_before_is_held_against_that_year(tmp_path: Path) -> None:
    note = "số cùng kỳ thiếu 1/3 đơn vị, chưa đủ để so sánh"
    lacking = Current(Decimal(70), 1, missing=1, expected=3)
    assert said(refreshed(tmp_path, note, {BEFORE: lacking, NOW: lacking})) == []
    assert len(said(refreshed(tmp_path, note, {NOW: lacking}))) == 1
