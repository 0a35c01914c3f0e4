"""How a question becomes SQL and small tables, and the lines of its answer figures; the same for all engines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from baocao.figures import breakdowns, expressions, questions
from baocao.figures.expressions import Adds
from baocao.figures.questions import Question, Target, Tree
from baocao.figures.remembered import remembered
from baocao.model.indicator import Indicator
from baocao.model.observation import Scenario, breakdown_of
from baocao.model.period import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir

SCENARIOS: Final = tuple(Scenario)  # a scenario's place is what facts carry


ORDER: Final = ("asked", "unit", "indicator", "breakdown", "stated", "authority")  # of the lines of an answer
# what a line holds, in order, with what stands where a question does not ask for it; 0 is the key of the empty text
LINE: Final[Mapping[str, int | None]] = {
    **dict.fromkeys(("unit", "indicator", "asked", "breakdown", "stated", "amount", "reporting")),
    "days": 0,
    "authority": 0,
    "plan": None,
    "earlier": None,
    "earlier_reporting": None,
    "change": None,
    "percent": None,
    "added": 0,
}


class Row(NamedTuple):
    """One figure of an answer. ``reporting`` of ``expected`` units stand behind it, the least covering ``days``."""

    unit: str
    indicator: str
    period: Period
    breakdown: str
    is_stated: bool
    amount: Decimal | None
    reporting: int
    expected: int
    days: int
    authority: str = ""
    plan: Decimal | None = None
    earlier: Decimal | None = None
    earlier_reporting: int | None = None
    change: Decimal | None = None
    percent: Decimal | None = None
    added: int = 0  # of how many units it was added up from the members of a breakdown


class Shape(NamedTuple):
    """What the SQL of a question depends on."""

    over_time: frozenset[Adds]
    over_place: frozenset[Adds]
    has_grains: bool
    has_uneven: bool
    has_earlier: bool
    has_ratios: bool
    has_plan: bool
    dimensions: int  # the most that a figure is broken down by, 0 where no members are added up

    @property
    def told(self) -> str:
        """The same as a text, whatever the order of hashing."""
        return " ".join(f"{sorted(one)}" if isinstance(one, frozenset) else str(one) for one in self)


class Stages(NamedTuple):
    """The SQL of a question in three steps, each of which reads what the one before it made."""

    own: str  # what each unit told of the asked periods, whatever units it counts towards
    placed: str  # reads "own": the figures of all units
    answer: str  # reads "placed": the ratios made of them, and what they are set against


@cache
def query(shape: Shape, dialect: str) -> str:
    """The SQL of one shape of question in one engine's dialect ("duckdb", "pyspark"); compiled once."""
    whole = f"query {shape.told} {dialect}"
    (found,) = _compiled(whole, lambda: _sql([_answer(_placed(_own(shape), shape), shape)], dialect))
    return found


@cache
def stages(shape: Shape, dialect: str) -> Stages:
    """The same in steps, which several questions can share; each is compiled faster than what is made of all."""

    def steps() -> list[str]:
        import ibis

        own = _own(shape)
        placed = _placed(ibis.table(own.schema(), name="own"), shape)
        return _sql([own, placed, _answer(ibis.table(placed.schema(), name="placed"), shape)], dialect)

    return Stages(*_compiled(f"stages {shape.told} {dialect}", steps))


def _compiled(asked: str, compile_them: Callable[[], Sequence[str]]) -> tuple[str, ...]:
    """Statements: compiling them takes longer than most questions."""
    made_by = ("asking", "expressions", "breakdowns")
    return tuple(map(str, remembered("sql", asked, made_by, compile_them, "ibis-framework sqlglot")))


def _sql(tables: Iterable[ir.Table], dialect: str) -> list[str]:
    import ibis

    return [str(ibis.to_sql(each, dialect=dialect)) for each in tables]


def _own(shape: Shape) -> ir.Table:
    units = expressions.over_time(
        shape.over_time, has_grains=shape.has_grains, has_uneven=shape.has_uneven, has_earlier=shape.has_earlier
    )
    for _ in range(shape.dimensions):
        units = expressions.with_wholes(units)
    return units


def _placed(own: ir.Table, shape: Shape) -> ir.Table:
    return expressions.over_places(own, shape.over_place)


def _answer(rows: ir.Table, shape: Shape) -> ir.Table:
    if shape.has_ratios:
        rows = expressions.with_ratios(rows)
    if shape.has_plan:
        return expressions.against_plan(rows)
    return expressions.against_earlier(rows) if shape.has_earlier else rows


@cache
def moved(dialect: str) -> str:
    """The SQL that puts the facts of a snapshot where the tree has put their units."""
    return _compiled(f"moved {dialect}", lambda: _sql([expressions.moved()], dialect))[0]


@cache
def told_periods(dialect: str) -> str:
    """The SQL of the periods that figures were told for."""
    return _compiled(f"told periods {dialect}", lambda: _sql([expressions.told_periods()], dialect))[0]


class Codes:
    """The texts that whole-number keys stand for, of a snapshot and of the delta over it.

    ``periods`` are those that figures stand for; a period that is only asked for has a number and no place there.
    ``kept`` holds what questions about the same indicators read, with how many breakdowns were known then.
    """

    def __init__(self, by_kind: Mapping[str, Mapping[str, int]]) -> None:
        self._numbers = {kind: dict(numbers) for kind, numbers in by_kind.items()}
        self._last = {kind: max(numbers.values(), default=0) for kind, numbers in by_kind.items()}
        self._texts = {kind: {number: code for code, number in numbers.items()} for kind, numbers in by_kind.items()}
        self.periods = {Period.parse(code): number for code, number in self._numbers["period"].items()}
        self._told = set(self._numbers["period"])
        self.kept: dict[tuple[str, ...], tuple[int, Read]] = {}

    def number(self, kind: str, code: str) -> int:
        """The number of a code, a new one if it has none."""
        known = self._numbers[kind]
        if code not in known:
            self._last[kind] += 1  # looking for the greatest each time would be slow with ten thousand units
            known[code] = number = self._last[kind]
            self._texts[kind][number] = code
        return known[code]

    def told_for(self, code: str) -> int:
        """The number of a period that a figure stands for."""
        number = self.number("period", code)
        if code not in self._told:
            self._told.add(code)
            self.periods[Period.parse(code)] = number
        return number

    def numbers(self, kind: str) -> Mapping[str, int]:
        """All codes of a kind with their numbers."""
        return self._numbers[kind]

    def texts(self, kind: str) -> Mapping[int, str]:
        """The texts of a kind by their numbers."""
        return self._texts[kind]

    def text(self, kind: str, number: int) -> str:
        return self._texts[kind][number]


class Read(NamedTuple):
    """What a question reads of the catalogue, whatever its periods: the same for all questions about the same."""

    indicators: Mapping[str, Indicator]
    needed: questions.Needs
    numbers: Mapping[str, int]  # the keys of the indicators read
    tables: Mapping[str, list[list[Any]]]
    dimensions: int


def read(question: Question, indicators: Mapping[str, Indicator], codes: Codes) -> Read:
    """What is read of the catalogue, looked up again only when breakdowns came that were not known before."""
    known = codes.kept.get(question.indicators)
    if known is not None and known[0] == len(codes.numbers("breakdown")) and known[1].indicators is indicators:
        return known[1]
    needed = questions.needs(question, indicators)
    numbers = {code: codes.number("indicator", code) for code in needed.codes}
    measure = [
        (number, int(needed.over_time[code]), int(needed.over_place[code])) for code, number in sorted(numbers.items())
    ]
    ratios = [
        (codes.number("indicator", each.code), numbers[part], is_above, int(each.per))
        for each in needed.ratios
        for part, is_above in ((each.numerator, 1), (each.denominator, 0))
    ]
    members = list(breakdowns.parts(needed.codes, indicators, codes.numbers("breakdown")))
    parts = [
        (
            numbers[each.indicator],
            codes.number("breakdown", each.breakdown),
            codes.number("breakdown", each.whole),
            each.dimension,
        )
        for each in members
    ]
    tables = {
        "measure": questions.columns(measure, 3),
        "ratio": questions.columns(ratios, 4),
        "part": questions.columns(parts, 4),
    }
    dimensions = max((len(breakdown_of(each.breakdown)) for each in members), default=0)
    found = Read(indicators, needed, numbers, tables, dimensions)
    codes.kept[question.indicators] = (len(codes.numbers("breakdown")), found)
    return found


def prepare(
    question: Question, indicators: Mapping[str, Indicator], codes: Codes
) -> tuple[Shape, dict[str, list[list[Any]]], list[int]]:
    """The shape of the answer's SQL, the small tables it reads (as columns), and the keys of the indicators read."""
    found = read(question, indicators, codes)
    pieces = questions.pieces(question, codes.periods)
    asked = [(place, codes.number("period", period.code)) for place, period in enumerate(question.periods)]
    shape = Shape(
        frozenset(found.needed.over_time.values()),
        frozenset(found.needed.over_place.values()),
        has_grains=len({piece.grain for piece in pieces}) > 1,
        has_uneven=any(piece.grain < expressions.EVEN for piece in pieces),
        has_earlier=question.against is not None,
        has_ratios=bool(found.needed.ratios),
        has_plan=question.has_plan,
        dimensions=found.dimensions,
    )
    tables = {
        "piece": questions.columns(pieces, len(TYPES["piece"])),
        **found.tables,
        "asked": questions.columns(asked, 2),
    }
    return shape, tables, sorted(found.numbers.values())


TYPES: Final = {
    "tree": ("INTEGER", "INTEGER", "TINYINT"),
    "piece": ("INTEGER", "INTEGER", "INTEGER", "INTEGER", "INTEGER", "TINYINT", "TINYINT", "INTEGER"),
    "measure": ("INTEGER", "TINYINT", "TINYINT"),
    "ratio": ("INTEGER", "INTEGER", "TINYINT", "BIGINT"),
    "part": ("INTEGER", "INTEGER", "INTEGER", "INTEGER"),
    "asked": ("INTEGER", "INTEGER"),
    "target": ("INTEGER", "INTEGER", "INTEGER", "INTEGER", "INTEGER", "DECIMAL(18, 6)"),
}


def tree_columns(tree: Tree, codes: Codes) -> list[list[Any]]:
    """The table ``tree`` of one view of the units."""
    units = {code for branch in tree.branches for code in (branch.unit, branch.ancestor)}
    keys = {code: codes.number("unit", code) for code in sorted(units)}
    return questions.columns([(keys[unit], keys[above], int(stated)) for unit, above, stated in tree.branches], 3)


def target_columns(targets: Iterable[Target], codes: Codes) -> list[list[Any]]:
    """The table ``target``."""
    rows = [
        (
            codes.number("indicator", target.indicator),
            codes.number("period", target.period.code),
            codes.number("unit", target.unit),
            codes.number("breakdown", target.breakdown),
            codes.number("authority", target.authority),
            target.amount,
        )
        for target in targets
    ]
    return questions.columns(rows, 6)


def chosen(columns: Iterable[str]) -> str:
    """The columns of a line in order, those that an answer does not have as what stands for them."""
    there = set(columns)
    absent = {name: "NULL" if value is None else str(value) for name, value in LINE.items() if name not in there}
    return ", ".join(f"{absent[name]} AS {name}" if name in absent else name for name in LINE)


def rows(lines: Iterable[Sequence[Any]], question: Question, tree: Tree, codes: Codes) -> Iterator[Row]:
    """The lines of an answer, each with the columns of ``LINE``, with their keys turned back into texts."""
    units, indicators, breakdowns, authorities = (
        codes.texts(kind) for kind in ("unit", "indicator", "breakdown", "authority")
    )
    periods, expected = question.periods, tree.expected
    for unit, indicator, asked, breakdown, stated, amount, reporting, days, authority, *others in lines:
        key = units[unit]
        yield Row(
            key,
            indicators[indicator],
            periods[asked],
            breakdowns[breakdown],
            bool(stated),
            amount,
            reporting,
            1 if stated else expected.get(key, 0),
            days,
            authorities[authority],
            *others,
        )
