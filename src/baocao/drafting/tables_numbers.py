"""Figures in the cells of tables: how they are printed, what is reckoned from them, and what stands where none is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from baocao.drafting.facts import Fact
from baocao.model.bound import bound_of
from baocao.model.draft import PRINTED, UPPER, Form, Line, Number, Reckoning, Source, Words
from baocao.model.indicator import Aim
from baocao.model.observation import NoValue, Scenario
from baocao.model.sheet import column_letters
from baocao.model.target import Target, TargetKind
from baocao.reference.sector_tables import words

_DECIMALS = 2  # of a figure at most
_HUNDRED = Decimal(100)
_FINEST = 4  # decimals of a percentage that would else be printed as a full hundred
_SAME = Decimal("0.0001")  # quotients are stored to four decimals


@dataclass(frozen=True, slots=True)
class Entry:
    """What a cell holds. ``number`` is the figure that formulas may count with; a formula is told in grid places."""

    line: Line = ()
    number: Number | None = None
    formula: str = ""


EMPTY = Entry()


def form_of(value: Decimal) -> Form:
    """As many decimals as the figure has, two at most."""
    own = -int(value.normalize().as_tuple().exponent)
    return Form(min(max(own, 0), _DECIMALS))


def told(fact: Fact, name: str) -> Entry:
    """A fact as a cell shows it: its figure, else the mark of why there is none."""
    if fact.value is None:
        marks = words()["marks"]
        mark = marks[fact.mark.value] if fact.mark is not None else marks["unknown"]
        return Entry((Words(mark),))
    address = replace(fact.address, scenario=Scenario.ESTIMATE) if fact.is_estimate else fact.address
    number = Number.of(fact.value, form_of(fact.value), Source(Reckoning.VALUE, (address,)), fact.revision, name)
    behind = (Words(words()["marks"]["estimate"]),) if fact.is_estimate else ()
    return Entry((number, *behind), number)


def is_told(fact: Fact) -> bool:
    return fact.value is not None or fact.mark is not None


def asked(target: Target, revision: int, name: str) -> Entry:
    """A target as plans print it: "4", "từ 4 trở lên", "16-32", "đảm bảo"."""
    said = words()["asked"]
    if target.low is None:
        return Entry((Words(said["assured"]),))
    number = _of_target(target, target.low, revision, name)
    kind = target.kind.value + ("_strict" if target.is_strict else "")
    before, behind = said.get(kind, said.get(target.kind.value, ["", ""]))
    pieces: list[Words | Number] = [Words(before), number, Words(behind)]
    if target.high is not None:
        ahead, _, after = behind.partition("{high}")
        upper = _of_target(target, target.high, revision, name, UPPER)
        pieces = [Words(before), number, Words(ahead), upper, Words(after)]
    return Entry(tuple(piece for piece in pieces if piece.text), number)


def _of_target(target: Target, value: Decimal, revision: int, name: str, which: str = "") -> Number:
    return Number.of(value, form_of(value), Source(Reckoning.VALUE, (target.address,), which), revision, name)


def of_plan(now: Number | None, target: Target, plan: Entry, aim: Aim, places: tuple[str, str]) -> Entry:
    """The percentage of a target; none of what is assured, or of a level whose fall is asked for."""
    bound = bound_of(target, aim)
    is_fall = target.kind is TargetKind.REDUCE_BY and aim is not Aim.HIGHER
    if now is None or bound is None or is_fall or plan.number is None or bound.at != plan.number.value:
        return EMPTY
    return percent(now, plan.number, places)


def percent(now: Number | None, base: Number | None, places: tuple[str, str]) -> Entry:
    """The first as a percentage of the second, with the formula that says so of the cells at ``places``."""
    if now is None or base is None or base.value <= 0 or now.value < 0:
        return EMPTY
    value = now.value * _HUNDRED / base.value
    decimals = 1
    while decimals < _FINEST and (Form(decimals).rounded(value) == _HUNDRED) is not (value == _HUNDRED):
        decimals += 1
    source = Source(Reckoning.PERCENT, (*now.source.addresses, *base.source.addresses))
    number = Number.of(value, Form(decimals, is_trimmed=True), source, max(now.revision, base.revision))
    first, second = places
    return Entry((number,), number, f"={first}/{second}*100")


def change(now: Number | None, before: Number | None, places: tuple[str, str]) -> Entry:
    """How much more or less, with its sign before it: of the figures as they are printed beside it."""
    if now is None or before is None:
        return EMPTY
    value = now.form.rounded(now.value) - before.form.rounded(before.value)
    decimals = max(now.form.decimals, before.form.decimals)
    is_exact = value == now.value - before.value
    argument = "" if is_exact else f"{PRINTED} {decimals}"
    source = Source(Reckoning.CHANGE, (*now.source.addresses, *before.source.addresses), argument)
    number = Number.of(abs(value), Form(decimals, is_trimmed=True), source, max(now.revision, before.revision))
    sign = (Words("+" if value > 0 else "-"),) if value else ()
    first, second = places if is_exact else (f"ROUND({place},{decimals})" for place in places)
    return Entry((*sign, number), number, f"={first}-{second}")


def summed(whole: Number, parts: list[tuple[Entry, str]]) -> str:
    """The formula of a sum over cells that are known and make the whole exactly; empty where they do not."""
    numbers = [(entry.number, place) for entry, place in parts if entry.number is not None]
    is_known = all(entry.number is not None or entry.line == _NOUGHT for entry, _ in parts)
    if not numbers or not is_known:
        return ""
    total = sum((number.value for number, _ in numbers), Decimal(0))
    return f"=SUM({_areas([place for _, place in parts])})" if total == whole.value else ""


def quotient(whole: Number, above: list[tuple[Entry, str]], below: tuple[Entry, str], per: Decimal) -> str:
    """The formula of ``per`` × sum ÷ another cell, where it makes the figure as stored; else empty."""
    entry, place = below
    numbers = [one.number for one, _ in above if one.number is not None]
    if entry.number is None or not entry.number.value or len(numbers) < len(above):
        return ""
    value = per * sum((number.value for number in numbers), Decimal(0)) / entry.number.value
    if abs(value - whole.value) > _SAME:
        return ""
    inside = "+".join(place for _, place in above)
    return f"={per:f}*({inside})/{place}" if len(above) > 1 else f"={per:f}*{inside}/{place}"


def _areas(places: list[str]) -> str:
    """Cells below each other as areas: D5:D8,D10."""
    letters = places[0].rstrip("0123456789")
    rows = [int(place[len(letters) :]) for place in places if place.startswith(letters)]
    if len(rows) < len(places) or any(place.rstrip("0123456789") != letters for place in places):
        return ",".join(places)
    areas: list[list[int]] = []
    for row in rows:
        if areas and row == areas[-1][1] + 1:
            areas[-1][1] = row
        else:
            areas.append([row, row])
    return ",".join(
        f"{letters}{first}:{letters}{last}" if last > first else f"{letters}{first}" for first, last in areas
    )


def place(column: int, row: int) -> str:
    """How a formula names a cell of the grid; both counted from nought."""
    return f"{column_letters(column)}{row + 1}"


_NOUGHT: Line = (Words(words()["marks"][NoValue.NONE_OCCURRED.value]),)
