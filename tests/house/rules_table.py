"""The table of rules in docs/rules.md, made from the rules; ``python -m tests.house.rules_table`` writes it."""

from __future__ import annotations

from pathlib import Path

from baocao.rules import RULES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"

_HEAD = """\
# The rules / Các quy tắc

`baocao rules NAME` prints a rule's page, which is its manual and its test suite at once.

| rule | severity | tiếng Việt | English |
| --- | --- | --- | --- |
"""


def table() -> str:
    """The whole page."""
    rows = [
        f"| [`{rule.id}`](../src/baocao/rules/{rule.id}.md) | {rule.severity.value} "
        f"| {rule.title.vi}{' (giữa các tài liệu)' if rule.across else ''} "
        f"| {rule.title.en}{' (between documents)' if rule.across else ''} |\n"
        for rule in RULES
    ]
    return _HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(table(), encoding="utf-8")
