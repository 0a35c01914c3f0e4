"""Writes bao-cao-mau.docx, the sample report: a Word file with automatic numbering, real footnotes and an annex."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import sample_report as report

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = ("styles", "numbering", "footnotes", "settings")
FOOTNOTE = re.compile(r"\{\{(.*?)\}\}")

# style → its list (and level) in the numbering part
LISTS = {"chapter": (1, 0), "section": (1, 1), "item": (1, 2), "skipped section": (2, 1), "dash": (3, 0)}
STYLES = {
    "part": "Part",
    "chapter": "Heading1",
    "section": "Heading2",
    "skipped section": "Heading2",
    "item": "Body",
    "dash": "Body",
    "text": "Body",
}


class Footnotes:
    """The notes in the order of their marks, numbered from 1 by Word itself."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def mark(self, text: str) -> str:
        self.texts.append(text)
        return (
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
            f'<w:footnoteReference w:id="{len(self.texts)}"/></w:r>'
        )


def run(text: str, look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def runs(text: str, notes: Footnotes) -> str:
    """A text's runs; every second piece of the split is a footnote."""
    pieces = FOOTNOTE.split(text)
    return "".join(notes.mark(piece) if index % 2 else run(piece) for index, piece in enumerate(pieces))


def paragraph(content: str, style: str = "Body", numbering: tuple[int, int] | None = None, align: str = "") -> str:
    numbered = ""
    if numbering is not None:
        numbered = f'<w:numPr><w:ilvl w:val="{numbering[1]}"/><w:numId w:val="{numbering[0]}"/></w:numPr>'
    aligned = f'<w:jc w:val="{align}"/>' if align else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{numbered}{aligned}</w:pPr>{content}</w:p>'


def cell(paragraphs: str, width: int, extra: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{extra}</w:tcPr>{paragraphs}</w:tc>'


def table(rows: list[str], widths: tuple[int, ...], borders: bool) -> str:
    line = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    border = "<w:tblBorders>" + "".join(f"<w:{side} {line}/>" for side in sides) + "</w:tblBorders>" if borders else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    properties = f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{border}<w:tblLayout w:type="fixed"/></w:tblPr>'
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl>{properties}<w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


def letterhead() -> str:
    widths = (3900, 5400)
    bold, italic = "<w:b/>", "<w:i/>"

    def lines(texts: tuple[str, ...], look: str) -> str:
        return "".join(paragraph(run(text, look), "Plain", align="center") for text in texts)

    first = cell(lines(report.ISSUER, bold), widths[0]) + cell(lines(report.MOTTO, bold), widths[1])
    second = cell(lines((report.NUMBER,), ""), widths[0]) + cell(lines((report.PLACE,), italic), widths[1])
    return table([first, second], widths, borders=False)


def closing() -> str:
    widths = (4300, 5000)
    left = "".join(
        paragraph(run(text, "" if index else "<w:b/><w:i/>"), "Plain") for index, text in enumerate(report.RECIPIENTS)
    )
    right = "".join(paragraph(run(text, "<w:b/>"), "Plain", align="center") for text in report.SIGNATURE)
    return table([cell(left, widths[0]) + cell(right, widths[1])], widths, borders=False)


def annex() -> str:
    widths = (700, 3500, 1200, 1500, 1300, 1200)

    def plain(text: str, align: str = "center", look: str = "") -> str:
        return paragraph(run(text, look), "Plain", align=align)

    tall = '<w:vMerge w:val="restart"/>'
    top = "".join(
        cell(plain(text, look="<w:b/>"), width, tall) for text, width in zip(report.HEAD[:4], widths, strict=False)
    )
    top += cell(plain(report.HEAD[4], look="<w:b/>"), widths[4] + widths[5], '<w:gridSpan w:val="2"/>')
    below = "".join(cell(plain(""), width, "<w:vMerge/>") for width in widths[:4])
    below += "".join(
        cell(plain(text, look="<w:b/>"), width) for text, width in zip(report.HEAD_BELOW, widths[4:], strict=True)
    )
    rows = [top, below]
    for row in report.ROWS:
        aligned = ("center", "left", "center", "right", "right", "right")
        rows.append(
            "".join(cell(plain(text, side), width) for text, width, side in zip(row, widths, aligned, strict=True))
        )
    title = "".join(plain(text, look="<w:b/>") for text in report.ANNEX)
    page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    return page + title + plain(report.ANNEX_OF, look="<w:i/>") + table(rows, widths, borders=True)


def body(notes: Footnotes) -> str:
    parts = [letterhead(), paragraph("", "Plain")]
    parts.append(paragraph(run(report.KIND), "Title"))
    parts.append(paragraph(run(report.SUMMARY, "<w:b/>"), "Plain", align="center"))
    parts.append(paragraph(run(report.FICTION, "<w:i/>"), "Plain", align="center"))
    for style, text in report.BODY:
        parts.append(paragraph(runs(text, notes), STYLES[style], LISTS.get(style)))
    parts += [closing(), annex()]
    section = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701"'
        ' w:header="567" w:footer="567" w:gutter="0"/>'
        "</w:sectPr>"
    )
    return f'<w:document xmlns:w="{MAIN}" xmlns:r="{OFFICE}"><w:body>{"".join(parts)}{section}</w:body></w:document>'


def footnotes(notes: Footnotes) -> str:
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    shown = [
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>',
        '<w:footnote w:type="continuationSeparator" w:id="0">'
        "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>",
    ]
    for number, text in enumerate(notes.texts, 1):
        note = paragraph(mark + run(f" {text}"), "FootnoteText")
        shown.append(f'<w:footnote w:id="{number}">{note}</w:footnote>')
    return f'<w:footnotes xmlns:w="{MAIN}" xmlns:r="{OFFICE}">{"".join(shown)}</w:footnotes>'


def level(index: int, start: int, shape: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{shape}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def numbering() -> str:
    headings = level(0, 1, "upperRoman", "%1.") + level(1, 1, "decimal", "%2.") + level(2, 1, "lowerLetter", "%3)")
    dashes = level(0, 1, "bullet", "-")
    override = '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride>'
    return (
        f'<w:numbering xmlns:w="{MAIN}">'
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{headings}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/>{dashes}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{override}</w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


def style(name: str, shown: str, paragraph_look: str = "", run_look: str = "", default: bool = False) -> str:
    first = ' w:default="1"' if default else ""
    based = "" if default else '<w:basedOn w:val="Plain"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"{first}><w:name w:val="{shown}"/>{based}'
        f"<w:pPr>{paragraph_look}</w:pPr><w:rPr>{run_look}</w:rPr></w:style>"
    )


def styles() -> str:
    fonts = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
    indent = '<w:spacing w:before="120"/><w:ind w:firstLine="567"/><w:jc w:val="both"/>'
    small = '<w:spacing w:after="0"/><w:jc w:val="both"/>'
    shown = [
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="26"/><w:lang w:val="vi-VN"/></w:rPr>'
        "</w:rPrDefault></w:docDefaults>",
        style("Plain", "Normal", default=True),
        style("Body", "Body Text", indent),
        style("Title", "Title", '<w:jc w:val="center"/>', '<w:b/><w:sz w:val="28"/>'),
        style(
            "Part",
            "Part",
            '<w:keepNext/><w:spacing w:before="120"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
            "<w:b/>",
        ),
        style("Heading1", "heading 1", f'<w:keepNext/>{indent}<w:outlineLvl w:val="1"/>', "<w:b/>"),
        style("Heading2", "heading 2", f'<w:keepNext/>{indent}<w:outlineLvl w:val="2"/>', "<w:b/>"),
        style("FootnoteText", "footnote text", small, '<w:sz w:val="20"/>'),
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
    ]
    return f'<w:styles xmlns:w="{MAIN}">{"".join(shown)}</w:styles>'


def content_types() -> str:
    overrides = [("document", "document.main"), *((part, part) for part in PARTS)]
    named = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{WORD_TYPE}.{kind}+xml"/>' for part, kind in overrides
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{TYPES}">{rels}<Default Extension="xml" ContentType="application/xml"/>{named}</Types>'


def relations(targets: dict[str, str]) -> str:
    named = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{RELATIONS}">{named}</Relationships>'


def write(target: Path) -> None:
    """Write the report; the same bytes every time."""
    notes = Footnotes()
    document = body(notes)
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": relations({part: f"{part}.xml" for part in PARTS}),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "word/footnotes.xml": footnotes(notes),
        "word/settings.xml": f'<w:settings xmlns:w="{MAIN}"><w:footnotePr><w:footnote w:id="-1"/>'
        '<w:footnote w:id="0"/></w:footnotePr></w:settings>',
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2026, 6, 19, 8, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + content)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("bao-cao-mau.docx"))
