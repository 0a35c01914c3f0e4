"""The counter column of a table counts its rows."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Cell, Dossier, Finding, Severity, Span, Table, Text
from baocao.reference import load
from baocao.rules.numbering import Break, Entry, breaks
from baocao.rules.rule import rule

_MANY = 2  # a table whose counter breaks more often is an excerpt or a filtered sheet, and numbered so on purpose
_RUN = 3  # rows that count on before a break
_REPEAT = Text(
    "Hai dòng liền nhau cùng mang số thứ tự {stated}; theo thứ tự dòng sau là {expected}.",
    "Two neighbouring rows both carry the number {stated}; the second would be {expected}.",
)


@rule(
    Severity.WARNING,
    title=Text("Cột số thứ tự nhảy cóc hoặc trùng", "A row counter that skips or repeats"),
    says=Text(
        "Cột số thứ tự: sau {before} là {stated}, thiếu {expected}; hãy đánh số lại hoặc bổ sung dòng bị thiếu.",
        "Row counter: {before} is followed by {stated}, {expected} is missing; renumber, or put back the missing row.",
    ),
)
def table_numbering(dossier: Dossier) -> Iterator[Finding]:
    """Behind row 4 stands row 5."""
    for index, document in enumerate(dossier.documents):
        for place, block in enumerate(document.blocks):
            if isinstance(block, Table):
                yield from _judge(block, place, index)


def _judge(table: Table, place: int, document: int) -> Iterator[Finding]:
    counter = [number for number, cell in enumerate(table.cells) if cell.column == 0]
    names = load("outline")["counter"]
    head = next((at for at, number in enumerate(counter) if _plain(table.cells[number]) in names), None)
    if head is None:
        return
    entries = [Entry(table.cells[number].text.strip(), number) for number in counter[head + 1 :]]
    counted = [each for each in breaks(entries) if each.kind != "style"]
    found = [each for each in counted if each.run_before >= _RUN or (len(counted) == 1 and _goes_on(each))]
    if len(found) > _MANY:
        return
    for broken in found:
        spans = [
            Span(place, 0, len(table.cells[entry.place].text), entry.place, document)
            for entry in (broken.entry, broken.before)
        ]
        yield table_numbering.finding(
            spans[0],
            says=_REPEAT if broken.kind == "repeat" else None,
            also=(spans[1],),
            stated=broken.entry.label,
            expected=broken.expected,
            before=broken.before.label,
        )


def _goes_on(only: Break) -> bool:
    """Whether the one break of a table stands between two pairs of rows that count on: 1, 2, 4, 5."""
    return only.run_before >= 2 and only.run_after >= 2


def _plain(cell: Cell) -> str:
    return " ".join(cell.text.lower().split())
