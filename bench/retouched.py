"""Random edits of a report in Word's own XML, as Word and people make them, and what should be told of each."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from lxml import etree

from baocao.formats.docx_styles import VAL, W

if TYPE_CHECKING:
    from lxml.etree import _Element

PARTS = ("word/document.xml", "word/footnotes.xml")
FIGURES = "customXml/item1.xml"
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_WORDS = ("cơ bản ổn định", "được quan tâm", "kịp thời, đúng quy định", "còn gặp khó khăn", "theo đúng tiến độ")
_BY = {f"{W}author": "Lò Văn Soát", f"{W}date": "2026-02-03T09:00:00Z"}


@dataclass
class Retouched:
    """A Word file being edited. ``expected`` counts what is to be told: (kind, key or number)."""

    content: bytes
    random: Random
    expected: Counter[tuple[str, str]] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    _next: int = 50_000

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.content)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.roots = {name: etree.fromstring(self.parts[name]) for name in PARTS}
        self.figures = etree.fromstring(self.parts[FIGURES])
        self.printed = {one.get("id", ""): one.get("printed", "") for one in self.figures}
        self.controls = [sdt for root in self.roots.values() for sdt in root.iter(f"{W}sdt") if _key(sdt)]
        self.random.shuffle(self.controls)

    def edit(self, count: int) -> None:
        """Make so many edits, each of another number or paragraph."""
        for place in range(count):
            name = self.random.choice(sorted(EDITS)) if place >= len(EDITS) else sorted(EDITS)[place]
            EDITS[name](self)
            self.done[name] += 1

    def written(self) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in self.parts.items():
                root = self.figures if name == FIGURES else self.roots.get(name)
                shown = content if root is None else etree.tostring(root, encoding="UTF-8", standalone=True)
                package.writestr(zipfile.ZipInfo(name, (2026, 2, 3, 9, 0, 0)), shown)
        return stream.getvalue()

    def number(self, *, in_prose: bool = False) -> tuple[_Element, str]:
        """A control that was not edited yet, with its key."""
        for place, control in enumerate(self.controls):
            if not in_prose or next(control.iterancestors(f"{W}tbl"), None) is None:
                return self.controls.pop(place), _key(control)
        raise ValueError("all numbers were edited")

    def paragraph(self) -> _Element:
        """A paragraph of prose."""
        bodies = self.roots[PARTS[0]].iter(f"{W}p")
        found = [one for one in bodies if len(_outside(one)) > 1 and next(one.iterancestors(f"{W}tbl"), None) is None]
        return self.random.choice(found)

    def mark(self, name: str, *inside: _Element) -> _Element:
        self._next += 1
        made = etree.Element(f"{W}{name}", {f"{W}id": str(self._next), **_BY})
        made.extend(inside)
        return made

    def other(self, text: str) -> str:
        """The same number with another digit."""
        places = [at for at, sign in enumerate(text) if sign.isdigit()]
        at = self.random.choice(places)
        digit = self.random.choice([one for one in "123456789" if one != text[at]])
        return text[:at] + digit + text[at + 1 :]

    def rebind(self, key: str, text: str) -> None:
        """Word keeps the bound text in step with its control."""
        for one in self.figures:
            if one.get("id") == key:
                one[0].text = text


def _key(control: _Element) -> str:
    tag = control.find(f"{W}sdtPr/{W}tag")
    key = "" if tag is None else tag.get(VAL, "")
    return key if key[:1] == "n" and key[1:].isdigit() else ""


def _outside(paragraph: _Element) -> list[_Element]:
    """The texts of a paragraph that stand in no control of a number and hold no digit."""
    found = []
    for text in paragraph.iter(f"{W}t"):
        controls = [above for above in text.iterancestors(f"{W}sdt") if _key(above)]
        if not controls and len((text.text or "").split()) > 2 and not any(map(str.isdigit, text.text or "")):
            found.append(text)
    return found


def _run(text: str, like: _Element | None = None) -> _Element:
    run = etree.Element(f"{W}r", {f"{W}rsidR": "00A1B2C3"})
    look = None if like is None else like.find(f"{W}rPr")
    if look is not None:
        run.append(deepcopy(look))
    shown = etree.SubElement(run, f"{W}t")
    shown.text = text
    shown.set(_PRESERVE, "preserve")
    return run


def _only_run(control: _Element) -> _Element:
    return next(control.iter(f"{W}r"))


def _alter(made: Retouched) -> None:
    control, key = made.number()
    text = made.other(made.printed[key])
    next(control.iter(f"{W}t")).text = text
    if made.random.random() < 0.5:
        made.rebind(key, text)
    made.expected["altered", key] += 1


def _alter_tracked(made: Retouched) -> None:
    control, key = made.number()
    run = _only_run(control)
    text = made.other(made.printed[key])
    new = made.mark("ins", _run(text, run))
    run.addnext(new)
    old = made.mark("del")
    new.addprevious(old)
    old.append(run)
    next(run.iter(f"{W}t")).tag = f"{W}delText"
    made.rebind(key, text)
    made.expected["altered", key] += 1


def _alter_beside(made: Retouched) -> None:
    control, key = made.number()
    control.addnext(_run(made.random.choice("123456789")))
    made.expected["altered", key] += 1


def _reword(made: Retouched) -> None:
    text = made.random.choice(_outside(made.paragraph()))
    words = (text.text or "").rstrip()
    joint = words.rfind(" ")
    text.text = f"{words[:joint]} {made.random.choice(_WORDS)}, {words[joint + 1 :]}{(text.text or '')[len(words) :]}"


def _add_words(made: Retouched) -> None:
    last = _outside(made.paragraph())[-1].getparent()
    assert last is not None  # a text stands in a run
    last.addnext(made.mark("ins", _run(f" Nhìn chung {made.random.choice(_WORDS)}. ", last)))


def _strike_words(made: Retouched) -> None:
    text = _outside(made.paragraph())[-1]
    words = (text.text or "").rstrip()
    rest = (text.text or "")[len(words) :]
    run = text.getparent()
    assert run is not None  # a text stands in a run
    struck = _run(" " + words.rpartition(" ")[2], run)
    next(struck.iter(f"{W}t")).tag = f"{W}delText"
    text.text = words.rpartition(" ")[0] + rest
    text.set(_PRESERVE, "preserve")
    run.addnext(made.mark("del", struck))


def _type_number(made: Retouched) -> None:
    number = f"{made.random.randint(1, 99)}.{made.random.randint(100, 999)}"
    last = made.paragraph()
    run = _run(f" Đã hỗ trợ {number} hộ nghèo vay vốn.")
    last.append(made.mark("ins", run) if made.random.random() < 0.5 else run)
    made.expected["typed", number] += 1


def _split(made: Retouched) -> None:
    control, key = made.number()
    run = _only_run(control)
    text = made.printed[key]
    cut = made.random.randint(1, max(1, len(text) - 1))
    first, second = _run(text[:cut], run), _run(text[cut:], run)
    run.addprevious(first)
    first.addnext(etree.Element(f"{W}proofErr", {f"{W}type": "spellStart"}))
    run.addprevious(etree.Element(f"{W}bookmarkStart", {f"{W}id": str(made._next + 9), f"{W}name": f"b{key}"}))
    run.addprevious(etree.Element(f"{W}bookmarkEnd", {f"{W}id": str(made._next + 9)}))
    _swap(run, second)
    made._next += 10


def _swap(old: _Element, new: _Element) -> None:
    old.addnext(new)
    above = old.getparent()
    assert above is not None  # what is swapped stands somewhere
    above.remove(old)


def _embolden(made: Retouched) -> None:
    control, _ = made.number()
    run = _only_run(control)
    look = run.find(f"{W}rPr")
    if look is None:
        look = etree.Element(f"{W}rPr")
        run.insert(0, look)
    etree.SubElement(look, f"{W}color", {VAL: "C00000"})


def _copy(made: Retouched) -> None:
    control, key = made.number()
    twin = deepcopy(control)
    made._next += 1
    number = twin.find(f"{W}sdtPr/{W}id")
    assert number is not None  # every control of a number has one
    number.set(VAL, str(made._next))
    made.paragraph().extend((_run(" (trong đó "), twin, _run(" như trên)")))
    made.expected["duplicated", key] += 1


def _move(made: Retouched) -> None:
    control, _ = made.number(in_prose=True)
    made.paragraph().extend((_run(" (chuyển lên: "), control, _run(")")))


def _delete(made: Retouched) -> None:
    control, key = made.number()
    above = control.getparent()
    assert above is not None  # a control stands in a paragraph
    above.remove(control)
    made.expected["deleted", key] += 1


def _delete_tracked(made: Retouched) -> None:
    control, key = made.number()
    run = _only_run(control)
    struck = made.mark("del")
    run.addprevious(struck)
    struck.append(run)
    next(run.iter(f"{W}t")).tag = f"{W}delText"
    made.expected["deleted", key] += 1


def _unwrap(made: Retouched) -> None:
    control, key = made.number(in_prose=True)
    _swap(control, _run(made.printed[key]))
    made.expected["deleted", key] += 1
    made.expected["typed", made.printed[key]] += 1


def _cut(made: Retouched) -> None:
    control, key = made.number()
    text = made.printed[key]
    if len(text) < 2:
        return
    twin = deepcopy(control)
    at = made.random.randint(1, len(text) - 1)
    next(control.iter(f"{W}t")).text = text[:at]
    next(twin.iter(f"{W}t")).text = text[at:]
    control.addnext(twin)
    made.expected["cut", key] += 1


EDITS: dict[str, Callable[[Retouched], None]] = {
    "alter": _alter,
    "alter_beside": _alter_beside,
    "alter_tracked": _alter_tracked,
    "add_words": _add_words,
    "copy": _copy,
    "cut": _cut,
    "delete": _delete,
    "delete_tracked": _delete_tracked,
    "embolden": _embolden,
    "move": _move,
    "reword": _reword,
    "split": _split,
    "strike_words": _strike_words,
    "type_number": _type_number,
    "unwrap": _unwrap,
}
