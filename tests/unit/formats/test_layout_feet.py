"""What the size of letters tells of lines: a note goes on to its end, and what stands apart stays apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from baocao.formats.layout import lay_out
from baocao.formats.layout_lines import Line, without_furniture
from baocao.model import Kind, Passage, Table

WIDE = "diện tích gieo trồng cây hằng năm của toàn huyện trong vụ xuân năm nay là"


class Printed(NamedTuple):
    """A line as a page prints it."""

    text: str
    small: bool = False
    full: bool = True
    indent: int = 0
    page: int = 0
    table: Table | None = None


def lines_of(printed: Sequence[Printed]) -> tuple[str, list[Line]]:
    lines, at = [], 0
    for one in printed:
        lines.append(
            Line(one.text, at, one.indent, 0, one.page, False, small=one.small, full=one.full, table=one.table)
        )
        at += len(one.text) + 1
    return "\n".join(one.text for one in printed), lines


def passages(printed: Sequence[Printed]) -> list[Passage]:
    laid = lay_out(*lines_of([*[Printed(WIDE)] * 8, Printed("125 ha.", full=False), *printed]))
    return [block for block in laid.blocks if isinstance(block, Passage)]


def test_a_note_in_small_type_goes_on_behind_a_semicolon_and_a_line_that_a_long_figure_cut() -> None:
    found = passages(
        [
            Printed("Chăn nuôi trên địa bàn phát triển ổn định¹.", full=False),
            Printed("¹ Trong đó: Trâu 199 con; bò 48 con;", small=True, full=False),
            Printed("dê 31 con; cây hằng năm khác", small=True, full=False),
            Printed("125,8 ha; tỷ lệ đất đã cấp giấy", small=True),
            Printed("- Đất ở đạt 94,04%.", small=True, full=False),
        ]
    )
    assert [one.text for one in found if one.kind is Kind.NOTE] == [
        "Trong đó: Trâu 199 con; bò 48 con; dê 31 con; cây hằng năm khác 125,8 ha; tỷ lệ đất đã cấp giấy "
        "- Đất ở đạt 94,04%."
    ]


def test_a_list_in_a_note_keeps_its_items() -> None:
    found = passages(
        [
            Printed("Chăn nuôi trên địa bàn phát triển ổn định¹.", full=False),
            Printed("¹ Gồm các xã:", small=True, full=False),
            Printed("- Xã Khe Mẫu;", small=True, full=False),
            Printed("- Xã Đồi Ngang.", small=True, full=False),
        ]
    )
    assert [one.text for one in found[-3:]] == ["Gồm các xã:", "- Xã Khe Mẫu;", "- Xã Đồi Ngang."]


def test_words_in_brackets_and_words_in_small_type_are_no_part_of_the_line_below_or_above() -> None:
    found = passages(
        [
            Printed("(Kèm theo Báo cáo số 12/BC-UBND ngày 06 tháng 01 năm 2027 của huyện Khe Mẫu)"),
            Printed("Thu, chi ngân sách nhà nước trên địa bàn huyện"),
            Printed("Đơn vị tính: triệu đồng", small=True),
        ]
    )
    assert [one.text for one in found[-2:]] == [
        "Thu, chi ngân sách nhà nước trên địa bàn huyện",
        "Đơn vị tính: triệu đồng",
    ]


def test_a_bracket_that_a_sentence_goes_on_behind_does_not_end_it() -> None:
    found = passages([Printed("(bằng 96% kế hoạch)"), Printed("và tăng 3% so với cùng kỳ.", full=False)])
    assert found[-1].text.endswith("(bằng 96% kế hoạch) và tăng 3% so với cùng kỳ.")


def test_a_line_above_a_table_that_fills_the_page_is_no_running_foot() -> None:
    printed = []
    for page in range(3):
        printed += [
            Printed("Báo cáo của huyện Khe Mẫu", page=page),
            Printed(f"Biểu số {page + 1}. Thu, chi ngân sách", page=page),
            Printed("Đơn vị tính: triệu đồng", page=page),
            Printed("|", page=page, table=Table((), 1, 1)),
        ]
    kept = [line.text for line in without_furniture(lines_of(printed)[1])]
    assert kept.count("Đơn vị tính: triệu đồng") == 3
    assert "Báo cáo của huyện Khe Mẫu" not in kept


def test_a_full_line_behind_a_colon_goes_on_without_an_indent_on_the_next_page() -> None:
    found = passages(
        [
            Printed("Số xã đạt chuẩn nông thôn mới là 03 xã, số xã đạt chuẩn kiểu mẫu:", indent=5),
            Printed("¹ Trong đó có 2 xã vùng cao.", small=True, full=False),
            Printed("0 xã.", full=False, page=1),
        ]
    )
    assert [one.text for one in found if one.kind is not Kind.NOTE][-1].endswith("kiểu mẫu: 0 xã.")


def test_below_a_heading_an_indented_line_opens_a_paragraph() -> None:
    items = [Printed("- Chăn nuôi phát triển ổn định.", full=False, indent=5)] * 5
    found = passages(
        [
            *items,
            Printed("c) Giải phóng mặt bằng", full=False, indent=5),
            Printed("Diện tích đã bàn giao mặt bằng là 280 ha.", full=False, indent=5),
        ]
    )
    assert [one.text for one in found[-2:]] == [
        "c) Giải phóng mặt bằng",
        "Diện tích đã bàn giao mặt bằng là 280 ha.",
    ]


def test_names_that_are_listed_again_and_again_are_no_running_heads() -> None:
    sentence = [
        Printed("các xã có dịch bệnh trên đàn gia súc gồm: Xã Khe Mẫu, Xã Đồi Ngang,", full=True),
        Printed("Xã Cẩm Vân, Xã Gia Lạc, Xã Hòa Sơn,", full=True),
        Printed("và Xã Lam Giang.", full=False),
    ]
    kept = [line.text for line in without_furniture(lines_of(sentence * 3)[1])]
    assert kept.count("Xã Cẩm Vân, Xã Gia Lạc, Xã Hòa Sơn,") == 3
