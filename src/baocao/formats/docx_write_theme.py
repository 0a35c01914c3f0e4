"""Word wants a theme beside a document: here black on white, in one face, so that nothing new is coloured by it."""

from __future__ import annotations

from baocao.formats.docx_write_pages import DECLARATION, FONT

_COLOURS = (
    ("dk1", "000000"), ("lt1", "FFFFFF"), ("dk2", "1F4E79"), ("lt2", "EEEEEE"), ("accent1", "1F4E79"),
    ("accent2", "C55A11"), ("accent3", "7F7F7F"), ("accent4", "548235"), ("accent5", "7030A0"),
    ("accent6", "BF9000"), ("hlink", "0563C1"), ("folHlink", "954F72"),
)  # fmt: skip
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_WIDTHS = (6350, 12700, 19050)


def theme() -> str:
    """The part of the theme."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in _COLOURS)
    face = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface="{FONT}"/>'
    lines = "".join(f'<a:ln w="{width}">{_FILL}</a:ln>' for width in _WIDTHS)
    plain = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="baocao">'
        f'<a:themeElements><a:clrScheme name="baocao">{colours}</a:clrScheme>'
        f'<a:fontScheme name="baocao"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="baocao"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{plain}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )
