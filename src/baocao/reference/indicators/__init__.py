"""The catalogue of indicators as files that officials can read and add to, and its loader.

README.md beside it says what the files hold. A file that cannot be taken, wholly or in one entry, is told
in words and the rest is read: whether that is enough is for ``Catalogue.check`` and its caller to judge.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from baocao.model.indicator import Aim, Indicator, Over, UnitOfMeasure
from baocao.model.text import Text

_LISTS = ("breakdowns", "departments", "sectors")  # files of this folder that hold no indicators
_WORDS = ("unit", "sector", "numerator", "denominator", "formula", "weight", "department", "source")
_LISTED = ("breakdowns", "parts", "identities")
_FIELDS = {"vi", "en", "aim", "over_place", "over_time", "per", "plausible", *_WORDS, *_LISTED}
_FIXED = {"vi", "en", "numerator", "denominator", "formula"}  # what no two indicators share

_NOT_TOML = Text(
    "{file}: không đọc được ({expected}); hãy sửa tệp TOML.", "{file}: cannot be read ({expected}); mend the TOML."
)
_SYNTAX = Text("sai cú pháp ở dòng {line}, cột {column}", "wrong syntax at line {line}, column {column}")
_ODD_FILE = Text("sai cú pháp", "wrong syntax")
_AT = re.compile(r"at line (\d+), column (\d+)")
_HEADING = re.compile(r"^[ \t]*\[[ \t]*[\"']?([^\]\"'.]+?)[\"']?[ \t]*\]", re.MULTILINE)
_NOT_TEXT = Text(
    "{file}: không phải tệp văn bản UTF-8; hãy lưu lại theo UTF-8.",
    "{file}: is no text file in UTF-8; save it as UTF-8.",
)
_NO_FILE = Text(
    "{file}: không mở được tệp; hãy kiểm tra đường dẫn và quyền đọc.",
    "{file}: the file cannot be opened; check the path and the right to read.",
)
_ODD_FIELD = Text(
    "{file}, chỉ tiêu {code}: không có trường “{field}”; các trường là {fields}.",
    "{file}, indicator {code}: there is no field “{field}”; the fields are {fields}.",
)
_ODD_VALUE = Text(
    "{file}, chỉ tiêu {code}: {field} = {seen} không hợp lệ; cần {expected}.",
    "{file}, indicator {code}: {field} = {seen} is not valid; expected {expected}.",
)
_LINE = Text("chữ trong ngoặc kép", "a text in quotes")
_LINES = Text("danh sách các chữ", "a list of texts")
_NUMBER = Text("một số", "a number")
_RANGE = Text("[thấp nhất, cao nhất], “” nếu không giới hạn", "[least, greatest], “” for no bound")


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a breakdown."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Dimension:
    """A breakdown; the members of a complete one add up to the whole."""

    code: str
    name: Text
    members: tuple[Member, ...]
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Department:
    """Who answers for an indicator: the office at the province and the one at the commune."""

    code: str
    province: Text
    commune: Text


@dataclass(frozen=True, slots=True)
class Place:
    """Where an indicator stands: the name of its file, and the line of its heading, counted from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Entries:
    """What files say: indicators in the order of reading, and what could not be taken."""

    indicators: tuple[Indicator, ...]
    problems: tuple[Text, ...] = ()
    places: tuple[Place, ...] = ()  # where each indicator stands


class _Odd(Exception):
    def __init__(self, field: str, seen: object, expected: Text) -> None:
        super().__init__(field)
        self.field, self.seen, self.expected = field, seen, expected


@cache
def national() -> Entries:
    """The indicators that come with the product."""
    room = sorted(files(__name__).iterdir(), key=lambda entry: entry.name)
    names = [entry for entry in room if entry.name.endswith(".toml") and entry.name[:-5] not in _LISTS]
    return _joined(entries_in(entry.read_text(encoding="utf-8"), entry.name) for entry in names)


def read(paths: Iterable[Path]) -> Entries:
    """The indicators of a user's own files, in the order given; the same form as the files of this folder."""
    return _joined(_of_file(path) for path in paths)


def _of_file(path: Path) -> Entries:
    try:
        return entries_in(path.read_text(encoding="utf-8-sig"), path.name)
    except UnicodeDecodeError:
        return Entries((), (_filled(_NOT_TEXT, file=path.name),))
    except OSError:
        return Entries((), (_filled(_NO_FILE, file=path.name),))


def _joined(several: Iterable[Entries]) -> Entries:
    kept = list(several)
    return Entries(
        tuple(indicator for entries in kept for indicator in entries.indicators),
        tuple(problem for entries in kept for problem in entries.problems),
        tuple(place for entries in kept for place in entries.places),
    )


def entries_in(text: str, file: str) -> Entries:
    """The indicators of one file's text. What stands above the first table holds for all of the file."""
    try:
        tables = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as problem:  # no TOML; a number of 5000 digits; brackets without end
        at = _AT.search(str(problem))
        return Entries(
            (), (_filled(_NOT_TOML, _SYNTAX.fill(line=at[1], column=at[2]) if at else _ODD_FILE, file=file),)
        )
    shared = {name: value for name, value in tables.items() if not isinstance(value, dict)}
    lines = {found[1]: text.count("\n", 0, found.start(1)) + 1 for found in _HEADING.finditer(text)}
    indicators: list[Indicator] = []
    problems = [_odd_field(file, "*", name) for name in sorted(set(shared) - (_FIELDS - _FIXED))]
    for code, table in tables.items():
        if not isinstance(table, dict):
            continue
        odd = sorted(set(table) - _FIELDS)
        problems += [_odd_field(file, code, name) for name in odd]
        try:
            if not odd:
                indicators.append(_indicator(code, shared | table))
        except _Odd as flaw:
            facts = {"file": file, "code": code, "field": flaw.field, "seen": flaw.seen}
            problems.append(_filled(_ODD_VALUE, flaw.expected, **facts))
    places = tuple(Place(file, lines.get(one.code, 1)) for one in indicators)
    return Entries(tuple(indicators), tuple(problems), places)


def _odd_field(file: str, code: str, field: str) -> Text:
    return _filled(_ODD_FIELD, file=file, code=code, field=field, fields=", ".join(sorted(_FIELDS)))


def _filled(text: Text, expected: Text = _LINE, **facts: object) -> Text:
    """Filled, with braces doubled: what is filled once may be said as it is."""
    vi, en = text.vi.format(expected=expected.vi, **facts), text.en.format(expected=expected.en, **facts)
    return Text(*(words.replace("{", "{{").replace("}", "}}") for words in (vi, en)))


def _indicator(code: str, table: Mapping[str, Any]) -> Indicator:
    words: dict[str, Any] = {name: _word(table, name) for name in _WORDS}
    lists: dict[str, Any] = {name: _list(table, name) for name in _LISTED}
    is_derived = bool(words["formula"] or words["numerator"])
    usual = Over.RECOMPUTE if is_derived else Over.NONE if lists["parts"] else Over.SUM
    return Indicator(
        code,
        Text(_word(table, "vi"), _word(table, "en")),
        aim=_one_of(table, "aim", Aim, Aim.HIGHER),
        over_place=_one_of(table, "over_place", Over, usual),
        over_time=_one_of(table, "over_time", Over, usual),
        per=_number("per", table.get("per", 1)),
        plausible=_range(table, ["", ""] if is_derived else [0, ""]),
        **words,
        **lists,
    )


def _word(table: Mapping[str, Any], field: str) -> str:
    value = table.get(field, "")
    if not isinstance(value, str):
        raise _Odd(field, value, _LINE)
    return value


def _list(table: Mapping[str, Any], field: str) -> tuple[str, ...]:
    value = table.get(field, [])
    if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
        raise _Odd(field, value, _LINES)
    return tuple(value)


def _number(field: str, value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        raise _Odd(field, value, _NUMBER)
    return Decimal(value)


def _range(table: Mapping[str, Any], usual: list[Any]) -> tuple[Decimal | None, Decimal | None]:
    """What is counted or measured is not below zero, unless its entry says so."""
    value = table.get("plausible", usual)
    if not isinstance(value, list) or len(value) != 2:
        raise _Odd("plausible", value, _RANGE)
    low, high = (None if end == "" else _number("plausible", end) for end in value)
    return low, high


def _one_of(table: Mapping[str, Any], field: str, kind: Any, usual: Any) -> Any:
    value = table.get(field, usual.value)
    known = {member.value: member for member in kind}
    if not isinstance(value, str) or value not in known:
        words = " / ".join(known)
        raise _Odd(field, value, Text(words, words))
    return known[value]


@cache
def _tables(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def sectors() -> dict[str, Text]:
    """The sectors by code, in the order of a report."""
    return {code: Text(row["vi"], row["en"]) for code, row in _tables("sectors").items()}


@cache
def dimensions() -> dict[str, Dimension]:
    """The breakdowns by code."""
    return {
        code: Dimension(
            code,
            Text(row["vi"], row["en"]),
            tuple(Member(member, Text(*words)) for member, words in row["members"].items()),
            row.get("complete", True),
        )
        for code, row in _tables("breakdowns").items()
    }


@cache
def departments() -> dict[str, Department]:
    """The departments by code."""
    return {
        code: Department(code, Text(*row["province"]), Text(*row["commune"]))
        for code, row in _tables("departments").items()
    }


@cache
def measures() -> dict[str, UnitOfMeasure]:
    """The units of measure by code, from reference/measures.toml."""
    text = files("baocao.reference").joinpath("measures.toml").read_text(encoding="utf-8")
    return {
        code: UnitOfMeasure(code, Text(row["vi"], row["en"]), row["dimension"], Decimal(row.get("factor", 1)))
        for code, row in tomllib.loads(text, parse_float=Decimal).items()
    }
