"""The words that every way of showing shares."""

from __future__ import annotations

import re
from collections.abc import Iterable

from baocao.model import Finding, Language, Severity, Text, in_its_unit

SEVERITY = {
    Severity.ERROR: Text("Lỗi", "Error"),
    Severity.WARNING: Text("Cảnh báo", "Warning"),
    Severity.NOTE: Text("Lưu ý", "Note"),
}
_COUNTED = {
    Severity.ERROR: (Text("{n} lỗi", "{n} error"), Text("{n} lỗi", "{n} errors")),
    Severity.WARNING: (Text("{n} cảnh báo", "{n} warning"), Text("{n} cảnh báo", "{n} warnings")),
    Severity.NOTE: (Text("{n} lưu ý", "{n} note"), Text("{n} lưu ý", "{n} notes")),
}
_ACCEPTED = Text("{n} đã chấp nhận", "{n} accepted")
_CLEAN = Text("không có phát hiện nào", "no findings")
_STATED = Text("báo cáo ghi {stated}", "the report says {stated}")
NOTE = Text("chú thích {label}", "note {label}")
ROW = Text("dòng “{row}”", "row “{row}”")
TABLE = Text("bảng {title}", "table {title}")


_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LONG_NUMBER = re.compile(r"\d[\d.,]{78,}\d")
_ENDS = 20  # signs that are left at each end of a number that is too long to show


def harmless(text: str) -> str:
    """Text without the signs that steer a terminal or turn the reading direction: a report may hold any."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def shortened(text: str) -> str:
    """Text in which a number of more than a line is shown by its two ends."""
    return _LONG_NUMBER.sub(lambda number: f"{number[0][:_ENDS]}…{number[0][-_ENDS:]}", text)


def said(text: Text, lang: Language) -> str:
    """A finished sentence in one language. Unlike ``say`` it takes braces in the sentence as they are."""
    return text.vi if lang == "vi" else text.en


def counted(severity: Severity, n: int, lang: Language) -> str:
    """How many findings of one severity, in words ("3 lỗi")."""
    return _COUNTED[severity][n != 1].say(lang, n=n)


def summary(findings: Iterable[Finding], accepted: int, lang: Language) -> str:
    """All findings of a report counted, gravest first ("3 lỗi · 1 cảnh báo · 2 đã chấp nhận")."""
    severities = [finding.severity for finding in findings]
    parts = [counted(severity, n, lang) for severity in SEVERITY if (n := severities.count(severity))]
    if not parts:
        parts = [said(_CLEAN, lang)]
    if accepted:
        parts.append(_ACCEPTED.say(lang, n=accepted))
    return " · ".join(parts)


def arithmetic(finding: Finding, lang: Language) -> str:
    """The sum done, what it comes to and what is stated; "" when the message shows the sum already."""
    if not finding.arithmetic or finding.arithmetic in said(finding.message, lang):
        return ""
    outcome = in_its_unit(finding.expected, finding.stated)
    shown = f"{finding.arithmetic} = {outcome}" if outcome else finding.arithmetic
    return f"{shown} ({_STATED.say(lang, stated=finding.stated)})" if finding.stated else shown


def title_of(rule: str, titles: dict[str, Text], lang: Language) -> str:
    """A rule's title, or its id when it has none."""
    return said(titles[rule], lang) if rule in titles else rule
