"""The command line: it parses the call, asks the desk or the ledger, and prints.

Findings and tables go to stdout, talk to stderr.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from baocao.cli import arguments

__all__ = ["main"]

CLEAN = 0
UNREADABLE = 3
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one call and give its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    asked = arguments.language(words)
    _speak_utf8()
    try:
        from baocao import __version__

        top = arguments.parser(asked or "vi", __version__)
        call = top.parse_args(words)
        arguments.refuse_unknown_language(top)
        # each command is imported when it is called, so that help need not wait for any
        command = import_module(f"baocao.cli.{call.command}")
        code: int = command.run(call, asked)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # the reader has gone (``| head``); nothing more may be written, not even by the interpreter's own flush
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except OSError as error:
        print(f"baocao: {error.strerror or error}", file=sys.stderr)
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREADABLE
    return code


def _speak_utf8() -> None:
    """Vietnamese needs UTF-8 whatever the machine's locale; a file name that is not text shows its bytes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
