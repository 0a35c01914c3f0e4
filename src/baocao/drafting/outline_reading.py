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

from baocao.drafting.outline import ALONE, WITH_WORDS, AnnexOf, Kind, Outline, Purpose, Say, Section, Series
from baocao.model.draft import Manner
from baocao.model.org_unit import Level
from baocao.model.text import Text

_WHAT: Final = Text(
    "{file}: {where}: ghi {seen}, cần {expected}", "{file}: {where}: {seen} is written, expected {expected}"
)
_CIRCLE: Final = Text(
    "{file}: các phần được gộp quay lại chính nó: {way}; hãy bỏ một lần gộp.",
    "{file}: what is included includes itself: {way}; take one of them out.",
)
_NO_FILE: Final = Text(
    "{file}: không có tệp phần '{name}'; các tệp có: {names}.",
    "{file}: there is no file of sections '{name}'; there are {names}.",
)
_BROKEN: Final = Text("{file}: không phải TOML đúng ({reason}).", "{file}: this is not sound TOML ({reason}).")
_TWICE: Final = Text("{file}: phần '{key}' có hai lần.", "{file}: section '{key}' stands twice.")


class BadOutline(Exception):
    """An outline that cannot be read; ``text`` says where, what was seen and what was expected."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


_OPTIONS: Final = frozenset(
    {"lead", "manner", "notes", "levels", "by", "noun", "doing", "of", "name", "together", "default", "when", "unless"}
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


def outline_in(text: str, file: str) -> Outline:
    """The outline written in a text. Raises ``BadOutline``."""
    table = _parsed(text, file)
    reader = _Reader(file, shared())
    head = table.get("outline")
    if not isinstance(head, dict):
        raise reader.odd("[outline]", head, "một bảng [outline]", "a table [outline]")
    reader.only(table, _FILE, file)
    reader.only(head, _HEAD, "[outline]")
    sections = tuple(reader.sections(table.get("section", []), ()))
    reader.prove_once(sections)
    return Outline(
        code=reader.word(head, "code", "[outline]"),
        name=Text(reader.word(head, "vi", "[outline]"), reader.word(head, "en", "[outline]")),
        purpose=reader.one_of(Purpose, head.get("purpose"), "[outline] purpose"),
        kind=reader.word(head, "kind", "[outline]"),
        symbol=reader.word(head, "symbol", "[outline]"),
        summary=reader.word(head, "summary", "[outline]"),
        sections=sections,
        annexes=tuple(reader.annex(one, place) for place, one in enumerate(table.get("annex", []), 1)),
        recipients=tuple(head.get("recipients", ())),
        levels=reader.levels(head, "[outline]"),
        opening=tuple(reader.say(one, f"opening {place}") for place, one in enumerate(head.get("opening", ()), 1)),
        file=file,
    )


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise BadOutline(_BROKEN.fill(file=file, reason=str(problem))) from problem


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the tables of one outline, with the files that it may include."""

    file: str
    shared: Mapping[str, str]

    def odd(self, where: str, seen: object, vi: str, en: str) -> BadOutline:
        """What is told of a field that is not what it should be."""
        shown = "không có gì" if seen is None else f"'{seen}'"
        words = _WHAT.vi.format(file=self.file, where=where, seen=shown, expected=vi)
        shown = "nothing" if seen is None else f"'{seen}'"
        return BadOutline(Text(words, _WHAT.en.format(file=self.file, where=where, seen=shown, expected=en)))

    def word(self, table: Mapping[str, Any], name: str, where: str) -> str:
        found = table.get(name)
        if not isinstance(found, str) or not found.strip():
            raise self.odd(f"{where} {name}", found, "một dòng chữ", "a line of words")
        return found

    def only(self, table: Mapping[str, Any], known: frozenset[str], where: str) -> None:
        """Refuse what a table does not know, so that a slip of the pen is not passed over in silence."""
        for name in sorted(set(table) - known):
            wanted = ", ".join(sorted(known))
            raise self.odd(where, name, f"một trong: {wanted}", f"one of: {wanted}")

    def one_of(self, kind: Any, seen: object, where: str) -> Any:
        try:
            return kind(seen)
        except ValueError as problem:
            wanted = ", ".join(str(one.value) for one in kind)
            raise self.odd(where, seen, f"một trong: {wanted}", f"one of: {wanted}") from problem

    def levels(self, table: Mapping[str, Any], where: str) -> frozenset[Level]:
        return frozenset(self.one_of(Level, one, f"{where} levels") for one in table.get("levels", ()))

    def sections(self, tables: object, way: tuple[str, ...]) -> Iterator[Section]:
        """The sections of a file in order, those of included files where they are included."""
        if not isinstance(tables, list):
            raise self.odd("[[section]]", tables, "một danh sách [[section]]", "a list of [[section]]")
        for table in tables:
            if "include" in table:
                self.only(table, _INCLUDE, f"include {table['include']}")
                yield from self._included(str(table["include"]), table, way)
            else:
                yield self._section(table)

    def _included(self, name: str, table: Mapping[str, Any], way: tuple[str, ...]) -> Iterator[Section]:
        if name in way:
            raise BadOutline(_CIRCLE.fill(file=self.file, way=" → ".join((*way, name))))
        if name not in self.shared:
            raise BadOutline(_NO_FILE.fill(file=self.file, name=name, names=", ".join(sorted(self.shared))))
        inner = replace(self, file=f"{name}.toml")
        deeper = table.get("deeper", 0)
        levels = self.levels(table, f"include {name}")
        for section in inner.sections(_parsed(self.shared[name], inner.file).get("section", []), (*way, name)):
            yield replace(section, depth=section.depth + deeper, levels=section.levels or levels)

    def _section(self, table: Mapping[str, Any]) -> Section:
        key = self.word(table, "key", "[[section]]")
        self.only(table, _SECTION, key)
        depth = table.get("depth")
        if not isinstance(depth, int) or not 1 <= depth <= 5:
            raise self.odd(f"{key} depth", depth, "một số từ 1 đến 5", "a number from 1 to 5")
        said = enumerate(table.get("say", ()), 1)
        titles = table.get("titles", {})
        return Section(
            key=key,
            title=self.word(table, "title", key),
            depth=depth,
            says=tuple(self.say(one, f"{key} say {place}") for place, one in said),
            levels=self.levels(table, key),
            is_kept=bool(table.get("kept", True)),
            titles=tuple((self.one_of(Level, at, f"{key} titles"), name) for at, name in titles.items()),
            file=self.file,
        )

    def say(self, table: Mapping[str, Any], where: str) -> Say:
        """One thing to say: exactly one key names its kind, the others are options."""
        kinds = [kind for kind in Kind if kind.value in table]
        if len(kinds) != 1:
            wanted = ", ".join(kind.value for kind in Kind)
            raise self.odd(where, ", ".join(table), f"đúng một trong: {wanted}", f"exactly one of: {wanted}")
        kind = kinds[0]
        self.only(table, _OPTIONS | {kind.value}, where)
        content = table[kind.value]
        words = ""
        of: tuple[Series, ...] = ()
        if kind in WITH_WORDS:
            words = self.word(table, kind.value, where)
        elif kind not in ALONE:
            of = tuple(self._series(one, where) for one in ([content] if isinstance(content, str) else content))
        return Say(
            kind=kind,
            of=of,
            words=words,
            lead=str(table.get("lead", "")),
            manner=self._manner(table, where),
            notes=tuple(self.say(one, f"{where} note {place}") for place, one in enumerate(table.get("notes", ()), 1)),
            levels=self.levels(table, where),
            by=str(table.get("by", "")),
            noun=str(table.get("noun", "")),
            doing=str(table.get("doing", "")),
            whole=str(table.get("of", "")),
            name=str(table.get("name", "")),
            default=self.paragraphs(table.get("default", ()), where),
            when=self._series(table["when"], where) if "when" in table else None,
            unless=self._series(table["unless"], where) if "unless" in table else None,
        )

    def paragraphs(self, seen: object, where: str) -> tuple[str, ...]:
        """One paragraph written as a line, or several written as a list."""
        lines = [seen] if isinstance(seen, str) else seen
        if not isinstance(lines, list | tuple) or not all(isinstance(line, str) for line in lines):
            raise self.odd(
                f"{where} default", seen, "một đoạn hoặc danh sách các đoạn", "a paragraph or a list of them"
            )
        return tuple(lines)

    def _manner(self, table: Mapping[str, Any], where: str) -> Manner | None:
        if table.get("together"):
            return None
        named = table.get("manner")
        return Manner.BODY if named is None else self.one_of(Manner, named, f"{where} manner")

    def _series(self, written: object, where: str) -> Series:
        try:
            return Series.parse(str(written))
        except ValueError as problem:
            raise self.odd(
                where, written, "mã, hoặc mã[chiều=thành viên]", "a code, or code[dimension=member]"
            ) from problem

    def annex(self, table: Mapping[str, Any], place: int) -> AnnexOf:
        where = f"[[annex]] {place}"
        self.only(table, _ANNEX, where)
        tables = table.get("tables")
        if not isinstance(tables, list) or not tables:
            raise self.odd(f"{where} tables", tables, "danh sách tên bảng", "a list of names of tables")
        landscape = bool(table.get("landscape", True))
        return AnnexOf(self.word(table, "title", where), tuple(tables), landscape, self.levels(table, where))

    def prove_once(self, sections: tuple[Section, ...]) -> None:
        seen: set[str] = set()
        for section in sections:
            if section.key in seen:
                raise BadOutline(_TWICE.fill(file=self.file, key=section.key))
            seen.add(section.key)
