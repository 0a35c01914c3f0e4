"""``baocao read``: a printed report read back into figures, each with its address; what is not sure is told as such."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from baocao.cli.figures import admit, guarded, put_out, sources_of, write_files
from baocao.cli.talk import FOUND, UNREADABLE, admit_names, tell
from baocao.formats.errors import Unreadable
from baocao.model import Language


def run(call: Namespace, asked: Language | None) -> int:
    """Print the figures; 1 when some have no sure address, 3 when the file cannot be read."""
    return guarded(_run, call, asked)


def _run(call: Namespace, lang: Language) -> int:
    admit_names([call.file])
    admit(call)
    from baocao import formats
    from baocao.model.period import CutOff
    from baocao.reporting import reading_back

    path = Path(call.file)
    wanted = reading_back.Asked(path, call.unit or "", call.period or "", tuple(call.authority), CutOff(call.cut_off))
    try:
        found = reading_back.read_back(wanted, sources_of(call))
    except Unreadable as problem:
        tell(problem.text, lang, path)
        return UNREADABLE
    if (remark := formats.remark(path, found.document)) is not None:
        tell(remark, lang, path)
    table = reading_back.loadable(found, are_targets=call.targets)
    grid = reading_back.grid_of(found, is_all=call.all, is_coded=call.json)
    shown = reading_back.with_remarks(grid, table.remarks)
    put_out(shown, Namespace(json=call.json, csv=None, xlsx=None), lang)
    write_files(table, call, lang)
    return FOUND if found.unlinked or table.remarks else 0
