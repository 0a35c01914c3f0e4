"""What figures show is assessed, and suggested in sentences that the product's own proof-reader has nothing against."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from baocao import desk
from baocao.drafting.assessment import Wanted, against, authorities, capped, incomplete, rated, standings
from baocao.drafting.assessment_moves import move, moves
from baocao.drafting.assessment_outlook import Outlook, prospects
from baocao.drafting.assessment_ranks import ranking
from baocao.drafting.facts import Fact, Judged
from baocao.drafting.looking import Looking
from baocao.drafting.outline import Kind, Outline, Purpose, Say, Section, Series
from baocao.drafting.own_level import fitting
from baocao.drafting.setting import Setting
from baocao.drafting.suggestions import limits, results
from baocao.drafting.tables_indicators import capped_grid
from baocao.model.draft import Manner, Paragraph, Reckoning, numbers_in, text_of
from baocao.model.observation import Address, NoValue
from baocao.model.target import Rating, TargetKind
from baocao.model.text import Text
from tests.unit.drafting.small_facts import CATALOGUE, COMMUNES, HALF, PROVINCE, YEAR, SmallFacts, target

WANTED = Wanted("99", HALF, HALF.end)


def plan() -> SmallFacts:
    facts = SmallFacts()
    facts.tell("thu_noi_dia", "70050", "61200")
    facts.ask(target("thu_noi_dia", "61760"), Rating.EXCEEDED)
    facts.ask(target("thu_noi_dia", "75000", "UBND tỉnh"), Rating.NOT_MET)
    facts.tell("rung_trong_moi", "410.5", "520")
    facts.ask(target("rung_trong_moi", "500"), Rating.NOT_MET)
    facts.tell("viec_lam_moi", "1200", "1180")
    facts.ask(target("viec_lam_moi", "2000"), Rating.PENDING)
    facts.tell("ty_le_bao_hiem_y_te", "93.5", "95")
    facts.ask(target("ty_le_bao_hiem_y_te", "95", kind=TargetKind.AT_LEAST), Rating.NOT_MET)
    facts.tell("dan_trau", "1000")
    facts.tell("dan_bo", "950")
    facts.ask(target("dan_trau", "1000"))
    facts.ask(target("dan_bo", "1000"))
    facts.ask(target("ct06_chan_nuoi", None, kind=TargetKind.ASSURED), Rating.PENDING)
    return facts


def test_each_plan_is_told_with_percentage_and_by_how_much() -> None:
    found = {one.number: one for one in standings(plan(), WANTED)}
    assert authorities(found.values()) == ("HĐND tỉnh", "UBND tỉnh")
    revenue = found["1"]
    assert [(one.authority, one.rating) for one in revenue.plans] == [
        ("HĐND tỉnh", Rating.EXCEEDED), ("UBND tỉnh", Rating.NOT_MET),
    ]  # fmt: skip
    assert [one.gap for one in revenue.plans] == [Decimal(8290), Decimal(-4950)]
    assert found["2"].plans[0].percent == Decimal("82.1")


def test_parts_stand_below_their_whole_and_are_rated_by_their_own_plans() -> None:
    found = standings(plan(), WANTED)
    parts = [one for one in found if one.number in ("5a", "5b")]
    assert [one.indicator.code for one in parts] == ["dan_trau", "dan_bo"]
    assert [one.rating_by("HĐND tỉnh") for one in parts] == [Rating.MET, Rating.PENDING]
    assert [one.number for one in rated(found, "HĐND tỉnh", Rating.NOT_MET)] == ["2", "4"]


@pytest.mark.parametrize(
    ("kind", "low", "value", "gap"),
    [
        (TargetKind.AT_MOST, "4", "5", "-1"),
        (TargetKind.AT_LEAST, "4", "5", "1"),
        (TargetKind.EXACTLY, "4", "5", "-1"),  # the fewer the better
    ],
)
def test_a_gap_goes_by_which_way_is_good(kind: TargetKind, low: str, value: str, gap: str) -> None:
    facts = SmallFacts()
    facts.tell("no_thue", value)
    facts.ask(target("no_thue", low, kind=kind), Rating.PENDING)
    (found,) = standings(facts, WANTED)
    assert found.plans[0].gap == Decimal(gap)


def test_a_level_that_was_to_fall_is_rated_by_how_far_it_fell() -> None:
    """219 poor households of 241: 22 fewer, where one asks for 25 fewer and the other for 20."""
    facts = SmallFacts()
    facts.tell("ho_can_ngheo", "219", "241")
    facts.ask(target("ho_can_ngheo", "25", kind=TargetKind.REDUCE_BY))
    facts.ask(target("ho_can_ngheo", "20", "UBND tỉnh", kind=TargetKind.REDUCE_BY))
    over = replace(WANTED, told_on=HALF.end)
    (found,) = capped(facts, over)
    assert [one.rating for one in found.plans] == [Rating.PENDING, Rating.EXCEEDED]  # half of the year is left
    assert [one.percent for one in found.plans] == [None, None]
    year = facts.fact(Address("99", "ho_can_ngheo", HALF))
    asked = facts.plan[0]
    ratings = [
        against(asked, year, CATALOGUE["ho_can_ngheo"], Wanted("99", YEAR, YEAR.end), None, before).rating
        for before in (_before("241"), _before("250"), _before(None), None, _before("250", missing=1))
    ]
    unknown = Rating.UNKNOWN
    assert ratings == [Rating.NOT_MET, Rating.EXCEEDED, unknown, unknown, Rating.INCOMPLETE]


def _before(value: str | None, missing: int = 0) -> Fact:
    address = Address("99", "ho_can_ngheo", YEAR.last_year)
    return Fact(address, None if value is None else Decimal(value), reporting=5 - missing, expected=5)


def test_a_base_too_small_moves_nothing() -> None:
    facts = SmallFacts()
    facts.tell("dan_trau", "900", "300")
    facts.tell("dan_bo", "900", "600")
    facts.tell("dan_lon", "1010", "1000")
    facts.tell("dan_de", "5")
    codes = ["dan_trau", "dan_bo", "dan_lon", "dan_de", "khong_co"]
    assert [move(facts, WANTED, code) is not None for code in codes] == [False, True, False, False, False]


def test_moves_are_ordered_by_their_size_and_rates_move_by_points() -> None:
    facts = SmallFacts()
    facts.tell("dan_bo", "900", "600")
    facts.tell("dan_lon", "2000", "1000")
    facts.tell("dan_trau", "500", "1000")
    facts.tell("ty_le_bao_hiem_y_te", "93.5", "95")
    found = moves(facts, WANTED, ["dan_bo", "dan_lon", "dan_trau", "ty_le_bao_hiem_y_te"])
    assert [one.indicator.code for one in found.rises] == ["dan_lon", "dan_bo"]
    assert [one.percent for one in found.falls] == [Decimal(-50)]
    assert [(one.change, one.percent) for one in found.rates_down] == [(Decimal("-1.5"), None)]


def test_a_total_that_lacks_units_is_set_against_nothing() -> None:
    facts = SmallFacts()
    facts.tell("dan_bo", "900", "600")
    facts.lacking["dan_bo"] = ("Xã Đồi Cau",)
    assert move(facts, WANTED, "dan_bo") is None
    assert [one.fact.missing for one in incomplete(facts, WANTED, ["dan_bo", "dan_lon"])] == [("Xã Đồi Cau",)]


def ranked_facts(*values: str | NoValue | None) -> SmallFacts:
    facts = SmallFacts()
    for unit, value in zip(COMMUNES, values, strict=True):
        if value is not None:
            facts.tell("ty_le_giai_ngan", value, unit=unit.key)
    return facts


def test_units_are_ranked_with_ties_and_those_without_figures_apart() -> None:
    found = ranking(ranked_facts("50", "80", "50", None, "40"), WANTED, "ty_le_giai_ngan")
    assert [(one.place, one.unit.name) for one in found.ranked] == [
        (1, "Xã Bến Lúa"), (2, "Xã Đồi Cau"), (2, "Xã Suối Trầm"), (4, "Xã Nương Chè"),
    ]  # fmt: skip
    assert [one.name for one in found.missing] == ["Phường Cầu Gỗ"]
    assert [one.unit.name for one in found.leading] == ["Xã Bến Lúa"]
    assert [one.unit.name for one in found.trailing] == ["Xã Nương Chè"]


def test_less_is_better_where_the_indicator_says_so() -> None:
    facts = SmallFacts()
    for unit, value in zip(COMMUNES, ("5", "1", "3", "9", "4"), strict=True):
        facts.tell("no_thue", value, unit=unit.key)
    found = ranking(facts, WANTED, "no_thue")
    assert [str(one.value) for one in found.ranked] == ["1", "3", "4", "5", "9"]


@pytest.mark.parametrize(
    "values", [("5", "5", "5", "5", "5"), ("1", "2", "9", None, None), ("91", "91.2", "92", "91.5", "91.9")]
)
def test_nobody_leads_among_equals_or_few(values: tuple[str | None, ...]) -> None:
    found = ranking(ranked_facts(*values), WANTED, "ty_le_giai_ngan")
    assert (found.leading, found.trailing) == ((), ())


@pytest.mark.parametrize(
    ("estimate", "low", "high", "outlook"),
    [
        ("2300", "2100", "2500", Outlook.SAFE),
        ("2100", "1900", "2300", Outlook.OPEN),
        ("2100", None, None, Outlook.LIKELY),
        ("1900", "1800", "2100", Outlook.OPEN),
        ("1900", "1800", "1950", Outlook.AT_RISK),
        ("1500", None, None, Outlook.AT_RISK),
    ],
)
def test_an_open_target_is_set_against_the_projection(
    estimate: str, low: str | None, high: str | None, outlook: Outlook
) -> None:
    facts = plan()
    facts.foresee("viec_lam_moi", estimate, low, high)
    found = {one.standing.indicator.code: one for one in prospects(facts, WANTED, standings(facts, WANTED))}
    assert found["viec_lam_moi"].outlook is outlook
    assert found["viec_lam_moi"].gap == Decimal(estimate) - 2000
    assert found["dan_bo"].outlook is Outlook.UNKNOWN


def looking(facts: SmallFacts) -> Looking:
    told = tuple(Series(code) for code in ("dan_bo", "rung_trong_moi", "thu_noi_dia", "ty_le_bao_hiem_y_te", "no_thue"))
    section = Section("a", "A", 3, (Say(Kind.FIGURES, told),))
    outline = Outline("thu", Text("Thử", "Trial"), Purpose.SIX_MONTHS, "BÁO CÁO", "BC", "Thử", (section,))
    return Looking(facts, outline, Setting(PROVINCE, HALF, HALF.end, "UBND tỉnh Sông Mây", "Sông Mây"))


def suggestions(facts: SmallFacts, kind: Kind) -> list[Paragraph]:
    return list((results if kind is Kind.RESULTS else limits)(looking(facts)))


def lines(facts: SmallFacts, kind: Kind) -> list[str]:
    return [text_of(one.line) for one in suggestions(facts, kind)]


def full() -> SmallFacts:
    facts = plan()
    facts.foresee("viec_lam_moi", "1900", "1800", "2050")
    facts.tell("no_thue", "2500", "2000")
    for unit, value in zip(COMMUNES, ("50.5", "80", "47", "62", "31.25"), strict=True):
        facts.tell("ty_le_giai_ngan", value, unit=unit.key)
    facts.lacking["dan_bo"] = ("Xã Đồi Cau", "Xã Bến Lúa")
    return facts


def test_results_say_what_the_figures_show() -> None:
    said = lines(full(), Kind.RESULTS)
    assert said[0] == "Trong 05 chỉ tiêu được HĐND tỉnh giao cho cả năm, đã có 01 chỉ tiêu đạt và vượt kế hoạch năm."
    (revenue,) = (one for one in said if "Thu nội địa" in one)  # its rise is told beside its plan, once
    assert "113,4%" in revenue
    assert "114,5%" in revenue
    assert "Tỷ lệ giải ngân vốn đầu tư công cao nhất: xã Bến Lúa 80%, phường Cầu Gỗ 62%." in said


def test_limits_say_what_is_lacking_and_who() -> None:
    said = lines(full(), Kind.LIMITS)
    assert said[0].startswith("Trong 05 chỉ tiêu được HĐND tỉnh giao, còn 02 chỉ tiêu không đạt kế hoạch (")
    forest = next(one for one in said if "82,1%" in one)
    assert "410,5 ha" in forest
    assert forest.endswith("thấp hơn kế hoạch 89,5 ha.")
    insured = next(one for one in said if "điểm phần trăm" in one)
    assert insured.endswith("thấp hơn kế hoạch HĐND tỉnh giao (95%) 1,5 điểm phần trăm.")
    (open_one,) = (one for one in said if "khoảng từ 1.800" in one)  # the plan of 2.000 lies between its ends
    assert "không đạt kế hoạch" not in open_one
    assert open_one.endswith("nằm trong khoảng này, có thể đạt hoặc không đạt.")
    sure = full()
    sure.foresee("viec_lam_moi", "1900", "1800", "1950")
    assert any("có khả năng không đạt kế hoạch" in one for one in lines(sure, Kind.LIMITS))
    assert any("nợ thuế" in one and "tăng" in one for one in said)  # more debt is a limit
    assert "Số liệu tổng đàn bò chưa bao gồm 02/05 đơn vị: xã Đồi Cau, xã Bến Lúa." in said


def test_a_total_that_lacks_units_is_not_told_to_be_short_of_its_plan() -> None:
    facts = full()
    assert any(one.endswith("thấp hơn kế hoạch 89,5 ha.") for one in lines(facts, Kind.LIMITS))
    facts.lacking["rung_trong_moi"] = ("Xã Đồi Cau",)
    said = lines(facts, Kind.LIMITS)
    assert not any("thấp hơn kế hoạch 89,5 ha" in one for one in said)
    assert any("chưa bao gồm" in one and "Đồi Cau" in one for one in said)


def test_suggestions_are_marked_and_every_number_has_its_source() -> None:
    for kind in (Kind.RESULTS, Kind.LIMITS):
        for one in suggestions(full(), kind):
            assert one.is_suggested
            assert one.manner is Manner.DASH
            for number in numbers_in(one.line):
                assert number.source.addresses or number.source.reckoning is Reckoning.COUNT
                assert number.source.argument or number.source.reckoning is not Reckoning.COUNT


def test_no_cause_is_ever_given() -> None:
    for kind in (Kind.RESULTS, Kind.LIMITS):
        for one in lines(full(), kind):
            assert not any(word in one.lower() for word in ("nguyên nhân", " do ", "vì ", "nhờ "))


def test_nothing_is_suggested_of_nothing() -> None:
    assert lines(SmallFacts(), Kind.RESULTS) == []
    assert lines(SmallFacts(), Kind.LIMITS) == []


def test_the_proof_reader_has_nothing_against_the_suggestions(tmp_path: Path) -> None:
    facts = full()
    for year in (facts, _of_the_year(full())):
        path = tmp_path / "goi-y.txt"
        text = "\n".join(f"- {one}" for kind in (Kind.RESULTS, Kind.LIMITS) for one in lines(year, kind))
        path.write_text("BÁO CÁO\nTình hình 6 tháng đầu năm 2026\n\n" + text + "\n", encoding="utf-8")
        reading = desk.read(path)
        assert [str(one) for one in desk.judge(reading, 0, desk.rules())] == []


def _of_the_year(facts: SmallFacts) -> SmallFacts:
    """The same with other ratings, so that other sentences are made."""
    facts.ratings = [replace(one, rating=Rating.MET) if one.rating is Rating.PENDING else one for one in facts.ratings]
    facts.tell("viec_lam_moi", "2100", "1500")
    facts.foresee("dan_bo", "1100", "1050", "1200")
    return facts


def test_what_is_to_stay_below_a_bound_is_set_against_it_beside_the_headlines() -> None:
    facts = plan()
    facts.tell("tai_nan_vu", "12", "9")
    facts.ask(target("tai_nan_vu", "20", kind=TargetKind.AT_MOST))
    (found,) = capped(facts, WANTED)
    assert (found.number, found.indicator.code) == ("1", "tai_nan_vu")
    assert (found.plans[0].gap, found.plans[0].rating) == (Decimal(8), Rating.PENDING)
    grid = capped_grid(facts, WANTED)
    assert "không quá 20" in [text_of(cell.line) for cell in grid.rows[0]]
    facts.ratings.append(Judged("tai_nan_vu", "HĐND tỉnh", Rating.PENDING))
    assert capped(facts, WANTED) == ()


def test_what_goes_on_is_not_missed_yet_and_told_as_still_to_be_reached() -> None:
    """The half year's own target, on the day before its end and on its last day."""
    for day, rating in ((HALF.end.replace(day=29), Rating.PENDING), (HALF.end, Rating.NOT_MET)):
        facts = SmallFacts()
        facts.tell("rung_trong_moi", "410.5")
        asked = target("rung_trong_moi", "500")
        facts.ask(replace(asked, address=replace(asked.address, period=HALF)))
        (plan_now,) = facts.plan
        result = facts.fact(Address("99", "rung_trong_moi", HALF))
        wanted = Wanted("99", HALF, HALF.end, day)
        assert against(plan_now, result, CATALOGUE["rung_trong_moi"], wanted).rating is rating
        facts.ratings.append(Judged("rung_trong_moi", "HĐND tỉnh", rating))
        one = looking(facts)
        said = [text_of(each.line) for each in limits(replace(one, setting=replace(one.setting, on=day)))]
        assert any("tiếp tục phấn đấu hoàn thành kế hoạch" in line for line in said) is (rating is Rating.PENDING)
        assert any("không đạt" in line for line in said) is (rating is Rating.NOT_MET)


def test_what_counts_communes_is_no_figure_of_one_commune_unless_it_is_asked_for() -> None:
    facts = SmallFacts()
    codes = ("ntm_xa_dat_chuan", "ntm_thon_dat_chuan")
    assert fitting(facts, PROVINCE.key, codes, 2026) == codes
    commune = COMMUNES[0].key
    assert fitting(facts, commune, codes, 2026) == ("ntm_thon_dat_chuan",)
    asked = target("ntm_xa_dat_chuan", "1")
    facts.ask(replace(asked, address=replace(asked.address, unit=commune)))
    assert fitting(facts, commune, codes, 2026) == codes
