"""``baocao rules``: the list of rules, or one rule's page."""

from __future__ import annotations

import re
import sys
from argparse import Namespace

from baocao import desk
from baocao.cli.talk import UNREADABLE, USAGE, tell, unknown_rule
from baocao.model import Language, Text
from baocao.showing import terminal
from baocao.showing.place import Piece
from baocao.showing.words import SEVERITY, said

_ACROSS = Text("giữa các tài liệu", "between documents")
_EXAMPLES = Text("Ví dụ", "Examples")
_NO_PAGE = Text(
    "thiếu trang hướng dẫn {file} của quy tắc “{name}”; hãy cài lại baocao.",
    "the page {file} of the rule “{name}” is missing; install baocao again.",
)


def run(call: Namespace, asked: Language | None) -> int:
    """Print the list, or the page of the rule that is named."""
    lang = asked or "vi"
    known = {rule.id: rule for rule in desk.rules()}
    if call.name is None:
        widest = max(map(len, known), default=0)
        shown = [
            terminal.Line(
                (
                    Piece(rule.id.ljust(widest), "rule"),
                    Piece(f"  {said(SEVERITY[rule.severity], lang):9}", rule.severity.value),
                    Piece(said(rule.title, lang) + (f" ({said(_ACROSS, lang)})" if rule.across else "")),
                )
            )
            for rule in known.values()
        ]
        terminal.show(shown, sys.stdout)
        return 0
    if call.name not in known:
        tell(unknown_rule(call.name, known), lang)
        return USAGE
    page = known[call.name].page
    try:
        text = page.read_text(encoding="utf-8").rstrip()
    except (OSError, UnicodeDecodeError):
        tell(_NO_PAGE.fill(name=call.name, file=page.name), lang)
        return UNREADABLE
    print(in_language(text, lang))
    return 0


def in_language(page: str, lang: Language) -> str:
    """A rule's page in one language: Vietnamese stands first, English second, the examples belong to both."""
    start, *parts = re.split(r"^(?=# )", page, flags=re.MULTILINE)
    if len(parts) != 2:
        return page
    vietnamese, (english, _, shown) = parts[0], re.split(r"^(## .*\n)", parts[1], maxsplit=1, flags=re.MULTILINE)
    title = _EXAMPLES.say(lang)
    return start + (vietnamese if lang == "vi" else english) + f"## {title}\n" + shown
