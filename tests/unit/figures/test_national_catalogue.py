"""The catalogue that comes with the product is sound, covers every sector, and every identity can be judged."""

from __future__ import annotations

from decimal import Decimal

import pytest

from baocao.figures.catalogue import Catalogue
from baocao.figures.formula_tree import Name
from baocao.figures.formula_value import evaluate, judge
from baocao.model import Agreement
from baocao.model.indicator import Aim, Over
from baocao.reference import indicators as reference
from baocao.reference.indicators import measures


@pytest.fixture(scope="module")
def national() -> Catalogue:
    return Catalogue.national()


def test_it_is_sound(national: Catalogue) -> None:
    assert [text.say("vi") for text in national.check()] == []


def test_it_covers_every_sector(national: Catalogue) -> None:
    assert len(national) >= 320
    assert [sector for sector in reference.sectors() if not national.of_sector(sector)] == []


def test_it_has_seventeen_headline_indicators_with_their_parts(national: Catalogue) -> None:
    headline = national.of_sector("chu_yeu")
    assert len(headline) == 17
    assert sum(1 for one in headline if one.parts) >= 10
    for one in headline:
        assert len(national.parts(one.code)) == len(one.parts)


def test_every_list_is_used(national: Catalogue) -> None:
    assert set(reference.dimensions()) == {code for one in national.indicators for code in one.breakdowns}
    assert set(reference.departments()) == {one.department for one in national.indicators}


def test_breakdowns_have_members_with_both_names() -> None:
    for dimension in reference.dimensions().values():
        assert len(dimension.members) >= 2
        assert all(member.name.vi and member.name.en for member in dimension.members)


def test_everything_derived_is_in_the_order_and_can_be_computed(national: Catalogue) -> None:
    derived = [one.code for one in national.indicators if one.is_derived]
    assert sorted(national.order()) == sorted(derived)
    for code in derived:
        tree = national.definition(code)
        assert tree is not None
        assert evaluate(tree, lambda _: Decimal(3)).value is not None, code


def test_every_identity_can_be_judged(national: Catalogue) -> None:
    count = 0
    for one in national.indicators:
        for identity in national.identities(one.code):
            assert judge(identity, lambda _: Decimal(3)).agreement not in (None, Agreement.UNDECIDABLE)
            assert judge(identity, lambda _: None).agreement is None
            count += 1
    assert count >= 60


def test_what_is_computed_holds_its_own_identity(national: Catalogue) -> None:
    figures = {"lua_dien_tich": Decimal("5120"), "lua_san_luong": Decimal("24064")}
    definition = national.definition("lua_nang_suat")
    assert definition is not None
    outcome = evaluate(definition, lambda name: figures.get(name.code))
    assert outcome.value == 47
    (identity,) = national.identities("lua_san_luong")
    known = {**figures, "lua_nang_suat": Decimal(47)}
    assert judge(identity, lambda name: known[name.code]).agreement is Agreement.EXACT


def test_a_one_stop_shop_that_loses_a_file_is_found(national: Catalogue) -> None:
    figures = dict.fromkeys(("hs_giai_quyet_truoc_han", "hs_giai_quyet_dung_han", "hs_giai_quyet_qua_han"), Decimal(40))
    figures |= {"hs_giai_quyet": Decimal(120), "hs_dang_giai_quyet": Decimal(10), "hs_tiep_nhan": Decimal(131)}

    def look_up(name: Name) -> Decimal | None:
        return figures.get(name.code)

    judged = [judge(identity, look_up) for identity in national.identities("hs_tiep_nhan")]
    assert [one.agreement for one in judged] == [Agreement.DISAGREE, None, None]
    assert judged[0].difference == 1


def test_percentages_are_never_added_up(national: Catalogue) -> None:
    shares = [one for one in national.indicators if national.unit(one.code).dimension == "ratio"]
    assert len(shares) >= 70
    for one in shares:
        assert {one.over_place, one.over_time} <= {Over.RECOMPUTE, Over.NONE}


def test_both_sets_of_rural_criteria_are_there(national: Catalogue) -> None:
    codes = {one.code for one in national.of_sector("nong_thon_moi")}
    assert {f"ntm_tc{number:02d}" for number in range(1, 20)} <= codes
    assert {f"ntm26_tc{number:02d}" for number in range(1, 11)} <= codes


def test_every_indicator_has_every_field_that_a_reader_asks_for(national: Catalogue) -> None:
    assert len(national.places) == len(national)
    for one in national.indicators:
        assert one.name.en.strip(), one.code
        assert len(one.name.vi) >= 4, one.code
        assert one.code in national.units, one.code
        assert one.sector in reference.sectors(), one.code
        assert one.department in reference.departments(), one.code
        assert len(one.source) >= 10, one.code
        assert one.plausible != (None, None) or one.is_derived or one.parts, one.code


def test_a_percentage_has_a_range_and_a_way_to_be_computed_or_is_not_rolled_up(national: Catalogue) -> None:
    for one in national.indicators:
        if national.unit(one.code).dimension != "ratio":
            continue
        assert one.plausible != (None, None), one.code
        assert one.is_derived or one.over_place is one.over_time is Over.NONE, one.code


def test_stocks_and_flows_are_told_apart_and_every_aim_is_used(national: Catalogue) -> None:
    assert {one.over_time for one in national.indicators} >= {Over.SUM, Over.LAST, Over.RECOMPUTE, Over.NONE}
    assert {one.aim for one in national.indicators} == set(Aim)
    for code in ("ho_ngheo", "tong_so_ho"):
        assert national[code].over_time is Over.LAST


@pytest.mark.parametrize(
    ("sector", "dimensions"),
    [
        ("trong_trot", {"cay_hang_nam", "mua_vu"}),
        ("dau_tu_cong", {"nguon_von", "chuong_trinh"}),
        ("ngan_sach", {"khoan_thu", "linh_vuc_chi"}),
        ("chan_nuoi", {"vat_nuoi"}),
        ("giao_duc", {"cap_hoc"}),
        ("y_te", {"tuyen_y_te"}),
        ("don_thu", {"loai_don"}),
        ("mot_cua", {"linh_vuc_thu_tuc"}),
        ("lao_dong", {"gioi_tinh"}),
        ("giam_ngheo", {"dan_toc"}),
    ],
)
def test_sectors_are_broken_down_as_their_reports_are(national: Catalogue, sector: str, dimensions: set[str]) -> None:
    assert dimensions <= {code for one in national.of_sector(sector) for code in one.breakdowns}


@pytest.mark.parametrize("sector", ["mot_cua", "don_thu", "trong_trot", "ngan_sach", "giam_ngheo", "dau_tu_cong"])
def test_sectors_with_balances_have_identities(national: Catalogue, sector: str) -> None:
    assert any(one.identities for one in national.of_sector(sector))


def test_a_form_may_count_communes_as_communes_or_as_units() -> None:
    counted = Catalogue.national().units["tong_so_xa"]
    assert counted.dimension == measures()["xa"].dimension
