"""Targets of a year to come as a plan says them: how each is meant, whose it is, and none of them left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from baocao.drafting.assessment import Wanted
from baocao.drafting.composing import compose
from baocao.drafting.objectives import groups
from baocao.drafting.outline_reading import built_in, outline_in
from baocao.drafting.setting import Setting, slots
from baocao.drafting.tables import OBJECTIVES, TablesOf
from baocao.drafting.tables_objectives import objective_grid
from baocao.model.draft import UPPER, Draft, Grid, Heading, Paragraph, numbers_in, text_of
from baocao.model.period import Period
from baocao.model.target import Target, TargetKind
from tests.unit.drafting.small_facts import PROVINCE, YEAR, SmallFacts, target

NEXT = Period.part(2027)
PLANNED = Wanted("99", NEXT, NEXT.start)
SETTING = Setting(PROVINCE, NEXT, date(2026, 12, 31), "Ủy ban nhân dân tỉnh Sông Mây", "Sông Mây")
COUNCIL, COMMITTEE = "HĐND tỉnh", "UBND tỉnh"
OUTLINE = """\
[outline]
code = "thu"
vi = "Thử"
en = "A trial"
purpose = "next_year"
kind = "KẾ HOẠCH"
symbol = "KH-UBND"
summary = "Năm {next_year}"

[[section]]
key = "a"
depth = 1
title = "MỤC TIÊU NĂM {next_year}"
say = [
  { text = "Đã giao năm {next_year}.", asked = "next_year" },
  { text = "Chưa giao năm {next_year}.", unasked = "next_year" },
  { text = "Đã giao năm {year}.", asked = "year" },
  { text = "Chưa giao năm {year}.", unasked = "year" },
  { objectives = ["dan_trau"], manner = "dash" },
"""


def _next(code: str, low: str | None, authority: str = COUNCIL, kind: TargetKind = TargetKind.EXACTLY,
          high: str | None = None, breakdown: str = "", **more: bool) -> Target:  # fmt: skip
    made = target(code, low, authority, kind, high, breakdown, **more)
    return replace(made, address=replace(made.address, period=NEXT))


def _draft(facts: SmallFacts, *others: str) -> Draft:
    said = "".join(f'  {{ other_objectives = "{one}", manner = "dash" }},\n' for one in others or groups())
    return compose(outline_in(f"{OUTLINE}{said}]\n", "thu.toml", {}), SETTING, facts)


def _lines(draft: Draft) -> list[str]:
    return [text_of(block.line) for block in draft.blocks if isinstance(block, Paragraph)]


def _told(*targets: Target, **results: str) -> str:
    """The only line on a target; ``results`` are this year's figures by code."""
    facts = SmallFacts(plan=list(targets))
    for code, value in results.items():
        facts.told["99", code, YEAR, ()] = Decimal(value)
    (line,) = [line for line in _lines(_draft(facts)) if "giao năm" not in line]
    return line


@pytest.mark.parametrize(
    ("wanted", "line"),
    [
        (_next("dan_trau", "1200"), "Tổng đàn trâu phấn đấu đạt 1.200 con."),
        (_next("lua_san_luong", "1200", kind=TargetKind.AT_LEAST), "Sản lượng lúa phấn đấu đạt từ 1.200 tấn trở lên."),
        (
            _next("lua_san_luong", "1200", kind=TargetKind.AT_LEAST, is_strict=True),
            "Sản lượng lúa phấn đấu đạt trên 1.200 tấn.",
        ),
        (_next("ty_le_ho_ngheo", "4", kind=TargetKind.AT_MOST), "Tỷ lệ hộ nghèo: không quá 4%."),
        (_next("ty_le_ho_ngheo", "4.5", kind=TargetKind.AT_MOST, is_strict=True), "Tỷ lệ hộ nghèo: dưới 4,5%."),
        (_next("ty_le_ho_ngheo", "0.5", kind=TargetKind.REDUCE_BY), "Tỷ lệ hộ nghèo: giảm 0,5%."),
        (_next("ty_trong_dich_vu", "36", kind=TargetKind.RANGE, high="38.5"), "Tỷ trọng dịch vụ: 36,0 - 38,5%."),
        (
            _next("ntm_xa_nang_cao", "3", kind=TargetKind.MAINTAIN),
            "Số xã đạt chuẩn nông thôn mới nâng cao: duy trì 03 xã.",
        ),
        (_next("ntm_xa_dat_chuan", "4"), "Số xã đạt chuẩn nông thôn mới: phấn đấu 04 xã."),
        (_next("tai_nan_vu", "60"), "Số vụ tai nạn giao thông ở mức 60 vụ."),
        (_next("dien_tap", None, kind=TargetKind.ASSURED), "Số cuộc diễn tập: đảm bảo thực hiện."),
        (_next("dan_lon", "500", breakdown="loai_lon=nai"), "Tổng đàn lợn - Lợn nái phấn đấu đạt 500 con."),
    ],
)
def test_each_kind_of_target_is_told_as_it_is_meant(wanted: Target, line: str) -> None:
    assert _told(wanted) == line


def test_each_authority_is_named_where_they_ask_for_different_things() -> None:
    two = (
        _next("ty_le_che_phu_rung", "58.6"),
        _next("ty_le_che_phu_rung", "58", COMMITTEE, TargetKind.AT_LEAST),
    )
    assert _told(*two, ty_le_che_phu_rung="57.9") == (
        "Tỷ lệ che phủ rừng: HĐND tỉnh giao 58,6%, UBND tỉnh giao từ 58% trở lên; thực hiện năm 2026 là 57,9%."
    )


def test_those_who_ask_for_the_same_are_named_together() -> None:
    two = (_next("dan_bo", "900"), _next("dan_bo", "900", COMMITTEE))
    assert _told(*two) == "Tổng đàn bò: HĐND tỉnh và UBND tỉnh cùng giao 900 con."


def test_what_is_asked_for_alike_carries_the_address_of_each_who_asks() -> None:
    kind = {"kind": TargetKind.RANGE, "high": "38.5"}
    two = [_next("ty_trong_dich_vu", "36", **kind), _next("ty_trong_dich_vu", "36", COMMITTEE, **kind)]
    other = [_next("dan_bo", "900"), _next("dan_bo", "950", COMMITTEE)]
    found = _draft(SmallFacts(plan=[*two, *other])).numbers
    both = tuple(one.address for one in two)
    told = [(number.text, number.source.addresses, number.source.argument) for number in found]
    assert told == [
        ("36,0", both, ""),
        ("38,5", both, UPPER),
        ("900", (other[0].address,), ""),
        ("950", (other[1].address,), ""),
    ]


def test_what_is_to_be_assured_stands_beside_no_figure() -> None:
    assert _told(_next("dien_tap", None, kind=TargetKind.ASSURED), dien_tap="1") == (
        "Số cuộc diễn tập: đảm bảo thực hiện."
    )


def test_both_bounds_carry_their_address() -> None:
    facts = SmallFacts(plan=[_next("ty_trong_dich_vu", "36", kind=TargetKind.RANGE, high="38.5")])
    low, high = _draft(facts).numbers
    assert (low.value, high.value, high.source.argument) == (Decimal(36), Decimal("38.5"), UPPER)
    assert low.source.addresses == high.source.addresses == (facts.plan[0].address,)


def test_what_is_named_is_told_once() -> None:
    facts = SmallFacts(plan=[_next("dan_trau", "1200"), _next("dan_bo", "900")])
    assert [line for line in _lines(_draft(facts)) if "con." in line] == [
        "Tổng đàn trâu phấn đấu đạt 1.200 con.",
        "Tổng đàn bò phấn đấu đạt 900 con.",
    ]


def test_words_hang_on_whether_targets_are_given() -> None:
    assert _lines(_draft(SmallFacts())) == ["Chưa giao năm 2027.", "Chưa giao năm 2026."]
    facts = SmallFacts(plan=[_next("dan_trau", "1200"), target("dan_trau", "1100")])
    assert _lines(_draft(facts))[:2] == ["Đã giao năm 2027.", "Đã giao năm 2026."]


def test_no_target_that_is_given_is_left_out_of_the_plan() -> None:
    codes = [one for name in groups() for one in _some_of(name)]
    facts = SmallFacts(plan=[_next(code, "5") for code in codes])
    draft = compose(built_in("ke-hoach-nam"), replace(SETTING, tables=_tables(facts)), facts)
    for numbers in (
        [number for block in draft.blocks if isinstance(block, Paragraph) for number in numbers_in(block.line)],
        [number for annex in draft.annexes for grid in annex.blocks if isinstance(grid, Grid)
         for row in grid.rows for cell in row for number in numbers_in(cell.line)],
    ):  # fmt: skip
        told = {address for number in numbers for address in number.source.addresses if address.period == NEXT}
        assert told == {one.address for one in facts.plan}


def _some_of(group: str) -> list[str]:
    facts = SmallFacts()
    every = [code for sector in groups()[group]["sectors"] for code in facts.sector(sector)]
    return [*groups()[group]["codes"], *(code for code in every if facts.measure(code).vi)]


def _tables(facts: SmallFacts) -> TablesOf:
    return TablesOf(facts, Wanted("99", YEAR, YEAR.end), planned=PLANNED)


def test_a_plan_without_targets_says_so_under_its_heading() -> None:
    draft = compose(built_in("ke-hoach-nam"), replace(SETTING, tables=_tables(SmallFacts())), SmallFacts())
    at = next(at for at, one in enumerate(draft.blocks) if isinstance(one, Heading) and one.key == "chi_tieu_ke_hoach")
    below = draft.blocks[at + 1]
    assert isinstance(below, Paragraph)
    assert "chưa có chỉ tiêu năm 2027 nào" in text_of(below.line)
    assert draft.annexes == () or all("2027" not in annex.title for annex in draft.annexes)


def test_the_annex_sets_each_target_against_this_year() -> None:
    facts = SmallFacts(
        plan=[
            _next("dan_trau", "1200"),
            _next("dan_trau", "1100", COMMITTEE),
            _next("ty_le_ho_ngheo", "4", COMMITTEE, TargetKind.AT_MOST, is_strict=True),
            _next("dien_tap", None, kind=TargetKind.ASSURED),
        ]
    )
    facts.told["99", "dan_trau", YEAR, ()] = Decimal(1000)
    facts.told["99", "dien_tap", YEAR, ()] = Decimal(1)
    grid = objective_grid(facts, Wanted("99", YEAR, YEAR.end), PLANNED)
    above, below, *rows = [[text_of(cell.line) for cell in row] for row in (*grid.head, *grid.rows)]
    compared = "Mục tiêu năm 2027 so với thực hiện năm 2026 (%)"
    assert above == ["TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2026", "Mục tiêu năm 2027", compared, "Ghi chú"]
    assert below == ["HĐND tỉnh giao", "UBND tỉnh giao"] * 2
    assert rows == [
        ["I", "Nhóm chỉ tiêu kinh tế"],
        ["1", "Tổng đàn trâu", "con", "1.000", "1.200", "1.100", "120", "110", ""],
        ["II", "Nhóm chỉ tiêu văn hóa - xã hội"],
        ["2", "Tỷ lệ hộ nghèo", "%", "…", "", "dưới 4", "", "", ""],
        ["III", "Nhóm chỉ tiêu quốc phòng, an ninh, đối ngoại"],
        ["3", "Số cuộc diễn tập", "", "đảm bảo", "đảm bảo", "", "", "", ""],
    ]
    assert grid.rows[1][6].formula == "=E4/D4*100"
    assert {sum(cell.columns for cell in row) for row in (grid.head[0], *grid.rows)} == {len(grid.columns)}


def test_a_plan_opens_with_what_it_is_based_on() -> None:
    facts = SmallFacts(plan=[_next("dan_trau", "1200")])
    cited = replace(SETTING, decisions=("Nghị quyết số 12/NQ-HĐND",))
    plan = built_in("ke-hoach-nam")
    for setting, given, words in ((cited, facts, "Căn cứ Nghị quyết số 12/NQ-HĐND"), (SETTING, SmallFacts(), "Ủy ban")):
        opening = compose(plan, setting, given).blocks[0]
        assert isinstance(opening, Paragraph)
        assert text_of(opening.line).startswith(words)
        assert text_of(opening.line).endswith("năm 2027 với các nội dung sau:")


def test_a_plan_tells_of_the_year_to_come_what_is_known_on_the_day_of_writing() -> None:
    raised = replace(_next("dan_trau", "1300"), holds_from=date(2027, 8, 1))
    facts = SmallFacts(plan=[_next("dan_trau", "1200"), raised])
    draft = compose(built_in("ke-hoach-nam"), replace(SETTING, tables=_tables(facts)), facts)
    asked = [one.value for one in draft.numbers if any(address.period == NEXT for address in one.source.addresses)]
    assert asked == [Decimal(1200), Decimal(1200)]


def test_only_a_plan_has_the_annex_of_the_year_to_come() -> None:
    facts = SmallFacts(plan=[_next("dan_trau", "1200")])
    assert TablesOf(facts, Wanted("99", YEAR, YEAR.end))(OBJECTIVES) == ()
    assert len(_tables(facts)(OBJECTIVES)) == 2


def test_instruments_are_cited_for_the_year_that_they_are_of() -> None:
    both = replace(SETTING, decisions=("Nghị quyết năm sau",), year_decisions=("Nghị quyết năm nay",))
    plan, year = built_in("ke-hoach-nam"), built_in("bao-cao-nam")
    assert slots(plan, both)["decisions"] == "Nghị quyết năm sau"
    assert slots(plan, both)["year_decisions"] == "Nghị quyết năm nay"
    assert slots(year, replace(both, period=YEAR))["year_decisions"] == "Nghị quyết năm sau"
    assert "year_decisions" not in slots(plan, replace(both, year_decisions=()))
