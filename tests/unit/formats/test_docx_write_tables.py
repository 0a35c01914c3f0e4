"""Tables fill the page to the last twip, their spans are sound, their heads come again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from baocao.formats import docx_write, docx_write_measure, docx_write_tables
from baocao.formats.docx_write_lines import Writing
from baocao.formats.docx_write_pages import NAMES
from baocao.model.draft import Align, Column, Draft, Grid, GridCell, Words
from tests.unit.formats.large_draft import DRAFTED, HEAD, RECIPIENTS, SIGNATURE
from tests.unit.formats.sound_word import W, faults


def cell(text: str, columns: int = 1, rows: int = 1) -> GridCell:
    return GridCell((Words(text),), columns, rows)


def written(grid: Grid) -> etree._Element:
    return etree.fromstring(f"<root {NAMES}>{docx_write_tables.table(grid, Writing(), 9071)}</root>")


def shape(root: etree._Element) -> list[list[str]]:
    """Each row's cells as text, with how many columns they span; "^" for one covered from above."""
    return [
        [
            "^" if (merge := one.find(f"{W}tcPr/{W}vMerge")) is not None and not merge.get(f"{W}val")
            else "".join(one.itertext()) + ("" if (span := one.find(f"{W}tcPr/{W}gridSpan")) is None
                                            else f"×{span.get(f'{W}val')}")
            for one in row.iter(f"{W}tc")
        ]
        for row in root.iter(f"{W}tr")
    ]  # fmt: skip


def _kept(rows: Sequence[Sequence[GridCell]]) -> list[int]:
    """The rows below the head that stay on the page of the next."""
    root = written(Grid(COLUMNS, ((*map(cell, "1234"),),), tuple(map(tuple, rows))))
    kept = [bool(row.findall(f".//{W}keepNext")) for row in root.iter(f"{W}tr")][1:]
    return [at for at, is_kept in enumerate(kept) if is_kept]


def test_the_name_of_a_group_stays_on_the_page_of_its_first_row() -> None:
    across = [(cell("I"), cell("Nhóm", 3)) if at % 30 == 0 else [*map(cell, "abcd")] for at in range(90)]
    bold = [[replace(cell(one), is_bold=at % 30 == 0) for one in "abcd"] for at in range(90)]
    for rows in (across, bold):
        assert _kept(rows) == [0, 1, 30, 60, 87, 88]
    assert _kept([[replace(cell(one), is_bold=True) for one in "abcd"]] * 90) == [0, 1, 87, 88]  # names of nothing


def test_no_page_begins_or_ends_with_a_row_alone() -> None:
    rows = [[*map(cell, "abcd")]]
    assert _kept(rows * 40) == [0, 1, 37, 38]
    assert _kept(rows * 11) == [0, 1, 8, 9]
    assert _kept(rows * 10) == [*range(9)]  # a short table is whole
    assert _kept(rows) == []


COLUMNS = tuple(Column(Decimal(1)) for _ in range(4))


@pytest.mark.parametrize("shares", [("1", "2", "3"), ("0.1", "7", "33.3"), ("0", "0"), ("1",) * 17, ("-1", "5")])
def test_columns_add_up_to_the_room(shares: tuple[str, ...]) -> None:
    found = docx_write_tables.widths([Column(Decimal(share)) for share in shares], 9071)
    assert sum(found) == 9071
    assert min(found) >= 200


def test_a_column_is_as_wide_as_its_share() -> None:
    assert docx_write_tables.widths([Column(Decimal(1)), Column(Decimal(3))], 8000) == [2000, 6000]


@pytest.mark.parametrize(
    ("across", "longest", "expected"),
    [
        ([200, 800], [300, 400], [300, 700]),  # a numeral takes what it lacks
        ([300, 700], [200, 400], [300, 700]),
        ([200, 300, 900], [250, 350, 500], [250, 350, 800]),
        ([200, 800], [500, 700], [300, 700]),  # never more than is to spare
        ([200, 200], [900, 900], [200, 200]),
    ],
)
def test_columns_have_room_for_their_longest_word(across: list[int], longest: list[int], expected: list[int]) -> None:
    assert docx_write_tables.roomy(across, longest) == expected


def test_a_date_in_a_narrow_column_is_not_broken() -> None:
    columns = (Column(Decimal(1)), Column(Decimal(20)), Column(Decimal(1)))
    grid = Grid(columns, (), ((cell("III"), cell("Số hóa hồ sơ hộ tịch"), cell("31/12/2026")),))
    room = [int(one.get(f"{W}w", "0")) for one in written(grid).iter(f"{W}gridCol")]
    assert sum(room) == 9071
    assert room[0] > docx_write_measure.length("III", 12)
    assert room[2] > docx_write_measure.length("31/12/2026", 12)


def test_covered_cells_are_put_back() -> None:
    grid = Grid(
        COLUMNS,
        ((cell("TT", rows=2), cell("Kế hoạch", columns=2), cell("Ghi chú", rows=2)), (cell("Tỉnh"), cell("Xã"))),
        ((cell("1"), cell("2", columns=3)),),
    )
    assert shape(written(grid)) == [["TT", "Kế hoạch×2", "Ghi chú"], ["^", "Tỉnh", "Xã", "^"], ["1", "2×3"]]


@pytest.mark.parametrize(
    "rows",
    [
        ((cell("a", rows=9),), (cell("b"),)),
        ((cell("a", columns=9),), (cell("b"),)),
        ((cell("a"), cell("b"), cell("c"), cell("d"), cell("e"), cell("f")),),
        ((cell("a"), cell("b", rows=2)), (cell("wide", columns=4),)),
        ((cell("zero", columns=0, rows=0),), ()),
    ],
)
def test_spans_that_do_not_fit_never_break_the_file(rows: tuple[tuple[GridCell, ...], ...]) -> None:
    draft = Draft(HEAD, (Grid(COLUMNS, rows, rows),), SIGNATURE, RECIPIENTS)
    assert faults(docx_write.written(draft, DRAFTED)) == []


def test_heads_come_again_and_rows_stay_whole() -> None:
    root = written(Grid(COLUMNS, ((cell("a"),), (cell("b"),)), tuple((cell("c"),) for _ in range(3))))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in root.iter(f"{W}tr")] == [True] * 2 + [False] * 3
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in root.iter(f"{W}tr"))


def test_figures_stand_on_the_right() -> None:
    columns = (Column(Decimal(1), Align.LEFT), Column(Decimal(1)))
    root = written(Grid(columns, ((cell("Tên"), cell("Số")),), ((cell("Lúa"), cell("12,5")),)))
    assert [place.get(f"{W}val") for place in root.iter(f"{W}jc")] == ["center", "center", "left", "right"]


@pytest.mark.parametrize("grid", [Grid((), (), ()), Grid(COLUMNS, (), ()), Grid((), ((cell("a"),),), ())])
def test_an_empty_table_prints_nothing(grid: Grid) -> None:
    assert docx_write_tables.table(grid, Writing(), 9071) == ""


def test_a_text_is_measured_as_it_is_printed() -> None:
    assert docx_write_measure.length("Độc lập - Tự do - Hạnh phúc", 13) == pytest.approx(3178, rel=0.01)
    assert docx_write_measure.length("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12) == pytest.approx(4972, rel=0.01)


def test_lines_are_balanced() -> None:
    text = "ỦY BAN NHÂN DÂN XÃ ĐỒNG SÁNG"
    room = docx_write_measure.balanced(text, 12, 3800)
    first, second = docx_write_measure.lines(text, 12, room)
    assert first == docx_write_measure.length("ỦY BAN NHÂN DÂN", 12)
    assert second == docx_write_measure.length("XÃ ĐỒNG SÁNG", 12)
    assert docx_write_measure.balanced("UBND XÃ", 12, 3800) == 3800


def test_lines_break_where_one_pauses_and_never_before_a_dash() -> None:
    summary = "Kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2025; phương hướng, nhiệm vụ năm 2026"
    room = docx_write_measure.balanced(summary, 14, 9071)
    first = summary.partition(" phương")[0]
    assert docx_write_measure.lines(summary, 14, room)[0] == docx_write_measure.length(first, 14)
    dashed = "Báo cáo tình hình thực hiện nhiệm vụ kinh tế - xã hội sáu tháng của toàn thể các xã trong tỉnh"
    room = docx_write_measure.balanced(dashed, 14, 9071)
    first = dashed.partition(" xã hội")[0]
    assert docx_write_measure.lines(dashed, 14, room)[0] != docx_write_measure.length(first.removesuffix(" -"), 14)
    assert docx_write_measure.balanced("x " * 5000, 14, 9071) == 9071
