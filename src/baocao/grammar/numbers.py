"""Vietnamese printed numbers: a dot groups thousands, a comma is the decimal sign, and what goes wrong.

The reader never guesses silently: a number whose signs cannot both be right is read for what it
most likely stands for and carries a ``Flaw``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import NamedTuple


class Flaw(Enum):
    """What is odd about the way a number is printed."""

    MIXED = "mixed"  # 218,407.000: comma and dot both group, or stand in the English order
    GROUPS = "groups"  # 3.52.168: a group that has not three digits
    POINT = "point"  # 87.5: a decimal point where the comma is due
    COMMAS = "commas"  # 1,234,567: commas that group


class Number(NamedTuple):
    """A number as printed: its value, its printed decimals, and whether the dots grouped it."""

    value: Decimal
    decimals: int
    grouped: bool = False
    flaw: Flaw | None = None
    zero_led: bool = False  # "07": how counts below ten are written, never a measured value


_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,(\d+))?")
_COMMAS = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.(\d+))?")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+\.(\d+)")
_ONE_POINT = re.compile(r"\d+\.(\d{1,2}|\d{4,})")


@lru_cache(maxsize=8192)
def read_number(printed: str) -> Number:
    """Read one printed number, such as "1.583,7", "07", "64,027" or (flawed) "218,407.000"."""
    if printed.isdigit():
        return Number(Decimal(printed), 0, zero_led=len(printed) > 1 and printed[0] == "0")
    if "." not in printed:
        whole, comma, rest = printed.partition(",")
        if comma and "," not in rest:
            return Number(Decimal(f"{whole}.{rest}"), len(rest), zero_led=len(whole) > 1 and whole[0] == "0")
        return _with_commas(printed)
    match = _GROUPED.fullmatch(printed)
    if match:
        decimals = len(match[1] or "")
        return Number(Decimal(printed.replace(".", "").replace(",", ".")), decimals, grouped=True)
    match = _ONE_POINT.fullmatch(printed)
    if match:
        return Number(Decimal(printed), len(match[1]), flaw=Flaw.POINT)
    match = _COMMAS.fullmatch(printed) or _ENGLISH.fullmatch(printed)
    if match:
        return _mixed(printed, match)
    return _broken(printed)


def _with_commas(printed: str) -> Number:
    if _COMMAS.fullmatch(printed):
        return Number(Decimal(printed.replace(",", "")), 0, grouped=True, flaw=Flaw.COMMAS)
    return Number(Decimal(re.sub(r"\D", "", printed)), 0, flaw=Flaw.GROUPS)


def _mixed(printed: str, match: re.Match[str]) -> Number:
    """Commas that group and one point: three digits after it are one more group, else decimals."""
    decimals = match[1] or ""
    if len(decimals) == 3:
        return Number(Decimal(re.sub(r"\D", "", printed)), 0, grouped=True, flaw=Flaw.MIXED)
    return Number(Decimal(printed.replace(",", "")), len(decimals), grouped=True, flaw=Flaw.MIXED)


def _broken(printed: str) -> Number:
    """Groups that are no groups of three: the last comma is taken for the decimal sign."""
    whole, comma, rest = printed.rpartition(",")
    if comma and "." not in rest:
        digits = re.sub(r"\D", "", whole)
        return Number(Decimal(f"{digits}.{rest}"), len(rest), flaw=Flaw.GROUPS)
    return Number(Decimal(re.sub(r"\D", "", printed)), 0, flaw=Flaw.GROUPS)


def write_number(value: Decimal, decimals: int | None = None) -> str:
    """A number in Vietnamese style ("1.583,7"): the inverse of ``read_number`` for sound numbers."""
    if decimals is None:
        decimals = max(0, -int(value.normalize().as_tuple().exponent))
    sign, whole, rest = "", f"{value:.{decimals}f}", ""
    if whole.startswith("-"):
        sign, whole = "-", whole[1:]
    whole, _, rest = whole.partition(".")
    groups = []
    while len(whole) > 3:
        groups.append(whole[-3:])
        whole = whole[:-3]
    groups.append(whole)
    return sign + ".".join(reversed(groups)) + ("," + rest if rest else "")
