"""Rows that tell a part of the indicator above them: "Trong đó: dân tộc thiểu số"."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from baocao.figures.catalogue import Catalogue
from baocao.figures.intake import Defaults, Intake, take_in
from baocao.figures.intake_names import Names
from baocao.model.org_unit import Level, OrgUnit
from baocao.model.period import Period
from baocao.model.sheet import Sheet, SheetCell, SheetRow
from baocao.reference.indicators import dimensions

HEADS: tuple[SheetCell, ...] = ("TT", "Chỉ tiêu", "ĐVT", "Năm 2024")


def taken(*rows: tuple[SheetCell, ...]) -> Intake:
    """What a form of the national catalogue holds, for one province."""
    listed = Catalogue.national()
    units = (OrgUnit("01", "Tỉnh Sông Thử", Level.PROVINCE, None),)
    names = Names(units, listed.indicators, listed.measures, dimensions=dimensions().values())
    cells = [SheetRow(number, row) for number, row in enumerate((HEADS, *rows), 1)]
    defaults = Defaults(unit="01", period=Period.part(2024))
    return take_in([Sheet("Biểu", tuple(cells))], "ab" * 32, names, defaults, datetime(2025, 1, 1, tzinfo=UTC), "")


def told(found: Intake) -> dict[str, str]:
    """The figures, by indicator and breakdown."""
    return {str(one.address).removeprefix("01:"): f"{one.value}" for one in found.observations}


def why(found: Intake) -> list[str]:
    return [f"{one.place.vi}: {one.text.vi}" for one in found.rejections]


def test_a_part_below_its_whole_has_the_address_of_its_member() -> None:
    found = taken(
        ("1", "Số hộ nghèo", "hộ", "900"),
        ("", "Trong đó: Dân tộc thiểu số", "hộ", "500"),
        ("2", "Diện tích gieo cấy lúa", "ha", "1000,5"),
    )
    assert why(found) == []
    assert told(found) == {
        "ho_ngheo:2024-A1:actual": "900",
        "ho_ngheo:2024-A1:actual::dan_toc=thieu_so": "500",
        "lua_dien_tich:2024-A1:actual": "1000.5",
    }


@pytest.mark.parametrize(
    "rows",
    [
        (("", "Trong đó:", "", ""), ("", "- Thành thị", "", "300"), ("", "- Nông thôn", "", "600")),
        (("", "Chia theo thành thị, nông thôn", "", ""), ("", "Thành thị", "", "300"), ("", "Nông thôn", "", "600")),
        (("", "- Trong đó: thành thị", "", "300"), ("", "+ Nông thôn", "", "600")),
        (("", "a) Thành thị", "", "300"), ("", "b) Nông thôn", "", "600")),
    ],
)
def test_forms_tell_parts_in_many_ways(rows: tuple[tuple[SheetCell, ...], ...]) -> None:
    found = told(taken(("1", "Số hộ nghèo", "hộ", "900"), *rows))
    assert found["ho_ngheo:2024-A1:actual::thanh_thi_nong_thon=thanh_thi"] == "300"
    assert found["ho_ngheo:2024-A1:actual::thanh_thi_nong_thon=nong_thon"] == "600"


def test_a_part_is_told_in_the_measure_of_its_whole() -> None:
    found = taken(("1", "Diện tích gieo cấy lúa (m2)", "", "15000"), ("", "- Đông xuân", "", "5000"))
    assert why(found) == []
    assert told(found)["lua_dien_tich:2024-A1:actual::mua_vu=dong_xuan"] == "0.5"


def test_a_part_of_two_breakdowns_one_below_the_other_is_not_guessed() -> None:
    found = taken(
        ("1", "Số hộ nghèo", "hộ", "900"), ("", "- Nông thôn", "", "600"), ("", "- Dân tộc thiểu số", "", "500")
    )
    assert len(told(found)) == 2
    (reason,) = why(found)
    assert "“Dân tộc thiểu số” là một phần của cả chỉ tiêu ho_ngheo, hay của dòng “- Nông thôn”" in reason
    said = taken(
        ("1", "Số hộ nghèo", "hộ", "900"),
        ("", "- Nông thôn", "", "600"),
        ("", "Trong đó dân tộc thiểu số", "", "500"),
    )
    assert told(said)["ho_ngheo:2024-A1:actual::dan_toc=thieu_so"] == "500"


def test_a_part_may_be_named_in_full() -> None:
    found = taken(
        ("1", "Số hộ nghèo", "hộ", "900"),
        ("", "dan_toc=thieu_so;thanh_thi_nong_thon=nong_thon", "", "450"),
        ("", "ho_can_ngheo|dan_toc=kinh", "", "7"),
    )
    assert why(found) == []
    assert told(found)["ho_ngheo:2024-A1:actual::dan_toc=thieu_so;thanh_thi_nong_thon=nong_thon"] == "450"
    assert told(found)["ho_can_ngheo:2024-A1:actual::dan_toc=kinh"] == "7"


@pytest.mark.parametrize(
    "rows",
    [
        (("1", "Số hộ nghèo", "hộ", "900"), ("", "- Hộ người cao tuổi", "", "5")),
        (("1", "Số hộ nghèo", "hộ", "900"), ("II", "VĂN HÓA", "", ""), ("", "Nông thôn", "", "5")),
        (("", "- Nông thôn", "", "5"),),
        (("1", "Diện tích gieo cấy lúa", "ha", "9"), ("", "- Nông thôn", "", "5")),
        (("1", "Số hộ nghèo", "hộ", "900"), ("", "- Nông thôn", "ha", "5")),
        (("1", "Số hộ nghèo", "hộ", "900"), ("", "ho_ngheo|dan_toc=khong_co", "", "5")),
    ],
)
def test_what_names_no_part_of_what_stands_above_it_is_refused(rows: tuple[tuple[SheetCell, ...], ...]) -> None:
    found = taken(*rows)
    assert len(why(found)) == 1
    assert not any("::" in address for address in told(found))


def test_tone_marks_tell_members_apart() -> None:
    found = taken(("1", "Diện tích gieo cấy lúa", "ha", "9"), ("", "- Đồng", "", "5"))
    assert told(found) == {"lua_dien_tich:2024-A1:actual": "9"}
