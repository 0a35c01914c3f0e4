"""``baocao diff``: what in a report that comes back is not as it was drafted, or not as the store has it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from baocao.cli.figures import STORE, admit, book_of, guarded, put_out, sources_of
from baocao.cli.talk import FOUND, UNREADABLE, admit_names, tell
from baocao.formats.errors import Unreadable
from baocao.model import Language, Text

_NO_STORE = Text(
    "không thấy kho số liệu {file} nên chưa so với kho; thêm --store TỆP để biết số nào đã cũ.",
    "there is no store {file}, so that nothing was compared with it; add --store FILE to learn what is stale.",
)


def run(call: Namespace, asked: Language | None) -> int:
    """Print what differs; 0 for nothing, 1 for something, 3 when the file cannot be read."""
    return guarded(_run, call, asked)


def _run(call: Namespace, lang: Language) -> int:
    admit_names([call.file])
    admit(call)
    from baocao.formats import docx_live
    from baocao.ledger import sources
    from baocao.reporting import live_grids, live_store
    from baocao.reporting.differing import differences

    path = Path(call.file)
    try:
        live = docx_live.read(path, call.file)
    except Unreadable as problem:
        tell(problem.text, lang, path)
        return UNREADABLE
    if call.store is None and not Path(STORE).exists():
        found, remarks, is_stored = differences(live, None), [_NO_STORE.fill(file=STORE)], False
    else:
        with book_of(call) as book:
            found, remarks, is_stored = differences(live, live_store.lookup_in(book, live)), [], True
    catalogue = sources.catalogue(sources_of(call))
    names = {one.code: one.name for one in catalogue.indicators}
    grid = live_grids.of_differences(live, found, remarks, is_stored=is_stored, indicators=names)
    put_out(grid, call, lang)
    return 0 if grid.is_clean else FOUND
