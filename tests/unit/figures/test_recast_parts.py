"""What a divided unit told in sums goes to its heirs in sums."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from baocao.figures.catalogue import Catalogue
from baocao.figures.recast_identities import identities_of
from baocao.figures.recast_parts import parted
from baocao.figures.recast_rounding import apportioned
from baocao.figures.recast_rows import Shares
from baocao.figures.recast_sums import Cell
from baocao.model.period import Period

NATIONAL = Catalogue.national()
TWO_FIFTHS = Shares.of([Fraction(2, 5), Fraction(3, 5)])
MONTHS = [Period.part(2025, "M", month) for month in (1, 2, 3)]


def _parted(told: dict[tuple[str, str, Period], str], shares: Shares = TWO_FIFTHS) -> dict[Cell, list[str]]:
    cells = {Cell(*cell): Decimal(value) for cell, value in told.items()}
    found = parted(cells, shares, NATIONAL.__getitem__, identities_of(NATIONAL))
    return {cell: [str(part) for part in parts] for cell, parts in found.items()}


def _at(found: dict[Cell, list[str]], code: str, breakdown: str = "", period: Period = MONTHS[0]) -> list[Decimal]:
    return [Decimal(part) for part in found[Cell(code, breakdown, period)]]


def test_a_total_is_the_sum_of_its_parts_in_every_heir() -> None:
    parts = ("chi_dau_tu", "chi_thuong_xuyen", "chi_du_phong", "chi_khac")
    values = ("1.2", "3.4", "0.1", "0.9")  # each rounded by itself would make 2,1 in the first heir, and not 2,2
    found = _parted(
        {(code, "", MONTHS[0]): value for code, value in zip(parts, values, strict=True)}
        | {("chi_ngan_sach", "", MONTHS[0]): "5.6"}
    )
    for heir in (0, 1):
        assert _at(found, "chi_ngan_sach")[heir] == sum(_at(found, code)[heir] for code in parts)
    assert sum(_at(found, "chi_ngan_sach")) == Decimal("5.6")


def test_a_part_of_a_bound_is_within_it() -> None:
    told = {("tre_6_tuoi", "", MONTHS[0]): "1", ("tre_6_tuoi_vao_lop_1", "", MONTHS[0]): "1"}
    found = _parted(told, Shares.of([Fraction(1, 2), Fraction(1, 2)]))
    assert found[Cell("tre_6_tuoi", "", MONTHS[0])] == found[Cell("tre_6_tuoi_vao_lop_1", "", MONTHS[0])] == ["1", "0"]


def test_a_total_told_with_some_of_its_parts_is_never_less_than_them() -> None:
    told = {("khach_du_lich", "", MONTHS[0]): "9", ("khach_quoc_te", "", MONTHS[0]): "8"}
    for weight in range(1, 20):
        found = _parted(told, Shares.of([Fraction(weight, 20), Fraction(20 - weight, 20)]))
        pairs = zip(_at(found, "khach_du_lich"), _at(found, "khach_quoc_te"), strict=True)
        assert all(whole >= part for whole, part in pairs)


def test_parts_told_without_their_total_are_parted_by_themselves() -> None:
    found = _parted({("khach_quoc_te", "", MONTHS[0]): "5", ("khach_noi_dia", "", MONTHS[0]): "10"})
    assert (_at(found, "khach_quoc_te"), _at(found, "khach_noi_dia")) == ([2, 3], [4, 6])


def test_a_quarter_is_the_sum_of_its_months_and_of_its_members() -> None:
    quarter = Period.part(2025, "Q", 1)
    told = {("tre_sinh", "", month): "3" for month in MONTHS}
    told |= {("tre_sinh", "gioi_tinh=nam", quarter): "4", ("tre_sinh", "gioi_tinh=nu", quarter): "5"}
    found = _parted(told)
    for heir in (0, 1):
        of_months = sum(_at(found, "tre_sinh", "", month)[heir] for month in MONTHS)
        assert of_months == sum(
            _at(found, "tre_sinh", f"gioi_tinh={member}", quarter)[heir] for member in ("nam", "nu")
        )
    assert sum(_at(found, "tre_sinh", "", month)[0] for month in MONTHS) in (3, 4)  # 9 × 40% = 3,6


def test_what_is_told_both_as_an_indicator_and_as_a_member_is_the_same_in_every_heir() -> None:
    months = [Period.part(2024, "M", month) for month in range(1, 7)]
    told: dict[tuple[str, str, Period], str] = {}
    for place, month in enumerate(months):
        boys, girls = 11 + place * place, 14 - place
        told |= {("tre_sinh", "", month): str(boys + girls)}
        for code, member, value in (("tre_sinh_nam", "nam", boys), ("tre_sinh_nu", "nu", girls)):
            told |= {(code, "", month): str(value), ("tre_sinh", f"gioi_tinh={member}", month): str(value)}
    found = _parted(told, Shares.of([Fraction(3, 7), Fraction(4, 7)]))
    for month in months:
        assert _at(found, "tre_sinh_nam", "", month) == _at(found, "tre_sinh", "gioi_tinh=nam", month)
        assert _at(found, "tre_sinh_nu", "", month) == _at(found, "tre_sinh", "gioi_tinh=nu", month)


def test_the_months_of_a_year_do_not_all_round_the_same_way() -> None:
    months = [Period.part(2024, "M", month) for month in range(1, 13)]
    found = _parted({("ket_hon", "", month): "1" for month in months})
    assert sum(_at(found, "ket_hon", "", month)[0] for month in months) == 5  # 4,8; each by itself would make 0


def test_what_is_left_of_one_month_is_carried_into_the_next() -> None:
    told: dict[tuple[str, str, Period], str] = {}
    left = 7
    for month in MONTHS:
        told[("don_ky_truoc_chuyen", "", month)] = str(left)
        told |= {("don_moi", "", month): "6", ("don_tiep_nhan", "", month): str(left + 6)}
        left += 1
    found = _parted(told)
    for month in MONTHS:
        came = zip(_at(found, "don_ky_truoc_chuyen", "", month), _at(found, "don_moi", "", month), strict=True)
        assert [old + new for old, new in came] == _at(found, "don_tiep_nhan", "", month)


def test_a_figure_alone_is_parted_at_the_finest_decimal_of_its_indicator() -> None:
    found = _parted({("duong_dai", "", Period.part(year)): value for year, value in ((2023, "2"), (2024, "2.25"))})
    assert _at(found, "duong_dai", "", Period.part(2023)) == [Decimal("0.80"), Decimal("1.20")]


@pytest.mark.parametrize("weights", [(1, 1), (1, 2), (17, 83), (1, 1, 1), (5, 10, 15, 70)])
def test_a_table_of_rows_and_columns_keeps_both(weights: tuple[int, ...]) -> None:
    rows, columns = 4, 5
    cells = [(7 * row + 3 * column * column) % 11 for row in range(rows) for column in range(columns)]
    sums, values = [], list(cells)
    lines = [[row * columns + column for column in range(columns)] for row in range(rows)]
    lines += [[row * columns + column for row in range(rows)] for column in range(columns)]
    for line in lines:
        sums.append({**dict.fromkeys(line, 1), len(values): -1})
        values.append(sum(cells[place] for place in line))
    shares = Shares(sum(weights), weights)
    found = apportioned(values, sums, shares)
    assert [sum(parts) for parts in zip(*found, strict=True)] == values
    assert all(sum(part[place] * times for place, times in one.items()) == 0 for part in found for one in sums)
    first = [abs(part * shares.whole - value * weights[0]) for part, value in zip(found[0], values, strict=True)]
    assert max(first) < shares.whole  # each is one of the two whole numbers next to its exact share
