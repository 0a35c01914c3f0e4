"""LibreOffice takes as long for the charts of a report as for all its pages: it is given them drawn.

Only what a draft wrote and nobody changed is drawn; any other chart stays, and LibreOffice draws it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from baocao.formats.chart_pictures import picture
from baocao.formats.docx_charts import chart_of

_EMU = 12700  # a point
_RELATIONS = "word/_rels/document.xml.rels"
_DOCUMENT = "word/document.xml"
_TYPES = "[Content_Types].xml"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_IMAGE = b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
_RELATION = re.compile(rb'Id="(rIdChart\d+)" Type="[^"]*/relationships/chart" Target="(charts/chart\d+\.xml)"')
_PLACE = re.compile(
    rb'(<wp:extent cx="(\d+)" cy="(\d+)"/>(?:(?!<a:graphic>).)*)'
    rb'<a:graphic><a:graphicData [^>]*><c:chart [^>]*r:id="(rIdChart\d+)"/></a:graphicData></a:graphic>',
    re.DOTALL,
)
_SVG = b'<Default Extension="svg" ContentType="image/svg+xml"/><Default Extension="xml"'


def drawn(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a Word file with pictures in place of its charts."""
    if not all(name in parts for name in (_RELATIONS, _DOCUMENT, _TYPES)):
        return dict(parts)
    pictures = dict(_pictures(parts))
    if not pictures:
        return dict(parts)
    gone = {part for part, _ in pictures.values()}
    made = {name: content for name, content in parts.items() if name not in gone}
    for key, (part, drawing) in pictures.items():
        made[f"word/media/{key}.svg"] = drawing.encode()
        kind = rb'Type="[^"]*" Target="' + re.escape(part.removeprefix("word/").encode()) + b'"'
        image = _IMAGE + f' Target="media/{key}.svg"'.encode()
        made[_RELATIONS] = re.sub(kind, image, made[_RELATIONS])
        made[_TYPES] = re.sub(rf'<Override PartName="/{re.escape(part)}"[^>]*/>'.encode(), b"", made[_TYPES])
    made[_TYPES] = made[_TYPES].replace(b'<Default Extension="xml"', _SVG, 1)
    made[_DOCUMENT] = _PLACE.sub(lambda found: _put(found, pictures), made[_DOCUMENT])
    return made


def _pictures(parts: Mapping[str, bytes]) -> Iterator[tuple[str, tuple[str, str]]]:
    """By the id that the document knows a chart by: its part, and the drawing as large as the document shows it."""
    sizes = {found[4].decode(): (found[2], found[3]) for found in _PLACE.finditer(parts[_DOCUMENT])}
    for found in _RELATION.finditer(parts[_RELATIONS]):
        key, part = found[1].decode(), f"word/{found[2].decode()}"
        chart = chart_of(parts.get(part, b""))
        if chart is not None and key in sizes:
            width, height = (Decimal(int(size)) / _EMU for size in sizes[key])
            yield key, (part, picture(chart, width, height))


def _put(found: re.Match[bytes], pictures: Mapping[str, tuple[str, str]]) -> bytes:
    """The picture in a group of its own: LibreOffice marks no other as a figure, and what is not marked is text."""
    key = found[4].decode()
    if key not in pictures:
        return found[0]
    size = f'<a:off x="0" y="0"/><a:ext cx="{int(found[2])}" cy="{int(found[3])}"/>'
    inside = size.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
    shape = (
        f'<a:graphic><a:graphicData uri="{_GROUP}"><wpg:wgp xmlns:wpg="{_GROUP}"><wpg:cNvGrpSpPr/><wpg:grpSpPr>'
        f'<a:xfrm>{size}{inside}</a:xfrm></wpg:grpSpPr><pic:pic xmlns:pic="{_DRAWN}"><pic:nvPicPr>'
        '<pic:cNvPr id="0" name=""/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>{size}</a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></wpg:wgp></a:graphicData></a:graphic>'
    )
    return found[1] + shape.encode()
