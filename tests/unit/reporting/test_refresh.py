"""A report is brought up to date: what moved on is tracked, what people wrote stays to the byte."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from baocao.formats import docx_live, docx_live_changes
from baocao.model.draft import RISEN, Form, Reckoning, Source
from baocao.model.observation import Address
from baocao.model.text import Text
from baocao.reporting.differing import differences
from baocao.reporting.fitting import misfit, misfit_between, rating_to_check
from baocao.reporting.live_grids import of_refreshed
from baocao.reporting.looking_up import printed, told
from baocao.reporting.placing import Spot
from baocao.reporting.refreshing import CannotRefresh, Refreshed, refresh
from bench.coming_back import undone
from bench.retouched_report import lookup_in
from tests.unit.formats.live_files import (
    AREA,
    BEFORE,
    DOCUMENT,
    PART,
    VALUES,
    WHEN,
    around,
    changed,
    control,
    holding,
    parts_of,
    replaced,
    run,
    struck,
    tracked,
    without,
)  # fmt: skip

Change = Callable[[dict[str, bytes]], None]
MOVED = {**VALUES, AREA: Decimal(1350)}


def _refreshed(
    path: Path, *changes: Change, values: dict[Address, Decimal] = MOVED, is_all: bool = False
) -> tuple[Refreshed, dict[str, bytes], dict[str, bytes]]:
    """What became of it, and the parts before and after."""
    live = docx_live.read(changed(path, *changes), path.name)
    made = refresh(path, live, lookup_in(values, 8), WHEN, is_all=is_all)
    before = parts_of(path.read_bytes())
    path.write_bytes(docx_live_changes.rewritten(path, made.parts))
    return made, before, parts_of(path.read_bytes())


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "bao-cao.docx"


def _moves(made: Refreshed) -> list[tuple[str, str, str]]:
    return [(move.standing.kept.key, move.old, move.new) for move in made.moves]


def test_what_moved_on_is_changed_and_nothing_else(target: Path) -> None:
    made, before, after = _refreshed(target)
    assert _moves(made) == [
        ("n1", "1.492,9", "1.350,0"),
        ("n2", "99,5", "90"),
        ("n4", "6,6", "3,6"),
        ("n7", "1.492,9", "1.350,0"),
    ]
    assert set(made.parts) == {DOCUMENT, PART}
    assert undone(after[DOCUMENT]) == before[DOCUMENT]
    assert {**after, DOCUMENT: b"", PART: b""} == {**before, DOCUMENT: b"", PART: b""}
    live = docx_live.read(target, "a")
    assert live.part is not None
    change = live.part.figures["n4"]
    assert (change.value.quantize(Decimal("0.01")), change.printed, change.bound, change.revision) == (
        Decimal("3.57"), "3,6", "3,6", 8)  # fmt: skip
    assert live.part.figures["n6"].revision == 3
    assert differences(live, lookup_in(MOVED)) == ()


def test_a_file_that_is_as_it_should_be_is_not_touched(target: Path) -> None:
    made, before, after = _refreshed(target, values=VALUES)
    assert (made.moves, made.left, made.parts, before == after) == ((), (), {}, True)
    made, before, after = _refreshed(target, values={**VALUES, AREA: Decimal("1492.91")})
    assert (made.moves, set(made.parts)) == ((), {PART})  # the value moved on, not the text


def test_words_that_no_longer_fit_are_told(target: Path) -> None:
    made, _, _ = _refreshed(target)
    assert [text.en for text in made.misfits] == [
        "the word “tăng” no longer fits the new figure 1.350,0: Diện tích lúa đạt [1.350,0] ha, bằng 99,5% kế hoạch, "
        "tăng 6,6% so…",
        "the word “tăng” no longer fits the new figure 3,6: …1.492,9 ha, bằng 99,5% kế hoạch, tăng "
        "[3,6]% so với cùng kỳ năm 2024 (1.400 ha).",
    ]
    made, _, _ = _refreshed(target, values={**VALUES, AREA: Decimal(1450)})
    assert made.misfits == ()


def test_numbers_altered_by_hand_are_left_and_told(target: Path) -> None:
    by_hand = (holding("n1", run("1.499,9")), around("n2", "", run("5")))
    made, before, after = _refreshed(target, *by_hand)
    assert [(one.standing.kept.key, one.kind and one.kind.value) for one in made.left] == [
        ("n1", "altered"),
        ("n2", "altered"),
    ]
    assert control(after[DOCUMENT], "n1")[0] == control(before[DOCUMENT], "n1")[0]
    made, before, after = _refreshed(target, *by_hand, is_all=True)
    assert ("n1", "1.499,9", "1.350,0") in _moves(made)
    assert [one.standing.kept.key for one in made.left] == ["n2"]  # digits beside a control are people's text
    assert undone(after[DOCUMENT]) == before[DOCUMENT]


def test_people_s_own_tracked_changes_words_and_comments_stay(target: Path) -> None:
    people = (
        holding("n6", struck("07") + tracked("ins", run("07", "<w:rPr><w:b/></w:rPr>"))),
        around("n1", '<w:commentRangeStart w:id="3"/>', '<w:commentRangeEnd w:id="3"/>'),
        replaced("Toàn xã còn", "Theo rà soát, toàn xã <còn>".replace("<", "&lt;").replace(">", "&gt;")),
    )
    made, before, after = _refreshed(
        target, *people, values={**MOVED, Address("SM", "ho_ngheo", AREA.period): Decimal(9)}
    )
    assert ("n6", "07", "09") in _moves(made)
    assert undone(after[DOCUMENT]) == before[DOCUMENT]
    seen = control(after[DOCUMENT], "n6")[2].decode()
    assert seen.endswith("<w:r><w:rPr><w:b/></w:rPr><w:t>09</w:t></w:r></w:ins>")
    assert [one.text for one in docx_live.read(target, "a").controls if one.key == "n6"] == ["09"]


def test_copies_change_together_and_halves_are_left(target: Path) -> None:
    def copied(parts: dict[str, bytes]) -> None:
        around("n6", control(parts[DOCUMENT], "n1")[0].decode() + run(" ha, "), "")(parts)

    _refreshed(target, copied)
    assert [one.text for one in docx_live.read(target, "a").controls if one.key == "n1"] == ["1.350,0"] * 2
    made, _, _ = _refreshed(target, holding("n1", run("1.49")), around("n1", "", run("2,9")))
    assert [(one.standing.kept.key, one.kind and one.kind.value) for one in made.left] == [("n1", "cut")]


def test_a_control_that_was_cut_is_told_also_where_its_figure_still_stands(target: Path) -> None:
    live = docx_live.read(changed(target, holding("n1", run("1.49")), around("n1", "", run("2,9"))), "a")
    made = refresh(target, live, lookup_in(VALUES, 8), WHEN)
    assert [(one.standing.kept.key, one.kind and one.kind.value) for one in made.left] == [("n1", "cut")]
    grid = of_refreshed(live, made)
    assert not grid.is_clean
    assert any("1 ô số bị cắt" in remark.vi for remark in grid.remarks)


def test_what_cannot_be_changed_is_told_and_its_figure_stays_as_it_was(target: Path) -> None:
    picture = "<w:r><w:t>1.492,9</w:t><w:drawing/></w:r>"
    made, before, after = _refreshed(target, holding("n1", picture))
    assert [(one.standing.kept.key, one.kind) for one in made.left] == [("n1", None)]
    assert "n1" not in [move[0] for move in _moves(made)]
    part = docx_live.read(target, "a").part
    assert part is not None
    assert part.figures["n1"].printed == "1.492,9"
    assert undone(after[DOCUMENT]) == before[DOCUMENT]


def test_deleted_numbers_are_nobodys_and_lost_figures_are_told(target: Path) -> None:
    made, _, _ = _refreshed(target, without("n1"), values={key: VALUES[key] for key in VALUES if key != BEFORE})
    assert [(one.standing.kept.key, one.kind and one.kind.value) for one in made.left] == [
        ("n4", "gone"),
        ("n5", "gone"),
    ]
    live = docx_live.read(target, "a")
    assert not of_refreshed(live, made).is_clean


def test_refreshed_twice_it_is_as_refreshed_once(target: Path) -> None:
    _, first, _ = _refreshed(target)
    live = docx_live.read(target, "a")
    again = refresh(target, live, lookup_in({**MOVED, AREA: Decimal(1600)}, 9), WHEN)
    target.write_bytes(docx_live_changes.rewritten(target, again.parts))
    shown = parts_of(target.read_bytes())[DOCUMENT]
    assert undone(shown) == first[DOCUMENT]
    assert b"1.350,0" not in shown


def test_a_signed_file_is_not_changed(target: Path) -> None:
    live = docx_live.read(changed(target, lambda parts: parts.update({"_xmlsignatures/sig1.xml": b"<s/>"})), "a")
    with pytest.raises(CannotRefresh, match="signed"):
        refresh(target, live, lookup_in(MOVED), WHEN)


@pytest.mark.parametrize(
    ("before", "new", "word"),
    [
        ("đạt 5 ha, tăng ", "3", ""),
        ("đạt 5 ha, tăng ", "-3", "tăng"),
        ("đạt 5 ha, tăng ", "0", "tăng"),
        ("đạt 5 ha, giảm ", "3", "giảm"),
        ("giảm nghèo được quan tâm, cao hơn ", "-1", "cao hơn"),
        ("Tăng trưởng đạt 5%; thấp hơn ", "-1", ""),
        ("tăng trưởng là ", "-1", ""),
        ("tăng mạnh. Chênh lệch ", "-1", ""),
        ("Lúa: +", "-1", "+"),
        ("Lúa: -", "-1", ""),
        ("trong 2020-", "-1", ""),
    ],
)
def test_the_way_of_a_change_stands_in_the_words_before_it(before: str, new: str, word: str) -> None:
    spot = Spot(Text("", ""), before, "1", "% so với cùng kỳ")
    assert misfit(Reckoning.PERCENT_CHANGE, spot, Decimal(1), Decimal(new)) == word


def test_a_percentage_that_crosses_the_plan_is_held_against_the_rating() -> None:
    spot = Spot(Text("", ""), "Thu ngân sách vượt kế hoạch, bằng ", "104", "% kế hoạch.")
    assert misfit(Reckoning.PERCENT, spot, Decimal(104), Decimal(98)) == "vượt"
    assert misfit(Reckoning.PERCENT, spot, Decimal(104), Decimal(102)) == ""
    missed = Spot(Text("", ""), "Chưa đạt kế hoạch (", "98", "%).")
    assert misfit(Reckoning.PERCENT, missed, Decimal(98), Decimal(101)) == "chưa đạt"


@pytest.mark.parametrize(
    ("before", "old", "new", "word"),
    [
        ("Mức giảm tỷ lệ hộ nghèo đạt ", "1.2", "-13.87", "giảm"),
        ("Mức giảm tỷ lệ hộ nghèo đạt ", "1.2", "0.4", ""),
        ("Thu giảm; chênh lệch là ", "1.2", "-13.87", ""),
        ("Mức giảm tỷ lệ hộ nghèo là ", "-1.2", "-13.87", ""),
    ],
)
def test_a_fall_that_is_told_as_a_figure_cannot_be_below_nought(before: str, old: str, new: str, word: str) -> None:
    spot = Spot(Text("", ""), before, "1", "%.")
    assert misfit(Reckoning.VALUE, spot, Decimal(old), Decimal(new)) == word


@pytest.mark.parametrize(
    ("asked", "rating", "old", "new", "told"),
    [
        ("890", "Không đạt", "73", "100", "Không đạt"),
        ("890", "Không đạt", "73", "99", ""),
        ("890", "Đạt", "100", "99.9", "Đạt"),
        ("890", "Vượt", "101", "100", ""),
        ("không quá 26", "Đạt", "98", "101", "Đạt"),
        ("không quá 26", "Đạt", "100", "98", ""),
        ("dưới 5", "Không đạt", "110", "95", "Không đạt"),
        ("890", "Cuối năm đánh giá", "73", "100", ""),
    ],
)
def test_the_rating_of_a_row_is_held_against_the_percentage_of_its_plan(
    asked: str, rating: str, old: str, new: str, told: str
) -> None:
    row = ("1a", "Sản lượng lúa", "tấn", asked, "650", old, rating)
    assert rating_to_check(row, Decimal(old), Decimal(new)) == told


def test_a_fall_that_is_told_as_a_rise_is_looked_up_as_one() -> None:
    source = Source(Reckoning.VALUE, (AREA,), RISEN)
    assert printed(source, Form(2), Decimal("-0.5")) == "0,50"
    spot = Spot(Text("", ""), "Tỷ lệ hộ nghèo tăng ", "0,68", " điểm phần trăm.")
    assert misfit(Reckoning.VALUE, spot, Decimal("0.68"), told(source, Decimal("-0.5"))) == ""
    assert misfit(Reckoning.VALUE, spot, Decimal("0.68"), told(source, Decimal("0.5"))) == "tăng"


def test_the_word_between_two_figures_compares_them() -> None:
    assert misfit_between(" vụ, tăng so với cùng kỳ (", Decimal(9), Decimal(12)) == "tăng so với"
    assert misfit_between(" vụ, tăng so với cùng kỳ (", Decimal(13), Decimal(12)) == ""
    same = " vụ, không tăng, không giảm so với năm 2024 ("
    assert misfit_between(same, Decimal(12), Decimal(12)) == ""
    assert misfit_between(same, Decimal(13), Decimal(12)) == "không tăng"
