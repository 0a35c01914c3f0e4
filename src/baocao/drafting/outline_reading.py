"""Outlines as files: TOML tables read into an ``Outline``, what they include put in its place.

Whatever is not as expected is refused with the file, the place, what was seen and what was expected.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from baocao.drafting.outline import ALONE, WITH_WORDS, AnnexOf, Given, Kind, Outline, Purpose, Say, Section, Series
from baocao.drafting.outline_fields import BadOutline, Fields, Table
from baocao.model.draft import Manner
from baocao.model.org_unit import Level
from baocao.model.text import Text
from baocao.reasons import because

__all__ = ["BadOutline", "built_in", "names", "outline_in", "shared"]

_CIRCLE: Final = Text(
    "{file}: các phần được gộp quay lại chính nó: {way}; hãy bỏ một lần gộp.",
    "{file}: what is included includes itself: {way}; take one of them out.",
)
_NO_FILE: Final = Text(
    "{file}: không có tệp phần “{name}”; hãy ghi một trong các tệp có: {names}.",
    "{file}: there is no file of sections “{name}”; name one that there is: {names}.",
)
_BROKEN: Final = Text(
    "{file}: không phải TOML đúng ({seen}); hãy sửa chỗ đó.", "{file}: this is not sound TOML ({seen}); mend it there."
)
_TWICE: Final = Text(
    "{file}: phần “{key}” có hai lần; hãy đặt khóa khác.", "{file}: section “{key}” stands twice; give it another key."
)
_SERIES: Final = Text("mã, hoặc mã[chiều=thành viên]", "a code, or code[dimension=member]")
_SERIES_LIST: Final = Text("một danh sách các mã chỉ tiêu", "a list of codes of indicators")
_TRUE: Final = Text("true", "true")
_ONE_KIND: Final = Text("đúng một trong: {kinds}", "exactly one of: {kinds}")

_DEEPEST = 5
_OPTIONS: Final = frozenset(
    {
        "lead",
        "manner",
        "notes",
        "levels",
        "by",
        "noun",
        "doing",
        "name",
        "together",
        "default",
        "asks",
        "without",
        "when",
        "unless",
        "asked",
        "unasked",
    }
)
_SECTION: Final = frozenset({"key", "title", "depth", "say", "levels", "kept", "titles"})
_INCLUDE: Final = frozenset({"include", "deeper", "levels"})
_ANNEX: Final = frozenset({"title", "tables", "landscape", "levels"})
_HEAD: Final = frozenset(
    {"code", "vi", "en", "purpose", "kind", "symbol", "summary", "levels", "recipients", "opening"}
)
_FILE: Final = frozenset({"outline", "section", "annex"})


def _folder() -> Traversable:
    return files("baocao.reference").joinpath("outlines")


def names() -> tuple[str, ...]:
    """The outlines that are built in."""
    return tuple(sorted(one.name.removesuffix(".toml") for one in _folder().iterdir() if one.name.endswith(".toml")))


def built_in(name: str) -> Outline:
    """One of the outlines that are built in. Raises ``KeyError``."""
    if name not in names():
        raise KeyError(name)
    return outline_in(_folder().joinpath(f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")


def shared() -> Mapping[str, str]:
    """The files of sections that outlines may include, by name."""
    folder = _folder().joinpath("sections")
    return {
        one.name.removesuffix(".toml"): one.read_text(encoding="utf-8")
        for one in folder.iterdir()
        if one.name.endswith(".toml")
    }


def outline_in(text: str, file: str, included: Mapping[str, str] | None = None) -> Outline:
    """The outline written in a text; it may include the ``shared`` sections, or others given. Raises ``BadOutline``."""
    table = _parsed(text, file)
    reader = _Reader(Fields(file), shared() if included is None else included)
    field = reader.fields
    head = field.table(table.get("outline"), "[outline]")
    field.only(table, _FILE, file)
    field.only(head, _HEAD, "[outline]")
    sections = tuple(reader.sections(table.get("section", []), ()))
    _prove_once(sections, file)
    opening = enumerate(field.tables(head.get("opening", []), "[outline] opening"), 1)
    annexes = enumerate(field.tables(table.get("annex", []), "[[annex]]"), 1)
    return Outline(
        code=field.word(head, "code", "[outline]"),
        name=Text(field.word(head, "vi", "[outline]"), field.word(head, "en", "[outline]")),
        purpose=field.one_of(Purpose, head.get("purpose"), "[outline] purpose"),
        kind=field.word(head, "kind", "[outline]"),
        symbol=field.word(head, "symbol", "[outline]"),
        summary=field.word(head, "summary", "[outline]"),
        sections=sections,
        annexes=tuple(reader.annex(one, f"[[annex]] {place}") for place, one in annexes),
        recipients=field.lines(head.get("recipients", []), "[outline] recipients"),
        levels=reader.levels(head, "[outline]"),
        opening=tuple(reader.say(one, f"opening {place}") for place, one in opening),
        file=file,
    )


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as problem:  # no TOML; a number of 5000 digits; brackets without end
        raise BadOutline(because(_BROKEN, problem, file=file)) from problem


def _filled(text: Text, **facts: object) -> Text:
    return Text(text.vi.format(**facts), text.en.format(**facts))


def _prove_once(sections: tuple[Section, ...], file: str) -> None:
    seen: set[str] = set()
    for section in sections:
        if section.key in seen:
            raise BadOutline(_filled(_TWICE, file=file, key=section.key))
        seen.add(section.key)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the tables of one outline, with the files that it may include."""

    fields: Fields
    shared: Mapping[str, str]

    def levels(self, table: Table, where: str) -> frozenset[Level]:
        named = self.fields.lines(table.get("levels", []), f"{where} levels")
        return frozenset(self.fields.one_of(Level, one, f"{where} levels") for one in named)

    def sections(self, seen: object, way: tuple[str, ...]) -> Iterator[Section]:
        """The sections of a file in order, those of included files where they are included."""
        for table in self.fields.tables(seen, "[[section]]"):
            if "include" in table:
                yield from self._included(self.fields.word(table, "include", "[[section]]"), table, way)
            else:
                yield self._section(table)

    def _included(self, name: str, table: Table, way: tuple[str, ...]) -> Iterator[Section]:
        file, where = self.fields.file, f"include {name}"
        self.fields.only(table, _INCLUDE, where)
        if name in way:
            raise BadOutline(_filled(_CIRCLE, file=file, way=" → ".join((*way, name))))
        if name not in self.shared:
            raise BadOutline(_filled(_NO_FILE, file=file, name=name, names=", ".join(sorted(self.shared))))
        inner = replace(self, fields=Fields(f"{name}.toml"))
        levels = self.levels(table, where)
        for section in inner.sections(_parsed(self.shared[name], f"{name}.toml").get("section", []), (*way, name)):
            most = _DEEPEST - section.depth
            deeper = self.fields.number(table.get("deeper", 0), f"{where} deeper", 1 - section.depth, most)
            yield replace(section, depth=section.depth + deeper, levels=section.levels or levels)

    def _section(self, table: Table) -> Section:
        field = self.fields
        key = field.word(table, "key", "[[section]]")
        field.only(table, _SECTION, key)
        titles = field.table(table.get("titles", {}), f"{key} titles")
        said = enumerate(field.tables(table.get("say", []), f"{key} say"), 1)
        return Section(
            key=key,
            title=field.word(table, "title", key),
            depth=field.number(table.get("depth"), f"{key} depth", 1, _DEEPEST),
            says=tuple(self.say(one, f"{key} say {place}") for place, one in said),
            levels=self.levels(table, key),
            is_kept=field.flag(table, "kept", key, usual=True),
            titles=tuple(
                (field.one_of(Level, at, f"{key} titles"), field.word(titles, at, f"{key} titles")) for at in titles
            ),
            file=field.file,
        )

    def say(self, table: Table, where: str) -> Say:
        """One thing to say: exactly one key names its kind, the others are options."""
        field = self.fields
        kinds = [kind for kind in Kind if kind.value in table]
        if len(kinds) != 1:
            raise field.odd(where, ", ".join(table), _ONE_KIND.fill(kinds=", ".join(kind.value for kind in Kind)))
        kind = kinds[0]
        field.only(table, _OPTIONS | {kind.value}, where)
        if kind in ALONE and table[kind.value] is not True:
            raise field.odd(f"{where} {kind.value}", table[kind.value], _TRUE)
        notes = enumerate(field.tables(table.get("notes", []), f"{where} notes"), 1)
        return Say(
            kind=kind,
            of=() if kind in WITH_WORDS | ALONE else self._all_series(table[kind.value], f"{where} {kind.value}"),
            words=field.word(table, kind.value, where) if kind in WITH_WORDS else "",
            lead=field.line(table, "lead", where),
            manner=self._manner(table, where),
            notes=tuple(self.say(one, f"{where} note {place}") for place, one in notes),
            levels=self.levels(table, where),
            by=field.line(table, "by", where),
            noun=field.line(table, "noun", where),
            doing=field.line(table, "doing", where),
            name=field.line(table, "name", where),
            default=self._paragraphs(table.get("default", []), f"{where} default"),
            asks=field.line(table, "asks", where),
            without=self._all_series(table.get("without", []), f"{where} without"),
            when=self._series(table["when"], f"{where} when") if "when" in table else None,
            unless=self._series(table["unless"], f"{where} unless") if "unless" in table else None,
            asked=self._given(table, "asked", where),
            unasked=self._given(table, "unasked", where),
        )

    def _given(self, table: Table, name: str, where: str) -> Given | None:
        return self.fields.one_of(Given, table[name], f"{where} {name}") if name in table else None

    def _paragraphs(self, seen: object, where: str) -> tuple[str, ...]:
        """One paragraph written as a line, or several written as a list."""
        return (seen,) if isinstance(seen, str) else self.fields.lines(seen, where)

    def _manner(self, table: Table, where: str) -> Manner | None:
        if self.fields.flag(table, "together", where, usual=False):
            return None
        named = table.get("manner")
        return Manner.BODY if named is None else self.fields.one_of(Manner, named, f"{where} manner")

    def _all_series(self, seen: object, where: str) -> tuple[Series, ...]:
        if isinstance(seen, str):
            return (self._series(seen, where),)
        if not isinstance(seen, list):
            raise self.fields.odd(where, seen, _SERIES_LIST)
        return tuple(self._series(one, where) for one in seen)

    def _series(self, written: object, where: str) -> Series:
        if not isinstance(written, str):
            raise self.fields.odd(where, written, _SERIES)
        try:
            return Series.parse(written)
        except ValueError as problem:
            raise self.fields.odd(where, written, _SERIES) from problem

    def annex(self, table: Table, where: str) -> AnnexOf:
        field = self.fields
        field.only(table, _ANNEX, where)
        tables = field.lines(table.get("tables") or None, f"{where} tables")
        landscape = field.flag(table, "landscape", where, usual=True)
        return AnnexOf(field.word(table, "title", where), tables, landscape, self.levels(table, where))
