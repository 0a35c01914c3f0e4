"""A class and the level of school that it is said to belong to, or to finish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from baocao.grammar.stretch import Stretch
from baocao.model import Strength, Value
from baocao.reference import load

LEVEL = "school level"


def schooling(stretch: Stretch) -> Iterator[Value]:
    """Each class said with a level; ``subject`` is the class, ``scenario`` the level, ``authority`` the due one."""
    if "ớp" not in stretch.text:
        return
    lowered = stretch.text.lower()
    for match in _said().finditer(lowered):
        number = int(match["number"])
        named = _levels()[match["level"]]
        due = next((name for name, (first, last) in _classes().items() if first <= number <= last), "")
        if not due:
            continue
        finishing = bool(match["act"])
        is_right = named == due and (not finishing or number == _classes()[due][1])
        if finishing and named != due and number != _classes()[due][1]:
            continue  # of a class within its level: "lớp 8 hoàn thành chương trình ..." says nothing of levels
        yield Value(
            stretch.span(match.start(), match.end()),
            None,
            Strength.CERTAIN,
            LEVEL if is_right or named == due else f"{LEVEL} wrong",
            subject=f"lớp {number} {'tốt nghiệp' if finishing else ''}".strip(),
            authority=due,
            scenario=named,
        )


@cache
def _levels() -> dict[str, str]:
    return {word: level["name"] for level in load("levels")["level"] for word in level["words"]}


@cache
def _classes() -> dict[str, tuple[int, int]]:
    return {level["name"]: (level["first"], level["last"]) for level in load("levels")["level"]}


@cache
def _said() -> re.Pattern[str]:
    """A class right before a level ("lớp 6 THCS"), or finishing it ("lớp 9 được xét tốt nghiệp THCS")."""
    levels = "|".join(sorted(map(re.escape, _levels()), key=len, reverse=True))
    acts = "|".join(sorted(map(re.escape, load("levels")["finishing"]["words"]), key=len, reverse=True))
    between = r"(?:[^\W\d_]+ ){0,3}?"
    return re.compile(
        rf"\blớp (?P<number>\d{{1,2}}) (?:{between}(?P<act>{acts}) (?:cấp |bậc |chương trình )*)?(?P<level>{levels})\b"
    )
