"""``baocao catalogue``: the indicators by code or words, one in full, and the proof that a catalogue is sound."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from baocao.cli.figures import admit, guarded, put_out, sources_of
from baocao.cli.talk import FOUND, tell
from baocao.model import Language, Text

if TYPE_CHECKING:
    from baocao.figures.catalogue import Catalogue

CHECK = "check"
_SOUND = Text("{count} chỉ tiêu, không có lỗi.", "{count} indicators, no fault.")
_FAULTS = Text("{count} chỉ tiêu, {faults} lỗi.", "{count} indicators, {faults} faults.")
_NONE = Text(
    "không có chỉ tiêu nào có các từ “{words}”{near}; hãy thử ít từ hơn.",
    "no indicator has the words “{words}”{near}; try fewer words.",
)
_NEAR = Text(" (gần giống: {near})", " (similar: {near})")


def run(call: Namespace, asked: Language | None) -> int:
    """Show, search or check; 1 when a fault was found or nothing has the words."""
    return guarded(_run, call, asked)


def _run(call: Namespace, lang: Language) -> int:
    if call.words[:1] == [CHECK]:
        return _check(call, lang)
    admit(call)
    from baocao.ledger import listing, sources

    listed = sources.catalogue(sources_of(call))
    words = " ".join(call.words)
    one = listed.find(words) if words else None
    if one is not None:
        put_out(listing.full(listed, one), call, lang)
        return 0
    grid = listing.found(listed, words) if words else listing.by_sector(listed)
    if not grid.rows:
        tell(_nothing(listed, words), lang)
        return FOUND
    put_out(grid, call, lang)
    return 0


def _nothing(listed: Catalogue, words: str) -> Text:
    near = ", ".join(listed.near(words))
    hint = _NEAR.fill(near=near) if near else Text("", "")
    return Text(_NONE.vi.format(words=words, near=hint.vi), _NONE.en.format(words=words, near=hint.en))


def _check(call: Namespace, lang: Language) -> int:
    from baocao.figures.catalogue import Catalogue

    own = {Path(name).resolve(): Path(name) for name in (*call.catalogue_files, *call.words[1:])}  # each once
    listed = Catalogue.national(list(own.values()))
    faults = listed.check()
    for fault in faults:
        print(fault.say(lang))
    sys.stdout.flush()
    if not faults:
        print(_SOUND.say(lang, count=len(listed)))
        return 0
    tell(_FAULTS.fill(count=len(listed), faults=len(faults)), lang)
    return FOUND
