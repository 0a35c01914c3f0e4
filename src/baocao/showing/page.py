"""A page that needs nothing else: the report as read, with its findings in the margin beside."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files

from baocao.model import Document, Finding, Kind, Language, Passage, Table, Text
from baocao.showing.marking import Strokes, marked, quote, safe, strokes
from baocao.showing.place import Places
from baocao.showing.tables import table_rows
from baocao.showing.words import SEVERITY, arithmetic, said, shortened, summary, title_of

GENERATOR = b'<meta name="generator" content="baocao">'

WORDS = {
    "skip": Text("Đến nội dung báo cáo", "To the report"),
    "brand": Text("soát số liệu", "figures proof-read"),
    "tools": Text("Đi qua và lọc các phát hiện", "Step through and filter the findings"),
    "previous": Text("Phát hiện trước", "Previous finding"),
    "next": Text("Phát hiện sau", "Next finding"),
    "severity": Text("Mức độ", "Severity"),
    "rule": Text("Quy tắc", "Rule"),
    "all_rules": Text("Mọi quy tắc", "All rules"),
    "keys": Text("Phím tắt", "Keys"),
    "enter": Text("Từ phát hiện đến câu văn và trở lại", "From the finding to its words and back"),
    "escape": Text("Bỏ chọn", "Deselect"),
    "close": Text("Đóng", "Close"),
    "foot": Text(
        "Phép tính được nêu để người đọc đối chiếu; baocao không khẳng định con số nào là con số sai.",
        "The arithmetic is shown for the reader to compare; baocao never says which number is the false one.",
    ),
}
_NOTES = Text("Chú thích", "Notes")
_FINDING = Text("Phát hiện {n}: {severity}", "Finding {n}: {severity}")
_SEE = Text("Xem", "See")
_KEY = Text("Mã để chấp nhận", "Key for accepting")
_CLEAN = Text(
    "Không có phát hiện nào: mọi phép tính đọc được đều khớp.",
    "No findings: all the arithmetic that could be read agrees.",
)
_TABLE = Text("Bảng ở khối {n}", "Table in block {n}")
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def page(
    place: int,
    findings: Sequence[Finding],
    documents: tuple[Document, ...],
    titles: dict[str, Text],
    lang: Language,
    accepted: int = 0,
) -> str:
    """The whole page for the document at ``place``, as HTML. Nothing in it asks for anything outside."""
    document = documents[place]
    style, script = asset("page.css"), asset("page.js")
    slots = {name: escape(said(text, lang)) for name, text in WORDS.items()}
    slots |= {
        "lang": lang,
        "title": safe(document.title or document.name),
        "summary": escape(summary(findings, accepted, lang)),
        "severities": _severities(findings, lang),
        "rules": _rules(findings, titles, lang),
        "body": "\n".join(_body(document, _Margin(place, findings, documents, titles, lang), lang)),
        "style": style,
        "script": script,
        "style_hash": policy_hash(style),
        "script_hash": policy_hash(script),
    }
    return filled("page.html", slots)


def filled(template: str, slots: dict[str, str]) -> str:
    """A template with its slots filled; what stands in a slot is never looked at again."""
    return _SLOT.sub(lambda slot: slots[slot[1]], asset(template))


def asset(name: str) -> str:
    """A file that stands beside this one."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def policy_hash(text: str) -> str:
    """What the content security policy asks of an inline style or script."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def _severities(findings: Iterable[Finding], lang: Language) -> str:
    counts = Counter(finding.severity for finding in findings)
    return "\n".join(
        f'<label class="{severity.value}"><input type="checkbox" value="{severity.value}" checked> '
        f"{escape(said(word, lang))} <b>{counts[severity]}</b></label>"
        for severity, word in SEVERITY.items()
        if counts[severity]
    )


def _rules(findings: Iterable[Finding], titles: dict[str, Text], lang: Language) -> str:
    counts = Counter(finding.rule for finding in findings)
    return "".join(
        f'<option value="{escape(rule)}">{escape(title_of(rule, titles, lang))} ({n})</option>'
        for rule, n in counts.most_common()
    )


class _Margin:
    """The findings of one document, to be put beside the blocks that they are about."""

    def __init__(
        self,
        place: int,
        findings: Sequence[Finding],
        documents: tuple[Document, ...],
        titles: dict[str, Text],
        lang: Language,
    ) -> None:
        self.strokes: Strokes = strokes(findings, place)
        self._documents, self._titles, self._lang, self._place = documents, titles, lang, place
        self._beside: dict[int, list[tuple[int, Finding]]] = {}
        for number, finding in enumerate(findings, 1):
            self._beside.setdefault(finding.at.block, []).append((number, finding))

    @property
    def is_empty(self) -> bool:
        return not self._beside

    def rows_with_findings(self, block: int, table: Table) -> set[int]:
        """The rows of a table that something is said about."""
        return {table.cells[cell].row for at, cell in self.strokes if at == block and cell >= 0}

    def beside(self, block: int) -> str:
        cards = "".join(self._card(number, finding) for number, finding in self._beside.get(block, ()))
        return f'<div class="margin">{cards}</div>' if cards else ""

    def _card(self, number: int, finding: Finding) -> str:
        lang, severity = self._lang, finding.severity.value
        word = said(SEVERITY[finding.severity], lang)
        done = arithmetic(finding, lang)
        parts = [
            f'<p class="what"><b>{escape(word)}</b> · {escape(title_of(finding.rule, self._titles, lang))}</p>',
            f"<p>{safe(shortened(said(finding.message, lang)))}</p>",
        ]
        if done:
            parts.append(f'<p class="sum">{safe(shortened(done))}</p>')
        parts += self._also(finding)
        key = finding.key(self._documents)
        parts.append(f'<p class="key">{escape(said(_KEY, lang))}: <code>{key}</code></p>')
        label = escape(_FINDING.say(lang, n=number, severity=word))
        return (
            f'<div class="finding {severity}" role="note" id="f{number}" tabindex="0" aria-label="{label}" '
            f'data-f="{number}" data-severity="{severity}" data-rule="{escape(finding.rule)}">{"".join(parts)}</div>'
        )

    def _also(self, finding: Finding) -> Iterator[str]:
        """Links to the other places that a finding rests on, when they are not in the same paragraph."""
        see = escape(said(_SEE, self._lang))
        at = finding.at
        for span in dict.fromkeys(finding.also):
            if (span.document, span.block) == (at.document, at.block):
                continue
            document = self._documents[span.document]
            words = safe(shortened(quote(document, span)))
            if span.document == self._place:
                yield f'<p class="also">{see}: <a href="#b{span.block}">{words}</a></p>'
            else:
                yield f'<p class="also">{see}: {safe(document.name)}: “{words}”</p>'


def _body(document: Document, margin: _Margin, lang: Language) -> Iterator[str]:
    """The blocks in their order, the notes after all others."""
    if margin.is_empty:
        yield f'<p class="clean">{escape(said(_CLEAN, lang))}</p>'
    noted = {label: f"b{block}" for label, block in document.notes.items()}
    levels = Places(document).levels()
    notes = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Passage) and block.kind is Kind.NOTE:
            notes.append(index)
            continue
        if isinstance(block, Table):
            shown = _table(index, block, margin, noted, lang)
        else:
            tag = f"h{levels[index]}" if index in levels else "p"
            shown = f"<{tag}>{marked(block, margin.strokes.get((index, -1), ()), noted)}</{tag}>"
        yield _row(index, shown, margin)
    if notes:
        yield f'<section class="notes" aria-labelledby="notes"><h2 class="part" id="notes">{said(_NOTES, lang)}</h2>'
        for index in notes:
            note = document.blocks[index]
            if isinstance(note, Passage):
                label = f"<sup>{safe(note.label)}</sup> " if note.label else ""
                shown = f"<p>{label}{marked(note, margin.strokes.get((index, -1), ()), noted)}</p>"
                yield _row(index, shown, margin)
        yield "</section>"


def _row(index: int, shown: str, margin: _Margin) -> str:
    return f'<div class="row" id="b{index}">{margin.beside(index)}{shown}</div>'


def _table(index: int, table: Table, margin: _Margin, noted: dict[str, str], lang: Language) -> str:
    of = {id(cell): margin.strokes.get((index, number), ()) for number, cell in enumerate(table.cells)}
    rows = "".join(
        table_rows(table, margin.rows_with_findings(index, table), lambda cell: marked(cell, of[id(cell)], noted), lang)
    )
    caption = f"<caption>{safe(table.title)}</caption>" if table.title else ""
    name = safe(table.title or _TABLE.say(lang, n=index))
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{name}"><table>{caption}{rows}</table></div>'
