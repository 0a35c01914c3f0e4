"""What a reader reads is copied letter by letter from the file, less emphasis signs, note marks and spare spaces."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from baocao.model import Mark, Run

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_RAISED = "⁰¹²³⁴-⁹"
_NOISE = re.compile(
    rf"(?P<raised>⁽?(?P<number>[{_RAISED}]{{1,3}})⁾?)"
    r"|(?P<tagged><sup>\s*[\[(]?(?P<sup>\d{1,3})[\])]?\s*</sup>|\[\^(?P<caret>\d{1,3})\]|\$\^\{?(?P<tex>\d{1,3})\}?\$)"
    r"|(?P<stars>\*+)|(?<![\w_])__?(?=[^\W_])|(?<=[^\s_])__?(?![\w_])"
    r"|\\(?=[\\*_#\-+.()\[\]!|>~`])|[\u00ad\u200b-\u200d\u2060\ufeff]+|</?[bi]>|<br\s*/?>"
)
_SPACES = re.compile(r"(?<=\s)\s+")
# one look at each letter: where none of these stands, nothing but spaces is to be left out
_SUSPECT = re.compile(rf"[*_\\{_RAISED}⁽<$\[\u00ad\u200b-\u200d\u2060\ufeff]")
_SQUARE = re.compile(r"(?<![^\W\d])(?:[kcdhm]?m|dam)$")


class Cut(NamedTuple):
    """A stretch of the source to leave out; with a ``label`` it is a note's mark, standing at ``mark``."""

    start: int
    end: int
    label: str = ""
    mark: int = -1


class Reading(NamedTuple):
    """A logical text with the way back to the source, and the marks taken out of it."""

    text: str
    runs: tuple[Run, ...]
    marks: tuple[Mark, ...]


def read_pieces(source: str, pieces: Sequence[tuple[int, int]], known: Sequence[Cut] = ()) -> Reading:
    """The logical text of stretches of the source that follow each other on the page.

    ``known`` are cuts found by who knows more than one line shows, sorted by place.
    """
    parts: list[str] = []
    runs: list[Run] = []
    marks: list[Mark] = []
    length = 0
    for start, end in pieces:
        if length and needs_space(parts[-1], source[start]):
            parts.append(" ")
            length += 1
        at = start
        for cut in cuts_in(source, start, end, known):
            if cut.start > at:
                parts.append(source[at : cut.start])
                runs.append(Run(length, at, cut.start - at))
                length += cut.start - at
            if cut.label:
                marks.append(Mark(length, cut.label, cut.mark))
            at = max(at, cut.end)
        if end > at:
            parts.append(source[at:end])
            runs.append(Run(length, at, end - at))
            length += end - at
    return _trimmed("".join(parts), runs, marks)


def needs_space(before: str, after: str) -> bool:
    """Whether a space stood where a line ended: not after the hyphen of "QĐ-/UBND", not after another space."""
    if before[-1:].isspace() or not before:
        return False
    return not (before[-1] in "-/" and before[-2:-1].isalnum() and (after.isalnum()))


def _trimmed(text: str, runs: list[Run], marks: list[Mark]) -> Reading:
    bare = text.rstrip()
    while runs and runs[-1].start >= len(bare):
        runs.pop()
    if runs and runs[-1].start + runs[-1].length > len(bare):
        runs[-1] = runs[-1]._replace(length=len(bare) - runs[-1].start)
    lead = len(bare) - len(bare.lstrip())
    if lead:
        bare = bare[lead:]
        runs = _shifted(runs, lead)
        marks = [mark._replace(at=max(0, mark.at - lead)) for mark in marks]
    if marks and marks[-1].at > len(bare):
        marks = [mark._replace(at=min(mark.at, len(bare))) for mark in marks]
    return Reading(bare, tuple(runs), tuple(marks))


def _shifted(runs: list[Run], lead: int) -> list[Run]:
    moved = []
    for run in runs:
        short = min(run.length, max(0, lead - run.start))
        if run.length > short:
            moved.append(Run(run.start + short - lead, run.source + short, run.length - short))
    return moved


def cuts_in(source: str, start: int, end: int, known: Sequence[Cut] = ()) -> list[Cut]:
    """What is to be left out between two places of the source, in order and without overlaps."""
    found: list[Cut] = []
    suspect = _SUSPECT.search(source, start, end)
    while suspect:
        at = suspect.start()
        match = _NOISE.match(source, at, end)
        if match and (cut := _cut_of(source, start, end, match)):
            found.append(cut)
        suspect = _SUSPECT.search(source, match.end() if match else at + 1, end)
    if source.find("  ", start, end) >= 0:
        spaces = [Cut(match.start(), match.end()) for match in _SPACES.finditer(source, start + 1, end)]
        found = sorted([*found, *spaces]) if found else spaces
    if known:
        mine = known[bisect_left(known, (start,)) : bisect_left(known, (end,))]
        if mine:
            found = [cut for cut in found if not any(one.start <= cut.start < one.end for one in mine)]
            found = sorted([*found, *mine])
    return found


def _cut_of(source: str, start: int, end: int, match: re.Match[str]) -> Cut | None:
    at = match.start()
    if match["raised"]:
        return _raised_mark(source, start, match)
    if match["tagged"]:
        return Cut(_with_space(source, start, at), match.end(), match["sup"] or match["caret"] or match["tex"], at)
    if match["stars"]:
        return _stars(source, start, end, match)
    return Cut(at, match.end())


def _with_space(source: str, start: int, at: int) -> int:
    """A mark is left out together with the space before it."""
    return at - 1 if at > start and source[at - 1] in " \u00a0" else at


def _raised_mark(source: str, start: int, match: re.Match[str]) -> Cut | None:
    """A raised number is a note's mark, unless it makes a square or a cube of a length."""
    at, number = match.start("number"), match["number"]
    if number[0] in "²³" and _SQUARE.search(source[max(0, at - 4) : at]):
        if len(number) == 1:
            return None
        return Cut(at + 1, match.end(), number[1:].translate(_DIGITS), at + 1)
    return Cut(_with_space(source, start, match.start()), match.end(), number.translate(_DIGITS), at)


def _stars(source: str, start: int, end: int, match: re.Match[str]) -> Cut | None:
    """Stars are emphasis where they lean on a word; a star with a space on its right that opens a line is a bullet."""
    before = source[match.start() - 1] if match.start() > start else " "
    after = source[match.end()] if match.end() < end else " "
    count = len(match[0])
    if before.isspace() and after.isspace():
        if match.start() > start:
            return None
        return Cut(match.start(), match.end() - 1) if count % 2 else Cut(match.start(), match.end())
    if (before == "(" and after == ")") or (count == 1 and before.isdigit() and after.isdigit()):
        return None
    return Cut(match.start(), match.end())
