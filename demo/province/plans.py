"""What was asked for: by the province's committee in a decision, by its council in a resolution, and of communes.

Plans are made from what the model gives: ``plans.csv`` says which part of the council's plan the result comes to in
each year, so it is known beforehand what will be exceeded and what will fail. Of the year after the last one it says
what part of that one's result is asked for: no result of it is known yet.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

from baocao.figures.formula_tree import Name, When
from baocao.figures.formula_value import evaluate
from baocao.model.indicator import Over
from baocao.reference import indicators as reference
from demo.province.draws import divided
from demo.province.places import NEW_COMMUNES, OLD_COMMUNES, PATCHES, PROVINCE, Commune
from demo.province.reporting import Province
from demo.province.series import FIRST_YEAR, YEARS, Span

NEXT_YEAR = YEARS[-1] + 1
_WHOLE = Decimal(100)  # no percentage of a part is planned beyond it
COUNCIL, COMMITTEE = "HĐND", "UBND tỉnh"
HEADS = (
    "Đơn vị", "Chỉ tiêu", "Kỳ", "Loại số liệu", "Cấp giao", "Giá trị", "Số quyết định", "Ngày quyết định",
    "Hiệu lực từ",
)  # fmt: skip
_RAISED = {"thu_noi_dia": Decimal("1.03"), "khach_du_lich": Decimal("1.05")}  # in July 2026, by both authorities


class Instrument(NamedTuple):
    """A decision or a resolution: its number, its day, and from when it holds."""

    number: str
    issued: str
    holds_from: str


def decided(authority: str, year: int) -> Instrument:
    """The instrument that sets the plan of a year, in the December before."""
    number = f"{year - 2000 + 30}/NQ-HĐND" if authority == COUNCIL else f"{year - 2000 + 1500}/QĐ-UBND"
    return Instrument(number, f"{12 if authority == COUNCIL else 9}/12/{year - 1}", f"01/01/{year}")


def adjusted(authority: str) -> Instrument:
    """The instrument that raises plans in the middle of 2026."""
    number = "71/NQ-HĐND" if authority == COUNCIL else "982/QĐ-UBND"
    return Instrument(number, "15/07/2026" if authority == COUNCIL else "20/07/2026", "01/08/2026")


ALLOCATED = {
    2024: Instrument("1525/QĐ-UBND", "20/12/2023", "01/01/2024"),
    2025: Instrument("877/QĐ-UBND", "15/07/2025", "15/07/2025"),  # again, to the communes that the reform made
    2026: Instrument("1527/QĐ-UBND", "20/12/2025", "01/01/2026"),
}


def departments() -> dict[str, str]:
    """The departments of the province, by code."""
    return {code: one.province.vi for code, one in reference.departments().items()}


def rows(province: Province) -> Iterator[tuple[str, ...]]:
    """All targets as a table that ``baocao load`` takes."""
    yield HEADS
    with Path(__file__).with_name("plans.csv").open(encoding="utf-8", newline="") as file:
        asked = list(csv.DictReader(file, delimiter=";"))
    results = Results(province)
    by_code = {row["code"]: row for row in asked}
    for row in asked:
        for year in (*YEARS, NEXT_YEAR):
            yield from _of_year(results, by_code, row, year)


def _of_year(
    results: Results, by_code: dict[str, dict[str, str]], row: dict[str, str], year: int
) -> Iterator[tuple[str, ...]]:
    code = row["code"]
    if not row["step"]:
        for authority in (COUNCIL, COMMITTEE):
            yield _line(PROVINCE, code, year, authority, row["words"], decided(authority, year))
        return
    parts = [by_code[part] for part in row["sum"].split()] or [row]
    asked = [plans for part in parts if (plans := _asked(results, part, year))]
    if len(asked) < len(parts):
        return
    step = _step(row)
    for authority in (COUNCIL, COMMITTEE):
        first = sum((plans[authority].first for plans in asked), Decimal(0))
        last = sum((plans[authority].last for plans in asked), Decimal(0))
        if first != last:
            yield _line(PROVINCE, code, year, authority, _worded(row["words"], last, step), adjusted(authority))
        yield _line(PROVINCE, code, year, authority, _worded(row["words"], first, step), decided(authority, year))
    if row["allocated"] and year in ALLOCATED:
        wholes = {part["code"]: plans[COMMITTEE].last for part, plans in zip(parts, asked, strict=True)}
        yield from _allocated(results, code, year, wholes)


class Asked(NamedTuple):
    """What an authority asks for in December, and what it asks for once plans are raised."""

    first: Decimal
    last: Decimal


def _asked(results: Results, row: dict[str, str], year: int) -> dict[str, Asked]:
    """What both authorities ask of one indicator; nothing where the year has no plan of it."""
    result = results.of(row["code"], min(year, YEARS[-1]))
    if result is None or not row[str(year)]:
        return {}
    step, share = _step(row), Decimal(row[str(year)]) / 1000
    by_council = _stepped(result / share if year in YEARS else _grown(row["code"], result, share), step)
    plans = {COUNCIL: by_council, COMMITTEE: _stepped(by_council * 1000 / Decimal(row["council"]), step)}
    raised = _RAISED.get(row["code"], Decimal(1)) if year == YEARS[-1] else Decimal(1)
    return {
        authority: Asked(plan if raised == 1 else _stepped(plan / raised, step), plan)
        for authority, plan in plans.items()
    }


def _grown(code: str, result: Decimal, share: Decimal) -> Decimal:
    """What a result is to become, percentages of a whole no more than all of it."""
    return min(result * share, max(result, _WHOLE)) if code.startswith("ty_le") else result * share


def _step(row: dict[str, str]) -> Decimal:
    return Decimal(row["step"].replace(",", "."))


def _allocated(results: Results, code: str, year: int, wholes: dict[str, Decimal]) -> Iterator[tuple[str, ...]]:
    """The committee's plan among the communes, of a sum by its parts; what the communes have makes the whole."""
    places = results.province.model.places(code)
    units = OLD_COMMUNES if year == FIRST_YEAR else NEW_COMMUNES
    scale = Decimal(10) ** places
    totals = [0] * len(units)
    for part, plan in wholes.items():
        for at, share in enumerate(divided(int(plan * scale), _weights(results, part, year, units))):
            totals[at] += share
    for unit, total in zip(units, totals, strict=True):
        yield _line(unit.code, code, year, COMMITTEE, _written(Decimal(total) / scale, 1 / scale), ALLOCATED[year])


def _weights(results: Results, code: str, year: int, units: Sequence[Commune]) -> list[int]:
    """By what each commune has, and a little otherwise."""
    series = results.province.model.series(code)
    about = results.province.model.chance.about
    return [
        (1 + series.at(unit.patches, _year(year))) * (1000 + about(70, "plan", code, unit.code, year)) for unit in units
    ]


def _line(unit: str, code: str, year: int, authority: str, words: str, by: Instrument) -> tuple[str, ...]:
    return (unit, code, str(year), "giao", authority, words, *by)


def _worded(words: str, plan: Decimal, step: Decimal) -> str:
    if words == "range":
        return f"{_written(plan - 2 * step, step)}-{_written(plan + 2 * step, step)}"
    return words.format(_written(plan, step))


def _stepped(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _written(value: Decimal, step: Decimal) -> str:
    exponent = step.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return f"{value.quantize(Decimal(1).scaleb(-places)):f}".replace(".", ",")


class Results:
    """What the whole province comes to in a year, computed as the catalogue says."""

    def __init__(self, province: Province) -> None:
        self.province = province

    def of(self, code: str, year: int) -> Decimal | None:
        """The figure of a year; None before the first one, save for what stands at its end."""
        indicator = self.province.catalogue[code]
        if indicator.numerator:
            above, below = self.of(indicator.numerator, year), self.of(indicator.denominator, year)
            return None if above is None or not below else above * indicator.per / below
        formula = self.province.catalogue.definition(code)
        if formula is not None:
            return evaluate(formula, lambda name: self._named(name, year)).value
        series = self.province.model.series(code)
        if year < FIRST_YEAR and not series.is_stock:
            return None
        scale = Decimal(10) ** self.province.model.places(code)
        every = (0,) if series.at_province else range(len(PATCHES))
        if indicator.over_time is Over.MEAN:
            quarters = [Span("", at, at) for at in range(_year(year).first + 2, _year(year).last + 1, 3)]
            return sum((Decimal(series.at(every, one)) for one in quarters), Decimal(0)) / len(quarters) / scale
        return Decimal(series.at(every, _year(year))) / scale

    def _named(self, name: Name, year: int) -> Decimal | None:
        return self.of(name.code, year if name.when is When.NOW else year - 1)


def _year(year: int) -> Span:
    last = 12 * (year - FIRST_YEAR + 1)
    return Span(f"{year}-A1", last - 11, last) if last > 0 else Span(f"{year}-A1", 0, 0)
