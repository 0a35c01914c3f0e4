"""An outline and small figures become a draft: numbered headings, footnotes at their figures, what is missing told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from baocao.drafting import outline_reading
from baocao.drafting.composing import compose, label_of, roman
from baocao.drafting.outline import Outline, Purpose
from baocao.drafting.outline_reading import outline_in
from baocao.drafting.setting import Setting, day_words, period_words, slots
from baocao.model.draft import (
    UPPER,
    Chart,
    Draft,
    Heading,
    Narrative,
    Note,
    Paragraph,
    Words,
    text_of,
)
from baocao.model.observation import NoValue, Scenario
from baocao.model.period import Period
from baocao.model.projection import Tried
from baocao.model.target import Rating, TargetKind
from baocao.model.task import KeyTask, TaskState
from tests.unit.drafting.small_facts import COMMUNES, HALF, PROVINCE, YEAR, SmallFacts, target

HEAD = """\
[outline]
code = "thu"
vi = "Thử"
en = "A trial"
purpose = "six_months"
kind = "BÁO CÁO"
symbol = "BC-UBND"
summary = "Kết quả 6 tháng đầu năm {year} của {unit}"
recipients = ["Thường trực {council};", "Lưu: VT."]
"""
SETTING = Setting(PROVINCE, HALF, date(2026, 6, 30), "Ủy ban nhân dân tỉnh Sông Mây", "Sông Mây")


def _outline(sections: str) -> Outline:
    return outline_in(HEAD + sections, "thu.toml", {})


def _section(key: str, depth: int, said: str, more: str = "") -> str:
    return f'[[section]]\nkey = "{key}"\ndepth = {depth}\ntitle = "MỤC {key.upper()}"\n{more}\nsay = [{said}]\n'


def _composed(said: str, facts: SmallFacts, setting: Setting = SETTING) -> Draft:
    return compose(_outline(_section("a", 1, said)), setting, facts)


def _paragraphs(draft: Draft) -> list[str]:
    return [text_of(block.line) for block in draft.blocks if isinstance(block, Paragraph)]


def _notes(draft: Draft) -> list[tuple[str, str]]:
    """The words before each footnote's mark, and what it says."""
    found = []
    for block in draft.blocks:
        for place, piece in enumerate(block.line if isinstance(block, Paragraph) else ()):
            if isinstance(block, Paragraph) and isinstance(piece, Note):
                found.append((text_of(block.line[:place]), " ".join(text_of(line) for line in piece.lines)))
    return found


@pytest.fixture
def facts() -> SmallFacts:
    made = SmallFacts()
    made.tell("lua_dien_tich", "900", "850")
    made.tell("lua_dien_tich", "600", at="mua_vu=dong_xuan")
    made.tell("lua_dien_tich", "300", at="mua_vu=he_thu")
    made.tell("ngo_dien_tich", "120.5")
    return made


def test_headings_are_numbered_without_gaps_and_empty_ones_are_left_out(facts: SmallFacts) -> None:
    told, untold = '{ figures = ["ngo_dien_tich"] }', '{ figures = ["ho_ngheo"] }'
    sections = (
        _section("a", 1, "") + _section("b", 2, untold, "kept = false") + _section("c", 2, told)
        + _section("d", 3, untold, "kept = false") + _section("e", 3, told) + _section("f", 2, told)
        + _section("g", 1, untold, "kept = false") + _section("h", 1, "")
    )  # fmt: skip
    draft = compose(_outline(sections), SETTING, facts)
    labels = [(block.label, block.key) for block in draft.blocks if isinstance(block, Heading)]
    assert labels == [("Phần I", "a"), ("A.", "c"), ("I.", "e"), ("B.", "f")]  # nothing stands under h


@pytest.mark.parametrize(("depth", "number", "label"), [(1, 4, "Phần IV"), (2, 26, "Z."), (2, 27, "AA."), (3, 9, "IX."),
                                                        (4, 12, "12."), (5, 4, "d)"), (5, 5, "đ)")])  # fmt: skip
def test_labels_are_those_of_official_reports(depth: int, number: int, label: str) -> None:
    assert label_of(depth, number) == label


def test_roman_figures_go_on_behind_forty() -> None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    for number in range(1, 300):
        signs = [values[sign] for sign in roman(number)]
        pairs = zip(signs, [*signs[1:], 0], strict=True)
        assert sum(-sign if sign < after else sign for sign, after in pairs) == number


def test_a_footnote_stands_at_the_figure_that_it_divides(facts: SmallFacts) -> None:
    said = '{ figures = ["lua_dien_tich", "ngo_dien_tich"], notes = [{ breakdown = "lua_dien_tich", by = "mua_vu" }] }'
    ((before, note),) = _notes(_composed(said, facts))
    assert "900" in before
    assert "600" in note
    assert "300" in note
    assert "120,5" not in before


def test_a_total_divided_twice_in_a_footnote_is_told_once(facts: SmallFacts) -> None:
    facts.tell("ho_ngheo", "500")
    for member, value in (("dan_toc=kinh", "200"), ("dan_toc=thieu_so", "300")):
        facts.tell("ho_ngheo", value, at=member)
    for member, value in (("thanh_thi_nong_thon=thanh_thi", "150"), ("thanh_thi_nong_thon=nong_thon", "350")):
        facts.tell("ho_ngheo", value, at=member)
    notes = ", ".join(f'{{ breakdown = "ho_ngheo", by = "{one}" }}' for one in ("thanh_thi_nong_thon", "dan_toc"))
    elsewhere, here = (
        _notes(_composed(f'{{ figures = ["{code}"], notes = [{notes}] }}', facts))[0][1]
        for code in ("ngo_dien_tich", "ho_ngheo")
    )
    assert elsewhere.count("500") == 1
    assert elsewhere.endswith("Số hộ nghèo theo dân tộc: Kinh 200 hộ; dân tộc thiểu số 300 hộ.")
    assert "500" not in here
    assert here.count("Chia theo") == 2


def test_parts_are_told_only_where_they_make_the_whole(facts: SmallFacts) -> None:
    facts.tell("lua_dien_tich", "299", at="mua_vu=he_thu")
    said = '{ figures = ["lua_dien_tich"], notes = [{ breakdown = "lua_dien_tich", by = "mua_vu" }] }'
    draft = _composed(said, facts)
    assert _notes(draft) == []
    assert "900" in _paragraphs(draft)[0]


def test_members_begin_small_within_a_sentence_but_for_proper_names(facts: SmallFacts) -> None:
    facts.tell("ho_ngheo", "500")
    for member, value in (("dan_toc=kinh", "200"), ("dan_toc=thieu_so", "300")):
        facts.tell("ho_ngheo", value, at=member)
    for member, value in (("thanh_thi_nong_thon=thanh_thi", "150"), ("thanh_thi_nong_thon=nong_thon", "350")):
        facts.tell("ho_ngheo", value, at=member)
    said = '{ breakdown = "ho_ngheo", by = "dan_toc" }, { breakdown = "ho_ngheo", by = "thanh_thi_nong_thon" }'
    first, second = _paragraphs(_composed(said, facts))
    assert "Kinh 200 hộ" in first
    assert "dân tộc thiểu số 300 hộ" in first
    assert "thành thị 150 hộ" in second
    assert "nông thôn 350 hộ" in second


def test_sources_of_capital_begin_small_within_a_sentence(facts: SmallFacts) -> None:
    for code, value in (("von_giai_ngan", "60"), ("von_giao", "100")):
        facts.tell(code, value)
        facts.tell(code, value, at="nguon_von=nstw")
    said = '{ disbursement = ["von_giai_ngan", "von_giao"], by = "nguon_von", name = "Giải ngân vốn đầu tư công" }'
    (told,) = _paragraphs(_composed(said, facts))
    assert told.startswith("Giải ngân vốn đầu tư công đạt 60")
    assert "trong đó: ngân sách trung ương 60" in told


@pytest.mark.parametrize(("purpose", "addressed", "recipients"), [
    ("six_months", ("Tỉnh ủy Sông Mây",), ("Như trên;", "Lưu: VT.")),
    ("next_year", (), ("Tỉnh ủy Sông Mây;", "Lưu: VT.")),
])  # fmt: skip
def test_a_plan_is_addressed_to_nobody_and_names_who_gets_it(
    facts: SmallFacts, purpose: str, addressed: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    head = HEAD.replace("six_months", purpose).replace("Thường trực {council};", "Như trên;")
    outline = outline_in(head + _section("a", 1, '{ text = "Một." }'), "thu.toml", {})
    for own in ((), ("Như trên;", "Lưu: VT.")):
        draft = compose(outline, replace(SETTING, addressed_to=("Tỉnh ủy Sông Mây",), recipients=own), facts)
        assert (draft.head.addressed_to, draft.recipients) == (addressed, recipients)


def test_what_no_figure_is_known_of_is_left_out_and_told(facts: SmallFacts) -> None:
    draft = _composed('{ figures = ["ho_ngheo", "ngo_dien_tich"] }', facts)
    (said,) = _paragraphs(draft)
    assert "120,5 ha" in said
    assert "nghèo" not in said
    (remark,) = draft.remarks
    assert "Số hộ nghèo" in remark.vi
    assert remark.en.startswith("There are no figures of: ")


def test_a_mark_is_told_in_words_and_is_no_missing_figure(facts: SmallFacts) -> None:
    facts.tell("dan_trau", NoValue.NONE_OCCURRED)
    draft = _composed('{ figures = ["dan_trau"] }', facts)
    assert draft.remarks == ()
    assert not any(sign.isdigit() for sign in "".join(_paragraphs(draft)))


def test_a_note_whose_sentence_is_missing_is_told_in_the_text(facts: SmallFacts) -> None:
    draft = _composed('{ figures = ["ho_ngheo"], notes = [{ plain = "ngo_dien_tich" }] }', facts)
    assert _notes(draft) == []
    assert "120,5 ha" in _paragraphs(draft)[0]


def test_a_total_that_the_text_has_elsewhere_is_not_told_again_for_a_note(facts: SmallFacts) -> None:
    said = (
        '{ figures = ["ngo_dien_tich"] }, { figures = ["ho_ngheo"], manner = "dash", notes = ['
        '{ breakdown = "ngo_dien_tich", by = "mua_vu" }] }'
    )
    assert len(_paragraphs(_composed(said, facts))) == 1


def test_what_goes_on_stands_in_the_paragraph_before(facts: SmallFacts) -> None:
    said = '{ figures = ["lua_dien_tich"] }, { figures = ["ngo_dien_tich"], together = true }'
    (one,) = _paragraphs(_composed(said, facts))
    assert one.index("900") < one.index("120,5")


def test_conditions_hang_on_the_figures(facts: SmallFacts) -> None:
    facts.tell("dan_trau", "0")
    said = (
        '{ text = "Có lúa.", when = "lua_dien_tich" }, { text = "Không lúa.", unless = "lua_dien_tich" }, '
        '{ text = "Không trâu.", unless = "dan_trau" }, { text = "Chưa rõ bò.", unless = "dan_bo" }'
    )
    assert _paragraphs(_composed(said, facts)) == ["Có lúa.", "Không trâu."]


def test_nought_is_not_told_while_units_are_missing(facts: SmallFacts) -> None:
    facts.tell("dan_trau", "0")
    facts.lacking["dan_trau"] = ("Xã Bến Lúa",)
    assert _paragraphs(_composed('{ text = "Không trâu.", unless = "dan_trau" }', facts)) == []


def test_people_s_words_are_kept_and_the_outline_s_are_made_anew(facts: SmallFacts) -> None:
    said = '{ narrative = "a", default = "Năm {year}, {unit}." }, { narrative = "b", default = ["Một.", "{council}."] }'
    narratives = {"a": (Paragraph((Words("Của người viết {year}."),)),)}
    draft = _composed(said, facts, replace(SETTING, narratives=narratives))
    kept, made = (block for block in draft.blocks if isinstance(block, Narrative))
    assert [text_of(one.line) for one in kept.paragraphs] == ["Của người viết {year}."]
    assert [text_of(one.line) for one in made.paragraphs] == ["Một."]  # nothing is known of a council
    (untouched, _) = (block for block in _composed(said, facts).blocks if isinstance(block, Narrative))
    assert text_of(untouched.paragraphs[0].line) == "Năm 2026, tỉnh Sông Mây."


def test_recipients_and_the_summary_have_their_slots_filled(facts: SmallFacts) -> None:
    draft = _composed('{ figures = ["ngo_dien_tich"] }', facts)
    assert draft.recipients == ("Lưu: VT.",)
    known = _composed("", facts, replace(SETTING, council="Hội đồng nhân dân tỉnh Sông Mây"))
    assert known.recipients[0] == "Thường trực Hội đồng nhân dân tỉnh Sông Mây;"
    assert draft.head.summary == "Kết quả 6 tháng đầu năm 2026 của tỉnh Sông Mây"


def test_the_plan_is_told_as_it_stood_at_the_end_of_the_period(facts: SmallFacts) -> None:
    facts.ask(target("lua_dien_tich", "1000"))
    later = replace(target("lua_dien_tich", "950", "UBND tỉnh"), holds_from=date(2026, 7, 15))
    facts.ask(later)
    (said,) = _paragraphs(_composed('{ figures = ["lua_dien_tich"] }', facts))
    assert "90%" in said
    assert "950" not in said


def test_ceilings_of_rates_and_falls_are_told_by_points_and_ceilings_of_counts_are_not(facts: SmallFacts) -> None:
    for code, value in (("ty_le_ho_ngheo", "4.65"), ("ct13_giam_ngheo", "1.18"), ("tai_nan_vu", "59")):
        facts.tell(code, value)
    facts.ask(target("ty_le_ho_ngheo", "4.8", kind=TargetKind.AT_MOST, is_strict=True))
    facts.ask(target("ct13_giam_ngheo", "1.1", kind=TargetKind.REDUCE_BY))
    facts.ask(target("tai_nan_vu", "61", kind=TargetKind.AT_MOST))  # "bằng 96,7% kế hoạch" would be no praise
    (said,) = _paragraphs(_composed('{ figures = ["ty_le_ho_ngheo", "ct13_giam_ngheo", "tai_nan_vu"] }', facts))
    assert "4,65%, thấp hơn 0,15 điểm phần trăm so với kế hoạch HĐND tỉnh giao (4,8%)" in said
    assert "1,18%, vượt 0,08 điểm phần trăm so với kế hoạch HĐND tỉnh giao (1,1%)" in said
    assert "61" not in said


def test_money_of_others_takes_no_nought_before_it(facts: SmallFacts) -> None:
    facts.tell("xuat_khau", "8")
    assert re.search(r" 8 triệu USD", "\n".join(_paragraphs(_composed('{ plain = ["xuat_khau"] }', facts))))


def test_a_season_that_is_to_come_is_not_told(facts: SmallFacts) -> None:
    of = ["lua_dien_tich[mua_vu=mua]", "lua_nang_suat[mua_vu=mua]", "lua_san_luong[mua_vu=mua]"]
    for code in ("lua_dien_tich", "lua_san_luong"):
        facts.tell(code, "0", at="mua_vu=mua")
    said = f'{{ crop = {of}, name = "Lúa mùa" }}'.replace("'", '"')
    assert "Lúa mùa" not in "\n".join(_paragraphs(_composed(said, facts)))
    facts.tell("lua_dien_tich", "0", "300", at="mua_vu=mua")
    assert "Lúa mùa: diện tích" in "\n".join(_paragraphs(_composed(said, facts)))


def test_a_range_is_told_with_both_bounds_in_the_text(facts: SmallFacts) -> None:
    facts.tell("thu_noi_dia", "6")
    facts.ask(target("thu_noi_dia", "5", kind=TargetKind.RANGE, high="7"))
    draft = _composed('{ figures = ["thu_noi_dia"] }', facts)
    told = "\n".join(_paragraphs(draft))
    assert "nằm trong mức kế hoạch HĐND tỉnh giao (5 - 7 triệu đồng)" in told
    upper = next(one for one in draft.numbers if one.source.argument == UPPER)
    assert upper.text == "7"
    assert upper.source.addresses[0].authority == "HĐND tỉnh"


def test_every_number_knows_its_address_and_revision(facts: SmallFacts) -> None:
    draft = _composed('{ figures = ["lua_dien_tich"] }, { tasks = true }', facts)
    numbers = list(draft.numbers)
    assert {number.revision for number in numbers} == {7}
    assert all(number.source.addresses for number in numbers)
    assert all(number.text == number.form.printed(number.value) for number in numbers)


def test_only_what_is_rated_at_the_year_s_end_is_said_to_be(facts: SmallFacts) -> None:
    later = target("ty_le_ho_ngheo", "4", rated_at_year_end=True)
    facts.ask(later, Rating.PENDING)
    facts.ask(target("rung_trong_moi", "2000"), Rating.UNKNOWN)
    facts.ask(target("dan_trau", "15000"), Rating.UNKNOWN)
    facts.tell("dan_trau", NoValue.NOT_RATED)
    ratings, *said = _paragraphs(_composed("{ ratings = true }, { headlines = true }", facts))
    assert "01 chỉ tiêu cuối năm đánh giá; 02 chỉ tiêu chưa có số liệu" in ratings
    assert [("cuối năm" in one, "chưa có số liệu" in one) for one in said] == [
        (True, False), (False, True), (True, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ("2000", ", đạt kế hoạch HĐND tỉnh giao (2.000 ha)."),
        ("2200", ", kế hoạch HĐND tỉnh giao (2.200 ha) nằm trong khoảng này, có thể đạt hoặc không đạt."),
        ("2400", ", có khả năng không đạt kế hoạch HĐND tỉnh giao (2.400 ha)."),
        (None, ", không có kế hoạch giao để so sánh."),
    ],
)
def test_a_projection_is_set_against_the_plan_with_its_error_in_a_note(
    facts: SmallFacts, plan: str | None, words: str
) -> None:
    facts.foresee("rung_trong_moi", "2150", "2100", "2300")
    facts.trials["rung_trong_moi"] = Tried((2024, 2025), Decimal("3.21"))
    if plan is not None:
        facts.ask(target("rung_trong_moi", plan))
    draft = _composed('{ projection = ["rung_trong_moi"] }', facts)
    (said,) = _paragraphs(draft)
    assert said.endswith("2.300 ha)" + words)
    ((before, note),) = _notes(draft)
    assert before.endswith("2.300 ha)")
    assert note == "Sai số bình quân của cách ước này khi thử lại các năm trước là 3,2%."


def test_an_estimate_is_told_as_one(facts: SmallFacts) -> None:
    facts.tell("lua_nang_suat", "50")
    facts.tell("lua_san_luong", "4500")
    facts.estimates |= {"lua_dien_tich", "lua_san_luong"}
    facts.ask(target("lua_dien_tich", "1000"))
    said = (
        '{ figures = ["lua_dien_tich", "ngo_dien_tich"] }, '
        '{ crop = ["lua_dien_tich", "lua_nang_suat", "lua_san_luong"], name = "Cây lúa", manner = "dash" }'
    )
    draft = _composed(said, facts)
    alone, crop = _paragraphs(draft)
    assert re.match(r"Diện tích gieo cấy lúa ước (đạt|thực hiện) 900 ha", alone)
    assert alone.count("ước") == 1
    assert re.match(r"Cây lúa: diện tích( gieo trồng)? ước 900 ha, .*; năng suất .*; sản lượng ước 4.500 tấn\.$", crop)
    scenarios = {(number.text, one.scenario) for number in draft.numbers for one in number.source.addresses[:1]}
    assert ("900", Scenario.ESTIMATE) in scenarios
    assert ("90", Scenario.ESTIMATE) in scenarios  # the percentage is one of an estimate
    assert ("120,5", Scenario.ACTUAL) in scenarios
    assert ("850", Scenario.ACTUAL) in scenarios


def _section_of(said: str, facts: SmallFacts, setting: Setting = SETTING) -> list[str]:
    """All that stands in a section, people's and the outline's own words too."""
    blocks = _composed(said, facts, setting).blocks
    found = [one for block in blocks for one in (block.paragraphs if isinstance(block, Narrative) else (block,))]
    return [text_of(one.line) for one in found if isinstance(one, Paragraph)]


def test_a_section_without_figures_says_so(facts: SmallFacts) -> None:
    said = '{ narrative = "a", default = "Kết quả như sau:" }, { text = "Chia ra:" }, { figures = ["ho_ngheo"] }'
    untold = "Chưa có số liệu của kỳ báo cáo về nội dung này."
    assert _section_of(said, facts) == ["Kết quả như sau:", untold]
    kept = replace(SETTING, narratives={"a": (Paragraph((Words("Đang rà soát."),)),)})
    assert _section_of(said, facts, kept) == ["Đang rà soát."]
    facts.tell("ho_ngheo", "12")
    assert untold not in _section_of(said, facts)


def test_words_over_sections_that_are_all_left_out_say_so(facts: SmallFacts) -> None:
    def said(code: str) -> list[str]:
        narrative, figures = '{ narrative = "a", default = "Số liệu đã thống kê." }', f'{{ figures = ["{code}"] }}'
        sections = _section("a", 1, narrative) + _section("b", 2, figures, "kept = false")
        return [
            text_of(block.line) for block in compose(_outline(sections), SETTING, facts).blocks
            if isinstance(block, Paragraph)
        ]  # fmt: skip

    assert said("ho_ngheo") == ["Chưa có số liệu của kỳ báo cáo về nội dung này."]
    assert len(said("ngo_dien_tich")) == 1
    assert "120,5" in said("ngo_dien_tich")[0]


def test_words_that_open_nothing_are_left_out(facts: SmallFacts) -> None:
    said = (
        '{ figures = ["ngo_dien_tich"] }, { text = "Chi tiết như sau:" }, { figures = ["ho_ngheo"] }, '
        '{ text = "Xem phụ lục." }, { text = "Cụ thể:" }, { figures = ["lua_dien_tich"] }, { text = "Ngoài ra:" }'
    )
    first, *others = _section_of(said, facts)
    assert "120,5" in first
    assert [one.split()[0] for one in others] == ["Xem", "Cụ", "Diện"]


def test_tasks_are_counted_by_their_state(facts: SmallFacts) -> None:
    states = [TaskState.DONE] * 12 + [TaskState.LATE] * 3
    tasks = tuple(KeyTask(f"Việc {number}", "", None, state) for number, state in enumerate(states))
    (said,) = _paragraphs(_composed("{ tasks = true }", facts, replace(SETTING, tasks=tasks)))
    assert all(number in said for number in ("15", "12", "03"))
    assert _paragraphs(_composed("{ tasks = true }", facts)) == ["Chưa có số liệu theo dõi các nhiệm vụ trọng tâm."]


def test_units_lead_only_where_there_is_a_ranking(facts: SmallFacts) -> None:
    for place, unit in enumerate(COMMUNES):
        facts.tell("dan_lon", str(100 * (place + 1)), unit=unit.code)
    (said,) = _paragraphs(_composed('{ leading = "dan_lon" }', facts))
    assert said.index("xã Nương Chè") < said.index("xã Đồi Cau")
    for unit in COMMUNES:
        facts.tell("dan_lon", "100", unit=unit.code)
    assert _paragraphs(_composed('{ leading = "dan_lon" }', facts)) == []


def test_a_chart_stands_only_where_something_is_known(facts: SmallFacts) -> None:
    for place, unit in enumerate(COMMUNES[:3]):
        facts.tell("dan_lon", str(100 * (place + 1)), unit=unit.code)
    said = '{ chart = "dan_lon", by = "units", name = "Đàn lợn năm {year}" }, { chart = "dan_bo", by = "months" }'
    (chart,) = (block for block in _composed(said, facts).blocks if isinstance(block, Chart))
    assert chart.title == "Đàn lợn năm 2026"
    assert chart.categories == tuple(unit.name for unit in COMMUNES)
    assert chart.series[0].values == (Decimal(100), Decimal(200), Decimal(300), None, None)


def test_what_is_told_by_quarters_is_drawn_by_quarters(facts: SmallFacts) -> None:
    for quarter in HALF.split(3):
        facts.told["99", "dan_bo", quarter, ()] = Decimal(50)
    said = '{ chart = "dan_bo", by = "months", name = "Đàn bò theo tháng của năm {year}" }'
    (chart,) = (block for block in _composed(said, facts).blocks if isinstance(block, Chart))
    assert chart.title == "Đàn bò theo quý của năm 2026"
    assert len(chart.categories) == 2
    assert chart.series[0].values == (Decimal(50), Decimal(50))


def test_the_rest_of_a_sector_is_told_once(facts: SmallFacts) -> None:
    sector = facts.indicator("lua_dien_tich")
    assert sector is not None
    draft = _composed(f'{{ figures = ["lua_dien_tich"] }}, {{ rest = "{sector.sector}" }}', facts)
    said = " ".join(_paragraphs(draft))
    assert said.count("900 ha") == 1
    assert said.count("120,5 ha") == 1
    without = _composed(f'{{ rest = "{sector.sector}", without = ["ngo_dien_tich"] }}', facts)
    assert "120,5" not in " ".join(_paragraphs(without))


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (YEAR, "năm 2026"),
        (HALF, "6 tháng đầu năm 2026"),
        (Period.months(2026, 1, 9), "9 tháng đầu năm 2026"),
        (Period(date(2026, 1, 1), date(2026, 6, 14)), "14/6/2026"),
        (Period.months(2026, 4, 6), "30/9/2026"),
    ],
)
def test_a_period_has_its_words(period: Period, words: str) -> None:
    assert words in period_words(period)


def test_days_below_ten_and_the_first_two_months_take_a_nought() -> None:
    assert [day_words(day) for day in (date(2026, 1, 5), date(2026, 12, 14), date(2026, 3, 9))] == [
        "05/01/2026", "14/12/2026", "09/3/2026",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "on", "until", "rest"),
    [
        (HALF, date(2026, 6, 30), "đến ngày 30/6/2026", "6 tháng cuối năm 2026"),
        (HALF, date(2026, 6, 20), "ước đến ngày 30/6/2026", "6 tháng cuối năm 2026"),
        (Period.months(2026, 1, 5), date(2026, 6, 5), "đến ngày 31/5/2026", "7 tháng cuối năm 2026"),
        (
            Period(date(2026, 1, 1), date(2026, 6, 14)),
            date(2026, 6, 15),
            "đến ngày 14/6/2026",
            "phần còn lại của năm 2026",
        ),
        (YEAR, date(2026, 12, 20), "ước đến ngày 31/12/2026", None),
    ],
)
def test_what_is_written_before_its_time_is_over_is_estimated(
    period: Period, on: date, until: str, rest: str | None
) -> None:
    known = slots(_outline(""), replace(SETTING, period=period, on=on))
    assert (known["until"], known.get("rest_of_year")) == (until, rest)


@pytest.mark.parametrize(
    ("months", "told", "ahead"),
    [
        (9, "9 tháng đầu năm 2026", "3 tháng cuối năm 2026"),
        (8, "8 tháng đầu năm 2026", "4 tháng cuối năm 2026"),
        (11, "năm 2026", "năm 2027"),  # for the council's session in December
        (12, "năm 2026", "năm 2027"),
    ],
)
def test_a_year_report_of_nine_months_is_called_so(months: int, told: str, ahead: str) -> None:
    year = replace(_outline(""), purpose=Purpose.YEAR)
    known = slots(year, replace(SETTING, period=Period.months(2026, 1, months)))
    assert (known["told"], known["ahead"]) == (told, ahead)
    assert ahead.endswith(known["year_ahead"])


@pytest.mark.parametrize("end", [date(2026, 5, 31), date(2026, 6, 14), date(2026, 6, 30)])
def test_a_six_month_report_is_called_so_wherever_its_figures_end(end: date) -> None:
    outline = outline_reading.built_in("bao-cao-6-thang")
    draft = compose(outline, replace(SETTING, period=Period(date(2026, 1, 1), end)), SmallFacts())
    assert draft.head.summary == (
        "Tình hình thực hiện nhiệm vụ phát triển kinh tế - xã hội 6 tháng đầu năm; "
        "nhiệm vụ, giải pháp 6 tháng cuối năm 2026"
    )
    parts = [block.text for block in draft.blocks if isinstance(block, Heading) and block.level == 1]
    assert parts == [
        "TÌNH HÌNH THỰC HIỆN NHIỆM VỤ 6 THÁNG ĐẦU NĂM 2026", "NHIỆM VỤ, GIẢI PHÁP 6 THÁNG CUỐI NĂM 2026",
    ]  # fmt: skip


def test_slots_tell_of_the_unit_and_leave_out_what_is_not_known() -> None:
    known = slots(_outline(""), SETTING)
    assert (known["unit"], known["cutoff"], known["term"]) == ("tỉnh Sông Mây", "30/6/2026", "2026 - 2030")
    assert "decisions" not in known


def test_a_total_parted_in_two_ways_says_of_which_only_once(facts: SmallFacts) -> None:
    told = {
        "don_tiep_nhan": "9",
        "don_ky_truoc_chuyen": "4",
        "don_moi": "5",
        "don_khieu_nai": "2",
        "don_kien_nghi": "7",
    }
    for code, value in told.items():
        facts.tell(code, value)
    parts = (
        '{ parts = ["don_tiep_nhan", "don_ky_truoc_chuyen", "don_moi"] }, '
        '{ parts = ["don_tiep_nhan", "don_khieu_nai", "don_kien_nghi"] }'
    )
    ((_, said),) = _notes(_composed(f'{{ plain = ["don_tiep_nhan"], notes = [{parts}] }}', facts))
    assert said.count("Trong đó: ") == 1
    assert "Chia ra: số đơn khiếu nại 02 đơn; số đơn kiến nghị, phản ánh 07 đơn." in said
