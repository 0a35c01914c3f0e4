"""The reader of workbooks beside us may fail in ways of its own; whatever it says, the file is told as damaged."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from baocao.formats.errors import Unreadable
from baocao.model import Text

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

BROKEN = Text(
    "bảng tính bị hỏng hoặc sai cấu trúc; hãy mở bằng Excel hoặc LibreOffice rồi lưu lại.",
    "the workbook is damaged or wrongly built; open it in Excel or LibreOffice and save it again.",
)
_LOCKED = Text(
    "bảng tính được đặt mật khẩu; hãy bỏ mật khẩu rồi lưu lại.",
    "the workbook is locked with a password; remove the password and save it again.",
)
_PANIC = "PanicException"  # of the reader's own language; no Exception, and no public class

Area = tuple[tuple[int, int], tuple[int, int]]


@contextmanager
def guarded() -> Iterator[None]:
    """Raises ``Unreadable`` for every failure of the reader; what it writes to stderr by itself is not heard."""
    from python_calamine import CalamineError, PasswordError

    try:
        with _unheard():
            yield
    except PasswordError as error:
        raise Unreadable(_LOCKED) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise Unreadable(BROKEN) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise Unreadable(BROKEN) from None


@contextmanager
def _unheard() -> Iterator[None]:
    """With the process's stderr led away: the reader writes a failure's trace there past Python."""
    try:
        kept = os.dup(2)
    except OSError:  # there is no stderr
        yield
        return
    away = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(away, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(away)
        os.close(kept)


def merged(sheet: CalamineSheet, margin: int = 0) -> list[Area]:
    """First and last place of the merged areas, as far as the sheet is used and so many places more.

    An area may claim a whole sheet. Areas that lie over each other, which no program writes, are none.
    """
    if sheet.start is None or sheet.end is None:
        return []
    bottom, right = sheet.end[0] + margin, sheet.end[1] + margin
    areas = [
        (first, (min(last[0], bottom), min(last[1], right)))
        for first, last in sheet.merged_cell_ranges or ()
        if first[0] <= bottom and first[1] <= right
    ]
    places = sum((last[0] - first[0] + 1) * (last[1] - first[1] + 1) for first, last in areas)
    return areas if places <= (bottom + 1) * (right + 1) else []
