"""A report that was edited comes back: what ``diff`` tells of it, and what ``refresh`` leaves as people wrote it."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from baocao import workers
from baocao.formats import docx_live, docx_live_changes
from baocao.formats.docx_live import LiveFile
from baocao.formats.docx_write import written
from baocao.reporting.differing import Kind, differences
from baocao.reporting.looking_up import Lookup
from baocao.reporting.refreshing import refresh
from bench.figures import Measured
from bench.retouched import Retouched
from bench.retouched_report import DRAFTED, lookup_in, report

_OURS = rb'w:id="\d+" w:author="baocao" w:date="[^"]*"'
_INSERTED = re.compile(rb"<w:ins " + _OURS + rb">.*?</w:ins>")
_DELETED = re.compile(rb"<w:del " + _OURS + rb">(.*?)</w:del>")


SEEDS = 20
EDITS = 200
_SHOWN = 5


def measured(seeds: int = SEEDS) -> Iterator[Measured | str]:
    """Random edits in Word's XML: each changed number told, no other; a refresh that leaves the words as edited."""
    made: list[CameBack] = []
    for _, outcome in workers.spread(come_back, list(range(seeds)), workers.cores()):
        if isinstance(outcome, Exception):
            raise outcome
        made.append(outcome)
    for one in made[:_SHOWN]:
        yield from (f"{kind}: {line}" for kind in ("missed", "false", "faults") for line in getattr(one, kind))
    asked, missed = sum(one.expected for one in made), sum(len(one.missed) for one in made)
    beside = f"{asked - missed}/{asked} in {seeds} reports of {EDITS} random edits"
    yield Measured("numbers changed in Word's XML and told by diff", (asked - missed) / asked, 1.0, beside=beside)
    false = sum(len(one.false) for one in made)
    yield Measured("numbers told by diff that nobody changed", false, 0, at_least=False)
    well, moved = sum(not one.faults for one in made), sum(one.refreshed for one in made)
    beside = f"{moved} numbers refreshed, all other bytes of the text as edited"
    yield Measured("edited reports that refresh leaves as edited", well / seeds, 1.0, beside=beside)


@dataclass(frozen=True)
class CameBack:
    """One edited file: how much was to be told, what was missed, what was told falsely, and what refresh did wrong."""

    expected: int
    missed: list[str]
    false: list[str]
    refreshed: int
    faults: list[str]


def come_back(seed: int, edits: int = EDITS) -> CameBack:
    """A report edited at random by one seed, then compared and refreshed with half of its figures moved on."""
    draft, values = report()
    dice = Random(seed)
    made = Retouched(written(draft, DRAFTED), dice)
    made.edit(edits)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bao-cao.docx"
        path.write_bytes(made.written())
        found = _told(docx_live.read(path, path.name), lookup_in(values))
        moved = {address: _moved(value, dice) for address, value in values.items()}
        refreshed, faults = _refreshed(path, lookup_in(moved, 2))
    missed, false = made.expected - found, found - made.expected
    return CameBack(made.expected.total(), _lines(missed), _lines(false), refreshed, faults)


def _lines(counted: Counter[tuple[str, str]]) -> list[str]:
    return [" ".join(one) for one in counted.elements()]


def _moved(value: Decimal, dice: Random) -> Decimal:
    return value + dice.randint(1, 500) if dice.random() < 0.5 else value


def _told(live: LiveFile, lookup: Lookup) -> Counter[tuple[str, str]]:
    return Counter((one.kind.value, one.key or one.now) for one in differences(live, lookup))


def _refreshed(path: Path, lookup: Lookup) -> tuple[int, list[str]]:
    """How many numbers were refreshed, and what is not as it should be afterwards."""
    before = docx_live.read(path, path.name)
    stale = _told(before, lookup)
    made = refresh(path, before, lookup, DRAFTED)
    target = path.with_name("moi.docx")
    target.write_bytes(docx_live_changes.rewritten(path, made.parts))
    after = docx_live.read(target, path.name)
    faults = list(_rewritten(path, target, set(made.parts)))
    keys = {move.standing.kept.key for move in made.moves}
    if _words(before, keys) != _words(after, keys):
        faults.append("words beside the numbers changed")
    told = _told(after, lookup)
    cut = {key for kind, key in stale if kind == Kind.CUT.value}  # told, and left to people
    faults += [f"still stale: {key}" for kind, key in told if kind == Kind.STALE.value and key not in cut]
    by_hand = Counter({one: count for one, count in stale.items() if one[0] != Kind.STALE.value})
    faults += [f"told before and not after: {one}" for one in by_hand - told]
    wanted = {key for kind, key in stale if kind == Kind.STALE.value}
    faults += [f"not refreshed: {key}" for key in wanted - keys - cut]
    return len(made.moves), faults


def _rewritten(before: Path, after: Path, changed: set[str]) -> list[str]:
    """Parts that differ though they need not: with our own tracked changes undone, every byte must be as it was."""
    faults = []
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        if old.namelist() != new.namelist():
            faults.append("parts were added or lost")
        for name in old.namelist():
            content = new.read(name)
            if name in changed and name.startswith("word/"):
                content = undone(content)
            if content != old.read(name) and not name.startswith("customXml/"):
                faults.append(f"other bytes of {name} changed")
    return faults


def undone(content: bytes) -> bytes:
    """A part with our own tracked changes rejected."""
    content = _INSERTED.sub(b"", content)
    return _DELETED.sub(lambda match: match[1].replace(b"w:delText", b"w:t"), content)


def _words(live: LiveFile, keys: set[str]) -> str:
    """The text with the numbers of these keys left out."""
    source, at, kept = live.document.source, 0, []
    for one in sorted(live.controls, key=lambda one: one.start):
        if one.key in keys and one.start >= at:
            kept.append(source[at : one.start])
            at = one.end
    return "…".join([*kept, source[at:]])
