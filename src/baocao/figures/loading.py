"""A file's figures go into the store: all of them, or the good ones when the caller asks for it."""

from __future__ import annotations

from typing import Any, NamedTuple

from baocao.figures import store, store_targets
from baocao.figures.intake import Intake, Rejection
from baocao.figures.store_schema import all_or_nothing, cursor_of, ensure_transaction
from baocao.model.text import Problem, Text

__all__ = ["Loaded", "NothingLoaded", "load"]

_REJECTED = Text(
    "{bad} ô trong {rows} ô bị từ chối nên chưa nạp số liệu nào; hãy sửa các ô được liệt kê, "
    "hoặc yêu cầu chỉ nạp các ô hợp lệ.",
    "{bad} of {rows} figures were rejected, so nothing was loaded; correct the listed cells, "
    "or ask for the good ones to be loaded alone.",
)
_EMPTY = Text(
    "tệp không có số liệu nào để nạp; hãy kiểm tra dòng tiêu đề và các ô giá trị.",
    "the file has no figure to load; check its headings and values.",
)


class NothingLoaded(Problem):
    """A file was refused as a whole: ``text`` says why, ``rejections`` list every place."""

    def __init__(self, text: Text, rejections: tuple[Rejection, ...] = ()) -> None:
        super().__init__(text)
        self.rejections = rejections


class Loaded(NamedTuple):
    """What a load came to. ``known`` figures stood in the store from the same file already."""

    new: int
    known: int
    rejections: tuple[Rejection, ...]
    blanks: int
    totals: int = 0


def load(connection: Any, intake: Intake, file: str, partial: bool = False) -> Loaded:
    """Record what a file holds, in the caller's transaction, and note the load in the ledger of loads.

    Any rejection leaves the store as it was, unless the good figures are asked for (``partial``).
    Raises ``NothingLoaded``; ``store.Refused`` and ``store.StoreUnusable`` as the store does.
    """
    if intake.rejections and not partial:
        text = _REJECTED.fill(bad=len(intake.rejections), rows=intake.rows)
        raise NothingLoaded(text, intake.rejections)
    if not (intake.observations or intake.targets):
        raise NothingLoaded(_EMPTY, intake.rejections)
    ensure_transaction(connection)
    cursor = cursor_of(connection)
    with all_or_nothing(cursor, "load_file"):
        figures = store.record(connection, intake.observations)
        asked = store_targets.record_targets(connection, intake.targets, intake.recorded_at, intake.recorded_by)
        new = figures.new + asked.new
        store.note_load(connection, file, intake.sha256, intake.rows, new, intake.recorded_at, intake.recorded_by)
    cursor.close()
    return Loaded(new, figures.known + asked.known, intake.rejections, intake.blanks, intake.totals)
