"""Units of formulas: what may be added, and which factor is lacking."""

from __future__ import annotations

from decimal import Decimal

import pytest

from baocao.figures.formula import NotAFormula, expression, relation
from baocao.figures.formula_units import check_relation, check_result, dimension_of, measured
from baocao.model.indicator import UnitOfMeasure
from baocao.reference.indicators import measures

UNITS = {
    "dien_tich": "ha", "nang_suat": "ta_ha", "san_luong": "tan", "thu": "trieu_dong", "chi": "ty_dong",
    "nguoi": "nguoi", "ho": "ho", "ty_le": "phan_tram", "thu_nhap": "trieu_dong_nguoi",
}  # fmt: skip
MEASURES: dict[str, UnitOfMeasure] = {code: measures()[unit] for code, unit in UNITS.items()}


@pytest.mark.parametrize(
    "identity",
    [
        "san_luong = dien_tich * nang_suat / 10",
        "san_luong ≈ nang_suat * dien_tich * 0,1",
        "thu / 1.000 = chi",
        "thu = chi * 1.000",
        "ty_le ≈ nguoi / cùng kỳ(nguoi) * 100 - 100",
        "ty_le <= 100",
        "thu >= 0",
        "thu_nhap = thu / nguoi",
        "thu_nhap * nguoi = thu",
        "max(thu; chi * 1.000) >= thu",
        "ty_le = 1 - 5%",
        "thu = ty_le * thu / 100",
        "thu = 10% * thu + 2 * thu",
        "thu = 1/10/100 * chi * 1.000.000",
        "thu = (2 + 1) * 1,5 * thu / 4",
        "thu >= -0 * 5",
    ],
)
def test_units_that_agree(identity: str) -> None:
    check_relation(relation(identity), MEASURES)


@pytest.mark.parametrize(
    ("identity", "said"),
    [
        ("san_luong = dien_tich * nang_suat", "“* 1/10”"),
        ("thu = chi", "“* 1.000”"),
        ("chi = thu", "“* 1/1.000”"),
        ("thu = chi / 1.000", "“* 1.000.000”"),
        ("nguoi = ho", "không cộng hoặc so sánh được"),
        ("nguoi + ho = nguoi", "không cộng hoặc so sánh được"),
        ("thu = nguoi * 5", "không cộng hoặc so sánh được"),
        ("dien_tich + 5 = dien_tich", "Số 5 không có đơn vị"),
        ("dien_tich >= 1.000", "Số 1.000 không có đơn vị"),
        ("sum(thu; chi) = thu", "“* 1.000”"),
        ("ty_le = nguoi / cùng kỳ(nguoi)", "“* 100”"),
        ("thu = chi / 1.000 * 1.000", "“* 1.000”"),
        ("thu = 10 * thu", "“* 1/10”"),
        ("vo_danh = nguoi", "chưa khai báo"),
    ],
)
def test_units_that_do_not(identity: str, said: str) -> None:
    with pytest.raises(NotAFormula) as refused:
        check_relation(relation(identity), MEASURES)
    assert said in refused.value.text.say("vi")


def test_the_lacking_factor_mends_the_formula() -> None:
    check_relation(relation("san_luong = dien_tich * nang_suat * 1/10"), MEASURES)
    check_relation(relation("thu = chi * 1.000"), MEASURES)


def test_a_result_is_told_in_the_unit_of_its_indicator() -> None:
    tree = expression("thu / nguoi")
    check_result(tree, MEASURES, measures()["trieu_dong_nguoi"])
    with pytest.raises(NotAFormula):
        check_result(tree, MEASURES, measures()["trieu_dong"])


def test_dimensions_cancel() -> None:
    assert dimension_of("mass/area") == (("area", -1), ("mass", 1))
    assert dimension_of("ratio") == ()
    assert measured(expression("dien_tich * nang_suat"), MEASURES).dimension == (("mass", 1),)
    assert measured(expression("dien_tich / dien_tich"), MEASURES).dimension == ()
    assert measured(expression("-dien_tich * 2"), MEASURES).name.en == "area"


def test_factors_turn_units_of_one_dimension_into_each_other() -> None:
    known = measures()
    assert known["tan"].factor / known["ta"].factor == Decimal(10)
    assert known["ty_dong"].factor / known["trieu_dong"].factor == Decimal(1000)
    assert known["km2"].factor / known["m2"].factor == Decimal(1000000)
