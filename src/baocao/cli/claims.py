"""``baocao claims``: what was read in one report."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from baocao import desk, formats, wire
from baocao.cli.talk import UNREADABLE, USAGE, WrongCall, admit_names, tell
from baocao.formats.errors import Unreadable
from baocao.model import Language


def run(call: Namespace, asked: Language | None) -> int:
    """Print every claim of the report, as lines for the eye or as JSON."""
    lang = asked or "vi"
    try:
        admit_names([call.file])
    except WrongCall as error:
        tell(error.text, lang)
        return USAGE
    path = Path(call.file)
    try:
        reading = desk.read(path)
    except Unreadable as error:
        tell(error.text, lang, path)
        return UNREADABLE
    remark = formats.remark(path, reading.document)
    if remark is not None:
        tell(remark, lang, path)
    if call.json:
        for claim in reading.claims:
            print(wire.claim_line(claim, reading.document))
        return 0
    from baocao.showing import claims, terminal

    terminal.show(claims.lines(reading.document, reading.claims, lang, explain=call.explain), sys.stdout)
    return 0
