"""Drafts tell a total that lacks units as far as it goes, and set it against nothing; they say so each time."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from baocao import desk
from baocao.drafting.assessment import Wanted, standings
from baocao.drafting.facts import Fact
from baocao.drafting.looking import Looking
from baocao.drafting.outline import Kind, Outline, Purpose, Say, Section, Series
from baocao.drafting.saying import lines_of
from baocao.drafting.setting import Setting
from baocao.drafting.suggestions import limits, results
from baocao.drafting.tables import TablesOf
from baocao.drafting.tables_indicators import indicator_grid
from baocao.drafting.tables_objectives import objective_grid
from baocao.model.draft import Grid, Paragraph, text_of
from baocao.model.observation import Address
from baocao.model.period import Period
from baocao.model.target import Rating, TargetKind
from baocao.model.text import Text
from tests.unit.drafting.small_facts import HALF, PROVINCE, YEAR, SmallFacts, target

WANTED = Wanted("99", HALF, HALF.end)
TWO = ("Xã Đồi Cau", "Xã Bến Lúa")


class Facts(SmallFacts):
    """``lacked`` are the indicators whose figures of the year before, and of the whole year, lack two units."""

    lacked: tuple[str, ...] = ()

    def fact(self, address: Address) -> Fact:
        found = super().fact(address)
        is_short = address.indicator in self.lacked and address.period in (HALF.last_year, YEAR)
        return replace(found, reporting=3, missing=TWO) if is_short else found


def facts() -> Facts:
    """Cattle, of which two communes of five tell nothing yet; forests, of which they told nothing a year ago."""
    made = Facts()
    made.tell("dan_bo", "900", "1000")
    made.ask(target("dan_bo", "1000"), Rating.INCOMPLETE)
    made.lacking["dan_bo"] = TWO
    made.tell("rung_trong_moi", "410.5", "300")
    made.ask(target("rung_trong_moi", "500"), Rating.NOT_MET)
    made.lacked = ("rung_trong_moi",)
    return made


def looking(known: SmallFacts) -> Looking:
    told = tuple(Series(code) for code in ("dan_bo", "rung_trong_moi"))
    section = Section("a", "A", 3, (Say(Kind.FIGURES, told),))
    outline = Outline("thu", Text("Thử", "Trial"), Purpose.SIX_MONTHS, "BÁO CÁO", "BC", "Thử", (section,))
    return Looking(known, outline, Setting(PROVINCE, HALF, HALF.end, "UBND tỉnh Sông Mây", "Sông Mây"))


def said(known: SmallFacts, kind: Kind) -> list[str]:
    wanted = Say(kind, (Series("dan_bo"), Series("rung_trong_moi")))
    return [text_of(line) for line in lines_of(looking(known), wanted)]


def _suggested(known: SmallFacts) -> list[str]:
    one = looking(known)
    return [text_of(paragraph.line) for paragraph in (*results(one), *limits(one))]


def test_a_sentence_tells_the_plan_without_a_percentage_and_says_why() -> None:
    cattle, forests = said(facts(), Kind.FIGURES)
    assert cattle.endswith("; kế hoạch HĐND tỉnh giao là 1.000 con; chưa đủ số liệu để so sánh")
    assert "900 con" in cattle
    assert "%" not in cattle
    assert "82,1%" in forests
    assert "300" not in forests
    assert forests.endswith("; kỳ gốc chưa đủ số liệu để so sánh")


def test_a_move_is_told_of_whole_totals_alone() -> None:
    cattle, forests = said(facts(), Kind.MOVED)
    assert cattle.endswith("; chưa đủ số liệu để so sánh")
    assert forests.endswith("; kỳ gốc chưa đủ số liệu để so sánh")
    assert not any(word in line for line in (cattle, forests) for word in ("tăng", "giảm", "1.000"))


def test_money_spent_is_no_share_of_money_assigned_while_units_are_missing() -> None:
    made = SmallFacts()
    made.tell("von_giai_ngan", "80")
    made.tell("von_giao", "100")
    wanted = Say(Kind.DISBURSEMENT, (Series("von_giai_ngan"), Series("von_giao")), name="Giải ngân")
    (whole,) = (text_of(line) for line in lines_of(looking(made), wanted))
    assert "80%" in whole
    made.lacking["von_giai_ngan"] = TWO
    assert not any("%" in text_of(line) for line in lines_of(looking(made), wanted))


def test_the_suggestions_count_it_among_what_lacks_figures_and_name_the_units() -> None:
    told = _suggested(facts())
    assert "Trong 02 chỉ tiêu được HĐND tỉnh giao, còn 01 chỉ tiêu không đạt kế hoạch (" in told[0]
    assert "bò" not in told[0]
    assert told[1] == ("Trong 02 chỉ tiêu được HĐND tỉnh giao, 01 chỉ tiêu chưa đủ số liệu để đánh giá (tổng đàn bò).")
    assert "Số liệu tổng đàn bò chưa bao gồm 02/05 đơn vị: xã Đồi Cau, xã Bến Lúa." in told


def test_the_count_of_ratings_has_a_place_for_it() -> None:
    (line,) = lines_of(looking(facts()), Say(Kind.RATINGS))
    assert "01 chỉ tiêu không đạt kế hoạch" in text_of(line)
    assert "01 chỉ tiêu chưa đủ số liệu để đánh giá" in text_of(line)


def test_the_annex_leaves_its_percentages_open_and_notes_what_is_missing() -> None:
    grid = indicator_grid(facts(), WANTED)
    cattle, forests = ([text_of(cell.line) for cell in row] for row in grid.rows)
    assert cattle[3:] == ["1.000", "900", "", "1.000", "", "Chưa đủ số liệu", "thiếu 2/5 đơn vị"]
    assert forests[5:] == ["82,1", "300", "", "Không đạt", "số cùng kỳ thiếu 2/5 đơn vị, chưa đủ để so sánh"]


def test_parts_are_rated_by_what_missing_units_cannot_change() -> None:
    made = facts()
    made.tell("dan_trau", "1200")
    made.tell("dan_bo", "900")
    made.ask(target("dan_trau", "1000"))
    made.ask(target("ct06_chan_nuoi", None, kind=TargetKind.ASSURED), Rating.INCOMPLETE)
    made.lacking["dan_trau"] = TWO
    found = {one.indicator.code: one for one in standings(made, replace(WANTED, on=HALF.end)) if one.is_part}
    assert found["dan_trau"].rating_by("HĐND tỉnh") is Rating.EXCEEDED
    assert found["dan_bo"].rating_by("HĐND tỉnh") is Rating.INCOMPLETE
    assert [one.percent for one in found["dan_trau"].plans] == [None]


def test_a_table_of_a_sector_sets_no_total_that_lacks_units_against_another() -> None:
    made = Facts()
    made.tell("lua_dien_tich", "412.5", "400")
    made.tell("lua_san_luong", "2100", "2000")
    made.ask(target("lua_dien_tich", "800"))
    blocks = TablesOf(made, WANTED)("cay_trong")
    rows = [[text_of(cell.line) for cell in row] for one in blocks if isinstance(one, Grid) for row in one.rows]
    assert {"51,6", "103,1"} <= set(rows[0])
    made.lacking["lua_dien_tich"] = TWO
    blocks = TablesOf(made, WANTED)("cay_trong")
    rows = [[text_of(cell.line) for cell in row] for one in blocks if isinstance(one, Grid) for row in one.rows]
    assert not {"51,6", "103,1"} & set(rows[0])
    notes = [text_of(one.line) for one in blocks if isinstance(one, Paragraph)]
    assert "Chưa có số liệu của 02 đơn vị: Xã Đồi Cau, Xã Bến Lúa." in notes
    assert "Ô tỷ lệ, tăng giảm để trống: chưa đủ số liệu của các đơn vị để so sánh." in notes


def test_next_year_s_target_is_no_percentage_of_a_total_that_lacks_units() -> None:
    made, following = Facts(), Period.part(2027)
    asked = target("dan_bo", "1000")
    made.ask(replace(asked, address=replace(asked.address, period=following)))
    made.told["99", "dan_bo", YEAR, ()] = Decimal(900)

    def row() -> list[str]:
        grid = objective_grid(made, Wanted("99", YEAR, YEAR.end), Wanted("99", following, following.start))
        return [text_of(cell.line) for cell in grid.rows[-1]]

    assert row()[3:] == ["900", "1.000", "111,1", ""]
    made.lacked = ("dan_bo",)
    assert row()[3:] == ["900", "1.000", "", "thiếu 2/5 đơn vị"]


@pytest.mark.parametrize("kind", [Kind.FIGURES, Kind.MOVED])
def test_the_proof_reader_has_nothing_against_it(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.txt"
    text = "\n\n".join(f"{line}." for line in (*said(facts(), kind), *(one.rstrip(".") for one in _suggested(facts()))))
    path.write_text("BÁO CÁO\nTình hình 6 tháng đầu năm 2026\n\n" + text + "\n", encoding="utf-8")
    assert [str(one) for one in desk.judge(desk.read(path), 0, desk.rules())] == []
