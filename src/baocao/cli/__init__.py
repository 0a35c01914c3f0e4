"""The command line: it parses the call, asks the desk or the ledger, and prints.

Findings and tables go to stdout, talk to stderr.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module

from baocao.cli import arguments
from baocao.cli.pipes import let_readers_leave

__all__ = ["main"]

CLEAN = 0
UNREADABLE = 3
INTERRUPTED = 130

_CLOSED = {
    "vi": "đầu ra chuẩn đang đóng nên không in được kết quả; hãy bỏ “>&-” hoặc chuyển vào một tệp.",
    "en": "the standard output is closed, so nothing can be printed; leave “>&-” away or send it to a file.",
}
_NO_OUTPUT = (  # no ``Text`` yet: help must not wait for the nouns
    "không ghi được ra đầu ra chuẩn ({seen}); hãy kiểm tra dung lượng đĩa hoặc nơi nhận.",
    "the standard output cannot be written ({seen}); check the room on the disk or the receiver.",
)
_REFUSED = ("{file}: {seen}", "{file}: {seen}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one call and give its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    asked = arguments.language(words)
    _speak_utf8()
    if sys.stdout is None:
        print(_CLOSED[asked or "vi"], file=sys.stderr)
        return UNREADABLE
    let_readers_leave()
    try:
        from baocao import __version__

        top = arguments.parser(asked or "vi", __version__)
        call = _parsed(top, words)
        arguments.refuse_unknown_language(top)
        # each command is imported when it is called, so that help need not wait for any
        command = import_module(f"baocao.cli.{call.command}")
        code = int(command.run(call, asked))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _failed(error, asked or "vi")
    return code


def _parsed(top: arguments.Parser, words: Sequence[str]) -> Namespace:
    """The call; help that argparse printed is written out before it leaves, so that a full disk is told."""
    try:
        return top.parse_args(words)
    except SystemExit:
        sys.stdout.flush()
        raise


def _failed(error: OSError, lang: arguments.Lang) -> int:
    """Say in one line what the system refused: an output that is full, or a file by its name."""
    from baocao import reasons
    from baocao.cli.talk import hush, tell
    from baocao.model import Text

    if error.filename is None:
        tell(reasons.because(Text(*_NO_OUTPUT), error), lang)
    else:
        tell(reasons.because(Text(*_REFUSED), error, file=error.filename), lang)
    hush()
    return UNREADABLE


def _speak_utf8() -> None:
    """Vietnamese needs UTF-8 whatever the machine's locale; a file name that is not text shows its bytes."""
    if sys.stderr is None:  # closed by who called; without this, talk would be printed among the findings
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # it stays open to the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
