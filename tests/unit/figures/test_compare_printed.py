"""Printed annexes worked out again. The annexes are invented, in the manners in which offices print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from baocao.figures.compare_printed import CheckedAnnex, check
from baocao.figures.intake_numbers import Habit, read_number
from baocao.model import Agreement, Cell, Table, Text
from baocao.model.target import Rating

DISTRICT = """\
TT|Chỉ tiêu|ĐVT|Kế hoạch năm 2023||Kết quả thực hiện|So với kế hoạch giao||Đánh giá|Ghi chú
|||HĐND giao|UBND tỉnh giao||So với HĐND huyện|So với UBND tỉnh||
1|Tỷ trọng các ngành:|||||||Đạt|
|- Nông nghiệp|%|33,2||33,2|100|||
|- Dịch vụ|%|40||40|100|||
2|Thu ngân sách|tỷ đồng|81,25|76,4|84,19|103,6|110,2|Vượt KH|
3|Thành lập tổ hợp tác|THT|5||4|80||Không đạt|
4|Xây dựng nông thôn mới||||||||
|+ Duy trì xã đạt chuẩn|xã|6|6|6|100|100|Đạt|
|+ Số tiêu chí tăng thêm|tiêu chí|24-40||21|87,5||Không đạt|
5|Gia đình văn hóa|%|82||85,3|104,1||Vượt KH|
|Thôn văn hóa|%|75||79,5|106|||
6|Trạm y tế đạt chuẩn|trạm|2||2|100|100|Đạt|
|Người dân có thẻ bảo hiểm y tế|%|94,5||93,1|98,52||Không đạt|
7|Giảm hộ nghèo|%|3||3,45|115||Vượt kế hoạch|
8|Lượt khách|lượt|240.000||251.360|104,73||Vượt|
9|Quốc phòng, an ninh|Đảm bảo|Đảm bảo||Đảm bảo|Đảm bảo||Đạt|"""

COMMUNE = """\
STT|Nội dung|Đơn vị tính|TH năm 2023|KH năm 2024|Ước TH năm 2024|So sánh (%)||Kết quả đánh giá
||||||So KH|So CK|
A|B|C|1|2|3|4=3/2|5=3/1|6
I|KINH TẾ|||||||
1|Diện tích gieo trồng|ha|512|520|531|102,1|103,7|Vượt
2|Đàn lợn|con|1.204|1.300|1.250|96,1|103,8|Chưa đạt
II|VĂN HÓA - XÃ HỘI|||||||
1|Tỷ lệ hộ nghèo|%|6,1|5|4,2|84|68,9|Vượt
2a|Trường đạt chuẩn|trường|2|2|2|100|100|Đạt
2b|Số vụ tai nạn|vụ|9|không quá 8|9|112,5|100|Không đạt
3|Tỷ lệ tiêm chủng|%|96|trên 95%|95,0|100|98,9|Không đạt"""


WITHIN_THE_YEAR = """\
TT|Chỉ tiêu|Đơn vị|Nghị quyết HĐND năm 2025|Ước TH 6 tháng đầu năm 2025|TH 6 tháng năm 2024|So với NQ (%)|So cùng kỳ (%)
I|Lĩnh vực kinh tế|||||
1|Thu ngân sách|Triệu đồng|45.000|21.300|20.100|47,3|106,0
2|Sản lượng lương thực|Tấn|12.500|12.600|5.900|100,8|213,6
2.1|Lúa|Tấn|8.000|4.000|3.900|50|102,6
|Tổng cộng||65.500|37.900|29.900|57,9|126,8"""

BY_THE_SECOND_PLAN = """\
STT|Chỉ tiêu|ĐVT|UBND tỉnh giao (QĐ 17)|HĐND xã giao (NQ 4)|Kết quả thực hiện năm 2024|Tỷ lệ % so với||Đánh giá
||||||UBND tỉnh giao|HĐND xã giao|
1|Tỷ lệ hộ nghèo giảm|%|≥ 3|3,5|3,2|106,7|91,4|Không đạt
2|Trẻ em suy dinh dưỡng|%|< 10|9,8|9,5|95|96,9|Đạt
3|Tốc độ tăng dân số tự nhiên|%|dưới 1|0,9|0,95|95|105,6|Không đạt
4|Trồng rừng|ha|100|120|||||"""

UNNUMBERED = """\
Chỉ tiêu|ĐVT|Năm 2024||||Thực hiện 2023
||Kế hoạch|Thực hiện|TH/KH (%)|TH 2024/2023 (%)|
Đàn bò|con|120|126|105|126|100
- Bò cái|con|60|50|83,3|104,2|48
Đàn lợn|con|310|310|110|103,3|300
Đàn dê|con|310|300|96,8|150|200"""


CEILINGS = """\
TT|Chỉ tiêu|ĐVT|HĐND giao|Kết quả|% so với HĐND giao|Đánh giá
1|Số vụ tai nạn giao thông|vụ|không quá 61|59|96,7|{rating}
2|Y tế|||||{whole}
2a|Tỷ lệ trẻ suy dinh dưỡng|%|dưới 12,7|12,2|96,1|
2b|Tỷ lệ bảo hiểm y tế|%|94|95|101,1|"""


def _table(text: str) -> Table:
    rows = [line.split("|") for line in text.splitlines()]
    cells = tuple(
        Cell(words, (), row, column) for row, line in enumerate(rows) for column, words in enumerate(line) if words
    )
    return Table(cells, len(rows), max(map(len, rows)))


def _vietnamese(printed: str) -> Decimal | Text:
    return read_number(printed, Habit.VIETNAMESE)


def _checked(text: str, is_final: bool | None = None) -> CheckedAnnex:
    found = check(_table(text), _vietnamese, is_final)
    assert found is not None
    return found


def _agreed(text: str, row: str, column: str) -> Agreement:
    return next(cell.agreement for cell in _checked(text).cells if cell.name == row and column in cell.head)


def test_the_annex_of_a_district() -> None:
    annex = _checked(DISTRICT)
    assert annex.tally.text.vi == (
        "Trong 9 chỉ tiêu: 6 chỉ tiêu đạt và vượt kế hoạch (trong đó 4 chỉ tiêu vượt), "
        "3 chỉ tiêu không đạt (chỉ tiêu số 3, 4, 6)."
    )
    (slip,) = annex.slips
    assert (slip.row, slip.column, slip.name) == (12, 7, "Trạm y tế đạt chuẩn")
    assert slip.slip == Text(
        "“Trạm y tế đạt chuẩn”, cột “So với kế hoạch giao So với UBND tỉnh”: ghi 100 nhưng ô kế hoạch hoặc kết quả "
        "để trống; hãy bổ sung số thiếu hoặc bỏ tỷ lệ.",
        "“Trạm y tế đạt chuẩn”, column “So với kế hoạch giao So với UBND tỉnh”: 100 is printed, but the plan or the "
        "result is blank; add it, or drop the figure.",
    )
    rest = [cell for cell in annex.cells if cell is not slip and cell.agreement is not Agreement.EXACT]
    assert [(cell.name, cell.printed, cell.agreement) for cell in rest] == [
        ("Gia đình văn hóa", "104,1", Agreement.WITHIN_ROUNDING)
    ]
    assert len(annex.cells) == 27


def test_a_kept_ceiling_is_met_and_an_office_may_call_it_exceeded() -> None:
    for rating, whole in (("Đạt", "Đạt"), ("Vượt", "Vượt")):
        annex = _checked(CEILINGS.format(rating=rating, whole=whole))
        assert annex.slips == ()
        assert annex.tally.rated == (("1", Rating.MET), ("2", Rating.MET))
    slips = _checked(CEILINGS.format(rating="Không đạt", whole="Đạt")).slips
    assert [slip.printed for slip in slips] == ["Không đạt"]


def test_the_annex_of_a_commune_with_sections_and_the_year_before() -> None:
    annex = _checked(COMMUNE)
    assert annex.slips == ()
    assert annex.tally.rated == (
        ("1", Rating.EXCEEDED),
        ("2", Rating.NOT_MET),
        ("3", Rating.EXCEEDED),
        ("4", Rating.NOT_MET),
        ("5", Rating.NOT_MET),
    )
    assert _agreed(COMMUNE, "Đàn lợn", "So KH") is Agreement.TRUNCATED
    assert _agreed(COMMUNE, "Tỷ lệ hộ nghèo", "So CK") is Agreement.EXACT


@pytest.mark.parametrize(
    ("right", "wrong", "computed"),
    [
        ("84,19|103,6|110,2", "84,19|103,6|112,0", "110,1963"),
        ("84,19|103,6|110,2", "84,19|130,6|110,2", "103,6185"),
        ("21|87,5", "21|85", "87,5"),
        ("4|80||Không đạt", "4|80||Đạt", "Không đạt"),
        ("84,19|103,6|110,2|Vượt KH", "84,19|103,6|110,2|Không đạt", "Vượt"),
        ("93,1|98,52||Không đạt", "93,1|98,52||Vượt", "Không đạt"),
        ("|||Đạt|", "|||Vượt|", "Đạt"),
    ],
)
def test_a_slip_is_told_with_what_the_row_gives(right: str, wrong: str, computed: str) -> None:
    assert right in DISTRICT
    before = _checked(DISTRICT).slips
    slips = [cell for cell in _checked(DISTRICT.replace(right, wrong, 1)).slips if cell not in before]
    assert [cell.computed.vi for cell in slips] == [computed]
    assert slips[0].agreement is Agreement.DISAGREE
    assert slips[0].slip is not None
    assert computed in slips[0].slip.vi


@pytest.mark.parametrize(
    ("right", "other"),
    [
        ("84,19|103,6|110,2|Vượt KH", "84,19|103,6|110,2|Đạt"),  # says less, and is true
        ("76,4|84,19|103,6|110,2|Vượt KH", "76,4|79,1|97,4|103,5|Vượt KH"),  # true of the province's plan
        ("82||85,3|104,1", "82||85,3|104,0"),  # one in the last place
        ("3||3,45|115||Vượt kế hoạch", "3||3,45|115||cuối năm đánh giá"),
        ("Đảm bảo||Đảm bảo|Đảm bảo||Đạt", "Đảm bảo||Tốt|Đảm bảo||Đạt"),  # not understood
        ("33,2||33,2|100", "33,2||34,0|102,4"),  # nobody says which way a structure is to move
    ],
)
def test_what_may_be_right_is_no_slip(right: str, other: str) -> None:
    assert right in DISTRICT
    assert len(_checked(DISTRICT.replace(right, other, 1)).slips) == 1


def test_before_the_year_is_over_nothing_has_failed() -> None:
    annex = _checked(DISTRICT, is_final=False)
    assert annex.tally.of(Rating.NOT_MET) == ()
    assert annex.tally.of(Rating.PENDING) == ("3", "4", "6")
    assert {cell.column for cell in annex.cells} == {6, 7}


def test_the_heading_of_the_results_says_that_the_year_goes_on() -> None:
    annex = _checked(WITHIN_THE_YEAR)
    assert annex.tally.rated == (("1", Rating.PENDING), ("2", Rating.PENDING))
    assert {cell.agreement for cell in annex.cells} == {Agreement.EXACT}
    assert len(annex.cells) == 8


def test_the_plan_that_the_table_rates_by_leads() -> None:
    annex = _checked(BY_THE_SECOND_PLAN)
    assert annex.slips == ()
    assert annex.tally.of(Rating.NOT_MET) == ("1", "3")
    assert annex.tally.of(Rating.UNKNOWN) == ("4",)


def test_dashed_lines_only_break_a_figure_down() -> None:
    annex = _checked(UNNUMBERED)
    assert [rating for _, rating in annex.tally.rated] == [Rating.EXCEEDED, Rating.MET, Rating.NOT_MET]
    assert [(slip.name, slip.printed, slip.computed.vi) for slip in annex.slips] == [("Đàn lợn", "110", "100")]
    assert len(annex.cells) == 8


@pytest.mark.parametrize(
    "text",
    [
        "TT|Họ tên|Năm sinh\n1|Người thứ nhất|1980\n2|Người thứ hai|1985",
        "Khu vực|Số xã|Đạt chuẩn|Tỷ lệ (%)\nVen biển|10|8|80",
        "một ô",
    ],
)
def test_a_table_without_plans_and_results_is_no_annex(text: str) -> None:
    assert check(_table(text), _vietnamese) is None
