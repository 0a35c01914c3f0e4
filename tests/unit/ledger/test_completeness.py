"""Which totals lack units: a commune that took over within the period lacks days of it, one that told nothing does."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.figures.intake_keys import Defaults
from baocao.ledger import book, taking
from baocao.ledger.completeness import lacks_units, short_of
from baocao.ledger.rolled import Place, Rolled, View
from baocao.ledger.sources import Sources
from baocao.model.period import Period

UNITS = """mã;tên;cấp;cấp trên;từ ngày;đến ngày
MT;Tỉnh Mẫu Thử;cấp tỉnh;VN;;
MT01;Xã Một Thử;cấp xã;MT;;2025-06-30
MT02;Xã Hai Thử;cấp xã;MT;;2025-06-30
MT03;Xã Ba Thử;cấp xã;MT;2025-07-01;
MT04;Xã Bốn Thử;cấp xã;MT;;
"""
CHANGES = """ngày;loại;đơn vị cũ;đơn vị mới;tỷ lệ;quyết định
2025-07-01;nhập;MT01;MT03;;hư cấu
2025-07-01;nhập;MT02;MT03;;hư cấu
"""
NINE = Period.months(2025, 1, 9)


@pytest.mark.parametrize(
    ("tellers", "is_short"),
    [
        (("MT01", "MT02", "MT04"), False),  # all that stood in the half-year which they are asked about
        (("MT01", "MT04"), True),
        (("MT01", "MT02"), True),  # one that stands throughout told nothing
        (("MT04",), True),  # nobody told before the new one, nor did it
    ],
)
def test_units_are_missing_whose_days_nobody_told(tmp_path: Path, tellers: tuple[str, ...], is_short: bool) -> None:
    rows = "".join(f"{unit};lua_dien_tich;2025-S1;10\n" for unit in tellers)
    rows += "".join(f"{unit};dan_trau;2025-Q2;10\n" for unit in tellers)
    for name, text in (("units", UNITS), ("changes", CHANGES), ("figures", "unit;indicator;period;value\n" + rows)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    sources = Sources(tmp_path / "units.csv", tmp_path / "changes.csv")
    with book.opened(tmp_path / "kho.sqlite", sources, is_new_allowed=True) as made:
        (taken,) = taking.take(made, [tmp_path / "figures.csv"], taking.Asked(Defaults(), by="an"))
        assert not taken.rejections
        rolled = Rolled(made, View())
        area, herd = Place("MT", "lua_dien_tich"), Place("MT", "dan_trau")
        assert lacks_units(rolled, area, NINE) is is_short
        assert (short_of(rolled, area, NINE) is not None) is is_short
        if "MT04" in tellers:
            assert lacks_units(rolled, herd, NINE)  # a stock is of those that stand at the end: the new one told none
