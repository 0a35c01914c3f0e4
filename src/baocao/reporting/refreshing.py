"""A report is brought up to date: numbers whose figures moved on are changed, the words of people are not touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from baocao.formats import docx_live_changes
from baocao.formats.docx_live import Control, LiveFile
from baocao.formats.docx_live_changes import NewText
from baocao.model.draft import Reckoning
from baocao.model.observation import Address, Scenario
from baocao.model.period import Period
from baocao.model.text import Problem, Text
from baocao.reporting import beside, fitting, looking_up
from baocao.reporting.differing import Kind, Standing, standings
from baocao.reporting.looking_up import Current, Lookup
from baocao.reporting.placing import Spots

UNCHANGEABLE = Text(
    "ô số có hình, trường hoặc ô khác bên trong; hãy sửa tay",
    "its control holds a picture, a field or another control; change it by hand",
)
_SIGNED = Text(
    "tệp đã ký số, cập nhật sẽ làm hỏng chữ ký; hãy cập nhật bản chưa ký.",
    "the file is signed, and a change would break the signature; refresh the unsigned file.",
)


class CannotRefresh(Problem):
    """A file that must not be changed; ``text`` says why."""


@dataclass(frozen=True, slots=True)
class Move:
    """A number that moved on. ``old`` is what it read, ``new`` what the store makes of it now."""

    standing: Standing
    current: Current
    old: str
    new: str

    @property
    def value(self) -> Decimal:
        """As the file keeps it: a change without its sign."""
        return looking_up.told(self.standing.kept.source, self.current.value)


@dataclass(frozen=True, slots=True)
class Left:
    """A number that is not as the store has it and was not changed; ``kind`` or ``remark`` says why."""

    standing: Standing
    kind: Kind | None
    new: str = ""
    remark: Text | None = None


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of a file. ``parts`` are those that changed, none when the file is as it should be."""

    moves: tuple[Move, ...]
    left: tuple[Left, ...]
    misfits: tuple[Text, ...]
    parts: dict[str, bytes] = field(default_factory=dict)


def refresh(path: Path, live: LiveFile, lookup: Lookup, when: datetime, *, is_all: bool = False) -> Refreshed:
    """Work out what changes, as tracked changes of ``when``. Raises ``CannotRefresh`` and ``Unreadable``.

    Numbers altered by hand are left alone unless ``is_all``. Nothing is written: ``parts`` holds the changed bytes.
    """
    if live.part is None:
        return Refreshed((), (), ())
    if live.is_signed:
        raise CannotRefresh(_SIGNED)
    moves: list[Move] = []
    left: list[Left] = []
    every = list(standings(live))
    for standing in every:
        found = _looked_up(standing, lookup, is_all=is_all)
        if isinstance(found, Move):
            moves.append(found)
        elif found is not None:
            left.append(found)
    parts, stuck = _changed(path, live, moves, when)
    left += [Left(move.standing, None, move.new, UNCHANGEABLE) for move in moves if _key(move) in stuck]
    moves = [move for move in moves if _key(move) not in stuck]
    shown = tuple(move for move in moves if move.old != move.new)
    misfits = (*_misfits(live, shown, lookup), *beside.untrue_notes(live, every, lookup))
    return Refreshed(shown, tuple(left), misfits, parts)


def _key(move: Move) -> str:
    return move.standing.kept.key


def _looked_up(standing: Standing, lookup: Lookup, *, is_all: bool) -> Move | Left | None:
    """How a number moved on, why it is left, or None where all is well."""
    kept = standing.kept
    if Kind.DELETED in standing.kinds:
        return None
    current = lookup(kept.source)
    if current is None:
        return Left(standing, Kind.GONE) if looking_up.can_be_reckoned(kept.source) else None
    new = looking_up.printed(kept.source, kept.form, current.value)
    if Kind.CUT in standing.kinds:
        return Left(standing, Kind.CUT, new)  # told also where the figure still stands: the next one will not get in
    if Kind.ALTERED in standing.kinds and (not is_all or _is_glued(standing)):
        return Left(standing, Kind.ALTERED, new)
    if current.is_overtaken:  # "ước đạt" stands before it, and words are people's
        return Left(standing, Kind.OVERTAKEN, new)
    if Kind.ALTERED not in standing.kinds and looking_up.told(kept.source, current.value) == kept.value:
        return None
    return Move(standing, current, standing.now, new)


def _is_glued(standing: Standing) -> bool:
    """Whether digits were typed beside the control, where they are people's text."""
    return standing.now not in (*(control.text for control in standing.controls), standing.kept.bound)


def _changed(
    path: Path, live: LiveFile, moves: Sequence[Move], when: datetime
) -> tuple[dict[str, bytes], frozenset[str]]:
    """The parts that change, and the keys whose controls cannot be."""
    if live.part is None or not moves:
        return {}, frozenset()
    texts, stuck = _texts(path, live, moves, when)
    if stuck:  # what cannot be changed everywhere is changed nowhere
        moves = [move for move in moves if _key(move) not in stuck]
        texts, _ = _texts(path, live, moves, when)
    if not moves:
        return {}, stuck
    name = live.part.name
    figures = {_key(move): NewText(move.value, move.new, move.current.revision) for move in moves}
    part = docx_live_changes.part_of(path, [name])[name]
    return {**texts, name: docx_live_changes.figure_texts(part, name, figures)}, stuck


def _texts(
    path: Path, live: LiveFile, moves: Sequence[Move], when: datetime
) -> tuple[dict[str, bytes], frozenset[str]]:
    new = {_key(move): move.new for move in moves}
    wanted: dict[str, dict[int, Control]] = defaultdict(dict)
    for control in live.controls:
        if control.key in new and not control.is_deleted and control.text != new[control.key]:
            wanted[control.part][control.place] = control
    parts: dict[str, bytes] = {}
    stuck: set[str] = set()
    for name, content in docx_live_changes.part_of(path, list(wanted)).items():
        texts = {place: new[control.key] for place, control in wanted[name].items()}
        parts[name], places = docx_live_changes.control_texts(content, name, texts, when)
        stuck.update(wanted[name][place].key for place in places)
    return parts, frozenset(stuck)


def _misfits(live: LiveFile, moves: Sequence[Move], lookup: Lookup) -> Iterator[Text]:
    """Words that the new figures make untrue, each told once."""
    spots = Spots(live.document)
    series = _series(live) if moves else {}
    told: set[tuple[str, str]] = set()
    for move in moves:
        spot = spots.at(*move.standing.at)
        kept = move.standing.kept
        new = move.value if kept.source.reckoning is Reckoning.VALUE else move.current.value
        word = fitting.misfit(kept.source.reckoning, spot, kept.value, new)
        if not word:
            others = series.get(_line_of(move.standing), [])
            word = _misfit_beside(live.document.source, move, others, lookup)
        words = replace(spot, shown=move.new).words
        if word and (word, words) not in told:
            told.add((word, words))
            yield fitting.MISFIT.fill(word=word, number=move.new, words=words)
        if kept.source.reckoning is Reckoning.COUNT and beside.names_behind(spot):
            yield beside.NAMES.fill(number=move.new, words=words)
        if not word and (rating := _rating_beside(spots, move)):
            yield fitting.RATED.fill(word=rating, number=move.new, words=words)


def _rating_beside(spots: Spots, move: Move) -> str:
    """The rating in the row of a percentage of a plan that no longer goes with it."""
    source, old = move.standing.kept.source, move.standing.kept.value
    is_of_plan = len(source.addresses) > 1 and source.addresses[1].scenario is Scenario.TARGET
    if source.reckoning is not Reckoning.PERCENT or not is_of_plan:
        return ""
    return fitting.rating_to_check(spots.row(move.standing.at[0]), old, move.current.value)


_REACH = 200  # letters between a figure and that of the earlier time which it is set against
_ANY = Period.part(2000)  # stands for all periods of one series


def _series(live: LiveFile) -> dict[Address | None, list[Standing]]:
    """The plain figures of the text by all of their address but the period."""
    found: dict[Address | None, list[Standing]] = defaultdict(list)
    for standing in standings(live):
        if standing.at[0] >= 0:
            found[_line_of(standing)].append(standing)
    found.pop(None, None)
    return found


def _line_of(standing: Standing) -> Address | None:
    source = standing.kept.source
    if source.reckoning is not Reckoning.VALUE or len(source.addresses) != 1:
        return None
    return replace(source.addresses[0], period=_ANY)


def _misfit_beside(source: str, move: Move, others: Iterable[Standing], lookup: Lookup) -> str:
    """The word between this figure and that of another period in the same sentence, if it is untrue now."""
    at = move.standing.at
    for other in others:
        if at[0] < 0 or other.kept.source == move.standing.kept.source:
            continue
        (_, first), (second, _) = sorted((at, other.at))
        between = source[first:second]
        if len(between) > _REACH or "\n" in between or ". " in between:
            continue
        current = lookup(other.kept.source)
        if current is None:
            continue
        values = (move.current.value, current.value)
        if word := fitting.misfit_between(between, *(values if at < other.at else values[::-1])):
            return word
    return ""
