"""Word keeps comments in a part of their own, which the package's lists must name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from baocao.formats.docx_styles import W
from baocao.formats.package import PACKAGE_RELATIONS, Package, is_strict, parse, strict

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAIN = W[1:-1]
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_COMMENTS = f'<w:comments xmlns:w="{_MAIN}"/>'.encode()
_NO_RELATIONS = f'<Relationships xmlns="{PACKAGE_RELATIONS[1:-1]}"/>'.encode()
_LIST_OF_TYPES = "[Content_Types].xml"


class Comments:
    """The comments part of a package, found or made anew."""

    def __init__(self, package: Package, body_name: str) -> None:
        self._package = package
        self._body_name = body_name
        self._folder = posixpath.dirname(body_name)
        relations = package.relations(body_name)
        self._name = next((target for _, kind, target in relations if kind == "comments"), "")
        root = package.xml(self._name) if self._name else None
        self._is_new = root is None
        self._root = parse(_NO_COMMENTS, "comments") if root is None else root
        taken = [int(comment.get(f"{W}id", "0")) for comment in self._root if comment.get(f"{W}id", "").isdigit()]
        self._next = max(taken, default=-1) + 1

    def add(self, paragraphs: Sequence[str], author: str, when: datetime) -> int:
        """Add one comment; its id."""
        comment = self._child(self._root, "comment")
        number, self._next = self._next, self._next + 1
        comment.set(f"{W}id", str(number))
        comment.set(f"{W}author", _clean(author))
        comment.set(f"{W}date", f"{when:%Y-%m-%dT%H:%M:%SZ}")
        comment.set(f"{W}initials", "".join(word[0] for word in _clean(author).split())[:3])
        for index, text in enumerate(paragraphs or ("",)):
            paragraph = self._child(comment, "p")
            if not index:
                self._child(self._child(paragraph, "r"), "annotationRef")
            shown = self._child(self._child(paragraph, "r"), "t")
            shown.text = _clean(text)
            shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return number

    def _child(self, parent: _Element, name: str) -> _Element:
        child = parent.makeelement(W + name)
        parent.append(child)
        return child

    def changed(self, body: _Element) -> dict[str, bytes]:
        """The new bytes of every part that a comment touches, by name."""
        is_old_strict = is_strict(self._package.part(self._body_name) or b"")
        parts = {self._body_name: body}
        if self._is_new:
            self._name = self._free_name()
            parts.update(self._named())
        parts[self._name] = self._root
        written = {name: serialized(root) for name, root in parts.items()}
        return {name: strict(content) for name, content in written.items()} if is_old_strict else written

    def _free_name(self) -> str:
        names = (
            posixpath.join(self._folder, f"comments{number or ''}.xml")
            for number in range(len(self._package.names) + 1)
        )
        return next(name for name in names if name not in self._package.names)

    def _named(self) -> dict[str, _Element]:
        """The list of content types and the body's relations, each with the new part in it."""
        folder, file = posixpath.split(self._body_name)
        list_name = posixpath.join(folder, "_rels", f"{file}.rels")
        relations = self._package.xml(list_name)
        relations = parse(_NO_RELATIONS, list_name) if relations is None else relations
        taken = {relation.get("Id") for relation in relations}
        relation = relations.makeelement(f"{PACKAGE_RELATIONS}Relationship")
        relation.set("Id", next(free for number in range(1, len(taken) + 2) if (free := f"rId{number}") not in taken))
        relation.set("Type", _RELATION)
        relation.set("Target", posixpath.basename(self._name))
        relations.append(relation)
        types = self._package.xml(_LIST_OF_TYPES)
        types = parse(f'<Types xmlns="{_TYPES}"/>'.encode(), _LIST_OF_TYPES) if types is None else types
        override = types.makeelement(f"{{{_TYPES}}}Override")
        override.set("PartName", f"/{self._name}")
        override.set("ContentType", _CONTENT_TYPE)
        types.append(override)
        return {list_name: relations, _LIST_OF_TYPES: types}


def serialized(root: _Element) -> bytes:
    """A part's bytes as Office writes them."""
    from lxml import etree

    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def _element(name: str) -> _Element:
    from lxml import etree

    return etree.Element(W + name, nsmap={"w": _MAIN})


def range_start(comment: int) -> _Element:
    element = _element("commentRangeStart")
    element.set(f"{W}id", str(comment))
    return element


def range_end(comment: int) -> _Element:
    element = _element("commentRangeEnd")
    element.set(f"{W}id", str(comment))
    return element


def reference_run(comment: int) -> _Element:
    """The run that Word shows the comment's balloon from."""
    from lxml import etree

    run = _element("r")
    reference = etree.SubElement(run, f"{W}commentReference")
    reference.set(f"{W}id", str(comment))
    return run


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
