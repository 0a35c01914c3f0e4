"""A year is projected from what earlier years had reached by the same day; every series here is invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from baocao.figures.catalogue import Catalogue
from baocao.figures.projection import Known, Projecting, spread
from baocao.figures.projection_back_test import back_test
from baocao.model.indicator import Indicator, Over, UnitOfMeasure
from baocao.model.period import CutOff, Period
from baocao.model.projection import NotProjected, Projection, Refusal, Way
from baocao.model.text import Text


def indicator(code: str, unit: str = "tan", **more: object) -> Indicator:
    return Indicator(code, Text(f"Số {code}", f"The {code}"), unit, "thu", **more)  # type: ignore[arg-type]


CATALOGUE = Catalogue(
    (
        indicator("thu"),
        indicator("dan", over_time=Over.LAST),
        indicator("dien_tich", "ha"),
        indicator("vu", "vu"),
        indicator(
            "nang_suat", "ta_ha", numerator="thu", denominator="dien_tich", per=Decimal(10), over_time=Over.RECOMPUTE
        ),
        indicator("tang", "phan_tram", formula="thu / cùng kỳ(thu) * 100 - 100", over_time=Over.RECOMPUTE),
        indicator("ty_le", "phan_tram"),
        indicator("ghep", parts=("thu", "dan"), over_time=Over.NONE),
    ),
    (
        UnitOfMeasure("tan", Text("tấn", "tonne"), "mass"),
        UnitOfMeasure("vu", Text("vụ", "cases"), "cases"),
        UnitOfMeasure("ha", Text("ha", "ha"), "area"),
        UnitOfMeasure("ta_ha", Text("tạ/ha", "q/ha"), "mass/area"),
        UnitOfMeasure("phan_tram", Text("%", "%"), "ratio", Decimal("0.01")),
    ),
)


def known(figures: Mapping[str, Mapping[str, str]]) -> Known:
    told = {(code, Period.parse(at)): Decimal(value) for code, row in figures.items() for at, value in row.items()}
    return lambda code, period: told.get((code, period))


def projected(code: str, on: date, figures: Mapping[str, Mapping[str, str]]) -> Projection | NotProjected:
    return Projecting(CATALOGUE, known(figures), Period.part(on.year), on).of(code)


def refused(code: str, on: date, figures: Mapping[str, Mapping[str, str]]) -> Refusal:
    found = projected(code, on, figures)
    assert isinstance(found, NotProjected)
    return found.refusal


HALVES = {"2022-S1": "40", "2022": "100", "2023-S1": "55", "2023": "110", "2024-S1": "63", "2024": "140"}


def test_what_adds_up_is_divided_by_the_share_that_earlier_years_had_reached() -> None:
    found = projected("thu", date(2025, 6, 30), {"thu": HALVES | {"2025-S1": "90"}})
    assert isinstance(found, Projection)
    assert found.way is Way.SHARE
    assert found.basis == ((2024, Decimal("45.0000")), (2023, Decimal("50.0000")), (2022, Decimal("40.0000")))
    assert found.estimate == Decimal("200.0000")  # 90 / 45%
    # 1/0.5 to 1/0.4, stretched by 4/2 about 2.25: from 1.75 to 2.75
    assert (found.low, found.high) == (Decimal("157.5000"), Decimal("247.5000"))


def test_one_earlier_year_shows_no_spread() -> None:
    found = projected("thu", date(2025, 6, 30), {"thu": {"2024-S1": "63", "2024": "140", "2025-S1": "90"}})
    assert isinstance(found, Projection)
    assert (found.estimate, found.low, found.high) == (Decimal("200.0000"), None, None)


def test_what_is_reached_is_not_lost_again() -> None:
    figures = {"2023-S1": "99", "2023": "100", "2024-S1": "60", "2024": "100", "2025-S1": "80"}
    found = projected("thu", date(2025, 6, 30), {"thu": figures})
    assert isinstance(found, Projection)
    assert found.low == Decimal("80.0000")


def test_figures_of_months_are_added_up_and_a_gap_refuses() -> None:
    months = {f"2025-M{month:02d}": "15" for month in range(1, 7)}
    found = projected("thu", date(2025, 6, 30), {"thu": HALVES | months})
    assert isinstance(found, Projection)
    assert (found.now, found.estimate) == (Decimal(90), Decimal("200.0000"))
    del months["2025-M03"]
    assert refused("thu", date(2025, 6, 30), {"thu": HALVES | months}) is Refusal.NO_RESULT


def test_a_stock_keeps_its_level_and_moves_as_usual() -> None:
    herd = {"2023-S1": "1000", "2023": "980", "2024-S1": "990", "2024": "960", "2025-S1": "950"}
    found = projected("dan", date(2025, 6, 30), {"dan": herd})
    assert isinstance(found, Projection)
    assert (found.way, found.estimate) == (Way.MOVEMENT, Decimal("925.0000"))
    assert (found.low, found.high) == (Decimal("910.0000"), Decimal("940.0000"))  # -30 to -20, stretched by 3/1
    assert found.basis == ((2024, Decimal("-30.0000")), (2023, Decimal("-20.0000")))


def test_where_years_moved_both_ways_the_level_stands() -> None:
    communes = {"2023-S1": "21", "2023": "22", "2024-S1": "22", "2024": "8", "2025-S1": "8"}
    found = projected("dan", date(2025, 6, 30), {"dan": communes})
    assert isinstance(found, Projection)
    assert (found.low, found.estimate, found.high) == (0, 8, 24)


def test_a_stock_never_falls_below_nought() -> None:
    debts = {"2023-S1": "50", "2023": "10", "2024-S1": "45", "2024": "0", "2025-S1": "20"}
    found = projected("dan", date(2025, 6, 30), {"dan": debts})
    assert isinstance(found, Projection)
    assert (found.low, found.estimate, found.high) == (0, 0, 0)


def test_a_rate_is_worked_out_from_its_projected_parts() -> None:
    area = {"2023-S1": "20", "2023": "40", "2024-S1": "20", "2024": "40", "2025-S1": "21"}
    crop = {"2023-S1": "90", "2023": "200", "2024-S1": "90", "2024": "200", "2025-S1": "99"}
    yields = {"2023-S1": "45", "2023": "50", "2024-S1": "45", "2024": "51", "2025-S1": "47.1429"}
    found = projected("nang_suat", date(2025, 6, 30), {"thu": crop, "dien_tich": area, "nang_suat": yields})
    assert isinstance(found, Projection)
    assert (found.way, found.estimate) == (Way.PARTS, Decimal("52.3810"))  # 220 tons of 42 ha; 47.1 is not scaled
    assert (found.low, found.high) == (Decimal("50.8810"), Decimal("53.8810"))


def test_growth_is_that_of_the_projected_year_over_the_last() -> None:
    figures = {"thu": HALVES | {"2025-S1": "90"}, "tang": {"2025-S1": "42.8571"}}
    found = projected("tang", date(2025, 6, 30), figures)
    assert isinstance(found, Projection)
    assert (found.estimate, found.low) == (Decimal("42.8571"), None)  # 200 against 140


@pytest.mark.parametrize(
    ("code", "figures", "why"),
    [
        ("thu", {"thu": {"2025-S1": "90"}}, Refusal.NO_HISTORY),
        ("thu", {"thu": {"2024-S1": "5", "2025-S1": "90"}}, Refusal.NO_HISTORY),
        ("thu", {"thu": HALVES}, Refusal.NO_RESULT),
        ("thu", {"thu": {"2024-S1": "1", "2024": "100", "2025-S1": "2"}}, Refusal.TOO_EARLY),
        ("thu", {"thu": {"2024-S1": "0", "2024": "0", "2025-S1": "2"}}, Refusal.TOO_EARLY),
        ("dan", {"dan": {"2025-S1": "2"}}, Refusal.NO_HISTORY),
        ("dan", {"dan": {"2024-S1": "0", "2024": "40", "2025-S1": "41"}}, Refusal.NO_HISTORY),
        ("vu", {"vu": {"2024-S1": "4", "2024": "12", "2025-S1": "14"}}, Refusal.TOO_FEW),
        ("vu", {"vu": {"2024-S1": "40", "2024": "120", "2025-S1": "9"}}, Refusal.TOO_FEW),
        ("ty_le", {"ty_le": HALVES | {"2025-S1": "2"}}, Refusal.BARE_RATE),
        ("ghep", {"thu": HALVES}, Refusal.OF_PARTS),
        ("nang_suat", {"nang_suat": HALVES | {"2025-S1": "45"}}, Refusal.PART_UNKNOWN),
    ],
)
def test_what_cannot_be_projected_says_why(code: str, figures: dict[str, dict[str, str]], why: Refusal) -> None:
    assert refused(code, date(2025, 6, 30), figures) is why


def test_a_year_that_is_over_is_not_projected() -> None:
    assert refused("thu", date(2024, 12, 31), {"thu": HALVES}) is Refusal.YEAR_OVER


def test_words_name_the_least_share() -> None:
    found = projected("thu", date(2025, 6, 30), {"thu": {"2024-S1": "1", "2024": "100", "2025-S1": "2"}})
    assert isinstance(found, NotProjected)
    assert "dưới 5% cả năm" in found.why.vi
    assert "less than 5% of the year" in found.why.en


def test_the_year_of_the_decree_closes_in_december() -> None:
    decree = [Period.part(year, cut_off=CutOff.DECREE_09) for year in (2024, 2025)]
    half = [Period.part(year, "S", 1, CutOff.DECREE_09) for year in (2024, 2025)]
    told = {half[0]: Decimal(40), decree[0]: Decimal(100), half[1]: Decimal(44)}
    found = Projecting(CATALOGUE, lambda _, period: told.get(period), decree[1], half[1].end).of("thu")
    assert isinstance(found, Projection)
    assert found.estimate == Decimal("110.0000")


def test_the_range_is_stretched_the_less_the_more_years_there_are() -> None:
    two, three = (spread([Fraction(1), Fraction(2), *more]) for more in ([], [Fraction(3, 2)]))
    assert (two.low, two.high, three.low, three.high) == (0, 3, Fraction(1, 2), Fraction(5, 2))


SEASON = (2, 1, 3, 5, 14, 16, 4, 3, 8, 20, 16, 8)  # of a crop with two harvests


def seasonal(years: range) -> Known:
    """A unit whose output grows by 9% a year and swings with a harvest, and whose herd falls before each year's end."""
    told: dict[tuple[str, Period], Decimal] = {}
    for year in years:
        level = Decimal("1.09") ** (year - years.start)
        for month, share in enumerate(SEASON, 1):
            swing = Decimal(100 + (year * 7 + month * 5) % 11 - 5) / 100
            told["thu", Period.part(year, "M", month)] = level * share * swing
            dip = Decimal(12 if month == 12 else 0)
            told["dan", Period.part(year, "M", month)] = 500 * level + month - dip
    return lambda code, period: told.get((code, period))


def test_the_back_test_uses_the_years_before_only_and_beats_both_references() -> None:
    found = back_test(CATALOGUE, ["thu", "dan"], [("xa", seasonal(range(2020, 2025)))], [2022, 2023, 2024])
    assert len(found.cases) == 3 * 22 - dict(found.refused)[Refusal.TOO_EARLY]
    assert {case.projection.whole.year for case in found.cases} == {2022, 2023, 2024}
    assert all(year < case.projection.whole.year for case in found.cases for year, _ in case.projection.basis)
    assert found.beats_both
    assert found.of(Way.SHARE).beats_both
    assert found.of(Way.MOVEMENT).beats_both
    own, even, last = found.of(Way.SHARE).errors
    assert own.median < 3 < min(even.median, last.median)
    assert found.within is not None
    assert found.within > Fraction(1, 2)
    assert "sai số trung vị" in found.text.vi


def test_a_series_without_seasons_is_no_worse_than_the_clock() -> None:
    told = {
        Period.part(year, "M", month): Decimal(10 * (year - 2019))
        for year in range(2020, 2024)
        for month in range(1, 13)
    }
    found = back_test(CATALOGUE, ["thu"], [("xa", lambda _, period: told.get(period))], [2023])
    own, even, last = found.errors
    assert own.mean < even.mean < last.mean
    assert own.mean == 0
