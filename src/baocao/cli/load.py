"""``baocao load``: files of figures go into the store, whole or not at all, each rejected cell with its reason."""

from __future__ import annotations

import getpass
import glob
import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from baocao.cli.figures import STORE, admit, book_of, day_of, guarded, put_out, write_files
from baocao.cli.paths import expand
from baocao.cli.talk import FOUND, UNREADABLE, WrongCall, one_line, tell
from baocao.model import Language, Text

if TYPE_CHECKING:
    from baocao.figures.intake_keys import Defaults
    from baocao.ledger.book import Book
    from baocao.ledger.grid import Grid
    from baocao.ledger.taking import Asked, Taken
    from baocao.model.target import Decision

_BAD_DECISION = Text(
    "--decision “{seen}”: cần số và ngày ban hành, ví dụ “HĐND: 12/NQ-HĐND, 08/12/2023”.",
    "--decision “{seen}”: give its number and its day, such as “HĐND: 12/NQ-HĐND, 08/12/2023”.",
)
_TITLE = Text("Các ô bị từ chối", "Rejected cells")
_LOADED = Text("{new} số liệu mới, {known} đã có từ trước", "{new} new figures, {known} known already")
_BLANKS = Text("; {blanks} ô trống bỏ qua", "; {blanks} blank cells passed over")
_TOTALS = Text(
    "; {totals} ô tổng không nạp vì tổng luôn được tính lại", "; {totals} cells of totals not loaded: sums are computed"
)
_REJECTED = Text("; {bad} ô bị từ chối", "; {bad} cells rejected")
_NOT_LOADED = Text(
    "chưa nạp số liệu nào của các tệp đã nêu: {bad} ô bị từ chối; hãy sửa, hoặc thêm --partial để chỉ nạp ô hợp lệ.",
    "nothing of the given files was loaded: {bad} cells were rejected; correct them, or load the good ones "
    "with --partial.",
)
_NOT_READ = Text(
    "chưa nạp số liệu nào vì có tệp không đọc được; hãy sửa tệp, hoặc thêm --partial để nạp các tệp khác.",
    "nothing was loaded, as a file cannot be read; mend it, or load the others with --partial.",
)
_KEPT = Text("kho số liệu: {file}", "store: {file}")


def run(call: Namespace, asked: Language | None) -> int:
    """Load the files; 1 when a cell was rejected, 3 when a file could not be read."""
    return guarded(_run, call, asked)


def _run(call: Namespace, lang: Language) -> int:
    paths, empty = _meant(call.files)
    admit(call)
    for path, text in empty:
        tell(text, lang, path)
    if empty:
        return UNREADABLE
    from baocao.ledger.taking import take

    with book_of(call, is_new_allowed=True) as book:
        taken = take(book, paths, _asked(call, book))
    _tell(taken, call, lang)
    return _end(taken, call, lang)


def _meant(names: Sequence[str]) -> tuple[list[Path], list[tuple[Path, Text]]]:
    """The files; only patterns are looked up: a folder of reports is no file of figures."""
    paths: list[Path] = []
    empty: list[tuple[Path, Text]] = []
    for name in names:
        found, nothing = expand([name]) if glob.has_magic(name) else ([Path(name)], [])
        paths += found
        empty += nothing
    return list(dict.fromkeys(paths)), empty


def _asked(call: Namespace, book: Book) -> Asked:
    from baocao.ledger.taking import Asked

    defaults = _defaults(call)
    day = defaults.period.end if defaults.period else date.today()
    under = book.unit(call.under, day).key if call.under else None
    by = call.by or getpass.getuser()
    return Asked(defaults, under, tuple(call.sheet), by, call.partial)


def _defaults(call: Namespace) -> Defaults:
    from baocao.figures.intake_keys import Defaults
    from baocao.figures.intake_numbers import Habit
    from baocao.ledger.book import period_of
    from baocao.model.observation import Scenario
    from baocao.model.period import CutOff

    cut_off = CutOff(call.cut_off)
    decisions = dict(_decision(seen) for seen in call.decision)
    return Defaults(
        unit=call.unit or "",
        indicator=call.indicator or "",
        period=period_of(call.period, cut_off) if call.period else None,
        scenario=Scenario(call.scenario),
        authority=call.authority or "",
        decision=decisions.pop("", None),
        decisions=decisions,
        holds_from=day_of("--from", call.holds_from),
        habit=Habit(call.numbers) if call.numbers else None,
        cut_off=cut_off,
    )


def _decision(seen: str) -> tuple[str, Decision]:
    """Whose decision, "" for anybody's, and which. Raises ``WrongCall``."""
    from baocao.figures.intake_decisions import read_decision

    authority, _, rest = seen.partition(":")
    for whose, words in (("", seen), (authority.strip(), rest)):
        written = read_decision(words)
        if not isinstance(written, Text) and written.issued_on is not None:
            return whose, written.on(written.issued_on)
    raise WrongCall(_BAD_DECISION.fill(seen=seen))


def _tell(taken: tuple[Taken, ...], call: Namespace, lang: Language) -> None:
    """The rejections, which are the answer, and why files were refused as a whole, which is talk."""
    rejected = _rejections(taken)
    if call.json:
        put_out(rejected, call, lang)
    else:
        for file, place, seen, *_, text in rejected.rows:
            words = f" “{seen}”" if seen else ""
            where, why = (said.vi if lang == "vi" else said.en for said in (place, text))  # type: ignore[union-attr]
            print(one_line(f"{file}: {where}{words}: {why}"))
        write_files(rejected, call, lang)
    sys.stdout.flush()
    for one in taken:
        for problem in (one.unread, one.refused):
            if problem is not None:
                tell(problem, lang, one.path)


def _rejections(taken: tuple[Taken, ...]) -> Grid:
    from baocao.ledger.grid import Column, Grid

    columns = (
        Column("file", Text("Tệp", "File")),
        Column("place", Text("Vị trí", "Place")),
        Column("seen", Text("Đã ghi", "Seen")),
        Column("sheet", Text("Trang tính", "Sheet")),
        Column("row", Text("Dòng", "Row")),
        Column("column", Text("Cột", "Column")),
        Column("reason", Text("Lý do và cách sửa", "Reason and remedy")),
    )
    rows = tuple(
        (str(one.path), bad.place, bad.seen, bad.sheet, bad.row, bad.column, bad.text)
        for one in taken
        for bad in one.rejections
    )
    return Grid(_TITLE, columns, rows, (), not rows)


def _end(taken: tuple[Taken, ...], call: Namespace, lang: Language) -> int:
    unread = any(one.unread for one in taken)
    bad = sum(len(one.rejections) for one in taken)
    refused = any(one.refused for one in taken)
    if unread and not call.partial:
        tell(_NOT_READ, lang)
    elif bad and not call.partial:
        tell(_NOT_LOADED.fill(bad=bad), lang)
    elif not refused or call.partial:
        for one in taken:
            if one.unread is None and one.refused is None:
                _sum_up(one, call, lang)
        tell(_KEPT.fill(file=call.store or STORE), lang)
    if unread:
        return UNREADABLE
    return FOUND if bad or refused else 0


def _sum_up(taken: Taken, call: Namespace, lang: Language) -> None:
    """What became of a file: the answer of the call, unless lines of JSON are."""
    if call.json:
        for remark in (_summary(taken), *taken.notes):
            tell(remark, lang, taken.path)
        return
    summary = _summary(taken)
    print(one_line(f"{taken.path}: {summary.vi if lang == 'vi' else summary.en}"))
    for note in taken.notes:
        print(one_line(f"  - {note.vi if lang == 'vi' else note.en}"))
    sys.stdout.flush()


def _summary(taken: Taken) -> Text:
    parts = [_LOADED.fill(new=taken.new, known=taken.known)]
    if taken.blanks:
        parts.append(_BLANKS.fill(blanks=taken.blanks))
    if taken.totals:
        parts.append(_TOTALS.fill(totals=taken.totals))
    if taken.rejections:
        parts.append(_REJECTED.fill(bad=len(taken.rejections)))
    return Text("".join(part.vi for part in parts) + ".", "".join(part.en for part in parts) + ".")
