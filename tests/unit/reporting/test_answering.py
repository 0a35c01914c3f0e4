"""The ledger answers what drafting asks: own figures before sums, marks, estimates, the plan as it stood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from baocao.figures.intake_keys import Defaults
from baocao.ledger import book, taking
from baocao.ledger.book import Book
from baocao.ledger.sources import Sources
from baocao.model.observation import Address, NoValue, Scenario
from baocao.model.period import Period
from baocao.model.target import Decision, Rating
from baocao.reporting.answering import Answers

UNITS = (
    "mã;tên;cấp;cấp trên;từ ngày;đến ngày\nSM;Tỉnh Sông Mẫu;cấp tỉnh;VN;;\nSM01;Xã Bến Thử;cấp xã;SM;;\n"
    "SM02;Xã Đồi Thử;cấp xã;SM;;\nSM03;Xã Suối Thử;cấp xã;SM;;\n"
)
FIGURES = """\
Đơn vị;Chỉ tiêu;Kỳ;Loại số liệu;Phân tổ;Giá trị
SM01;lua_dien_tich;2025;thực hiện;;400
SM02;lua_dien_tich;2025;thực hiện;;199,5
SM03;lua_dien_tich;2025;thực hiện;;100
SM01;ngo_dien_tich;2025;thực hiện;;80
SM02;ngo_dien_tich;2025;thực hiện;;20
SM;dan_lon;2025;thực hiện;;5000
SM01;dan_lon;2025;thực hiện;;1000
SM02;dan_lon;2025;thực hiện;;1000
SM03;dan_lon;2025;thực hiện;;1000
SM;dan_bo;2025;ước;;700
SM01;dan_trau;2025;thực hiện;;-
SM01;dan_ngua;2025;thực hiện;;…
"""
YEAR = Period.part(2025)
END = YEAR.end


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Book]:
    units = tmp_path / "don-vi.csv"
    units.write_text(UNITS, encoding="utf-8")
    with book.opened(tmp_path / "kho.sqlite", Sources(units), is_new_allowed=True) as made:
        _take(made, tmp_path / "a.csv", FIGURES, Defaults())
        plan = "Chỉ tiêu;HĐND tỉnh giao\nlua_dien_tich;{value}\nngo_dien_tich;90\n"
        for number, value, day, since in (
            ("1", 600, (2024, 12, 8), (2025, 1, 1)),
            ("2", 800, (2025, 9, 1), (2025, 9, 5)),
        ):
            decision = Decision(f"{number}/NQ-HĐND", date(*day), "NQ", "HĐND tỉnh")
            asked = Defaults(unit="SM", period=YEAR, decision=decision, holds_from=date(*since))
            text = plan if number == "1" else plan.replace("ngo_dien_tich;90\n", "")
            _take(made, tmp_path / f"{number}.csv", text.format(value=value), asked)
        yield made


def _take(made: Book, path: Path, text: str, defaults: Defaults) -> None:
    path.write_text(text, encoding="utf-8")
    (taken,) = taking.take(made, [path], taking.Asked(defaults, by="an"))
    assert taken.new == text.count("\n") - 1


def _at(code: str, unit: str = "SM", **more: str) -> Address:
    return Address(unit, code, YEAR, Scenario.ACTUAL, **more)


def test_what_the_units_below_make_is_added_up(opened: Book) -> None:
    fact = Answers.about(opened, "SM", END).fact(_at("lua_dien_tich"))
    assert (fact.value, fact.missing, fact.is_estimate) == (Decimal("699.5"), (), False)


def test_units_that_lack_a_figure_are_named(opened: Book) -> None:
    fact = Answers.about(opened, "SM", END).fact(_at("ngo_dien_tich"))
    assert (fact.value, fact.reporting, fact.expected, fact.missing) == (Decimal(100), 2, 3, ("Xã Suối Thử",))


def test_a_unit_s_own_stated_figure_stands_before_the_sum_below(opened: Book) -> None:
    for answers in (Answers.about(opened, "SM", END), Answers(opened, END)):
        assert answers.fact(_at("dan_lon")).value == Decimal(5000)
        assert answers.fact(_at("dan_lon", "SM02")).value == Decimal(1000)


def test_an_estimate_stands_in_where_there_is_no_result_and_says_so(opened: Book) -> None:
    fact = Answers.about(opened, "SM", END).fact(_at("dan_bo"))
    assert (fact.value, fact.is_estimate) == (Decimal(700), True)


def test_projecting_is_tried_again_in_earlier_years(opened: Book, tmp_path: Path) -> None:
    """By June of 2023 there were four tenths of the year: with these 2024 would have come to 500, and came to 400."""
    halves = {2023: (120, 300), 2024: (200, 400), 2025: (240, None)}
    rows = [
        f"SM;viec_lam_moi;{period};thực hiện;;{value}\n"
        for year, (half, whole) in halves.items()
        for period, value in ((f"{year}-S1", half), (f"{year}", whole))
        if value is not None
    ]
    _take(opened, tmp_path / "nua.csv", "Đơn vị;Chỉ tiêu;Kỳ;Loại số liệu;Phân tổ;Giá trị\n" + "".join(rows), Defaults())
    half = Period.part(2025, "S", 1)
    answers = Answers.about(opened, "SM", half.end)
    tried = answers.tried(Address("SM", "viec_lam_moi", half))
    assert tried is not None
    assert (tried.years, tried.error) == ((2024,), 25)
    assert answers.tried(Address("SM", "dan_lon", half)) is None


def test_what_nobody_told_is_nothing(opened: Book) -> None:
    answers = Answers.about(opened, "SM", END)
    for address in (_at("ho_ngheo"), _at("khong_co"), _at("dan_bo", "SM01")):
        fact = answers.fact(address)
        assert (fact.value, fact.mark, fact.missing) == (None, None, ())
    assert answers.indicator("khong_co") is None


def test_what_did_not_occur_is_nought_and_what_is_not_known_is_none(opened: Book) -> None:
    answers = Answers.about(opened, "SM01", END)
    assert answers.fact(_at("dan_trau", "SM01")).value == 0
    unknown = answers.fact(_at("dan_ngua", "SM01"))
    assert (unknown.value, unknown.mark) == (None, NoValue.NOT_AVAILABLE)


@pytest.mark.parametrize(("on", "low"), [(date(2025, 6, 30), 600), (END, 800)])
def test_targets_are_told_as_the_plan_stood(opened: Book, on: date, low: int) -> None:
    answers = Answers.about(opened, "SM", on)
    (target,) = answers.targets("SM", "lua_dien_tich", 2025, on)
    assert target.low == low
    assert answers.fact(target.address).value == low
    assert answers.targets("SM", "lua_dien_tich", 2024, on) == ()
    assert answers.targets("SM01", "lua_dien_tich", 2025, on) == ()


def test_ratings_are_of_the_plan_that_holds(opened: Book) -> None:
    judged = {one.indicator: one.rating for one in Answers.about(opened, "SM", END).judged("SM", 2025, END)}
    assert judged["lua_dien_tich"] is Rating.NOT_MET
    assert judged["ngo_dien_tich"] is Rating.EXCEEDED
    assert Answers.about(opened, "SM", END).judged("SM", 2031, date(2031, 12, 31)) == ()


def test_nothing_is_missed_in_a_report_written_before_the_end(opened: Book) -> None:
    answers = Answers.about(opened, "SM", END, told_on=date(2025, 12, 5))
    judged = {one.indicator: one.rating for one in answers.judged("SM", 2025, END)}
    assert judged["lua_dien_tich"] is Rating.PENDING
    assert judged["ngo_dien_tich"] is Rating.EXCEEDED


def test_answers_are_of_one_moment(opened: Book, tmp_path: Path) -> None:
    answers = Answers.about(opened, "SM", END)
    before = answers.fact(_at("lua_dien_tich"))
    _take(opened, tmp_path / "b.csv", "Đơn vị;Chỉ tiêu;Kỳ;Giá trị\nSM01;lua_dien_tich;2025;500\n", Defaults())
    assert answers.fact(_at("lua_dien_tich")) == before
    after = Answers.about(opened, "SM", END)
    assert after.fact(_at("lua_dien_tich")).value == Decimal("799.5")
    assert after.revision > answers.revision


def test_units_and_members_are_those_of_the_day(opened: Book) -> None:
    answers = Answers.about(opened, "SM", END)
    assert [unit.name for unit in answers.below("SM", END)] == ["Xã Bến Thử", "Xã Đồi Thử", "Xã Suối Thử"]
    assert answers.unit("SM").name == "Tỉnh Sông Mẫu"
    assert "dong_xuan" in dict(answers.members("mua_vu"))
    assert answers.members("khong_co") == ()


VILLAGES = (
    "mã;tên;cấp;cấp trên;từ ngày;đến ngày\nSM;Tỉnh Sông Mẫu;cấp tỉnh;VN;;\nSM01;Xã Bến Thử;cấp xã;SM;;\n"
    "SM011;Thôn Bến Trên;thôn;SM01;;\nSM012;Thôn Bến Dưới;thôn;SM01;;\nSM013;Bản Lưng Đồi;thôn;SM01;;\n"
)
TOLD_BY_VILLAGES = """\
Đơn vị;Chỉ tiêu;Kỳ;Giá trị
SM011;lua_dien_tich;2025;40
SM012;lua_dien_tich;2025;19,5
SM013;lua_dien_tich;2025;10
SM011;lua_san_luong;2025;200
SM012;lua_san_luong;2025;97,5
SM013;lua_san_luong;2025;50
SM011;ngo_dien_tich;2025;8
SM012;ngo_dien_tich;2025;2
SM01;dan_lon;2025;500
SM011;dan_lon;2025;100
"""


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[Book]:
    """A commune whose villages report to it."""
    units = tmp_path / "don-vi.csv"
    units.write_text(VILLAGES, encoding="utf-8")
    with book.opened(tmp_path / "kho.sqlite", Sources(units), is_new_allowed=True) as made:
        _take(made, tmp_path / "a.csv", TOLD_BY_VILLAGES, Defaults())
        decision = Decision("1/NQ-HĐND", date(2024, 12, 8), "NQ", "HĐND xã")
        asked = Defaults(unit="SM01", period=YEAR, decision=decision, holds_from=date(2025, 1, 1))
        plan = "Chỉ tiêu;HĐND xã giao\nlua_dien_tich;60\nngo_dien_tich;90\n"
        _take(made, tmp_path / "1.csv", plan, asked)
        yield made


def test_a_commune_s_report_tells_what_its_villages_make(commune: Book) -> None:
    answers = Answers.about(commune, "SM01", END)
    assert answers.fact(_at("lua_dien_tich", "SM01")).value == Decimal("69.5")
    assert answers.fact(_at("lua_nang_suat", "SM01")).value == 50
    assert answers.fact(_at("lua_dien_tich", "SM012")).value == Decimal("19.5")


def test_villages_that_lack_a_figure_are_named(commune: Book) -> None:
    fact = Answers.about(commune, "SM01", END).fact(_at("ngo_dien_tich", "SM01"))
    assert (fact.value, fact.reporting, fact.expected, fact.missing) == (Decimal(10), 2, 3, ("Bản Lưng Đồi",))


def test_a_commune_s_own_figure_stands_before_those_of_its_villages(commune: Book) -> None:
    fact = Answers.about(commune, "SM01", END).fact(_at("dan_lon", "SM01"))
    assert (fact.value, fact.missing) == (Decimal(500), ())


def test_a_commune_is_rated_by_what_its_villages_make(commune: Book) -> None:
    judged = {one.indicator: one.rating for one in Answers.about(commune, "SM01", END).judged("SM01", 2025, END)}
    assert judged["lua_dien_tich"] is Rating.EXCEEDED
    assert judged["ngo_dien_tich"] is Rating.INCOMPLETE  # one village has not told its part


def test_a_province_s_report_counts_no_villages(commune: Book) -> None:
    answers = Answers.about(commune, "SM", END)
    assert answers.fact(_at("lua_dien_tich")).value is None
    assert answers.fact(_at("dan_lon")).value == 500
