"""Tables are made of figures and say what makes what; each file of tables fits the catalogue."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from baocao.drafting.assessment import Wanted
from baocao.drafting.tables import NoSuchTable, TablesOf, names
from baocao.drafting.tables_sector import Filling
from baocao.model.draft import Grid, Manner, Number, Paragraph, Reckoning, numbers_in, text_of
from baocao.model.observation import Address, NoValue, Scenario
from baocao.model.target import Rating, TargetKind
from baocao.model.task import KeyTask, TaskState
from baocao.reference import indicators as reference
from baocao.reference.sector_tables import TableForm, problems, table_in, tables
from baocao.reporting.looking_up import over, printed
from tests.unit.drafting.small_facts import CATALOGUE, HALF, SmallFacts, target

WANTED = Wanted("99", HALF, HALF.end)


def grid_of(facts: SmallFacts, name: str, wanted: Wanted = WANTED) -> Grid:
    (grid,) = (block for block in TablesOf(facts, wanted)(name) if isinstance(block, Grid))
    return grid


def shown(grid: Grid) -> list[list[str]]:
    return [[text_of(cell.line) for cell in row] for row in grid.rows]


def formulas(grid: Grid, row: int) -> list[str]:
    return [cell.formula for cell in grid.rows[row]]


@pytest.mark.parametrize("table", tables(), ids=lambda table: f"{table.name} {table.first_year}")
def test_each_table_fits_the_catalogue(table: TableForm) -> None:
    assert problems(table, CATALOGUE, reference.dimensions()) == ()


def test_what_does_not_fit_is_told() -> None:
    text = """
        name = "x"
        title = "X"
        label = "X"
        columns = [{ of = "a", head = "A", shows = ["change"] }, { of = "b", head = "B" }]
        rows = [
            { level = 1, measures = { a = "khong_co" } },
            { level = 1, measures = { a = "dan_trau" }, each = "mua_vu", without = ["tet"] },
            { level = 0, measures = { a = "luong_thuc_binh_quan" }, is_sum = true },
        ]
    """
    told = [one.vi for one in problems(table_in(text), CATALOGUE, reference.dimensions())]
    for words in ("“khong_co”", "dan_trau: không phân tổ theo “mua_vu”", "không có “tet”", "cột “b”", "cột “a”"):
        assert any(words in one for one in told), (words, told)


def rice() -> SmallFacts:
    facts = SmallFacts()
    facts.tell("lua_dien_tich", "412.5", "400")
    facts.tell("lua_san_luong", "2100", "2000")
    facts.tell("lua_nang_suat", "50.9091", "50")
    facts.tell("lua_dien_tich", "300.5", "290", at="mua_vu=xuan")
    facts.tell("lua_san_luong", "1600", "1500", at="mua_vu=xuan")
    facts.tell("lua_nang_suat", "53.2446", "51.7241", at="mua_vu=xuan")
    facts.tell("lua_dien_tich", "112", "110", at="mua_vu=mua")
    facts.tell("lua_san_luong", "500", "500", at="mua_vu=mua")
    facts.ask(target("lua_dien_tich", "800"))
    facts.ask(target("lua_dien_tich", "820", "UBND tỉnh"))
    return facts


def test_crops_stand_by_season_against_each_plan_and_the_same_period() -> None:
    grid = grid_of(rice(), "cay_trong")
    rows = shown(grid)
    assert rows[0][:9] == ["I", "Lúa", "800", "820", "412,5", "51,6", "50,3", "400", "103,1"]
    assert rows[0][9:] == ["50,91", "50", "2.100", "2.000", "105"]
    assert [row[1] for row in rows[:3]] == ["Lúa", "Xuân", "Mùa"]
    assert "Ngô" in [row[1] for row in rows]  # a group is kept, its members without figures are not
    assert "Hè thu" not in [row[1] for row in rows]
    heads = [[text_of(cell.line) for cell in row] for row in grid.head]
    assert heads[0] == ["TT", "Cây trồng, mùa vụ", "Diện tích (ha)", "Năng suất (tạ/ha)", "Sản lượng (tấn)"]
    assert heads[1][:2] == ["HĐND tỉnh giao", "UBND tỉnh giao"]


def test_every_total_and_percentage_has_its_formula() -> None:
    grid = grid_of(rice(), "cay_trong")
    found = formulas(grid, 0)  # the first row below two rows of head
    assert found[4:9] == ["=SUM(E4:E5)", "=E3/C3*100", "=E3/D3*100", "=SUM(H4:H5)", "=E3/H3*100"]
    assert found[9:12] == ["=10*L3/E3", "=10*M3/H3", "=SUM(L4:L5)"]
    assert formulas(grid, 1)[9] == "=10*L4/E4"


def test_each_number_knows_its_addresses() -> None:
    grid = grid_of(rice(), "cay_trong")
    (result,) = numbers_in(grid.rows[1][4].line)
    assert str(result.source.addresses[0]) == "99:lua_dien_tich:2026-S1:actual::mua_vu=xuan"
    (share,) = numbers_in(grid.rows[0][5].line)
    assert share.source.reckoning is Reckoning.PERCENT
    assert [str(one) for one in share.source.addresses] == [
        "99:lua_dien_tich:2026-S1:actual",
        "99:lua_dien_tich:2026-A1:target:HĐND tỉnh",
    ]
    assert share.value == Decimal("51.5625")
    assert share.revision == 7


def test_an_estimate_is_marked_in_its_cell() -> None:
    facts = rice()
    facts.estimates.add("lua_san_luong")
    cells = [cell.line for row in grid_of(facts, "cay_trong").rows for cell in row]
    marked = [text_of(line) for line in cells if "(ước)" in text_of(line)]
    assert marked == ["2.100 (ước)", "1.600 (ước)", "500 (ước)"]
    numbers = [piece for line in cells for piece in line if isinstance(piece, Number) and piece.text == "2.100"]
    assert {one.source.addresses[0].scenario for one in numbers} == {Scenario.ESTIMATE}


def test_a_sum_that_its_rows_do_not_make_has_no_formula_and_is_told() -> None:
    facts = rice()
    facts.tell("lua_dien_tich", "500")
    filled = Filling(facts, WANTED, tables()[0]).filled()
    assert filled.grid.rows[0][4].formula == ""
    assert filled.not_sums == ("Lúa",)
    said = [text_of(one.line) for one in TablesOf(facts, WANTED)("cay_trong") if isinstance(one, Paragraph)]
    assert any(line.startswith("Lúa: các hàng dưới cộng lại") for line in said)


def test_a_plan_that_its_lines_do_not_make_is_told() -> None:
    facts = rice()
    facts.ask(target("lua_dien_tich", "500", breakdown="mua_vu=xuan"))
    facts.ask(target("lua_dien_tich", "290", breakdown="mua_vu=mua"))
    filled = Filling(facts, WANTED, tables()[0]).filled()
    assert filled.grid.rows[0][2].formula == ""
    assert filled.not_sums == ("Lúa",)


def test_a_missing_part_leaves_the_sum_without_a_formula() -> None:
    facts = rice()
    del facts.told["99", "lua_san_luong", HALF, (("mua_vu", "mua"),)]
    grid = grid_of(facts, "cay_trong")
    assert grid.rows[0][11].formula == ""
    assert text_of(grid.rows[0][11].line) == "2.100"


def test_what_did_not_occur_is_a_dash_and_counts_as_nought() -> None:
    facts = rice()
    facts.tell("lua_san_luong", "1600")
    facts.tell("lua_san_luong", NoValue.NONE_OCCURRED, at="mua_vu=mua")
    grid = grid_of(facts, "cay_trong")
    assert text_of(grid.rows[2][11].line) == "-"
    assert grid.rows[0][11].formula == "=SUM(L4:L5)"


def test_herds_tell_their_unit_and_sum_over_lines() -> None:
    facts = SmallFacts()
    for code, value in (("dan_gia_suc", "160"), ("dan_trau", "100"), ("dan_bo", "60")):
        facts.tell(code, value, value)
    for code in ("dan_lon", "dan_de", "dan_ngua"):
        facts.tell(code, NoValue.NONE_OCCURRED)
    grid = grid_of(facts, "chan_nuoi")
    assert shown(grid)[0][:4] == ["I", "Tổng đàn gia súc", "con", "160"]
    assert grid.rows[0][3].formula == "=SUM(D3:D7)"
    assert len(grid.head) == 1


def test_the_budget_sums_over_groups_that_do_not_touch() -> None:
    facts = SmallFacts()
    for code, value in (("thu_ngan_sach", "150"), ("thu_noi_dia", "100"), ("thu_xuat_nhap_khau", "50")):
        facts.tell(code, value)
    grid = grid_of(facts, "ngan_sach")
    assert shown(grid)[0][:2] == ["A", "Tổng thu ngân sách nhà nước trên địa bàn"]
    column = [text_of(cell.line) for cell in grid.head[0]].index("Thực hiện")
    assert grid.rows[0][column].formula == "=SUM(C3,C13)"


def test_files_are_reckoned_across_the_row() -> None:
    facts = SmallFacts()
    told = {
        "hs_tiep_nhan": "120", "hs_ky_truoc_chuyen": "20", "hs_tiep_nhan_moi": "100", "hs_truc_tuyen": "70",
        "hs_truc_tiep": "30", "hs_giai_quyet": "90", "hs_giai_quyet_truoc_han": "50",
        "hs_giai_quyet_dung_han": "37", "hs_giai_quyet_qua_han": "3", "hs_dang_giai_quyet": "30",
        "hs_dang_trong_han": "29", "hs_dang_qua_han": "1", "ty_le_hs_dung_han": "96.6667",
    }  # fmt: skip
    for code, value in told.items():
        facts.tell(code, value)
        facts.tell(code, value, at="linh_vuc_thu_tuc=dat_dai")
    grid = grid_of(facts, "mot_cua")
    sums = {2: "=SUM(D3,E3)", 4: "=SUM(F3,G3)", 7: "=SUM(I3,J3,K3)", 11: "=SUM(M3,N3)", 14: "=100*(I3+J3)/H3"}
    assert {at: formula for at, formula in enumerate(formulas(grid, 1)) if formula} == sums
    assert formulas(grid, 0)[2] == "=SUM(C3)"
    assert shown(grid)[1][-1] == "96,67"


def test_disbursement_is_a_share_of_what_was_assigned() -> None:
    facts = SmallFacts()
    for at in ("", "nguon_von=nstw"):
        for code, value in (("von_giao", "1000"), ("von_giai_ngan", "401"), ("ty_le_giai_ngan", "40.1")):
            facts.tell(code, value, at=at)
    grid = grid_of(facts, "giai_ngan_nguon")
    assert shown(grid)[1][-1] == "40,1"
    assert grid.rows[1][-1].formula == "=100*G4/C4"


def test_communes_stand_with_what_changed_and_the_table_of_their_years() -> None:
    facts = SmallFacts()
    facts.tell("ntm26_tieu_chi_dat", "7", "9", unit="99001")
    facts.tell("ntm26_tieu_chi_dat", "8", "8", unit="99002")
    facts.tell("ntm26_tieu_chi_dat", "9", "6", unit="99003")
    grid = grid_of(facts, "nong_thon_moi")
    assert [row[1] for row in shown(grid)] == [
        "Tổng số", "Xã Đồi Cau", "Xã Bến Lúa", "Xã Suối Trầm", "Phường Cầu Gỗ", "Xã Nương Chè",
    ]  # fmt: skip
    assert [row[4] for row in shown(grid)[1:4]] == ["-2", "0", "+3"]
    assert grid.rows[1][4].formula == "=C4-D4"
    earlier = Wanted("99", HALF.last_year, HALF.last_year.end)
    blocks = TablesOf(facts, earlier)("nong_thon_moi")
    assert "2021 - 2025" in text_of(blocks[0].line)  # type: ignore[union-attr]


def test_a_difference_is_that_of_the_figures_as_they_are_printed() -> None:
    facts = SmallFacts()
    facts.tell("ntm26_tieu_chi_dat", "7.006", "5.004", unit="99001")  # printed 7,01 and 5,00
    facts.tell("ntm26_tieu_chi_dat", "7.5", "5.25", unit="99002")
    rows = grid_of(facts, "nong_thon_moi").rows
    assert [text_of(row[at].line) for row in rows[1:3] for at in (2, 3, 4)] == [
        "7,01",
        "5,00",
        "+2,01",
        "7,5",
        "5,25",
        "+2,25",
    ]
    rounded, exact = (next(one for one in row[4].line if isinstance(one, Number)) for row in rows[1:3])
    assert (rounded.source.argument, exact.source.argument) == ("printed 2", "")
    assert (rows[1][4].formula, rows[2][4].formula) == ("=ROUND(C4,2)-ROUND(D4,2)", "=C5-D5")
    now, before = rounded.source.addresses
    assert reckoned_again(rounded, {now: Decimal("7.006"), before: Decimal("5.004")}) == rounded.text


def reckoned_again(number: Number, values: dict[Address, Decimal]) -> str:
    """A number as a refreshed report prints it."""
    facts = SmallFacts({(one.unit, one.indicator, one.period, one.breakdown): value for one, value in values.items()})
    current = over(facts)(number.source)
    assert current is not None
    return printed(number.source, number.form, current.value)


def test_units_that_are_missing_are_named_below() -> None:
    facts = rice()
    facts.lacking["lua_dien_tich"] = ("Xã Đồi Cau", "Xã Bến Lúa")
    said = [one.line for one in TablesOf(facts, WANTED)("cay_trong") if isinstance(one, Paragraph)]
    line = next(line for line in said if text_of(line) == "Chưa có số liệu của 02 đơn vị: Xã Đồi Cau, Xã Bến Lúa.")
    assert [one.value for one in line if isinstance(one, Number)] == [2]  # or it would look like one typed by hand


def plan() -> SmallFacts:
    facts = SmallFacts()
    facts.tell("thu_noi_dia", "70.05", "72.3")
    facts.ask(target("thu_noi_dia", "61.76", "HĐND tỉnh"), Rating.EXCEEDED)
    facts.ask(target("thu_noi_dia", "75", "UBND tỉnh"), Rating.PENDING)
    facts.tell("dan_trau", "990", "1000")
    facts.ask(target("dan_trau", "1000", kind=TargetKind.AT_LEAST))
    facts.tell("dan_bo", "200", "210")
    facts.ask(target("dan_bo", "150", kind=TargetKind.RANGE, high="250"))
    facts.tell("ty_le_bao_hiem_y_te", "95.5", "94")
    facts.ask(target("ty_le_bao_hiem_y_te", "95", kind=TargetKind.AT_LEAST, is_strict=True), Rating.EXCEEDED)
    facts.ask(target("ct06_chan_nuoi", None, kind=TargetKind.ASSURED), Rating.NOT_MET)
    return facts


def test_the_annex_of_indicators_has_the_columns_of_the_printed_one() -> None:
    facts = plan()
    grid = grid_of(facts, "chi_tieu")
    assert [text_of(cell.line) for cell in grid.head[0]] == [
        "TT", "Chỉ tiêu", "ĐVT", "HĐND tỉnh giao", "UBND tỉnh giao", "Thực hiện", "% so với HĐND tỉnh giao",
        "% so với UBND tỉnh giao", "Cùng kỳ năm trước", "% so với cùng kỳ", "Đánh giá", "Ghi chú",
    ]  # fmt: skip
    first = shown(grid)[0]
    assert first[:2] == ["1", "Thu nội địa"]
    assert first[3:11] == ["61,76", "75", "70,05", "113,4", "93,4", "72,3", "96,9", "Vượt"]
    assert first[11] == "so với UBND tỉnh giao: cuối năm đánh giá"
    assert formulas(grid, 0)[6:10] == ["=F2/D2*100", "=F2/E2*100", "", "=F2/I2*100"]


def test_compound_indicators_have_their_parts_below_them() -> None:
    rows = shown(grid_of(plan(), "chi_tieu"))
    assert [row[0] for row in rows] == ["1", "2", "3", "3a", "3b", "3c", "3d", "3e"]
    whole, buffaloes, cattle = rows[2], rows[3], rows[4]
    assert whole[1:6] == ["Phát triển chăn nuôi", "", "đảm bảo", "", ""]
    assert buffaloes[1:6] == ["Tổng đàn trâu", "con", "từ 1.000 trở lên", "", "990"]
    assert cattle[3] == "150-250"
    assert rows[1][3] == "trên 95"
    assert rows[1][9] == ""  # a rate is no percentage of a rate
    assert whole[10] == "Không đạt"


def test_a_percentage_that_is_no_full_hundred_is_not_printed_as_one() -> None:
    facts = SmallFacts()
    facts.tell("dan_trau", "99999", "100000")
    facts.ask(target("dan_trau", "100000"), Rating.PENDING)
    assert shown(grid_of(facts, "chi_tieu"))[0][5] == "99,999"


def test_tasks_stand_with_owner_due_day_and_state() -> None:
    tasks = (KeyTask("Xây dựng đề án", "Sở Nội vụ", date(2026, 1, 5), TaskState.LATE, "Đang lấy ý kiến"),)
    caption, grid = TablesOf(SmallFacts(), WANTED, tasks)("nhiem_vu")
    assert isinstance(caption, Paragraph)
    assert caption.manner is Manner.CAPTION
    assert isinstance(grid, Grid)
    assert shown(grid) == [["1", "Xây dựng đề án", "Sở Nội vụ", "05/01/2026", "Chậm tiến độ", "Đang lấy ý kiến"]]


def test_an_unknown_table_is_named_with_those_that_there_are() -> None:
    with pytest.raises(NoSuchTable) as seen:
        TablesOf(SmallFacts(), WANTED)("bang_khac")
    assert "“bang_khac”" in seen.value.text.vi
    assert all(name in seen.value.text.vi for name in names())


def test_every_table_can_be_made_of_nothing() -> None:
    for name in names():
        for block in TablesOf(SmallFacts(), WANTED)(name):
            assert not isinstance(block, Grid) or not any(
                isinstance(piece, Number) for row in block.rows for cell in row for piece in cell.line
            )


def test_a_level_that_is_to_fall_has_no_percentage() -> None:
    facts = SmallFacts()
    facts.tell("no_thue", "80", "100")
    facts.ask(target("no_thue", "10", kind=TargetKind.REDUCE_BY), Rating.PENDING)
    row = shown(grid_of(facts, "chi_tieu"))[0]
    assert (row[3], row[5]) == ("giảm 10", "")
