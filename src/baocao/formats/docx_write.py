"""A draft is printed as a Word file: a package of parts, the same bytes whenever it is written from the same draft."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from baocao.formats import docx_write_body, docx_write_charts, docx_write_figures, docx_write_styles, docx_write_theme
from baocao.formats.docx_write_headings import Headings, numbering
from baocao.formats.docx_write_lines import FIRST_NOTE, Writing
from baocao.formats.docx_write_pages import DECLARATION, DRAWN, FONT, NAMES, STANDING, Page, paragraph
from baocao.formats.docx_write_text import escaped
from baocao.model.draft import Draft

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DAY_ONE = (1980, 1, 1, 0, 0, 0)  # of the clock of zip files: the same bytes on any day
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_PARTS = (  # id, kind, file
    ("rIdStyles", "styles", "styles.xml"),
    ("rIdNumbering", "numbering", "numbering.xml"),
    ("rIdSettings", "settings", "settings.xml"),
    ("rIdTheme", "theme", "theme/theme1.xml"),
    ("rIdFonts", "fontTable", "fontTable.xml"),
    ("rIdNotes", "footnotes", "footnotes.xml"),
    ("rIdHeader", "header", "header1.xml"),
    ("rIdFirstHeader", "header", "header2.xml"),
)


def written(draft: Draft, drafted: datetime) -> bytes:
    """The Word file of a draft. ``drafted`` is when it was made; nothing else in the file depends on a clock."""
    writing = Writing()
    document, lists = _document(draft, writing)
    return packaged(document, lists, writing, draft, drafted)


def packaged(document: str, lists: list[Headings], writing: Writing, draft: Draft, drafted: datetime) -> bytes:
    """The package around a document; ``draft`` tells its title and whose it is."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(len(writing.charts)),
        "_rels/.rels": _relations(
            ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
        ),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _document_relations(len(writing.charts)),
        "word/styles.xml": docx_write_styles.styles(),
        "word/numbering.xml": numbering(lists),
        "word/settings.xml": _settings(),
        "word/theme/theme1.xml": docx_write_theme.theme(),
        "word/fontTable.xml": _fonts(),
        "word/footnotes.xml": _notes(writing.notes),
        "word/header1.xml": _header(_PAGE),
        "word/header2.xml": _header(""),
        "customXml/item1.xml": docx_write_figures.part(draft, drafted, writing.numbers),
        "customXml/itemProps1.xml": docx_write_figures.PROPERTIES,
        "customXml/_rels/item1.xml.rels": _relations(("rId1", f"{_OFFICE}/customXmlProps", "itemProps1.xml")),
        "docProps/core.xml": _core(draft, drafted),
        "docProps/app.xml": _app(draft),
    }
    for place, chart in enumerate(writing.charts, 1):
        parts[f"word/charts/chart{place}.xml"] = docx_write_charts.part(chart)
        parts[f"word/charts/_rels/chart{place}.xml.rels"] = _relations(
            ("rIdWorkbook", f"{_OFFICE}/package", f"../embeddings/chart{place}.xlsx")
        )
        parts[f"word/embeddings/chart{place}.xlsx"] = docx_write_charts.workbook(chart, drafted)
    return _packed(parts)


def _packed(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _DAY_ONE)
            entry.create_system = 0  # the same on every system
            package.writestr(entry, content, zipfile.ZIP_DEFLATED, 6)
    return stream.getvalue()


def _document(draft: Draft, writing: Writing) -> tuple[str, list[Headings]]:
    """The body: the report, then each annex; a section's properties stand at its end."""
    shown, headings = docx_write_body.main_part(draft, writing)
    lists = [headings]
    page, restarts = STANDING, False
    for number, annex in enumerate(draft.annexes, 1):
        shown += _section_end(page, restarts=restarts)
        inside, own = docx_write_body.annex(annex, draft.head, writing, number)
        shown += inside
        lists.append(own)
        page, restarts = docx_write_body.page_of(annex), True
    shown += paragraph("", "SectionEnd") + page.section(restarts=restarts)
    return f"{DECLARATION}<w:document {NAMES} {DRAWN}><w:body>{shown}</w:body></w:document>", lists


def _section_end(page: Page, *, restarts: bool) -> str:
    return paragraph("", "SectionEnd", page.section(restarts=restarts))


def _notes(notes: list[str]) -> str:
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}">{paragraph(f"<w:r><w:{kind}/></w:r>")}</w:footnote>'
        for kind, number in _SEPARATORS
    )
    shown = "".join(f'<w:footnote w:id="{number}">{note}</w:footnote>' for number, note in enumerate(notes, FIRST_NOTE))
    return f"{DECLARATION}<w:footnotes {NAMES}>{separators}{shown}</w:footnotes>"


_PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def _header(inside: str) -> str:
    return f"{DECLARATION}<w:hdr {NAMES}>{paragraph(inside, 'header')}</w:hdr>"


def _settings() -> str:
    """Settings of a present Word (mode 15), so that it does not open the file in compatibility mode."""
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    separators = "".join(f'<w:footnote w:id="{number}"/>' for _, number in _SEPARATORS)
    return (
        f'{DECLARATION}<w:settings {NAMES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:footnotePr>{separators}</w:footnotePr>"
        f"<w:compat><w:doNotExpandShiftReturn/>{compatible}</w:compat>"
        '<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _fonts() -> str:
    return (
        f'{DECLARATION}<w:fonts {NAMES}><w:font w:name="{FONT}"><w:panose1 w:val="02020603050405020304"/>'
        '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _core(draft: Draft, drafted: datetime) -> str:
    when = drafted.astimezone(UTC) if drafted.tzinfo else drafted
    stamp = f"{when:%Y-%m-%dT%H:%M:%SZ}"
    title = " ".join(f"{draft.head.kind} {draft.head.summary}".split())
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title)}</dc:title><dc:creator>{escaped(draft.head.issuer)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        "<dc:language>vi-VN</dc:language></cp:coreProperties>"
    )


def _app(draft: Draft) -> str:
    address = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return (
        f'{DECLARATION}<Properties xmlns="{address}"><Application>baocao</Application>'
        f"<Company>{escaped(draft.head.issuer)}</Company></Properties>"
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    shown = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in relations)
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{shown}</Relationships>'


def _document_relations(charts: int) -> str:
    return _relations(
        *((key, f"{_OFFICE}/{kind}", file) for key, kind, file in _PARTS),
        ("rIdFigures", f"{_OFFICE}/customXml", "../customXml/item1.xml"),
        *((f"rIdChart{place}", f"{_OFFICE}/chart", f"charts/chart{place}.xml") for place in range(1, charts + 1)),
    )


def _types(charts: int) -> str:
    overrides = [("word/document.xml", f"{_WORD}.document.main+xml")]
    overrides += [(f"word/{file}", _THEME if kind == "theme" else f"{_WORD}.{kind}+xml") for _, kind, file in _PARTS]
    overrides += [
        ("customXml/itemProps1.xml", _PROPERTIES),
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        *((f"word/charts/chart{place}.xml", _CHART) for place in range(1, charts + 1)),
    ]
    shown = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="xlsx" ContentType="{_WORKBOOK}"/>{shown}</Types>'
    )
