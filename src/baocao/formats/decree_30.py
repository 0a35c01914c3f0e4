"""The layout that Decree 30/2020/NĐ-CP asks of an official document, as a table of rules over a Word file.

Annex I of the decree, parts I to III. A rule names the places that are otherwise; where a part is missing that every
document has, a rule of its own says so, and the rules about its looks are silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from baocao.formats.decree_30_places import Places, places
from baocao.formats.docx_look import Printed
from baocao.formats.package import Package
from baocao.model import Text

MILLIMETRE = 56.6929  # twips
Role = Callable[[Places], Sequence[Printed]]
Seen = Iterator[Text]
_BOLD, _NOT_BOLD = Text("đậm", "bold"), Text("không đậm", "not bold")
_ITALIC, _NOT_ITALIC = Text("nghiêng", "slanted"), Text("không nghiêng", "not slanted")
_SMALL = Text("có chữ thường", "has small letters")
_SHOWN = 60  # letters of a paragraph that a message quotes


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its key, what the decree wants, and what a file has otherwise, place by place."""

    key: str
    wanted: Text
    seen: Callable[[Places], Iterable[Text]]


@dataclass(frozen=True, slots=True)
class Breach:
    """What stands otherwise than a rule wants it."""

    rule: Rule
    seen: Text


def breaches(package: Package) -> list[Breach]:
    """All that a Word file has otherwise than the decree wants, in the order of the rules. Raises ``Unreadable``."""
    from baocao.formats.decree_30_rules import LETTER_RULES, RULES

    found = places(package)
    rules = LETTER_RULES if found.about else RULES
    return [Breach(rule, seen) for rule in rules for seen in rule.seen(found)]


def quoted(line: Printed, what: Text) -> Text:
    """A message about a paragraph."""
    text = line.text if len(line.text) <= _SHOWN else line.text[: _SHOWN - 1] + "…"
    return Text(f"“{text}”: {what.vi}", f"“{text}”: {what.en}")


def same(text: str) -> Text:
    """What is said alike in both languages."""
    return Text(text, text)


def points(size: float) -> Text:
    return same(f"{size:g} pt")


def present(role: Role, words: Text) -> Callable[[Places], Seen]:
    """The document has the part."""

    def check(found: Places) -> Seen:
        if not role(found):
            yield words

    return check


def sized(role: Role, low: float, high: float) -> Callable[[Places], Seen]:
    """All letters of the part are of these sizes, in points."""

    def check(found: Places) -> Seen:
        for line in role(found):
            for size in sorted({run.size for run in line.letters if run.text.strip() and _counts(run.properties)}):
                if not low <= size <= high:
                    yield quoted(line, points(size))

    return check


def _counts(properties: dict[str, dict[str, str]]) -> bool:
    """The raised mark of a note is smaller by its nature."""
    return properties.get("vertAlign", {}).get("val") not in ("superscript", "subscript")


def lettered(role: Role, *, bold: bool, italic: bool = False) -> Callable[[Places], Seen]:
    """All letters of the part are bold and italic as said."""

    def check(found: Places) -> Seen:
        for line in role(found):
            runs = [run for run in line.letters if run.text.strip()]
            if any(run.is_bold is not bold for run in runs):
                yield quoted(line, _NOT_BOLD if bold else _BOLD)
            if any(run.is_italic is not italic for run in runs):
                yield quoted(line, _NOT_ITALIC if italic else _ITALIC)

    return check


def aligned(role: Role, *wanted: str) -> Callable[[Places], Seen]:
    """The part stands in the middle, or where it is said."""

    def check(found: Places) -> Seen:
        for line in role(found):
            if line.align not in wanted:
                yield quoted(line, same(line.align))

    return check


def capitals(role: Role) -> Callable[[Places], Seen]:
    """The part is written in capitals."""

    def check(found: Places) -> Seen:
        for line in role(found):
            if not all(run.in_capitals for run in line.letters):
                yield quoted(line, _SMALL)

    return check


def holds(role: Role, test: Callable[[Printed], bool], otherwise: Text) -> Callable[[Places], Seen]:
    """Each paragraph of the part passes a test."""

    def check(found: Places) -> Seen:
        for line in role(found):
            if not test(line):
                yield quoted(line, otherwise)

    return check
