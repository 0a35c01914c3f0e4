"""What is computed from the facts, written once as Ibis expressions and run unchanged on DuckDB and on Spark.

The tables, all with whole-number keys that a snapshot gives out:

=========  ======================================================================================
fact       indicator, period, unit, breakdown, amount DECIMAL(18,6): the figures that the question is about
told       the facts of a snapshot as they stand, with scenario and authority
tree       unit → ancestor: a unit that reports, to every unit it counts towards, itself included; ``stated`` is 1
           where a unit above states its own figure, which is told beside the sum and never added to it
piece      asked ← period: the stored periods that make an asked one, by ``grain``, one for each way of making
           it (ways.py); ``place`` orders them; ``role`` is 0 for the asked period, 1 for the earlier one that it
           is set against; ``sign`` is -1 for what is taken away; ``until``: the days of the asked one up to its end
measure    indicator: how it adds over time and over places
ratio      indicator ← part, which is its numerator (``is_above`` 1) or its denominator (0); per
part       indicator, breakdown → whole: the breakdown without one of its dimensions, whose members make a whole;
           ``dimension`` is its place among those of the indicator
asked      the key of each asked period, by which targets are found
target     what each authority asks for, as a plain figure
=========  ======================================================================================

Sums of decimals are exact on both engines. Quotients are not the same on any two, so they go through one
function, ``quotient``, that each engine defines over whole numbers (engine.py, spark.py).
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from baocao.model.indicator import Over

if TYPE_CHECKING:
    import ibis.expr.types as ir

AMOUNT = "decimal(18, 6)"
TOTAL = "decimal(38, 6)"
QUOTIENT = "decimal(32, 4)"  # four decimals, half away from zero
EXACT = 1_000_000_000  # the grain of a figure that stands for the very period asked
EVEN = 100_000_000  # parts of one length have this grain or a greater one; cumulative figures 1 or a greater one
STOCK = -1_000_000_000  # the grain of what is of the period for a stock alone; those of differences are greater
PART_MISSING = 1_000_000  # days, more than any period has: by so many is a difference off when a part is not told

TABLES = {
    "fact": {
        "indicator": "int32",
        "period": "int32",
        "unit": "int32",
        "breakdown": "int32",
        "amount": AMOUNT,
    },
    "told": {
        "indicator": "int32",
        "period": "int32",
        "unit": "int32",
        "scenario": "int8",
        "authority": "int32",
        "breakdown": "int32",
        "amount": AMOUNT,
    },
    "tree": {"unit": "int32", "ancestor": "int32", "stated": "int8"},
    "piece": {
        "asked": "int32",
        "period": "int32",
        "grain": "int32",
        "place": "int32",
        "days": "int32",
        "role": "int8",
        "sign": "int8",
        "until": "int32",
    },
    "measure": {"indicator": "int32", "over_time": "int8", "over_place": "int8"},
    "ratio": {"indicator": "int32", "part": "int32", "is_above": "int8", "per": "int64"},
    "part": {"indicator": "int32", "breakdown": "int32", "whole": "int32", "dimension": "int32"},
    "asked": {"asked": "int32", "period": "int32"},
    "target": {
        "indicator": "int32",
        "period": "int32",
        "unit": "int32",
        "breakdown": "int32",
        "authority": "int32",
        "amount": AMOUNT,
    },
}


class Adds(IntEnum):
    """``Over`` as it stands in the table ``measure``."""

    SUM = 0
    LAST = 1
    MEAN = 2
    NONE = 3

    @classmethod
    def of(cls, over: Over) -> Adds:
        """A recomputed figure does not add: its parts do."""
        return {Over.SUM: cls.SUM, Over.LAST: cls.LAST, Over.MEAN: cls.MEAN}.get(over, cls.NONE)


@cache
def table(name: str) -> ir.Table:
    """One of the tables above, not bound to any engine."""
    import ibis

    return ibis.table(TABLES[name], name=name)


@cache
def _quotient() -> Any:
    """``quotient(numerator, denominator, per)``: numerator × per ÷ denominator; NULL by zero and beyond 10^10."""
    import ibis
    import ibis.expr.datatypes as dt

    total, result = dt.dtype(TOTAL), dt.dtype(QUOTIENT)

    @ibis.udf.scalar.builtin(  # type: ignore[untyped-decorator]  # the library has no types
        name="quotient", signature=((total, total, dt.int64), result)
    )
    def quotient(numerator: Any, denominator: Any, per: Any) -> Any: ...

    return quotient


def quotient(numerator: Any, denominator: Any, per: Any) -> Any:
    """Exact division on every engine, to four decimals."""
    return _quotient()(numerator.cast(TOTAL), denominator.cast(TOTAL), per)


def over_time(
    ways: frozenset[Adds], *, has_grains: bool = False, has_uneven: bool = False, has_earlier: bool = False
) -> ir.Table:
    """Each unit's figure of each asked period, from the stored periods that make it.

    ``ways`` are the ways of adding over time that occur. With ``has_grains`` figures stand at several lengths of
    period (months beside quarters): the grain that covers the most days wins, the greater one on a tie, and
    nothing counts twice; a stock covers the days up to its own, so that the latest wins.
    With ``has_uneven`` there are cumulative figures, to be added to or to be taken from.
    What does not add over time is taken for the very period only.
    With ``has_earlier`` the earlier period's figure stands beside, read in the same pass.
    Columns: asked, unit, indicator, breakdown, amount, days (covered); earlier.
    """
    fact, piece, measure = table("fact"), table("piece"), table("measure")
    parted = fact.join(piece if has_earlier else piece.filter(piece.role == 0), "period")
    if len(ways) > 1:
        parted = parted.join(measure.select("indicator", way="over_time"), "indicator")
    if has_uneven:
        parted = _in_own_way(parted, ways)
    elif Adds.NONE in ways:
        parted = parted.filter(
            (parted.grain == EXACT) if len(ways) == 1 else (parted.way != int(Adds.NONE)) | (parted.grain == EXACT)
        )
    by = ["asked", "unit", "indicator", "breakdown", *_way(ways), *(["grain"] if has_grains else [])]
    columns: dict[str, Any] = {}
    for role, amount in enumerate(("amount", "earlier")[: 1 + has_earlier]):
        only = (parted.role == role) if has_earlier else None
        columns[amount] = _over_time(parted, ways, only)
        if role and (has_uneven or has_grains):
            columns["earlier_days"] = _covered(parted, ways, only)
    columns["days"] = _covered(parted, ways, (parted.role == 0) if has_earlier else None)
    units = parted.group_by(by).aggregate(**columns).drop(*_way(ways))
    if has_uneven:
        units = _whole_differences(units, has_earlier=has_earlier)
    if has_grains:
        units = _most_covering(units, has_earlier=has_earlier)
    return units.drop("earlier_days") if "earlier_days" in units.columns else units


def _in_own_way(parted: ir.Table, ways: frozenset[Adds]) -> ir.Table:
    """Only what adds over time is taken away or added in unequal parts; only a stock outlasts its period."""
    import ibis

    fitting = {
        Adds.SUM: parted.grain > STOCK,
        Adds.LAST: (parted.grain > 0) | (parted.grain <= STOCK),
        Adds.MEAN: parted.grain >= EVEN,
        Adds.NONE: parted.grain == EXACT,
    }
    parted = parted.filter(
        fitting[next(iter(ways))]
        if len(ways) == 1
        else ibis.or_(*((parted.way == int(way)) & fitting[way] for way in sorted(ways)))
    )
    return parted.mutate(amount=ibis.ifelse(parted.sign < 0, -parted.amount, parted.amount).cast(AMOUNT))


def _whole_differences(units: ir.Table, *, has_earlier: bool) -> ir.Table:
    """Differences of which every part is told; that a part is missing shows in their days."""
    import ibis

    is_whole = units.days.between(1, PART_MISSING - 1)
    if not has_earlier:
        return units.filter(is_whole)
    was_whole = units.earlier_days.between(1, PART_MISSING - 1)
    nothing = ibis.null()
    return units.filter(is_whole | was_whole).mutate(
        amount=ibis.ifelse(is_whole, units.amount, nothing).cast(TOTAL),
        days=ibis.ifelse(is_whole, units.days, nothing),
        earlier=ibis.ifelse(was_whole, units.earlier, nothing).cast(TOTAL),
        earlier_days=ibis.ifelse(was_whole, units.earlier_days, nothing),
    )


def _way(ways: frozenset[Adds]) -> list[str]:
    """How an indicator adds is the same in all rows of a group; it is looked at where there are several ways."""
    return ["way"] if len(ways) > 1 else []


def _by_way(rows: ir.Table, amounts: dict[Adds, Any]) -> Any:
    """Of the sums made in one pass, that of each group's own way."""
    import ibis

    if len(amounts) == 1:
        return next(iter(amounts.values()))
    own = rows.way.max()  # all are one
    return ibis.cases(*((own == int(way), amount) for way, amount in sorted(amounts.items())))


def _over_time(rows: ir.Table, ways: frozenset[Adds], only: Any) -> Any:
    total = rows.amount.sum(where=only).cast(TOTAL)
    amounts = dict.fromkeys(ways, total)
    if Adds.LAST in ways:
        amounts[Adds.LAST] = rows.amount.argmax(rows.place, where=only).cast(TOTAL)
    if Adds.MEAN in ways:
        amounts[Adds.MEAN] = quotient(total, rows.amount.count(where=only), 1).cast(TOTAL)
    return _by_way(rows, amounts)


def _covered(rows: ir.Table, ways: frozenset[Adds], only: Any) -> Any:
    """How many days of the period are in a figure: of a stock those up to the day on which it was told."""
    total = rows.days.sum(where=only).cast("int64")
    if Adds.LAST not in ways:
        return total
    return _by_way(rows, dict.fromkeys(ways, total) | {Adds.LAST: rows.until.max(where=only).cast("int64")})


def _most_covering(units: ir.Table, *, has_earlier: bool) -> ir.Table:
    """Of the grains of a figure the one that covers most; of the earlier figure its own one."""
    by = ["asked", "unit", "indicator", "breakdown"]
    if not has_earlier:
        ranked = units.mutate(best=_rank(units, by, units.days))
        return ranked.filter(ranked.best == 0).drop("best", "grain")
    ranked = units.mutate(best=_rank(units, by, units.days), earlier_best=_rank(units, by, units.earlier_days))
    now, then = ranked.best == 0, ranked.earlier_best == 0
    return ranked.group_by(by).aggregate(
        amount=ranked.amount.max(where=now),
        earlier=ranked.earlier.max(where=then),
        days=ranked.days.max(where=now),
    )


def _rank(units: ir.Table, by: list[str], days: Any) -> Any:
    import ibis

    return ibis.row_number().over(group_by=by, order_by=(days.fill_null(0).desc(), units.grain.desc()))


def with_wholes(units: ir.Table) -> ir.Table:
    """The figures of every unit, and the sums of the members of a breakdown where it does not tell their whole.

    Of several breakdowns the first one of the indicator is added up. ``added`` is 1 for such sums.
    """
    import ibis

    keys = ["asked", "unit", "indicator", "breakdown"]
    figures = [name for name in ("amount", "earlier") if name in units.columns]
    if "added" not in units.columns:
        units = units.mutate(added=ibis.literal(0, type="int8"))
    members = units.join(table("part"), ["indicator", "breakdown"]).drop("breakdown").rename(breakdown="whole")
    added = members.group_by([*keys, "dimension"]).aggregate(
        **{name: members[name].sum().cast(TOTAL) for name in figures}, days=members.days.min()
    )
    added = added.mutate(first=ibis.row_number().over(group_by=keys, order_by=added.dimension))
    untold = added.filter(added.first == 0).anti_join(units, keys)
    told = units.mutate(**{name: units[name].cast(TOTAL) for name in figures})
    chosen = [*keys, *figures, "days", "added"]
    return ibis.union(told.select(*chosen), untold.mutate(added=ibis.literal(1, type="int8")).select(*chosen))


def over_places(units: ir.Table, ways: frozenset[Adds]) -> ir.Table:
    """The figures of every unit and its ancestors. ``units`` is what ``over_time`` gives.

    Columns: asked, unit, indicator, breakdown, stated, amount, reporting (how many units stand behind it), days
    (the fewest that one of them covers); earlier, earlier_reporting; added (of how many units it was added up).
    """
    tree, measure = table("tree"), table("measure")
    if len(ways) > 1:
        units = units.join(measure.select("indicator", way="over_place"), "indicator")
    placed = units.join(tree, "unit")
    if Adds.NONE in ways:
        is_own = placed.unit == placed.ancestor
        placed = placed.filter(is_own if len(ways) == 1 else (placed.way != int(Adds.NONE)) | is_own)
    columns = {
        "amount": _over_places(placed, ways, placed.amount),
        "reporting": placed.amount.count(),
        "days": placed.days.min(),
    }
    if "earlier" in units.columns:
        columns |= {
            "earlier": _over_places(placed, ways, placed.earlier),
            "earlier_reporting": placed.earlier.count(),
        }
    if "added" in units.columns:
        columns["added"] = placed.added.sum().cast("int64")
    by = ["asked", "ancestor", "indicator", "breakdown", "stated", *_way(ways)]
    return placed.group_by(by).aggregate(**columns).drop(*_way(ways)).rename(unit="ancestor")


def _over_places(rows: ir.Table, ways: frozenset[Adds], figures: Any) -> Any:
    total = figures.sum().cast(TOTAL)
    amounts = dict.fromkeys(ways, total)
    if Adds.MEAN in ways:
        amounts[Adds.MEAN] = quotient(total, figures.count(), 1).cast(TOTAL)
    return _by_way(rows, amounts)


def told_periods() -> ir.Table:
    """Which stored periods each figure of an asked period was told for; what is for stocks alone only of stocks."""
    parted = table("fact").join(table("piece"), "period")
    parted = parted.join(table("measure").select("indicator", way="over_time"), "indicator")
    is_stock = parted.way == int(Adds.LAST)
    told = parted.filter(
        (is_stock & ((parted.grain > 0) | (parted.grain <= STOCK))) | (~is_stock & (parted.grain > STOCK))
    )
    return told.select("unit", "indicator", "breakdown", "period").distinct()


def moved() -> ir.Table:
    """The facts themselves as told of other units: each figure where the tree has put its unit, summed there."""
    told, tree = table("told"), table("tree")
    placed = told.join(tree, "unit")
    by = ("indicator", "period", "ancestor", "scenario", "authority", "breakdown")
    return placed.group_by(by).aggregate(amount=placed.amount.sum().cast(AMOUNT)).rename(unit="ancestor")


def with_ratios(rows: ir.Table) -> ir.Table:
    """The rolled-up figures and the ratios recomputed from them; a ratio stands behind as few units as its parts.

    A ratio that was told as such and its quotient both stand in the rows; ``is_quotient`` (0 or 1) tells them apart.

    Each ratio gathers its two parts in one pass: joining the rows with themselves lets an engine that guesses
    their number wrongly set every figure of a unit against every other.
    """
    import ibis

    lesser = [name for name in ("reporting", "days", "earlier_reporting") if name in rows.columns]
    greater = [name for name in ("added",) if name in rows.columns]
    figures = [name for name in ("amount", "earlier") if name in rows.columns]
    parts = rows.rename(part="indicator").join(table("ratio"), "part")
    is_above, is_below = parts.is_above == 1, parts.is_above == 0
    columns = {f"top_{name}": parts[name].max(where=is_above) for name in figures}
    columns |= {f"bottom_{name}": parts[name].max(where=is_below) for name in figures}
    columns |= {name: parts[name].min() for name in lesser} | {name: parts[name].max() for name in greater}
    both = parts.group_by([*_KEYS, "per"]).aggregate(parts=parts.count(), **columns)
    both = both.filter(both.parts == 2)
    computed = both.select(
        *_KEYS,
        **{name: quotient(both[f"top_{name}"], both[f"bottom_{name}"], both.per).cast(TOTAL) for name in figures},
        **{name: both[name] for name in (*lesser, *greater)},
        is_quotient=ibis.literal(1, "int8"),
    )
    told = rows.select(*_KEYS, *figures, *lesser, *greater, is_quotient=ibis.literal(0, "int8"))
    return ibis.union(told, computed)


_KEYS = ("asked", "unit", "indicator", "breakdown", "stated")


def against_plan(rows: ir.Table) -> ir.Table:
    """Each figure beside each authority's target, with its percentage."""
    target = table("target").rename(plan="amount").join(table("asked"), "period").drop("period")
    joined = rows.join(target, ["asked", "unit", "indicator", "breakdown"])
    percent = quotient(joined.amount, joined.plan, 100)
    return joined.select(*_KEYS, "authority", "amount", "plan", "reporting", percent=percent)


def against_earlier(rows: ir.Table) -> ir.Table:
    """Each figure's change against the earlier period (the same of last year, or the one before).

    ``percent`` is a level ("bằng 120%"), ``change`` a difference in the indicator's unit.
    """
    return rows.mutate(change=rows.amount - rows.earlier, percent=quotient(rows.amount, rows.earlier, 100))
