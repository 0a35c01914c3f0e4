"""The model: how each figure of ``levels.csv`` grows, swings with the seasons and differs from place to place.

All in whole numbers: a figure is counted in its least reported decimal, shares and growth in thousandths.
"""

from __future__ import annotations

import csv
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from baocao.figures.catalogue import Catalogue
from demo.province.draws import ONE, Chance, divided, within
from demo.province.places import PATCHES
from demo.province.series import MONTHS, Breakdown, Grid, Series, added, mapped, year_of

HERE = Path(__file__).parent
PLACES = {
    "ha": 1, "tan": 1, "ty_dong": 1, "km": 1, "trieu_usd": 2, "trieu_kwh": 2, "nghin_tan": 1, "nghin_cay": 1,
    "nghin_qua": 1, "trieu_dong": 0,
}  # fmt: skip
_TOWN = {"": (1000, 1000), "town": (2600, 720), "rural": (260, 1140)}  # a township, any other patch
_UNIT_SPREAD, _MEMBER_SPREAD, _SHARE_SPREAD = 180, 120, 30
_WHOLE = 1000
_FEW = 12  # so few cases fall by chance, not by shares
_MIDDLE = 6  # the month to which levels refer: June 2024


@dataclass(frozen=True, slots=True)
class Level:
    """One row of ``levels.csv``."""

    code: str
    rule: str
    words: tuple[str, ...]
    level: int  # in thousandths of the least decimal
    rhythm: str
    growth: int
    season: str
    noise: int
    place: str


def levels(places: Callable[[str], int]) -> dict[str, Level]:
    """The rows by code. ``places`` are the decimals of an indicator, which its level is counted in."""
    found = {}
    with (HERE / "levels.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            cells = {name: value or "" for name, value in row.items()}
            rule, *words = cells["rule"].split()
            scale = 0 if rule in ("share", "quota", "times", "over") else places(cells["code"])
            found[cells["code"]] = Level(
                cells["code"],
                rule,
                tuple(words),
                _thousandths(cells["level"] or "0") * 10**scale,
                cells["rhythm"],
                int(cells["growth"] or 0),
                cells["season"] or "even",
                int(cells["noise"] or 0),
                cells["place"],
            )
    return found


def _thousandths(text: str) -> int:
    whole, _, decimals = text.partition(",")
    return int(whole) * 1000 + int(decimals.ljust(3, "0") or 0)


@dataclass(slots=True)
class Model:
    """All courses of one province, each made once, those that it rests on first."""

    catalogue: Catalogue
    chance: Chance
    rows: dict[str, Level] = field(init=False)
    made: dict[str, Series] = field(default_factory=dict, init=False)
    special: dict[str, Callable[[Model], Mapping[str, Series]]] = field(default_factory=dict)
    seasons: dict[str, list[int]] = field(init=False)
    shares: dict[str, dict[str, int]] = field(init=False)
    shares_of: dict[str, dict[str, dict[str, int]]] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = levels(self.places)
        self.seasons = tomllib.loads((HERE / "seasons.toml").read_text(encoding="utf-8"))
        self.shares = tomllib.loads((HERE / "shares.toml").read_text(encoding="utf-8"))
        self.shares_of = self.shares.pop("of")  # type: ignore[assignment]

    def places(self, code: str) -> int:
        """How many decimals an indicator is reported with."""
        return PLACES.get(self.catalogue[code].unit, 0)

    def series(self, code: str) -> Series:
        """The course of an indicator."""
        if code not in self.made:
            if code in self.special:
                self.made.update(self.special[code](self))
            else:
                row = self.rows[code]
                self.made[code] = _RULES[row.rule](self, row)
        return self.made[code]

    def with_members(self, code: str, series: Series, known: Mapping[str, Series] | None = None) -> Series:
        """The course with all its breakdowns; ``known`` are courses by whose members some are divided."""
        for dimension in self.catalogue[code].breakdowns:
            if not any(pair[0][0] == dimension for pair in series.parts):
                like = (known or {}).get(dimension)
                series.parts.update(self._divided(code, series, dimension, like))
        return series

    def _divided(self, code: str, series: Series, dimension: str, like: Series | None) -> dict[Breakdown, Series]:
        members = list(self.weights(code, dimension))
        if like is not None:
            members = [pair[0][1] for pair in like.parts if len(pair) == 1 and pair[0][0] == dimension]
        grids: list[Grid] = [[[0] * MONTHS for _ in series.grid] for _ in members]

        def is_few(value: int) -> bool:
            return like is None and not series.is_stock and 0 < value <= _FEW

        for patch, row in enumerate(series.grid):
            fixed = self._mix(code, dimension, patch)
            for month, value in enumerate(row):
                if like is None:
                    weights = self._of_month(dimension, fixed, month)
                else:
                    weights = [like.parts[((dimension, member),)].grid[patch][month] for member in members]
                parts = self._scattered(dimension, code, patch, month, value, weights) if is_few(value) else None
                for at, part in enumerate(parts or divided(value, weights)):
                    grids[at][patch][month] = part
        made = {}
        for member, grid in zip(members, grids, strict=True):
            part = Series(stock=grid) if series.is_stock else Series(grid, is_seldom=series.is_seldom)
            made[((dimension, member),)] = part
        return made

    def _scattered(
        self, dimension: str, code: str, patch: int, month: int, value: int, weights: list[int]
    ) -> list[int]:
        """A few cases, each drawn into one of the members."""
        bounds, parts = list(accumulate(weights)), [0] * len(weights)
        for draw in self.chance.draws(value, code, dimension, patch, month):
            parts[bisect_right(bounds, draw * bounds[-1] // ONE)] += 1
        return parts

    def weights(self, code: str, dimension: str) -> Mapping[str, int]:
        """The parts of the members that the province has."""
        own = self.shares_of.get(code, {}).get(dimension)
        if own is not None:
            return own
        if dimension in _OF_PLACE:
            return dict.fromkeys(_OF_PLACE[dimension], 0)
        return self.shares[dimension]

    def _mix(self, code: str, dimension: str, patch: int) -> list[int]:
        """The weights of the members on one patch."""
        place = PATCHES[patch] if patch < len(PATCHES) else PATCHES[0]
        if dimension == "thanh_thi_nong_thon":
            return [_WHOLE, 0] if place.is_town else [0, _WHOLE]
        if dimension == "dan_toc":
            return [_WHOLE - place.minority, place.minority]
        members = self.weights(code, dimension)
        swings = self.chance.draws(len(members), dimension, place.code)
        return [
            weight * (_WHOLE + within(swing, _MEMBER_SPREAD))
            for weight, swing in zip(members.values(), swings, strict=True)
        ]

    def _of_month(self, dimension: str, fixed: list[int], month: int) -> list[int]:
        """What changes in time: seasons have their half years, and districts spend nothing after 6/2025."""
        if dimension == "mua_vu":
            return [1, 0, 0] if (month - 1) % 12 < 6 else [0, 82, 18]
        if dimension == "cap_ngan_sach":
            return [46, 37, 17] if month <= 18 else [48, 0, 52]
        return fixed

    # rules -------------------------------------------------------------------------------------------------------

    def of_unit(self, row: Level, patch: int) -> int:
        """How far a patch is from the average, for good: its kind of place and its own luck."""
        place = PATCHES[patch]
        return _TOWN[row.place][0 if place.is_town else 1] * (
            _WHOLE + self.chance.about(_UNIT_SPREAD, row.code, place.code)
        )

    def flow(self, row: Level) -> Series:
        return self.with_members(row.code, Series(self.bare_flow(row), is_seldom=row.rule == "rare"))

    def bare_flow(self, row: Level) -> Grid:
        """A flow on every patch, without breakdowns."""
        return [self._flow(row, patch, place.people) for patch, place in enumerate(PATCHES)]

    def _flow(self, row: Level, patch: int, people: int) -> list[int]:
        code, season = row.code, self.seasons[row.season]
        luck = self.of_unit(row, patch) if people != _WHOLE else _WHOLE**2
        swings = self.chance.draws(MONTHS, code, patch, "month")
        rest = self.chance.draws(MONTHS, code, patch, "rest")
        yearly = {year: _WHOLE + self.chance.about(row.noise // 3, code, year) for year in range(-1, 3)}
        values = []
        for month in range(MONTHS):
            value = row.level * people * luck * season[(month - 1) % 12]
            value *= (_WHOLE + row.growth * (month - _MIDDLE) // 12) * yearly[year_of(month)]
            value *= _WHOLE + within(swings[month], row.noise)
            whole = _WHOLE**8
            values.append(max(0, (value * ONE + rest[month] * whole) // (whole * ONE)))
        return values

    def stock(self, row: Level) -> Series:
        return self.with_members(row.code, Series(stock=self._stocks(row, lambda month: month - _MIDDLE)))

    def fixed(self, row: Level) -> Series:
        """What changes with the year only."""
        made = Series(stock=self._stocks(row, lambda month: 12 * year_of(month)))
        return self.with_members(row.code, made) if row.code in self.catalogue else made

    def _stocks(self, row: Level, age: Callable[[int], int]) -> Grid:
        grid = []
        for patch, place in enumerate(PATCHES):
            rest = self.chance.draws(1, row.code, patch, "rest")[0]
            base = row.level * place.people * (self.of_unit(row, patch) if row.rule != "people" else _WHOLE**2)
            whole = _WHOLE**5
            grid.append(
                [
                    (base * (_WHOLE + row.growth * age(month) // 12) * ONE + rest * whole) // (whole * ONE)
                    for month in range(MONTHS)
                ]
            )
        return grid

    def share(self, row: Level) -> Series:
        """A part of another figure, which it never exceeds."""
        other = self.series(row.words[0])
        scale = self.places(row.code) - self.places(row.words[0])
        level = row.level // 1000
        spread = max(0, min(_SHARE_SPREAD, (_WHOLE - level) // 2, level // 4))
        luck = [self.chance.about(spread, row.code, "patch", patch) for patch in range(len(other.grid))]
        rests = [self._rests(row.code, patch, other.is_stock) for patch in range(len(other.grid))]

        def of(patch: int, month: int, value: int) -> int:
            part = min(_WHOLE, max(0, level + luck[patch] + row.growth * (month - _MIDDLE) // 12))
            value *= 10 ** max(0, scale)
            whole = _WHOLE * 10 ** max(0, -scale)
            return min(value, (value * part * ONE + rests[patch][month] * whole) // (whole * ONE))

        return self._like(row.code, other, mapped(of, other.grid))

    def _rests(self, code: str, patch: int, is_stock: bool) -> tuple[int, ...]:
        """What decides about the last digit: once for a stock, so that it moves smoothly, each month for a flow."""
        if is_stock:
            return self.chance.draws(1, code, patch, "rest") * MONTHS
        return self.chance.draws(MONTHS, code, patch, "rest")

    def _like(self, code: str, other: Series, grid: Grid) -> Series:
        made = (
            Series(stock=grid, at_province=other.at_province)
            if other.is_stock
            else Series(grid, is_seldom=other.is_seldom, at_province=other.at_province)
        )
        shared = {pair[0][0]: other for pair in other.parts if len(pair) == 1}
        return self.with_members(code, made, shared)

    def times(self, row: Level) -> Series:
        """So many for each of another figure, more or less."""
        other = self.series(row.words[0])
        scale = 10 ** self.places(row.code)

        def of(patch: int, month: int, value: int) -> int:
            swing = self.chance.about(250, row.code, patch, 0 if other.is_stock else month) if value else 0
            return value * row.level * scale * (_WHOLE + swing) // _WHOLE**2

        return self._like(row.code, other, mapped(of, other.grid))

    def over(self, row: Level) -> Series:
        """Another figure and so many thousandths more."""
        other = self.series(row.words[0])
        level = row.level // 1000
        return self._like(row.code, other, mapped(lambda _p, _m, value: value + value * level // _WHOLE, other.grid))

    def quota(self, row: Level) -> Series:
        """What of a year's stock is done by the end of the year, month by month; never more than the stock."""
        other = self.series(row.words[0])
        wanted = [pair for pair in other.parts if len(pair) == 1 and pair[0][0] in self.catalogue[row.code].breakdowns]
        if not wanted:
            return self.with_members(row.code, Series(self._quota(row, other.grid)))
        parts = {pair: Series(self._quota(row, other.parts[pair].grid)) for pair in wanted}
        return Series(added(part.grid for part in parts.values()), parts=parts)

    def _quota(self, row: Level, stock: Grid) -> Grid:
        grid = []
        season = self.seasons[row.season]
        for patch, course in enumerate(stock):
            luck = self.chance.about(min(_SHARE_SPREAD, 1000 - row.level // 1000), row.code, patch)
            values = [0] * MONTHS
            for year in range(3):
                part = min(_WHOLE, row.level // 1000 + luck + row.growth * year)
                whole = course[12 * (year + 1)] * part // _WHOLE
                done = 0
                for month in range(12):
                    to = whole * sum(season[: month + 1]) // 1000
                    values[12 * year + 1 + month], done = to - done, to
            grid.append(values)
        return grid

    def sum_up(self, row: Level) -> Series:
        parts = [self.series(code) for code in row.words]
        whole = added(part.grid for part in parts)
        made = Series(stock=whole) if parts[0].is_stock else Series(whole)
        for pair in parts[0].parts:
            if all(pair in part.parts for part in parts):
                grid = added(part.parts[pair].grid for part in parts)
                made.parts[pair] = Series(stock=grid) if made.is_stock else Series(grid)
        wanted = self.catalogue[row.code].breakdowns
        for pair in [pair for pair in made.parts if pair[0][0] not in wanted]:
            del made.parts[pair]
        return self.with_members(row.code, made)

    def gather(self, row: Level) -> Series:
        """A whole whose members are indicators of their own: the first word names the dimension."""
        dimension, *named = row.words
        pairs = dict(one.split(":") for one in named)
        parts = {((dimension, member),): self.series(code) for member, code in pairs.items()}
        whole = added(part.grid for part in parts.values())
        is_stock = next(iter(parts.values())).is_stock
        bare = {pair: Series(part.flow, part.stock) for pair, part in parts.items()}
        made = Series(stock=whole, parts=bare) if is_stock else Series(whole, parts=bare)
        return self.with_members(row.code, made)

    def member(self, row: Level) -> Series:
        """What another figure has as a member of a breakdown."""
        code, dimension, member = row.words
        other = self.series(code)
        grid = other.parts[((dimension, member),)].grid
        return self._like(row.code, other, grid)

    def one(self, row: Level) -> Series:
        """One in every old commune."""
        return Series(stock=[[int(place.is_first)] * MONTHS for place in PATCHES])

    def province(self, row: Level) -> Series:
        """What the province alone states: one row, at its own level."""
        values = self._flow(row, 0, _WHOLE)
        if row.words == ("stock",):
            grid = [[row.level * (_WHOLE + row.growth * year_of(month)) // _WHOLE**2 for month in range(MONTHS)]]
            return Series(stock=grid, at_province=True)
        return Series([values], at_province=True)


_OF_PLACE = {
    "thanh_thi_nong_thon": ("thanh_thi", "nong_thon"),
    "dan_toc": ("kinh", "thieu_so"),
    "mua_vu": ("xuan", "mua", "dong"),
    "cap_ngan_sach": ("tinh", "huyen", "xa"),
}
_RULES: dict[str, Callable[[Model, Level], Series]] = {
    "flow": Model.flow,
    "rare": Model.flow,
    "stock": Model.stock,
    "people": Model.stock,
    "fixed": Model.fixed,
    "share": Model.share,
    "times": Model.times,
    "over": Model.over,
    "quota": Model.quota,
    "sum": Model.sum_up,
    "gather": Model.gather,
    "member": Model.member,
    "one": Model.one,
    "province": Model.province,
}
