"""A reader may have had enough of what a call prints (``| head``); the call goes on, and what it found stays found."""

from __future__ import annotations

import io
import os
import stat
import sys
from typing import Any, TextIO


class _Pipe(io.FileIO):
    """The near end of a pipe. What is written after its reader has left is let go of."""

    def write(self, content: Any) -> int:
        try:
            return super().write(content)
        except BrokenPipeError:
            return len(content)


def let_readers_leave() -> None:
    """Findings and talk go on when nobody reads them any more, so that the exit code tells of all of the call."""
    sys.stdout = _patient(sys.stdout)
    sys.stderr = _patient(sys.stderr)


def _patient(stream: TextIO) -> TextIO:
    """The same stream over a patient pipe where it is one; a terminal, a file or none at all stays as it is."""
    if not isinstance(stream, io.TextIOWrapper) or not _is_pipe(stream):
        return stream
    stream.flush()
    writer = io.BufferedWriter(_Pipe(stream.fileno(), "w", closefd=False))
    return io.TextIOWrapper(writer, stream.encoding, stream.errors, line_buffering=stream.line_buffering)


def _is_pipe(stream: TextIO) -> bool:
    try:
        mode = os.fstat(stream.fileno()).st_mode
    except OSError:  # no file of the system's stands behind it
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
