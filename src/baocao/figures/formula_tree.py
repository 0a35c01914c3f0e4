"""A formula as a small tree of frozen values, and the one way to go over it.

Evaluation, the check of units and the compilation to SQL are all folds of this tree: each is an
``Algebra`` that says what a number, a name, a sum ... come to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Literal, Protocol, TypeVar

Sign = Literal["+", "-", "*", "/"]
Comparison = Literal["=", "≈", "≠", "<", "≤", ">", "≥"]


class When(Enum):
    """For which period a name is meant, seen from the period that is computed."""

    NOW = "now"
    LAST_YEAR = "last_year"  # cùng kỳ(x)
    PREVIOUS = "previous"  # kỳ trước(x)
    YEAR_START = "year_start"  # đầu năm(x): as it stood when the year began


class Choice(Enum):
    """A function of several expressions."""

    SUM = "sum"
    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the formula; a percentage ("5%") is already divided by 100."""

    value: Decimal
    is_percent: bool = False
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """An indicator, by its code; ``at`` is the place in the formula (0 for the first letter)."""

    code: str
    when: When = When.NOW
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus an expression."""

    of: Expression
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Two expressions joined by a sign; ``at`` is the place of the sign."""

    sign: Sign
    left: Expression
    right: Expression
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Several:
    """The sum, the least or the greatest of two expressions or more."""

    choice: Choice
    of: tuple[Expression, ...]
    at: int = field(default=0, compare=False)


Expression = Number | Name | Negative | Binary | Several


@dataclass(frozen=True, slots=True)
class Relation:
    """An equation or inequality that must hold; "≈" holds when the rounding of the figures explains the rest."""

    comparison: Comparison
    left: Expression
    right: Expression
    at: int = field(default=0, compare=False)


Formula = Expression | Relation

T = TypeVar("T")


class Algebra(Protocol[T]):
    """What each kind of node comes to, from what its parts have come to."""

    def number(self, node: Number) -> T: ...
    def name(self, node: Name) -> T: ...
    def negative(self, node: Negative, of: T) -> T: ...
    def binary(self, node: Binary, left: T, right: T) -> T: ...
    def several(self, node: Several, of: tuple[T, ...]) -> T: ...


def fold(tree: Expression, algebra: Algebra[T]) -> T:
    """What an expression comes to; parts before wholes, left before right."""
    match tree:
        case Number():
            return algebra.number(tree)
        case Name():
            return algebra.name(tree)
        case Negative():
            return algebra.negative(tree, fold(tree.of, algebra))
        case Binary():
            return algebra.binary(tree, fold(tree.left, algebra), fold(tree.right, algebra))
        case Several():
            return algebra.several(tree, tuple(fold(part, algebra) for part in tree.of))


def walk(tree: Formula) -> Iterator[Formula]:
    """Every node, wholes before parts, left before right."""
    yield tree
    match tree:
        case Relation() | Binary():
            yield from walk(tree.left)
            yield from walk(tree.right)
        case Negative():
            yield from walk(tree.of)
        case Several():
            for part in tree.of:
                yield from walk(part)


def names(tree: Formula) -> tuple[Name, ...]:
    """The indicators that a formula uses, each with its period, once, in the order of reading."""
    return tuple(dict.fromkeys(node for node in walk(tree) if isinstance(node, Name)))


def codes(tree: Formula) -> tuple[str, ...]:
    """The codes that a formula uses, each once, in the order of reading."""
    return tuple(dict.fromkeys(name.code for name in names(tree)))
