"""The styles of an official document as Decree 30/2020 wants it printed: letters, places, distances, by name."""

from __future__ import annotations

from dataclasses import dataclass

from baocao.formats.docx_write_headings import DASHES, FIRST_LIST, PLUSES
from baocao.formats.docx_write_pages import BODY, DECLARATION, FONT, GAP, INDENT, LINE, NAMES


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style. Sizes are points, distances twips; ``name`` is Word's own where it has one."""

    key: str
    name: str
    size: int = 0
    align: str = ""
    indent: int | None = None
    before: int = 0
    after: int = 0
    line: int = 240
    is_bold: bool = False
    is_italic: bool = False
    keeps: bool = False  # with the next paragraph, and in one piece
    outline: int | None = None
    list_: tuple[int, int] | None = None
    extra: str = ""  # properties of the paragraph that come before its distances, in the schema's order


_THIN = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
_HEADINGS = tuple(
    _Style(
        f"Heading{level + 1}", f"heading {level + 1}", BODY, "center" if level == 0 else "both",
        0 if level == 0 else INDENT, 240 if level == 0 else GAP, GAP, LINE,
        is_bold=level < 4, keeps=True, outline=level, list_=(FIRST_LIST, level),
    )
    for level in range(5)
)  # fmt: skip
_STYLES = (
    _Style("BodyText", "Body Text", BODY, "both", INDENT, 0, GAP, LINE),
    _Style("Dash", "Gạch đầu dòng", BODY, "both", INDENT, 0, GAP, LINE, list_=(DASHES, 0)),
    _Style("Plus", "Dấu cộng đầu dòng", BODY, "both", INDENT, 0, GAP, LINE, list_=(PLUSES, 0)),
    _Style("Centred", "Giữa dòng", BODY, "center", 0, 0, GAP, LINE),
    _Style("Caption", "caption", BODY, "center", 0, GAP, GAP, is_bold=True, keeps=True),
    _Style("UnitLine", "Đơn vị tính", 12, "right", 0, 0, 60, is_italic=True, keeps=True),
    _Style("Picture", "Hình", BODY, "center", 0, GAP, GAP),
    *_HEADINGS,
    _Style("Governing", "Cơ quan chủ quản", 12, "center", 0),
    _Style("Issuer", "Cơ quan ban hành", 12, "center", 0, is_bold=True),
    _Style("Nation", "Quốc hiệu", 12, "center", 0, is_bold=True),
    _Style("Motto", "Tiêu ngữ", 13, "center", 0, is_bold=True),
    _Style("Rule", "Nét kẻ", 2, "center", 0, line=40, extra=_THIN),
    _Style("Number", "Số, ký hiệu", 13, "center", 0, GAP, 0),
    _Style("PlaceAndDate", "Địa danh, thời gian", 13, "center", 0, GAP, 0, is_italic=True),
    _Style("Kind", "Tên loại văn bản", 14, "center", 0, 360, 0, is_bold=True, keeps=True, outline=9),
    _Style("Summary", "Trích yếu", 14, "center", 0, 0, 0, is_bold=True, keeps=True),
    _Style("SummaryRule", "Nét kẻ dưới trích yếu", 2, "center", 0, 0, 240, line=40, extra=_THIN),
    _Style("AddressedTo", "Kính gửi", BODY, "center", 0, 0, 240),
    _Style("AddressedList", "Kính gửi nhiều nơi", BODY, "left", 2600, 0, 60),
    _Style("RecipientsHead", "Nơi nhận", 12, "left", 0, GAP, is_bold=True, is_italic=True, keeps=True),
    _Style("Recipient", "Danh sách nơi nhận", 11, "left", 0),
    _Style("Signature", "Signature", BODY, "center", 0, is_bold=True, keeps=True),
    _Style("SignatureRoom", "Chỗ ký", BODY, "center", 0, keeps=True),
    _Style("SignerName", "Họ tên người ký", BODY, "center", 0, is_bold=True),
    _Style("AnnexLabel", "Phụ lục", BODY, "center", 0, is_bold=True, keeps=True, outline=0),
    _Style("AnnexTitle", "Tên phụ lục", BODY, "center", 0, 0, 0, is_bold=True, keeps=True, outline=0),
    _Style("AnnexTie", "Kèm theo", BODY, "center", 0, 0, GAP, is_italic=True, keeps=True),
    _Style("Table12", "Bảng 12", 12, "left", 0, 30, 30),
    _Style("Table11", "Bảng 11", 11, "left", 0, 20, 20),
    _Style("Table10", "Bảng 10", 10, "left", 0, 20, 20),
    _Style("AfterTable", "Sau bảng", 8, "left", 0, 0, 0),
    _Style("SectionEnd", "Hết phần", 1, "left", 0, line=20),
    _Style("header", "header", 13, "center", 0),
    _Style("FootnoteText", "footnote text", 10, "both", 0),
)


def styles() -> str:
    """The part of styles."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:eastAsia="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>'
    usual = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val="000000"/><w:sz w:val="{2 * BODY}"/>'
        f'<w:szCs w:val="{2 * BODY}"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        "<w:pPr><w:widowControl/></w:pPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )
    shown = "".join(_paragraph_style(style) for style in _STYLES)
    return f"{DECLARATION}<w:styles {NAMES}>{usual}{normal}{shown}{_tables()}</w:styles>"


def _paragraph_style(style: _Style) -> str:
    keeps = "<w:keepNext/><w:keepLines/>" if style.keeps else ""
    listed = ""
    if style.list_ is not None:
        number, level = style.list_
        listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    indent = "" if style.indent is None else f'<w:ind w:firstLine="{style.indent}"/>'
    if style.key == "AddressedList":
        indent = f'<w:ind w:left="{style.indent}"/>'
    exact = "exact" if style.line < 200 else "auto"
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    weight = ("<w:b/><w:bCs/>" if style.is_bold else "") + ("<w:i/><w:iCs/>" if style.is_italic else "")
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.key}"><w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{keeps}{listed}{style.extra}"
        f'<w:spacing w:before="{style.before}" w:after="{style.after}" w:line="{style.line}" w:lineRule="{exact}"/>'
        f'{indent}<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f'<w:rPr>{weight}<w:sz w:val="{2 * style.size}"/><w:szCs w:val="{2 * style.size}"/></w:rPr></w:style>'
    )


def _tables() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    margins = '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="{0}" w:type="dxa"/>'
    margins += '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="{0}" w:type="dxa"/></w:tblCellMar>'
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f'<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{margins.format(108)}'
        "</w:tblPr></w:style>"
        '<w:style w:type="table" w:styleId="Bare"><w:name w:val="Không kẻ"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr>{margins.format(0)}</w:tblPr></w:style>"
        '<w:style w:type="table" w:styleId="Ruled"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>{margins.format(57)}</w:tblPr></w:style>"
    )
