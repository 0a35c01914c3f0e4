"""A field of an outline's file is what it should be, or it is told: where, what was seen, what was expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeVar

from baocao.model.text import Problem, Text

Table = Mapping[str, Any]
_Named = TypeVar("_Named", bound=Enum)

_WHAT: Final = Text(
    "{file}: {where}: ghi {seen}, cần {expected}; hãy sửa lại.",
    "{file}: {where}: {seen} is written, expected {expected}; correct it.",
)
_NOTHING: Final = Text("không có gì", "nothing")
_SHOWN: Final = 60  # letters of what was seen

_LINE: Final = Text("một dòng chữ", "a line of words")
_LINES: Final = Text("một danh sách các dòng chữ", "a list of lines of words")
_FLAG: Final = Text("true hoặc false", "true or false")
_TABLES: Final = Text("một danh sách các bảng", "a list of tables")
_TABLE: Final = Text("một bảng", "a table")
_NUMBER: Final = Text("một số từ {low} đến {high}", "a number from {low} to {high}")
_ONE_OF: Final = Text("một trong: {known}", "one of: {known}")


class BadOutline(Problem):
    """An outline that cannot be read; ``text`` says where, what was seen and what was expected."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Reads the fields of one file's tables. Each raises ``BadOutline``; ``where`` is the place that is told."""

    file: str

    def odd(self, where: str, seen: object, expected: Text) -> BadOutline:
        """What is told of a field that is not what it should be."""
        shown = _NOTHING if seen is None else Text(f"“{_short(seen)}”", f"“{_short(seen)}”")
        vi = _WHAT.vi.format(file=self.file, where=where, seen=shown.vi, expected=expected.vi)
        return BadOutline(Text(vi, _WHAT.en.format(file=self.file, where=where, seen=shown.en, expected=expected.en)))

    def only(self, table: Table, known: frozenset[str], where: str) -> None:
        """Refuse what a table does not know, so that a slip of the pen is not passed over in silence."""
        for name in sorted(set(table) - known):
            raise self.odd(where, name, _ONE_OF.fill(known=", ".join(sorted(known))))

    def word(self, table: Table, name: str, where: str) -> str:
        """A line that must be there and say something."""
        found = table.get(name)
        if not isinstance(found, str) or not found.strip():
            raise self.odd(f"{where} {name}", found, _LINE)
        return found

    def line(self, table: Table, name: str, where: str) -> str:
        """A line, empty where there is none."""
        found = table.get(name, "")
        if not isinstance(found, str):
            raise self.odd(f"{where} {name}", found, _LINE)
        return found

    def lines(self, seen: object, where: str) -> tuple[str, ...]:
        """Several lines written as a list."""
        if not isinstance(seen, list) or not all(isinstance(line, str) for line in seen):
            raise self.odd(where, seen, _LINES)
        return tuple(seen)

    def flag(self, table: Table, name: str, where: str, usual: bool) -> bool:
        found = table.get(name, usual)
        if not isinstance(found, bool):
            raise self.odd(f"{where} {name}", found, _FLAG)
        return found

    def number(self, seen: object, where: str, low: int, high: int) -> int:
        if isinstance(seen, bool) or not isinstance(seen, int) or not low <= seen <= high:
            raise self.odd(where, seen, _NUMBER.fill(low=low, high=high))
        return seen

    def tables(self, seen: object, where: str) -> Sequence[Table]:
        if not isinstance(seen, list) or not all(isinstance(one, dict) for one in seen):
            raise self.odd(where, seen, _TABLES)
        return seen

    def table(self, seen: object, where: str) -> Table:
        if not isinstance(seen, dict):
            raise self.odd(where, seen, _TABLE)
        return seen

    def one_of(self, kind: type[_Named], seen: object, where: str) -> _Named:
        """The member of an enumeration that a word names."""
        known = {str(one.value): one for one in kind}
        if not isinstance(seen, str) or seen not in known:
            raise self.odd(where, seen, _ONE_OF.fill(known=", ".join(known)))
        return known[seen]


def _short(seen: object) -> str:
    text = str(seen)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
