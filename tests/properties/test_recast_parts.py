"""Whatever a divided unit told: its heirs' parts make it again, and make all the sums that it made."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from baocao.figures.catalogue import Catalogue
from baocao.figures.recast_identities import identities_of
from baocao.figures.recast_parts import parted
from baocao.figures.recast_rows import Shares
from baocao.figures.recast_sums import Cell
from baocao.model.indicator import Indicator, Over
from baocao.model.period import Period
from baocao.model.text import Text

MONTHS = tuple(Period.part(2024, "M", month) for month in range(1, 7))
QUARTERS = tuple(Period.part(2024, "Q", quarter) for quarter in (1, 2))
FIELDS = ("nam", "nu")  # the members of gioi_tinh, which are complete


def _indicator(code: str, over_time: Over, *identities: str) -> Indicator:
    names = Text(code, code)
    return Indicator(code, names, "x", "s", over_time=over_time, identities=identities, breakdowns=("gioi_tinh",))


CATALOGUE = Catalogue(
    (
        _indicator("den", Over.NONE, "den = ton + moi", "den = xong + con", "den = muon + dung_han"),
        _indicator("ton", Over.NONE, "ton = kỳ trước(con)"),
        _indicator("moi", Over.SUM, "moi = qua_mang + truc_tiep"),
        _indicator("qua_mang", Over.SUM),
        _indicator("truc_tiep", Over.SUM),
        _indicator("xong", Over.SUM),
        _indicator("con", Over.LAST),
        _indicator("muon", Over.NONE),
        _indicator("dung_han", Over.NONE),
    ),
    (),
)


@st.composite
def queues(draw: st.DrawFn) -> dict[Cell, int]:
    """What came, was settled and is left of two fields, by months; by fields and quarters; of the six months."""
    left = {field: draw(st.integers(0, 6)) for field in FIELDS}
    by_field: dict[tuple[str, str, Period], int] = {}
    for month in MONTHS:
        for field in FIELDS:
            online, by_hand = draw(st.integers(0, 9)), draw(st.integers(0, 9))
            all_of = left[field] + online + by_hand
            done, late = draw(st.integers(0, all_of)), draw(st.integers(0, all_of))
            told = {
                "den": all_of, "ton": left[field], "moi": online + by_hand, "qua_mang": online, "truc_tiep": by_hand,
                "xong": done, "con": all_of - done, "muon": late, "dung_han": all_of - late,
            }  # fmt: skip
            left[field] -= done - online - by_hand
            by_field |= {(code, field, month): value for code, value in told.items()}
    cells = {
        Cell(code, "", month): sum(by_field[code, field, month] for field in FIELDS)
        for code in (one.code for one in CATALOGUE.indicators)
        for month in MONTHS
    }
    for number, quarter in enumerate(QUARTERS):
        months = MONTHS[3 * number : 3 * number + 3]
        for field in FIELDS:
            for code in ("moi", "xong", "qua_mang"):
                line = f"gioi_tinh={field}"
                cells[Cell(code, line, quarter)] = sum(by_field[code, field, month] for month in months)
            cells[Cell("con", f"gioi_tinh={field}", quarter)] = by_field["con", field, months[-1]]
    return cells


@st.composite
def shares(draw: st.DrawFn) -> Shares:
    weights = draw(st.lists(st.integers(1, 60), min_size=2, max_size=4))
    return Shares.of([Fraction(weight, sum(weights)) for weight in weights])


def _parts(told: Mapping[Cell, Decimal], by: Shares) -> dict[Cell, list[Decimal]]:
    return parted(told, by, CATALOGUE.__getitem__, identities_of(CATALOGUE))


@given(queues(), shares())
@settings(max_examples=40, deadline=None)
def test_the_parts_make_the_figure_and_keep_its_sums(cells: dict[Cell, int], by: Shares) -> None:
    found = _parts({cell: Decimal(value) for cell, value in cells.items()}, by)
    assert {cell: sum(parts) for cell, parts in found.items()} == cells
    for heir in range(len(by.weights)):
        own = {cell: parts[heir] for cell, parts in found.items()}
        before: dict[str, Decimal] = {}
        for month in MONTHS:
            at = {code: own[Cell(code, "", month)] for code in (one.code for one in CATALOGUE.indicators)}
            assert at["den"] == at["ton"] + at["moi"] == at["xong"] + at["con"] == at["muon"] + at["dung_han"]
            assert at["moi"] == at["qua_mang"] + at["truc_tiep"]
            assert at["ton"] == before.get("con", at["ton"])
            before = at
        for number, quarter in enumerate(QUARTERS):
            months = MONTHS[3 * number : 3 * number + 3]
            for code in ("moi", "xong", "qua_mang"):
                of_fields = [own[Cell(code, f"gioi_tinh={field}", quarter)] for field in FIELDS]
                assert sum(of_fields) == sum(own[Cell(code, "", month)] for month in months)
            left = [own[Cell("con", f"gioi_tinh={field}", quarter)] for field in FIELDS]
            assert sum(left) == own[Cell("con", "", months[-1])]


@given(queues(), shares())
@settings(max_examples=40, deadline=None)
def test_no_part_is_negative_and_none_is_far_from_its_share(cells: dict[Cell, int], by: Shares) -> None:
    found = _parts({cell: Decimal(value) for cell, value in cells.items()}, by)
    for cell, parts in found.items():
        assert all(0 <= part <= cells[cell] for part in parts)
        for part, weight in zip(parts, by.weights, strict=True):
            assert abs(part * by.whole - cells[cell] * weight) < 4 * by.whole


@given(st.lists(st.decimals(-99, 99, places=2), min_size=1, max_size=6), shares())
@settings(max_examples=60, deadline=None)
def test_figures_that_contradict_each_other_are_parted_all_the_same(values: list[Decimal], by: Shares) -> None:
    codes = ("den", "ton", "moi", "xong", "con", "muon")
    told = {Cell(code, "", MONTHS[0]): value for code, value in zip(codes, values, strict=False)}
    assert {cell: sum(parts) for cell, parts in _parts(told, by).items()} == told
