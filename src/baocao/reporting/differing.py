"""A report that comes back is held against what was drafted, and against the store as it stands now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from baocao.formats.docx_live import Control, LiveFile
from baocao.formats.docx_live_figures import Kept
from baocao.model.text import Text
from baocao.reporting import looking_up
from baocao.reporting.looking_up import Current, Lookup
from baocao.reporting.placing import Spot, Spots
from baocao.reporting.typed import typed, whole

_NOWHERE = Spot(Text("", ""))


class Kind(Enum):
    """What is the matter with a number."""

    ALTERED = "altered"  # by hand
    STALE = "stale"  # the store says something else now
    OVERTAKEN = "overtaken"  # told as an estimate, and the result is known by now
    TYPED = "typed"  # without an address
    DELETED = "deleted"  # its control is gone
    DUPLICATED = "duplicated"  # its control stands several times
    CUT = "cut"  # its control holds but a part of it
    GONE = "gone"  # the store knows no figure any more
    DAMAGED = "damaged"  # what the file says of it cannot be read


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing to tell. ``printed`` is as drafted, ``now`` as it reads in the file, ``current`` by the store."""

    kind: Kind
    key: str = ""
    printed: str = ""
    now: str = ""
    current: str = ""
    addresses: tuple[str, ...] = ()
    spot: Spot = _NOWHERE
    remark: Text | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one live number stands in the file: its controls that are not deleted, and what it reads now."""

    kept: Kept
    controls: tuple[Control, ...]
    now: str
    kinds: tuple[Kind, ...]  # of ALTERED, DELETED, DUPLICATED, CUT
    at: tuple[int, int] = (-1, -1)


def standings(live: LiveFile) -> Iterator[Standing]:
    """All live numbers of a file, in the order in which they were drafted."""
    if live.part is None:
        return
    by_key: dict[str, list[Control]] = defaultdict(list)
    for control in live.controls:
        if not control.is_spare and not control.is_deleted:
            by_key[control.key].append(control)
    for key, kept in live.part.figures.items():
        yield _standing(live, kept, by_key.get(key, []))


def _standing(live: LiveFile, kept: Kept, controls: Sequence[Control]) -> Standing:
    if not controls:
        return Standing(kept, (), "", (Kind.DELETED,))
    ranges = [_whole(live, control) for control in controls]
    texts = [_text(live, control, at) for control, at in zip(controls, ranges, strict=True)]
    others = [place for place, text in enumerate(texts) if text != kept.printed]
    place = others[0] if others else 0
    kinds: list[Kind] = []
    if _is_cut(kept, controls, texts):
        return Standing(kept, tuple(controls), controls[0].text, (Kind.CUT,), ranges[0])
    if len(controls) > 1:
        kinds.append(Kind.DUPLICATED)
    now = texts[place]
    if not others and _squeezed(kept.bound) != kept.printed:
        now = _squeezed(kept.bound)  # Word will show what the control is bound to
    if now != kept.printed:
        kinds.insert(0, Kind.ALTERED)
    return Standing(kept, tuple(controls), now, tuple(kinds), ranges[place])


def _is_cut(kept: Kept, controls: Sequence[Control], texts: Sequence[str]) -> bool:
    """Whether the number is printed as it was, but by several controls, or by one and text beside it."""
    if len(controls) > 1:
        parts = [control.text for control in controls]
        return kept.printed not in parts and "".join(parts) == kept.printed
    return texts[0] == kept.printed != controls[0].text


def _whole(live: LiveFile, control: Control) -> tuple[int, int]:
    if control.start < 0 or not control.text:
        return control.start, control.end
    return whole(live.document, control.start, control.end)


def _text(live: LiveFile, control: Control, at: tuple[int, int]) -> str:
    """What a reader takes for the number: the control's text with what was typed right beside it."""
    if at == (control.start, control.end):
        return control.text
    source = live.document.source
    return source[at[0] : control.start] + control.text + source[control.end : at[1]]


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def differences(live: LiveFile, lookup: Lookup | None) -> tuple[Difference, ...]:
    """All that differs, numbers in their order, then typed ones in the order of the text.

    Without a lookup nothing is known of the store, and no number is called stale.
    """
    spots = Spots(live.document)
    found = [Difference(Kind.DAMAGED, remark=fault) for fault in live.faults]
    held: list[tuple[int, int]] = [(one.start, one.end) for one in live.controls if one.start >= 0]
    last = _NOWHERE  # where a number is gone, its section is that of the number drafted before it
    for standing in standings(live):
        held.append(standing.at)
        spot = spots.at(*standing.at) if standing.controls else last
        found += _of(standing, spot, lookup)
        last = Spot(spot.section)
    names = {one.name for one in live.controls}
    for one in typed(live.document, [pair for pair in held if pair[0] >= 0], names):
        found.append(Difference(Kind.TYPED, now=one.text, spot=spots.at(one.start, one.end)))
    return tuple(found)


def _of(standing: Standing, spot: Spot, lookup: Lookup | None) -> Iterator[Difference]:
    kept = standing.kept
    found = lookup(kept.source) if lookup is not None else None
    current = "" if found is None else looking_up.printed(kept.source, kept.form, found.value)
    is_gone = lookup is not None and found is None and looking_up.can_be_reckoned(kept.source)
    kinds = list(standing.kinds)
    if Kind.DELETED not in kinds:
        if is_gone:
            kinds.append(Kind.GONE)
        elif Kind.ALTERED not in kinds:
            kinds += _moved_on(kept, found, current)
    addresses = tuple(map(str, kept.source.addresses))
    for kind in kinds:
        yield Difference(kind, kept.key, kept.printed, standing.now, current, addresses, spot)


def _moved_on(kept: Kept, found: Current | None, current: str) -> Iterator[Kind]:
    """How the store went on since a number was told that people left as it was."""
    if found is not None and found.is_overtaken:
        yield Kind.OVERTAKEN
    elif current not in ("", kept.printed):
        yield Kind.STALE
