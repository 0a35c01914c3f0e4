"""A draft on the screen: one page that asks for nothing outside, its notes linked, every figure with its source."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from baocao.formats import html_write_charts
from baocao.formats.docx_write_body import attached, ended, prompt, unsigned
from baocao.formats.docx_write_figures import plain
from baocao.formats.docx_write_head import MOTTO, NATION, dated, numbered, stopped
from baocao.formats.docx_write_text import clean
from baocao.model.draft import (
    Align,
    Annex,
    Block,
    Chart,
    Draft,
    Grid,
    GridCell,
    Head,
    Heading,
    Line,
    Manner,
    Narrative,
    Note,
    Number,
    Paragraph,
    Signature,
    Words,
)

_CLASSES = {Manner.CENTRED: "centre", Manner.CAPTION: "caption", Manner.UNIT: "unit"}
_SIGNS = {Manner.DASH: "- ", Manner.PLUS: "+ "}
_ALIGNS = {Align.LEFT: "", Align.CENTRE: ' class="middle"', Align.RIGHT: ' class="right"'}
_SKIP, _NOTES, _NOTE, _BACK = "Đến nội dung", "Chú thích", "Chú thích {n}", "Trở lại chỗ có chú thích {n}"
_TABLE = "Bảng {n}"
_DEEPEST = 6
_NARROW = 6  # columns that a telephone can still show


@dataclass(frozen=True, slots=True)
class Around:
    """What another page puts around the numbers and blocks of a draft; both are given the HTML made of them."""

    number: Callable[[Number, str], str]
    block: Callable[[Block, str], str]


_BARE = Around(lambda number, shown: shown, lambda block, shown: shown)


def inside(draft: Draft, around: Around = _BARE) -> str:
    """A draft as HTML without a page around it: its head, blocks, end, annexes and notes."""
    page = _Page(around)
    body = page.blocks(ended(draft.blocks))
    annexes = "".join(page.annex(annex, draft.head) for annex in draft.annexes)
    end = _end(draft.signature, draft.recipients)
    return f"{_head(draft.head)}\n{body}\n{end}\n{annexes}{page.notes()}"


def written(draft: Draft) -> str:
    """The page of a draft, in Vietnamese, as the report is."""
    style = files(__package__).joinpath("html_write.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    title = _shown(f"{draft.head.kind} {draft.head.summary}")
    return (
        '<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="baocao">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#report">{_SKIP}</a>\n<main id="report">\n{inside(draft)}</main>\n</body>\n</html>\n'
    )


def _shown(text: str) -> str:
    return escape(clean(text))


def _head(head: Head) -> str:
    governing = f"<p>{_shown(head.governing.upper())}</p>" if head.governing.strip() else ""
    addressed = "".join(f"<p>Kính gửi: {_shown(line)}</p>" for line in head.addressed_to)
    return (
        f'<header>\n<div class="sides"><div>{governing}<p class="ruled"><b>{_shown(head.issuer.upper())}</b></p>'
        f'<p class="number">{_shown(numbered(head))}</p></div><div><p><b>{NATION}</b></p>'
        f'<p class="ruled motto"><b>{MOTTO}</b></p>'
        f"<p><i>{_shown(f'{head.place}, {dated(head.on)}')}</i></p></div></div>\n"
        f'<h1><span>{_shown(head.kind.upper())}</span><span class="ruled">{_shown(head.summary)}</span></h1>\n'
        f"{addressed}</header>"
    )


def _end(signature: Signature, recipients: Sequence[str]) -> str:
    listed = "".join(f"<li>{_shown(line)}</li>" for line in stopped(recipients))
    left = f"<b><i>Nơi nhận:</i></b><ul>{listed}</ul>" if recipients else ""
    right = "".join(f"<p><b>{_shown(line.upper())}</b></p>" for line in signature.lines)
    name = f'<p class="name">{_shown(signature.name)}</p>' if signature.name else ""
    return f'<div class="end"><div>{left}</div><div>{right}{name}</div></div>'


class _Page:
    """Writes blocks one after another; gathers their notes, and counts tables and charts."""

    def __init__(self, around: Around) -> None:
        self._around = around
        self._notes: list[str] = []
        self._tables = 0
        self._charts = 0

    def blocks(self, blocks: Iterable[Block], below: int = 0) -> str:
        return "\n".join(self._around.block(block, self._block(block, below)) for block in blocks)

    def annex(self, annex: Annex, head: Head) -> str:
        return (
            f'<section class="annex"><h2><span>{_shown(annex.label)}</span> <span>{_shown(annex.title.upper())}</span>'
            f'</h2>\n<p class="centre"><i>{_shown(attached(head))}</i></p>\n'
            f"{self.blocks(annex.blocks, 1)}\n</section>\n"
        )

    def notes(self) -> str:
        if not self._notes:
            return ""
        listed = "\n".join(
            f'<li id="note-{n}">{note} <a href="#mark-{n}" aria-label="{_BACK.format(n=n)}">↩</a></li>'
            for n, note in enumerate(self._notes, 1)
        )
        return (
            f'<section class="notes" aria-labelledby="notes"><h2 id="notes">{_NOTES}</h2>\n'
            f"<ol>{listed}</ol></section>\n"
        )

    def _block(self, block: Block, below: int) -> str:
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Heading():
                level = min(max(block.level, 1) + 1 + below, _DEEPEST)
                name = block.text.upper() if block.level <= 1 else block.text
                label = f"<span>{_shown(block.label)}</span> " if block.label else ""
                return f"<h{level}>{label}<span>{_shown(name)}</span></h{level}>"
            case Narrative():
                if not block.paragraphs:
                    return f'<p class="suggested asked">{_shown(prompt(block))}</p>'
                return "\n".join(self._paragraph(part) for part in block.paragraphs)
            case Grid():
                return self._grid(block)
            case Chart():
                self._charts += 1
                return html_write_charts.figure(block, self._charts)

    def _paragraph(self, block: Paragraph) -> str:
        names = [_CLASSES.get(block.manner, ""), "suggested" if block.is_suggested else ""]
        named = f' class="{" ".join(filter(None, names))}"' if any(names) else ""
        return f"<p{named}>{_SIGNS.get(block.manner, '')}{self._line(unsigned(block))}</p>"

    def _line(self, line: Line, *, in_note: bool = False) -> str:
        return "".join(self._piece(piece, in_note) for piece in line)

    def _piece(self, piece: Words | Number | Note, in_note: bool) -> str:
        match piece:
            case Words():
                shown = _shown(piece.text).replace("\n", "<br>")
                shown = f"<b>{shown}</b>" if piece.is_bold else shown
                return f"<i>{shown}</i>" if piece.is_italic else shown
            case Number():
                told = escape(_told(piece))
                shown = f'<data value="{plain(piece.value)}" title="{told}">{_shown(piece.text)}</data>'
                return self._around.number(piece, shown)
            case Note() if in_note:
                return f" ({'; '.join(self._line(line, in_note=True) for line in piece.lines)})"
            case Note():
                return self._note(piece)

    def _note(self, note: Note) -> str:
        place = len(self._notes)
        self._notes.append("")  # its number is taken before its lines are written
        self._notes[place] = "<br>".join(self._line(line, in_note=True) for line in note.lines)
        n = place + 1
        return f'<sup id="mark-{n}"><a href="#note-{n}" aria-label="{_NOTE.format(n=n)}">{n}</a></sup>'

    def _grid(self, grid: Grid) -> str:
        self._tables += 1
        count = _TABLE.format(n=self._tables)  # landmarks need names that differ
        name = f"{count}: {grid.name}" if grid.name else count
        whole = sum(column.width for column in grid.columns)
        widths = "".join(f'<col width="{round(column.width * 100 / whole)}%">' for column in grid.columns if whole)
        kind = ' class="broad"' if len(grid.columns) > _NARROW else ""
        head = "".join(f"<tr>{''.join(self._cell(cell, 'th') for cell in row)}</tr>" for row in grid.head)
        aligns = [column.align for column in grid.columns]
        rows = "\n".join(
            f"<tr>{''.join(self._cell(cell, 'td', _align(aligns, at)) for cell, at in row)}</tr>"
            for row in _placed(grid.rows)
        )
        return (
            f'<div class="wide" role="region" tabindex="0" aria-label="{_shown(name)}">'
            f"<table{kind}><caption>{_shown(grid.name or count)}</caption>"
            f"<colgroup>{widths}</colgroup><thead>{head}</thead>\n<tbody>{rows}</tbody></table></div>"
        )

    def _cell(self, cell: GridCell, kind: str, align: Align = Align.LEFT) -> str:
        spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        shown = self._line(cell.line)
        scope = ' scope="col"' if kind == "th" else ""
        inside = f"<b>{shown}</b>" if cell.is_bold and kind == "td" else shown
        return f"<{kind}{scope}{spans}{_ALIGNS[align] if kind == 'td' else ''}>{inside}</{kind}>"


def _told(number: Number) -> str:
    """Where a figure is from, for who points at it."""
    addresses = ", ".join(str(address) for address in number.source.addresses)
    return clean(f"{number.name} ({addresses})" if number.name and addresses else number.name or addresses)


def _placed(rows: Sequence[Sequence[GridCell]]) -> Iterator[list[tuple[GridCell, int]]]:
    """The cells of each row with their first column, which spans from above move to the right."""
    free_from: dict[int, int] = {}
    for index, row in enumerate(rows):
        shown: list[tuple[GridCell, int]] = []
        at = 0
        for cell in row:
            while free_from.get(at, 0) > index:
                at += 1
            shown.append((cell, at))
            free_from.update(dict.fromkeys(range(at, at + cell.columns), index + cell.rows))
            at += max(cell.columns, 1)
        yield shown


def _align(aligns: Sequence[Align], at: int) -> Align:
    return aligns[at] if at < len(aligns) else Align.LEFT
