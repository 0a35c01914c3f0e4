"""Whether a Word file is sound: by the schemas, and by what schemas cannot say (ids, links between parts, bindings)."""

from __future__ import annotations

import io
import posixpath
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIGURES = "{urn:baocao:figures:1}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_CONTROL = [
    "rPr", "alias", "tag", "id", "lock", "placeholder", "temporary", "showingPlcHdr", "dataBinding", "label",
    "tabIndex", "text", "richText",
]  # fmt: skip  # ISO/IEC 29500-4, CT_SdtPr
_LEVEL = [
    "start", "numFmt", "lvlRestart", "pStyle", "isLgl", "suff", "lvlText", "lvlPicBulletId", "legacy", "lvlJc", "pPr",
    "rPr",
]  # fmt: skip  # CT_Lvl
_NO_LIST = "Numbering definition '0'"  # list 0 is how a paragraph leaves its style's list (ISO/IEC 29500-1, 17.9.18)
_NAME = 64  # letters that Word takes for a name or a tag of a content control


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def faults(content: bytes) -> list[str]:
    """All that is wrong with a Word file."""
    parts = parts_of(content)
    roots = {name: etree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    found = [*_links(parts, roots), *_types(parts, roots["[Content_Types].xml"])]
    body, notes = roots["word/document.xml"], roots["word/footnotes.xml"]
    found += _twice("content control", [item.get(f"{W}val") for root in (body, notes) for item in _controls(root)])
    found += _twice("picture", [item.get("id") for item in body.iter(_DRAWN)])
    found += _twice("note", [item.get(f"{W}id") for item in notes.iterfind(f"{W}footnote")])
    for root in (body, notes):
        found += _ordered(root, f"{W}sdtPr", _CONTROL)
        found += [f"long name {item.get(f'{W}val')}" for item in root.iter(f"{W}alias", f"{W}tag")
                  if len(item.get(f"{W}val", "")) > _NAME]  # fmt: skip
    found += _ordered(roots["word/numbering.xml"], f"{W}lvl", _LEVEL)
    found += _tables(body)
    return found + _unbound(roots) + _against_schemas(content)


def _controls(root: etree._Element) -> list[etree._Element]:
    return [found for control in root.iter(f"{W}sdtPr") if (found := control.find(f"{W}id")) is not None]


def _twice(what: str, ids: list[str | None]) -> list[str]:
    return [f"{what} {key} is there {count} times" for key, count in Counter(ids).items() if count > 1 or not key]


def _ordered(root: etree._Element, tag: str, order: list[str]) -> list[str]:
    found = []
    for element in root.iter(tag):
        names = [etree.QName(child).localname for child in element]
        if names != sorted(names, key=order.index):
            found.append(f"{tag}: {names}")
    return found


def _links(parts: dict[str, bytes], roots: dict[str, etree._Element]) -> list[str]:
    found = []
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        owner = posixpath.join(folder, posixpath.basename(name)[: -len(".rels")])
        text = parts.get(owner, b"").decode() if owner != folder else ""
        for relation in root.iter(_RELATION):
            target = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
            if target not in parts:
                found.append(f"{name}: no {target}")
        used = {part.split('"')[0] for part in text.split('r:id="')[1:]}
        known = {relation.get("Id") for relation in root.iter(_RELATION)}
        found += [f"{owner}: no relation {key}" for key in used - known]
    return found


def _types(parts: dict[str, bytes], types: etree._Element) -> list[str]:
    named = {item.get("PartName", "").lstrip("/") for item in types.iter(f"{_TYPES}Override")}
    endings = {item.get("Extension") for item in types.iter(f"{_TYPES}Default")}
    found = [f"no part {name}" for name in named - set(parts)]
    return found + [
        f"no type of {name}"
        for name in parts
        if name not in named and name.rsplit(".", 1)[-1] not in endings and name != "[Content_Types].xml"
    ]


def _tables(body: etree._Element) -> list[str]:
    """The cells of each row fill the grid, column by column; every cell ends in a paragraph."""
    found = []
    for place, table in enumerate(body.iter(f"{W}tbl")):
        grid = [int(column.get(f"{W}w", "0")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        for row in table.iterfind(f"{W}tr"):
            at = 0
            for cell in row.iterfind(f"{W}tc"):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                columns = 1 if span is None else int(span.get(f"{W}val", "1"))
                width = cell.find(f"{W}tcPr/{W}tcW")
                assert width is not None
                if int(width.get(f"{W}w", "0")) != sum(grid[at : at + columns]):
                    found.append(f"table {place}: a cell of {width.get(f'{W}w')} in columns {at}+{columns}")
                if cell[-1].tag != f"{W}p":
                    found.append(f"table {place}: a cell without a last paragraph")
                at += columns
            if at != len(grid):
                found.append(f"table {place}: a row of {at} columns in a grid of {len(grid)}")
        if sum(grid) != int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w")):  # type: ignore[union-attr, arg-type]
            found.append(f"table {place}: its columns do not make its width")
    return found


def _unbound(roots: dict[str, etree._Element]) -> list[str]:
    """Each live number is bound to an element of the figures part that holds its very text, and none is left over."""
    figures = roots["customXml/item1.xml"]
    store = next(roots["customXml/itemProps1.xml"].iter()).attrib.values()[0]
    found = []
    bound = 0
    for name in ("word/document.xml", "word/footnotes.xml"):
        for control in roots[name].iter(f"{W}sdt"):
            binding = control.find(f"{W}sdtPr/{W}dataBinding")
            if binding is None:
                continue
            bound += 1
            tag = control.find(f"{W}sdtPr/{W}tag").get(f"{W}val")  # type: ignore[union-attr]
            at = figures.getroottree().xpath(binding.get(f"{W}xpath"), namespaces={"f": FIGURES[1:-1]})
            text = "".join(part.text or "" for part in control.iter(f"{W}t"))
            holder = at[0] if at and at[0].tag == f"{FIGURES}figure" else at[0].getparent() if at else None
            if len(at) != 1 or at[0].text != text or holder.get("id") != tag:
                found.append(f"{tag}: bound to {at}, prints {text}")
            if binding.get(f"{W}storeItemID") != store:
                found.append(f"{tag}: another store")
    count = len(figures.findall(f"{FIGURES}figure"))  # suggestions stand there too
    if bound != count:
        found.append(f"{bound} live numbers, {count} figures")
    return found


def _against_schemas(content: bytes) -> list[str]:
    from openxml_audit import FileFormat, OpenXmlValidator

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        path.write_bytes(content)
        result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=20).validate(str(path))
    return [said for error in result.errors if _NO_LIST not in (said := str(error))]
