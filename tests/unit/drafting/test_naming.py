"""Many indicators in a remark are told by sector, the first of each; all of them when asked for."""

from __future__ import annotations

from baocao.drafting.naming import naming
from baocao.model.indicator import Indicator
from baocao.model.listed import Listed
from baocao.model.text import Text

SENTENCE = Text("Thiếu: {names}; hãy nạp.", "Missing: {names}; load them.")
SECTORS = {f"s{number:02}": Text(f"Lĩnh vực {number}", f"Sector {number}") for number in range(20)}


def _indicators(count: int, sector: str) -> list[Indicator]:
    names = [Text(f"Số {sector} {number}", "") for number in range(count)]
    return [Indicator(f"{sector}_{number}", name, "nguoi", sector) for number, name in enumerate(names)]


def test_few_names_stand_in_the_sentence_each_once() -> None:
    said = naming(SENTENCE, _indicators(2, "s01") * 2, SECTORS)
    assert said == Text("Thiếu: Số s01 0; Số s01 1; hãy nạp.", "Missing: Số s01 0; Số s01 1; load them.")


def test_many_names_stand_by_sector_in_the_order_of_a_report() -> None:
    said = naming(SENTENCE, _indicators(5, "s02") + _indicators(8, "s01") + _indicators(1, "own"), SECTORS)
    assert isinstance(said, Listed)
    assert "14 chỉ tiêu" in said.vi
    assert "14 indicators" in said.en
    short = [line.vi for line in said.lines(is_whole=False)]
    assert short[0] == "Lĩnh vực 1: Số s01 0; Số s01 1; Số s01 2 và 5 chỉ tiêu khác"
    assert short[1].startswith("Lĩnh vực 2: ")
    assert short[2] == "Khác: Số own 0"
    whole = [line.vi for line in said.lines(is_whole=True)]
    assert whole[0].count("Số s01") == 8
    assert "khác" not in whole[0]


def test_many_sectors_are_counted_behind_the_first() -> None:
    found = [one for sector in SECTORS for one in _indicators(2, sector)]
    said = naming(SENTENCE, found, SECTORS)
    assert isinstance(said, Listed)
    short = [line.vi for line in said.lines(is_whole=False)]
    assert len(short) == 13
    assert short[-1].startswith("và 8 lĩnh vực khác (16 chỉ tiêu)")
    assert "--all" in short[-1]
    assert len(list(said.lines(is_whole=True))) == 20
