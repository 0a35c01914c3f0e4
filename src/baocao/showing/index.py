"""The first page of a folder of pages: every report with its findings counted by severity, and the way to its page."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from baocao.model import Document, Finding, Language, Text
from baocao.showing.page import WORDS, asset, filled, policy_hash
from baocao.showing.words import SEVERITY, harmless, said, summary

_TITLE = Text("Các báo cáo đã soát", "Reports proof-read")
_FILE = Text("Tệp", "File")
_ACCEPTED = Text("Đã chấp nhận", "Accepted")
_COUNTED = Text("{n} tệp: {summary}", "{n} files: {summary}")
_UNREAD = Text("Không đọc được: {reason}", "Not read: {reason}")


class Entry(NamedTuple):
    """One report on the list. ``page`` is the name of its page in the same folder."""

    document: Document
    findings: Sequence[Finding]
    accepted: int
    page: str


def index(entries: Sequence[Entry], unread: Iterable[tuple[str, Text]], lang: Language) -> str:
    """The whole list as HTML. ``unread`` are the files that could not be read, each with the reason."""
    unread = tuple(unread)
    everything = [finding for entry in entries for finding in entry.findings]
    accepted = sum(entry.accepted for entry in entries)
    style = asset("page.css")
    counted = _COUNTED.say(lang, n=len(entries) + len(unread), summary=summary(everything, accepted, lang))
    headings = [*(said(word, lang) for word in SEVERITY.values()), said(_ACCEPTED, lang)]
    rows = [*(_row(entry, lang) for entry in entries), *_unread_rows(unread, len(headings), lang)]
    return filled(
        "index.html",
        {
            "lang": lang,
            "title": escape(said(_TITLE, lang)),
            "brand": escape(said(WORDS["brand"], lang)),
            "summary": escape(counted),
            "file": escape(said(_FILE, lang)),
            "columns": "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings),
            "rows": "\n".join(rows),
            "foot": escape(said(WORDS["foot"], lang)),
            "style": style,
            "style_hash": policy_hash(style),
        },
    )


def _row(entry: Entry, lang: Language) -> str:
    counts = Counter(finding.severity for finding in entry.findings)
    numbers = [(severity.value, counts[severity]) for severity in SEVERITY]
    cells = "".join(_count(kind, n) for kind, n in [*numbers, ("seen", entry.accepted)])
    name = escape(harmless(entry.document.name))
    title = entry.document.title
    about = f"<span>{escape(harmless(title))}</span>" if title else ""
    link = escape(quote(os.fsencode(entry.page)))
    return f'<tr><th scope="row"><a href="{link}">{name}</a>{about}</th>{cells}</tr>'


def _count(kind: str, n: int) -> str:
    """A count; none is shown softly, so that the eye goes to what there is."""
    return f'<td class="{kind if n else "none"}">{n}</td>'


def _unread_rows(unread: Iterable[tuple[str, Text]], columns: int, lang: Language) -> Iterator[str]:
    for name, reason in unread:
        told = escape(_UNREAD.say(lang, reason=said(reason, lang)))
        shown = escape(harmless(name))
        yield f'<tr><th scope="row">{shown}</th><td class="unread" colspan="{columns}">{told}</td></tr>'
