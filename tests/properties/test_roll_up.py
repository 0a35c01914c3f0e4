"""Rolling up in any grouping comes to the same, whatever the figures and in whatever order they came."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from baocao.figures import snapshot
from baocao.figures.engine import Engine
from baocao.figures.questions import Branch, Question, Tree
from baocao.figures.snapshot import Fact
from baocao.model import Text
from baocao.model.indicator import Indicator
from baocao.model.period import Period

FLOW = {"flow": Indicator("flow", Text("Chỉ tiêu giả định", "A fictional indicator"), "1", "s")}
YEAR = Period.part(2024)
amounts = st.decimals(min_value=-(10**11), max_value=10**11, places=6, allow_nan=False, allow_infinity=False)
told = st.dictionaries(st.tuples(st.sampled_from("abcdefgh"), st.integers(1, 12)), amounts, min_size=1, max_size=40)
groups = st.fixed_dictionaries({unit: st.sampled_from("PQR") for unit in "abcdefgh"})


def facts(figures: dict[tuple[str, int], Decimal]) -> list[Fact]:
    return [
        Fact(unit, "flow", Period.part(2024, "M", month).code, 1, "", "", amount)
        for (unit, month), amount in figures.items()
    ]


def totals(engine: Engine, tree: Tree, *periods: Period) -> dict[tuple[str, Period], Decimal | None]:
    return {(row.unit, row.period): row.amount for row in engine.ask(Question(periods), tree, FLOW)}


@settings(max_examples=25, deadline=None)
@given(told, groups, st.randoms(use_true_random=False))
def test_parts_of_any_grouping_make_the_whole(
    figures: dict[tuple[str, int], Decimal], grouped: dict[str, str], dice: object
) -> None:
    shuffled = facts(figures)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    tree = Tree(tuple(Branch(unit, above) for unit in "abcdefgh" for above in (unit, grouped[unit], "whole")))
    with tempfile.TemporaryDirectory() as folder:
        half = len(shuffled) // 2
        engine = Engine(snapshot.build(Path(folder), shuffled[:half], 1))
        engine.lay_over(shuffled[half:])
        found = totals(engine, tree, YEAR)
        quarters = totals(engine, tree, *YEAR.split(3))
    whole = found["whole", YEAR]
    assert whole == sum(figures.values())
    assert whole == sum(amount or 0 for (unit, _), amount in found.items() if unit in "PQR")
    assert whole == sum(amount or 0 for (unit, _), amount in found.items() if unit in "abcdefgh")
    assert whole == sum(amount or 0 for (unit, _), amount in quarters.items() if unit == "whole")
