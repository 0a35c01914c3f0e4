"""A year in which two communes became one: what flowed is of all three, what stands at its end is of the new one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from baocao.figures.intake_keys import Defaults
from baocao.ledger import book, taking
from baocao.ledger.book import Book
from baocao.ledger.gaps import Gaps
from baocao.ledger.rolled import Figure, Place, Rolled, View
from baocao.ledger.sources import Sources
from baocao.model.period import Period

UNITS = """mã;tên;cấp;cấp trên;từ ngày;đến ngày
MT;Tỉnh Mẫu Thử;cấp tỉnh;VN;;
MT01;Xã Một Thử;cấp xã;MT;;2025-06-30
MT02;Xã Hai Thử;cấp xã;MT;;2025-06-30
MT03;Xã Ba Thử;cấp xã;MT;2025-07-01;
"""
CHANGES = """ngày;loại;đơn vị cũ;đơn vị mới;tỷ lệ;quyết định
2025-07-01;nhập;MT01;MT03;;hư cấu
2025-07-01;nhập;MT02;MT03;;hư cấu
"""
FIGURES = """unit;indicator;period;value
MT01;dan_trau;2025-Q2;40
MT02;dan_trau;2025-Q2;60
MT03;dan_trau;2025-Q4;98
MT01;tong_so_ho;2025-Q2;400
MT02;tong_so_ho;2025-Q2;600
MT03;tong_so_ho;2025-Q4;1000
MT01;ho_ngheo;2025-Q2;40
MT02;ho_ngheo;2025-Q2;30
MT03;ho_ngheo;2025-Q4;50
MT01;thi_thpt_du_thi;2025-S1;10
MT02;thi_thpt_du_thi;2025-S1;20
MT03;thi_thpt_du_thi;2025-S2;34
MT01;don_tiep_nhan;2025-S1;7
MT02;don_tiep_nhan;2025-S1;8
MT03;don_tiep_nhan;2025-A1;21
MT01;don_thuoc_tham_quyen;2025-S1;5
MT02;don_thuoc_tham_quyen;2025-S1;5
MT03;don_thuoc_tham_quyen;2025-A1;20
MT01;don_da_giai_quyet;2025-S1;4
MT02;don_da_giai_quyet;2025-S1;5
MT03;don_da_giai_quyet;2025-S2;6
"""
YEAR = Period.part(2025)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Book]:
    for name, text in (("units", UNITS), ("changes", CHANGES), ("figures", FIGURES)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    sources = Sources(tmp_path / "units.csv", tmp_path / "changes.csv")
    with book.opened(tmp_path / "kho.sqlite", sources, is_new_allowed=True) as made:
        (taken,) = taking.take(made, [tmp_path / "figures.csv"], taking.Asked(Defaults(), by="an"))
        assert not taken.rejections
        yield made


def _of(opened: Book, code: str, view: View | None = None) -> Figure:
    figure = Rolled(opened, view or View()).figure(Place("MT", code), YEAR)
    assert figure is not None
    return figure


def test_a_stock_is_that_of_the_units_that_stand_at_the_end(opened: Book) -> None:
    herd = _of(opened, "dan_trau")
    assert (herd.value, herd.reporting, herd.expected) == (98, 1, 1)
    rate = _of(opened, "ty_le_ho_ngheo")
    assert (rate.value, rate.reporting, rate.expected) == (5, 1, 1)


def test_what_flowed_is_added_up_of_the_units_before_and_after(opened: Book) -> None:
    flow = _of(opened, "thi_thpt_du_thi")
    assert (flow.value, flow.reporting, flow.expected) == (64, 3, 3)


def test_what_does_not_add_is_what_the_standing_unit_told_of_the_whole_year(opened: Book) -> None:
    received = _of(opened, "don_tiep_nhan")
    assert (received.value, received.reporting, received.expected) == (21, 1, 1)
    assert _of(opened, "ty_le_giai_quyet_don").value == Decimal(75)  # 15 settled in all of 20 that there were


def test_nothing_is_missing_of_a_unit_after_its_end_or_before_its_beginning(opened: Book) -> None:
    rolled = Rolled(opened, View())
    for code in ("dan_trau", "thi_thpt_du_thi"):
        place = Place("MT", code)
        figure = rolled.figure(place, YEAR)
        assert figure is not None
        assert Gaps(rolled, YEAR).of(place, figure) == {}
    place = Place("MT", "tong_so_ho")
    assert rolled.missing(place, YEAR) == ()


def test_as_it_was_only_the_units_of_the_last_day_count(opened: Book) -> None:
    assert _of(opened, "dan_trau", View(as_was=True)).value == 98
