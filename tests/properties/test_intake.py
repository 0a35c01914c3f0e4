"""What must hold for any file whatever: nothing is dropped in silence, and what is written can be read."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from baocao.figures.intake_numbers import Habit, habit_of, read_number
from baocao.figures.intake_periods import read_heading, read_period
from baocao.figures.intake_words import fold, may_mean
from baocao.figures.target_words import TargetWords, read_target
from baocao.grammar.numbers import write_number
from baocao.model.observation import NoValue
from baocao.model.period import Period
from baocao.model.sheet import Percentage, Sheet, SheetRow
from baocao.model.text import Text
from tests.unit.figures.small_catalogue import INDICATORS, UNITS, intake_of

_FIGURES = st.decimals(min_value=-(10**11), max_value=10**11, places=6) | st.integers(-9999, 9999).map(Decimal)
_UNITS = st.sampled_from([unit.code for unit in UNITS] + [unit.name for unit in UNITS] + ["", "Tổng", "97", "tan an"])
_NAMED = st.sampled_from([one.code for one in INDICATORS] + [one.name.vi for one in INDICATORS] + ["", "lạ"])
_PERIODS = st.sampled_from(["2024", "năm 2024", "Quý I/2025", "31/5/2024", "đến 31/5/2024", "", "mười"])
_VALUES = (
    st.sampled_from(["", "-", "x", "5%", "1.234", "1,5", "1e5", "#REF!", "chưa có số liệu", "NaN", "١"])
    | _FIGURES
    | _FIGURES.map(Percentage)
    | st.decimals()
    | st.text(max_size=6).map(str.strip)
)
_ROWS = st.lists(st.tuples(_UNITS, _NAMED, _PERIODS, _VALUES), max_size=8)


@given(_ROWS)
def test_every_row_of_a_long_file_is_taken_in_or_rejected(cells: list[tuple[object, ...]]) -> None:
    head = SheetRow(1, ("unit", "indicator", "period", "value"))
    filled = [row for row in cells if any(cell != "" for cell in row)]
    intake = intake_of(Sheet("Biểu", (head, *(SheetRow(at, row) for at, row in enumerate(filled, 2)))))  # type: ignore[arg-type]
    taken = {int(one.origin.reference.rpartition("!D")[2]) for one in intake.observations}
    rejected = {one.row for one in intake.rejections}
    assert taken | rejected == set(range(2, len(filled) + 2))
    assert not taken & rejected
    assert len({one.address for one in intake.observations}) == len(intake.observations)
    for one in intake.rejections:
        assert one.text.vi
        assert one.text.en


@given(
    st.lists(st.lists(st.text("019.,-%x năm KH;ha()A", max_size=9).map(str.strip), max_size=5), min_size=1, max_size=6)
)
def test_any_sheet_is_read_without_breaking(cells: list[list[str]]) -> None:
    rows = tuple(SheetRow(at, tuple(row)) for at, row in enumerate(cells, 1) if any(row))
    heads = (SheetRow(1, ("đơn vị", "2024", "KH 2025")), *(SheetRow(row.number + 1, row.cells) for row in rows))
    for sheet in (Sheet("", rows), Sheet("", heads)):
        intake = intake_of(sheet, indicator="thu", authority="HĐND")
        assert all(one.mark in (*NoValue, None) for one in intake.observations)


@given(_FIGURES)
def test_a_number_in_vietnamese_or_machine_style_is_read_back(value: Decimal) -> None:
    vietnamese, machine = write_number(value), f"{value:f}"
    assert read_number(vietnamese, Habit.VIETNAMESE) == value
    assert read_number(machine, Habit.MACHINE) == value
    for style, own in ((vietnamese, Habit.VIETNAMESE), (machine, Habit.MACHINE)):
        alone = read_number(style, Habit.UNKNOWN)
        assert isinstance(alone, Text) or alone == value  # refused, never read wrongly
        assert habit_of([style]) in (own, Habit.UNKNOWN)


@given(st.text(max_size=12), st.sampled_from(Habit))
def test_any_text_is_a_number_or_refused(text: str, habit: Habit) -> None:
    found = read_number(text, habit)
    assert isinstance(found, Text) or found.is_finite()


@given(st.dates(), st.dates())
def test_a_period_is_read_back_from_its_code(one: object, other: object) -> None:
    period = Period(*sorted((one, other)))  # type: ignore[type-var]
    if period.end.year < 9999:
        assert read_period(period.code) == period


@given(st.text("năm quýthágđến0124/IV-. ", max_size=24))
def test_any_text_is_a_period_or_refused(text: str) -> None:
    assert isinstance(read_period(text), Period | Text)
    headed = read_heading(text)
    assert headed is None or isinstance(headed[1], Period)


@given(st.text("giảmtrêndướiđb đo0123456789.,%-xã", max_size=20))
def test_any_text_is_a_target_or_refused(text: str) -> None:
    found = read_target(text, lambda number: read_number(number, Habit.VIETNAMESE))
    assert isinstance(found, TargetWords | Text)


@given(st.text(max_size=20))
def test_a_name_is_meant_by_itself_and_by_its_plain_letters(name: str) -> None:
    assert may_mean(name, name)
    assert may_mean(fold(name), name)
    assert fold(fold(name)) == fold(name)


_COMMUNES = ["00101", "00102", "00103"]
_CALLED = ["Xã Hòa Bình", "Tân Lập", "xã Tân Lạp"]
_GRID = st.lists(st.lists(st.none() | _FIGURES, min_size=3, max_size=3), min_size=2, max_size=2)
_NAMED_IN_FORMS = ("thu", "dien_tich")


@given(_GRID)
def test_however_a_form_is_drawn_it_says_the_same(grid: list[list[Decimal | None]]) -> None:
    year = Period.part(2024)
    cells = [[("" if one is None else one) for one in row] for row in grid]
    long = [(unit, code, one) for code, row in zip(_NAMED_IN_FORMS, cells, strict=True)
            for unit, one in zip(_COMMUNES, row, strict=True) if one != ""]  # fmt: skip
    sums = [sum((one for one in row if one is not None), Decimal(0)) for row in grid]
    by_place = list(zip(*cells, strict=True))
    forms = [
        [("unit", "indicator", "value"), *long],
        [("unit", *_NAMED_IN_FORMS), *((unit, *row) for unit, row in zip(_COMMUNES, by_place, strict=True))],
        [("unit", *_NAMED_IN_FORMS), ("Cộng", *sums),
         *((unit, *row) for unit, row in zip(_COMMUNES, by_place, strict=True))],
        [("indicator", *_COMMUNES), *((code, *row) for code, row in zip(_NAMED_IN_FORMS, cells, strict=True))],
        [("indicator", "Tổng số", "Chia theo xã", "", ""), ("", "", *_CALLED),
         *((code, whole, *row) for code, whole, row in zip(_NAMED_IN_FORMS, sums, cells, strict=True))],
    ]  # fmt: skip
    said = []
    for rows in forms:
        sheet = Sheet("", tuple(SheetRow(at, tuple(row)) for at, row in enumerate(rows, 1)))
        intake = intake_of(sheet, period=year)
        assert not intake.rejections
        said.append({one.address: one.value for one in intake.observations})
    assert all(one == said[0] for one in said)
    assert len(said[0]) == len(long)


@given(_GRID.filter(lambda grid: None not in grid[0]), st.decimals(min_value=1, max_value=10**9, places=0))
def test_a_sum_that_is_off_is_never_passed_over(grid: list[list[Decimal | None]], off: Decimal) -> None:
    whole = sum((one for one in grid[0] if one is not None), Decimal(0)) + off
    rows = [("indicator", "Tổng số", *_COMMUNES), ("thu", whole, *grid[0])]
    sheet = Sheet("", tuple(SheetRow(at, tuple(row)) for at, row in enumerate(rows, 1)))  # type: ignore[arg-type]
    assert [one.place.vi for one in intake_of(sheet, period=Period.part(2024)).rejections] == ["B2"]
