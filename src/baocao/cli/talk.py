"""What the command line says on stderr, and why a call ends."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path

from baocao.model import Language, Problem, Text

FOUND = 1
USAGE = 2
UNREADABLE = 3

_UNKNOWN_RULE = Text(
    "không có quy tắc “{name}”{near}; xem “baocao rules”.",
    "there is no rule “{name}”{near}; see “baocao rules”.",
)
_NEAR = Text(", có phải là “{near}”?", ", did you mean “{near}”?")


_NO_NAME = Text(
    "một tên tệp để trống; hãy ghi tên tệp hoặc thư mục (“.” là thư mục đang đứng).",
    "a name is empty; name a file or a folder (“.” is the folder that you are in).",
)


class WrongCall(Problem):
    """A call that cannot be carried out as it was given."""


def tell(text: Text, lang: Language, path: Path | None = None) -> None:
    """One line on stderr, with the file that it is about."""
    line = text.vi if lang == "vi" else text.en
    told = f"{path}: {line}" if path is not None else line
    print(one_line(told), file=sys.stderr)


def admit_names(names: Sequence[str]) -> None:
    """Raises ``WrongCall`` for an empty name, which the system would take for the folder that one is in."""
    if not all(names):
        raise WrongCall(_NO_NAME)


def hush() -> None:
    """Nothing more goes to stdout, not even by the interpreter's own flush at the end."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def one_line(text: str) -> str:
    """Text without line ends and control signs: a file's name may hold any, and each remark is one line."""
    return "".join(repr(sign)[1:-1] if unicodedata.category(sign) == "Cc" else sign for sign in text)


def unknown_rule(name: str, known: Iterable[str]) -> Text:
    """That a rule does not exist, with the one that was probably meant."""
    near = get_close_matches(name, list(known), 1)
    vi = _NEAR.say("vi", near=near[0]) if near else ""
    en = _NEAR.say("en", near=near[0]) if near else ""
    return Text(_UNKNOWN_RULE.say("vi", name=name, near=vi), _UNKNOWN_RULE.say("en", name=name, near=en))
