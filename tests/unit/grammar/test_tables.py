"""Tables: heads, columns that follow from others, totals, ratings, and the plan figures that prose rests on."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from baocao import formats, grammar
from baocao.grammar.table_cells import entry_of, groups_by_commas, unit_in, unit_of
from baocao.grammar.table_header import formula_of, head_of
from baocao.grammar.table_sheet import outcome_of
from baocao.model import Claim, Comparator, Span, Strength

HERE = Span(0, 0, 1, 0)


def read(text: str, folder: Path, name: str = "bao-cao.txt") -> tuple[Claim, ...]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return grammar.read(formats.read(path))[0]


def table(*rows: str) -> str:
    """Rows of cells parted by bars, as a file has them with tabs."""
    return "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows) + "\n"


def told(claims: tuple[Claim, ...]) -> set[tuple[str, str, str]]:
    """Kind, stated figure and grade of each claim that can be decided."""
    return {
        (claim.kind, claim.stated.text, claim.agreement.value)
        for claim in claims
        if claim.stated is not None and claim.at.cell >= 0
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.583,7", "1583.7"),
        ("-2,2", "-2.2"),
        ("+3", "3"),
        ("69,1%", "69.1"),
        ("45 ha", "45"),
        ("16-32", "16"),
        ("0", "0"),
    ],
)
def test_a_cell_with_one_figure(text: str, value: str) -> None:
    entry = entry_of(text, HERE)
    assert entry is not None
    assert entry.value == Decimal(value)


@pytest.mark.parametrize("text", ["", "-", "x", "Đạt", "05/7/2024", "Quý 3 năm 2024", "3.52.168", "3=2/1", "Tổ 5"])
def test_a_cell_without_a_figure(text: str) -> None:
    assert entry_of(text, HERE) is None


def test_a_range_counts_by_its_lower_end_and_a_word_before_a_figure_is_kept() -> None:
    ranged, bounded = entry_of("16-32", HERE), entry_of("trên 95", HERE)
    assert ranged is not None
    assert bounded is not None
    assert ranged.upper == 32
    assert bounded.comparator is Comparator.AT_LEAST


def test_a_table_that_groups_by_commas_is_read_so_throughout() -> None:
    assert groups_by_commas(["12,500", "3,412,600"])
    assert not groups_by_commas(["12,500", "3.412.600"])
    entry = entry_of("12,500", HERE, english=True)
    assert entry is not None
    assert entry.value == 12500


def test_units_of_columns_and_labels() -> None:
    income, herd = unit_of("tr. đồng /người/ năm"), unit_of("1.000 con")
    assert income is not None
    assert (income.measure.dimension, income.scale) == ("money_per_head", 6)
    assert herd is not None
    assert herd.scale == 3
    area = unit_in("Diện tích (ha)")
    assert area is not None
    assert area.measure.code == "ha"
    assert unit_in("Thu ngân sách (phần xã hưởng theo phân cấp)") is None


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("Vượt KH", "exceeded"), ("Đạt", "met"), ("Không đạt", "missed"), ("Hoàn thành vượt mức kế hoạch", "exceeded"),
     ("Chưa đạt KH", "missed"), ("Cuối năm đánh giá", ""), ("Đạt chuẩn NTM", "")],
)  # fmt: skip
def test_ratings(text: str, outcome: str) -> None:
    assert outcome_of(text) == outcome


def test_a_head_of_two_rows_with_groups_and_numbered_columns() -> None:
    head = head_of(
        [
            ["TT", "Nội dung", "Dự toán giao", "", "Thực hiện", "So sánh (%)", ""],
            ["", "", "Tỉnh", "HĐND huyện", "", "DT tỉnh", "DT huyện"],
            ["A", "B", "1", "2", "3", "4=3/1", "5=(3)/(2)"],
            ["1", "Thu nội địa", "50", "54", "52", "104", "96,3"],
        ]
    )
    assert head is not None
    assert head.below == 3
    assert [column.heading for column in head.columns[2:4]] == ["Dự toán giao Tỉnh", "Dự toán giao HĐND huyện"]
    assert [column.authority for column in head.columns[2:4]] == ["province", "council"]
    assert formula_of(head, head.columns[5]) == ("ratio", (4, 2))
    assert formula_of(head, head.columns[6]) == ("ratio", (4, 3))


def test_a_table_of_figures_alone_has_no_head() -> None:
    assert head_of([["1", "Xã Hư Cấu", "12", "14"], ["2", "Xã Tưởng Tượng", "3", "4"]]) is None


BUDGET = table(
    "TT | Nội dung | Dự toán giao | | Thực hiện | So sánh (%) |",
    " | | Tỉnh | HĐND huyện | | DT tỉnh | DT huyện",
    " | TỔNG THU | 52.400 | 57.300 | 55.061 | 105,1 | 96,1",
    "I | Thu nội địa | 50.000 | 54.700 | 52.361 | 104,7 | 95,7",
    "1 | Thu doanh nghiệp | 3.400 | 3.400 | 3.561 | 104,7 | 104,7",
    "2 | Thuế ngoài quốc doanh | 26.600 | 29.300 | 26.800 | 108,0 | 91,5",
    "3 | Lệ phí trước bạ | 20.000 | 22.000 | 22.000 | 110 | 100",
    "II | Thu viện trợ | 2.400 | 2.600 | 2.900 | 112,5 | 103,8",
)


def test_percentages_totals_and_numbered_rows_of_a_budget(tmp_path: Path) -> None:
    found = told(read(BUDGET, tmp_path))
    assert ("ratio", "108,0", "disagree") in found
    assert ("sum", "55.061", "disagree") in found
    assert {("ratio", "91,5", "exact"), ("ratio", "112,5", "disagree")} <= found
    assert {("sum", "52.400", "exact"), ("sum", "52.361", "exact")} <= found


def test_a_wrong_figure_in_a_sure_relation_is_certain(tmp_path: Path) -> None:
    wrong = [claim for claim in read(BUDGET, tmp_path) if claim.stated is not None and claim.stated.text == "108,0"]
    assert [claim.strength for claim in wrong] == [Strength.CERTAIN]


def test_files_received_are_what_became_of_them(tmp_path: Path) -> None:
    found = told(
        read(
            table(
                "TT | Lĩnh vực | Tổng tiếp nhận | Kỳ trước | Mới | Đã xong | Trước hạn | Đúng hạn | Đang giải quyết",
                "1 | Đất đai | 310 | 12 | 298 | 290 | 205 | 85 | 20",
                "2 | Tư pháp | 120 | 10 | 110 | 118 | 100 | 18 | 2",
                "3 | Hộ tịch | 95 | 3 | 92 | 59 | 60 | 32 | 3",
                " | Tổng cộng | 525 | 25 | 500 | 500 | 365 | 135 | 25",
            ),
            tmp_path,
        )
    )
    assert {
        ("sum", "310", "exact"),
        ("sum", "290", "exact"),
        ("sum", "59", "disagree"),
        ("sum", "500", "exact"),
    } <= found


def test_crops_have_area_times_yield(tmp_path: Path) -> None:
    found = told(
        read(
            table(
                "Cây trồng | Diện tích (ha) | Năng suất (tạ/ha) | Sản lượng (tấn)",
                "Lúa xuân | 1.180 | 61,2 | 7.221,6",
                "Lúa mùa | 1.512 | 51,5 | 7.786,8",
                "Ngô | 420 | 44,6 | 1.783,2",
            ),
            tmp_path,
        )
    )
    assert {("product", "7.221,6", "exact"), ("product", "1.783,2", "disagree")} <= found


def test_rows_that_go_their_own_way_are_read_their_own_way(tmp_path: Path) -> None:
    found = told(
        read(
            table(
                "TT | Chỉ tiêu | ĐVT | Năm 2022 | KH 2023 | TH 2023 | So với năm 2022 (%)",
                "1 | Đàn bò | con | 6.300 | 6.500 | 6.415 | 101,8",
                "2 | Trồng rừng | ha | 310 | 320 | 345,2 | 111,4",
                "3 | Tỷ lệ che phủ rừng | % | 55,2 | 55,5 | 55,5 | 0,3",
                "4 | Thu ngân sách | tỷ đồng | 40,5 | 45 | 46,2 | 114,1",
            ),
            tmp_path,
        )
    )
    assert ("difference", "0,3", "exact") in found
    assert not any(grade == "disagree" for _, _, grade in found)


def test_a_table_that_goes_on_without_its_head(tmp_path: Path) -> None:
    first = table(
        "TT | Đơn vị | Kế hoạch | Giải ngân | Tỷ lệ (%)", "1 | Xã Một | 400 | 300 | 75", "2 | Xã Hai | 500 | 410 | 82"
    )
    second = table("3 | Xã Ba | 800 | 520 | 65", "4 | Xã Tư | 250 | 230 | 92", "5 | Xã Năm | 640 | 320 | 55")
    found = told(read(f"{first}\n(tiếp theo)\n\n{second}", tmp_path))
    assert {("ratio", "82", "exact"), ("ratio", "92", "exact"), ("ratio", "55", "disagree")} <= found


def test_lists_of_people_assert_nothing(tmp_path: Path) -> None:
    found = told(
        read(
            table(
                "STT | Họ và tên | Chức vụ | Hệ số lương | Phụ cấp | Năm sinh",
                "1 | Nguyễn Văn Mẫu | Chủ tịch | 4,98 | 0,7 | 1975",
                "2 | Trần Thị Thử | Phó Chủ tịch | 4,65 | 0,5 | 1980",
                "3 | Lê Văn Ví Dụ | Công chức | 3,66 | 0,2 | 1988",
            ),
            tmp_path,
        )
    )
    assert found == set()


def test_prose_rests_on_the_plan_of_the_annex(tmp_path: Path) -> None:
    annex = table(
        "TT | Chỉ tiêu | ĐVT | KH năm | Thực hiện | % so KH",
        "1 | Giá trị sản phẩm trên đất trồng trọt | tr. đồng /ha | 52,5 | 53,6 | 102,1",
        "2 | Trồng rừng mới | ha | 450 | 462 | 102,7",
    )
    right = read(f"Giá trị sản phẩm đạt 53,6 triệu đồng/ha, bằng 102,1% KH.\n\n{annex}", tmp_path)
    wrong = read(f"Giá trị sản phẩm đạt 53,6 triệu đồng/ha, bằng 112,1% KH.\n\n{annex}", tmp_path)
    assert [claim.agreement.value for claim in right if claim.kind == "ratio" and claim.at.cell < 0] == ["exact"]
    assert [claim.agreement.value for claim in wrong if claim.kind == "ratio" and claim.at.cell < 0] == ["disagree"]


def test_the_structure_of_an_economy_makes_100(tmp_path: Path) -> None:
    rows = table(
        "TT | Chỉ tiêu | ĐVT | KH năm | Kết quả | So với KH",
        "1 | Cơ cấu kinh tế: | | | |",
        " | - Nông nghiệp | % | 30 | 29,5 | 98,3",
        " | - Dịch vụ | % | 41 | 41,5 | 101,2",
        " | - Công nghiệp | % | 29 | 27 | 93,1",
        "2 | Trồng rừng | ha | 40 | 41 | 102,5",
    )
    found = [claim.agreement.value for claim in read(rows, tmp_path) if claim.kind == "percent_sum"]
    assert found == ["exact", "disagree"]


def test_bounds_of_a_structure_need_not_make_100(tmp_path: Path) -> None:
    rows = table(
        "TT | Chỉ tiêu | ĐVT | KH năm | Kết quả | So với KH",
        "1 | Cơ cấu kinh tế: | | | |",
        " | - Nông nghiệp | % | không quá 30 | 29,5 | ",
        " | - Dịch vụ | % | từ 41 trở lên | 41,5 | ",
        " | - Công nghiệp | % | 28 - 30 | 29 | ",
        "2 | Trồng rừng | ha | 40 | 41 | 102,5",
    )
    assert [claim.agreement.value for claim in read(rows, tmp_path) if claim.kind == "percent_sum"] == ["exact"]


def test_a_sheet_with_its_letterhead_above_the_head(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    page = book.active
    page.append(["UBND HUYỆN HƯ CẤU", None, None, None, "Biểu số 02"])
    page.append(["KẾT QUẢ GIẢI NGÂN VỐN"])
    page.merge_cells("A2:E2")
    page.append([None, None, None, None, "ĐVT: triệu đồng"])
    page.append(["STT", "Đơn vị", "Kế hoạch vốn", "Giải ngân", "Tỷ lệ (%)"])
    for row in (["1", "Xã Một", 4000, 3000, 75], ["2", "Xã Hai", 5000, 4100, 82], ["3", "Xã Ba", 2500, 2300, 29]):
        page.append(row)
    page.append([None, "Tổng cộng", 11500, 9500, 82.6])
    path = tmp_path / "biểu.xlsx"
    book.save(path)
    found = told(grammar.read(formats.read(path))[0])
    assert {("ratio", "75", "exact"), ("ratio", "29", "disagree"), ("sum", "11500", "exact")} <= found
    assert ("sum", "9500", "disagree") in found


def test_a_word_table_with_merged_cells_in_its_head(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    grid = document.add_table(rows=5, cols=5)
    rows = [
        ["TT", "Chỉ tiêu", "Năm 2023", "", "Tỷ lệ so với KH (%)"],
        ["", "", "KH", "TH", ""],
        ["1", "Trồng rừng", "450", "462", "102,7"],
        ["2", "Đàn bò", "6.500", "6.415", "98,7"],
        ["3", "Đường bê tông", "36", "33,5", "39,1"],
    ]
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            grid.cell(at, column).text = text
    grid.cell(0, 2).merge(grid.cell(0, 3))
    for column in (0, 1, 4):
        grid.cell(0, column).merge(grid.cell(1, column))
    path = tmp_path / "báo cáo.docx"
    document.save(str(path))
    found = told(grammar.read(formats.read(path))[0])
    assert {("ratio", "102,7", "exact"), ("ratio", "98,7", "exact"), ("ratio", "39,1", "disagree")} <= found


def test_a_percentage_of_an_empty_plan_is_weighed_against_the_other_plan(tmp_path: Path) -> None:
    head = "TT | Chỉ tiêu | ĐVT | HĐND giao | UBND tỉnh giao | Kết quả | So với HĐND giao | So với UBND tỉnh giao"
    rows = (
        "1 | Thu ngân sách | tỷ đồng | 80 | 70 | 75 | 93,8 | 107,1",
        "2 | Đàn bò | con | 640 | 600 | 660 | 103,1 | 110",
    )
    right = told(read(table(head, *rows, "3 | Thu nhập | triệu đồng | 40 | | 42 | 105 | 105"), tmp_path))
    wrong = told(read(table(head, *rows, "3 | Thu nhập | triệu đồng | 40 | | 42 | 105 | 150"), tmp_path))
    assert not any(grade == "disagree" for _, _, grade in right)
    assert ("ratio", "150", "disagree") in wrong
