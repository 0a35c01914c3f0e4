"""Findings as lines for the eye: in colour on a terminal, plain anywhere else."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TextIO

from baocao.model import Document, Finding, Language, Severity, Text
from baocao.showing.place import Piece, Places, excerpt
from baocao.showing.words import SEVERITY, arithmetic, harmless, said, shortened, summary, title_of

_INDENT = 2
_WIDEST = 110  # letters in a line that is still easy to read
_NARROWEST = 20
_USUAL = 80  # where the terminal does not say

_STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold cyan",
    "file": "bold",
    "rule": "bold",
    "dim": "dim",
    "at": "",
    "figure": "bold underline",
    "arithmetic": "green",
    "": "",
}
_LOUD = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_IN_FILE = Text("xem thêm {file}", "see also {file}")


class Line(NamedTuple):
    """A line of pieces; it is folded with its own indent when it is too long."""

    pieces: tuple[Piece, ...]
    indent: int = 0


def lines(
    name: str,
    findings: Iterable[Finding],
    documents: tuple[Document, ...],
    titles: dict[str, Text],
    lang: Language,
    accepted: int = 0,
) -> Iterator[Line]:
    """One report's findings, each with its place, its sentence, its arithmetic and its key."""
    findings = tuple(findings)
    head = (Piece(name.replace("\n", "\\n"), "file"), Piece("  " + summary(findings, accepted, lang), "dim"))
    yield Line(head)
    places: dict[int, Places] = {}
    for finding in findings:
        number = finding.at.document
        if number not in places:
            places[number] = Places(documents[number])
        yield Line(())
        yield from _finding(finding, documents, places[number], titles, lang)
    yield Line(())


def _finding(
    finding: Finding, documents: tuple[Document, ...], places: Places, titles: dict[str, Text], lang: Language
) -> Iterator[Line]:
    severity = Piece(said(SEVERITY[finding.severity], lang).upper(), _LOUD[finding.severity])
    yield Line((severity, Piece("  "), Piece(title_of(finding.rule, titles, lang), "rule")), _INDENT)
    place = places.of(finding.at, lang)
    if place:
        yield Line((Piece(place, "dim"),), 2 * _INDENT)
    yield Line((Piece("“"), *excerpt(documents[finding.at.document], finding), Piece("”")), 2 * _INDENT)
    yield Line((Piece("→ "), Piece(said(finding.message, lang))), 2 * _INDENT)
    done = arithmetic(finding, lang)
    if done:
        yield Line((Piece("= "), Piece(done, "arithmetic")), 2 * _INDENT)
    others = dict.fromkeys(span.document for span in finding.also if span.document != finding.at.document)
    for other in others:
        yield Line((Piece(_IN_FILE.say(lang, file=documents[other].name), "dim"),), 2 * _INDENT)
    yield Line((Piece(f"{finding.rule} #{finding.key(documents)}", "dim"),), 2 * _INDENT)


def show(shown: Iterable[Line], out: TextIO) -> None:
    """Print lines: in colour and folded to the window on a terminal, plain and unfolded into a file."""
    terminal = out.isatty() or bool(os.environ.get("FORCE_COLOR"))
    if terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
        _show_rich(shown, out)
        return
    width = _width(out) if out.isatty() else None
    for line in shown:
        out.write(_plain(line, width) + "\n")


def _plain(line: Line, width: int | None) -> str:
    """A line without colours; the marked figures stand between brackets instead."""
    pieces = ((piece.role, shortened(harmless(piece.text))) for piece in line.pieces)
    text = "".join(f"⟦{text}⟧" if role == "figure" else text for role, text in pieces)
    indent = " " * line.indent
    if width is None:
        return (indent + text).rstrip()
    folded = textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_long_words=False)
    return "\n".join(folded)


def _width(out: TextIO) -> int:
    try:
        columns = os.get_terminal_size(out.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return _readable(columns)


def _readable(columns: int) -> int:
    """The width to fold to; 0 columns are those of a terminal that does not know."""
    return max(_NARROWEST, min(columns or _USUAL, _WIDEST))


def _show_rich(shown: Iterable[Line], out: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text as Styled

    console = Console(file=out, highlight=False, markup=False, emoji=False, force_terminal=True)
    width = _readable(console.width)
    for line in shown:
        styled = Styled()
        for piece in line.pieces:
            styled.append(shortened(harmless(piece.text)), style=_STYLES[piece.role])
        for folded in styled.wrap(console, width - line.indent) or [styled]:
            folded.rstrip()
            console.print(Styled(" " * line.indent if folded else "") + folded, soft_wrap=True)
