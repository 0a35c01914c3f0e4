"""Live numbers change as people change them: old text struck out, new text inserted, under a name and a time.

Only the bytes that say so are rewritten. In a control bound to the custom XML part Word shows the bound text, so that
the part is changed along with it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from baocao.formats import limits
from baocao.formats.docx_live_places import Place, Splice, placed, spliced
from baocao.formats.docx_write_figures import plain
from baocao.formats.docx_write_text import attribute, escaped
from baocao.formats.package import Package

AUTHOR = "baocao"
_TEXTS = frozenset(f"w:{name}" for name in ("t", "tab", "br", "cr", "noBreakHyphen"))
_WITH_TEXT = _TEXTS | {"w:rPr", "w:softHyphen", "w:lastRenderedPageBreak"}
_AWAY = frozenset(("w:del", "w:moveFrom", "w:sdtPr", "w:sdtEndPr", "w:pPr", "w:tcPr", "w:trPr", "w:rPr"))
_REVISION = re.compile(
    rb"<\w+:(?:ins|del|moveFrom|moveTo|\w+Change|\w+RangeStart|bookmarkStart)\b[^>]*?\bw:id=[\"'](\d{1,9})[\"']"
)
_PREFIX = re.compile(rb"<([\w.-]+):")
_CHANGED = ("value", "revision", "printed")


@dataclass(frozen=True, slots=True)
class NewText:
    """A live number as it now is."""

    value: Decimal
    printed: str
    revision: int


@dataclass
class _Stamp:
    """Who changed, when, and the next id of a tracked change."""

    when: datetime
    next_id: int = 1

    def mark(self, prefix: str) -> bytes:
        when = self.when.astimezone(UTC) if self.when.tzinfo else self.when
        self.next_id += 1
        return (
            f'{prefix}:id="{self.next_id - 1}" {prefix}:author="{AUTHOR}" {prefix}:date="{when:%Y-%m-%dT%H:%M:%SZ}"'
        ).encode()


@dataclass(frozen=True, slots=True)
class _Run:
    """A run that prints, and the insertion that it stands in, where there is one."""

    place: Place
    inserted: Place | None = None

    @property
    def is_ours(self) -> bool:
        return self.inserted is not None and self.inserted.attributes.get("w:author") == AUTHOR


def control_texts(content: bytes, part: str, texts: Mapping[int, str], when: datetime) -> tuple[bytes, frozenset[int]]:
    """A part with new texts in some of its controls (by their places), and the places that had to be left.

    A control is left when it holds more than text (a picture, a field, another control), or nothing.
    """
    found = _controls(content, part, texts)
    ids = [int(seen) for seen in _REVISION.findall(content)]
    stamp = _Stamp(when, max(ids, default=0) + 1)
    splices: list[Splice] = []
    left = set(texts) - set(found)
    for place, control in found.items():
        made = _replaced(content, control, texts[place], stamp)
        if made is None:
            left.add(place)
        else:
            splices += made
    return (spliced(content, splices) if splices else content), frozenset(left)


def _controls(content: bytes, part: str, wanted: Mapping[int, str]) -> dict[int, Place]:
    """The wanted controls by their places; one within another wanted one is not among them."""
    places: list[int] = []

    def is_wanted(name: str, count: int) -> bool:
        if name != "w:sdt" or count not in wanted:
            return False
        places.append(count)
        return True

    found = placed(content, part, is_wanted)
    return dict(zip(places, found, strict=True))


def _replaced(content: bytes, control: Place, text: str, stamp: _Stamp) -> list[Splice] | None:
    inside = control.child("w:sdtContent")
    if inside is None or _is_prompt(control) or any(one.name == "w:sdt" for one in inside.walk()):
        return None
    runs = [run for run in _runs(inside, None) if any(one.name in _TEXTS for one in run.place.children)]
    if not runs or any(one.name not in _WITH_TEXT for run in runs for one in run.place.children):
        return None
    splices = list(_struck(content, runs, stamp))
    last = runs[-1]
    at = last.place.end if last.inserted is None else last.inserted.end
    splices.append(Splice(at, at, _inserted(content, runs[0].place, text, stamp)))
    return splices


def _is_prompt(control: Place) -> bool:
    properties = control.child("w:sdtPr")
    prompt = None if properties is None else properties.child("w:showingPlcHdr")
    return prompt is not None and prompt.attributes.get("w:val", "1") not in ("0", "false", "off")


def _runs(above: Place, inserted: Place | None) -> Iterator[_Run]:
    for one in above.children:
        if one.name == "w:r":
            yield _Run(one, inserted)
        elif one.name not in _AWAY:
            yield from _runs(one, one if one.name == "w:ins" and inserted is None else inserted)


def _struck(content: bytes, runs: Sequence[_Run], stamp: _Stamp) -> Iterator[Splice]:
    """The old runs as deleted ones; what we ourselves inserted before, and nobody accepted, simply goes."""
    gone: set[int] = set()
    for run in runs:
        if run.is_ours and run.inserted is not None:
            whole = run.inserted
            if all(any(other.place is one for other in runs) for one in whole.children):
                if whole.start not in gone:
                    gone.add(whole.start)
                    yield Splice(whole.start, whole.end, b"")
            else:
                yield Splice(run.place.start, run.place.end, b"")
            continue
        prefix = _prefix(content, run.place)
        name = prefix.encode()
        yield Splice(run.place.start, run.place.start, b"<%b:del %b>" % (name, stamp.mark(prefix)))
        for one in run.place.children:
            if one.name == "w:t":
                yield from _renamed(content, one, name)
        yield Splice(run.place.end, run.place.end, b"</%b:del>" % name)


def _renamed(content: bytes, text: Place, name: bytes) -> Iterator[Splice]:
    """``w:t`` as ``w:delText``."""
    old = b"<%b:t" % name
    if not content.startswith(old, text.start):
        raise ValueError(f"no text begins at byte {text.start}")
    yield Splice(text.start, text.start + len(old), b"<%b:delText" % name)
    if text.close < text.end:
        yield Splice(text.close, text.end, b"</%b:delText>" % name)


def _inserted(content: bytes, run: Place, text: str, stamp: _Stamp) -> bytes:
    """A new run that looks like the old one."""
    prefix = _prefix(content, run)
    name = prefix.encode()
    look = run.child("w:rPr")
    shown = b"" if look is None else _without_history(content, look)
    return b"<%b:ins %b><%b:r>%b<%b:t>%b</%b:t></%b:r></%b:ins>" % (
        *(name, stamp.mark(prefix), name, shown, name, escaped(text).encode(), name, name, name),
    )


def _without_history(content: bytes, look: Place) -> bytes:
    """A run's properties without what they were before."""
    raw = content[look.start : look.end]
    past = [one for one in look.children if one.name in ("w:rPrChange", "w:ins", "w:del", "w:moveFrom", "w:moveTo")]
    return spliced(raw, [Splice(one.start - look.start, one.end - look.start, b"") for one in past])


def _prefix(content: bytes, place: Place) -> str:
    match = _PREFIX.match(content, place.start)
    if match is None:
        raise ValueError(f"no prefix at byte {place.start}")
    return match[1].decode()


def figure_texts(content: bytes, part: str, figures: Mapping[str, NewText]) -> bytes:
    """The custom XML part with new values, printed texts and revisions of some figures."""
    splices: list[Splice] = []
    for root in placed(content, part, lambda name, _: name == "figures"):
        for figure in root.children:
            new = figures.get(figure.attributes.get("id", "")) if figure.name == "figure" else None
            if new is not None:
                splices += _figure(content, figure, new)
    return spliced(content, splices)


def _figure(content: bytes, figure: Place, new: NewText) -> Iterator[Splice]:
    tag = content[figure.start : figure.inner]
    told = {"value": plain(new.value), "revision": str(new.revision), "printed": new.printed}
    for name in _CHANGED:
        tag = re.sub(
            rb"(\s%b\s*=\s*)(?:\"[^\"]*\"|'[^']*')" % name.encode(),
            lambda match, name=name: match[1] + f'"{attribute(told[name])}"'.encode(),  # type: ignore[misc]
            tag,
            count=1,
        )
    yield Splice(figure.start, figure.inner, tag)
    shown = figure.child("shown")
    if shown is not None and shown.close < shown.end:
        yield Splice(shown.inner, shown.close, escaped(new.printed).encode())


def rewritten(source: Path, changed: Mapping[str, bytes]) -> bytes:
    """The package with some of its parts changed; every other part as it was, in its place and with its date."""
    stream = io.BytesIO()
    with Package(source) as package, zipfile.ZipFile(stream, "w") as copy:
        for entry in package.entries:
            fresh = zipfile.ZipInfo(entry.filename, entry.date_time)
            fresh.compress_type, fresh.external_attr = entry.compress_type, entry.external_attr
            fresh.create_system, fresh.comment = entry.create_system, entry.comment
            content = changed.get(entry.filename)
            copy.writestr(fresh, package.part(entry.filename) or b"" if content is None else content)
    return stream.getvalue()


def part_of(source: Path, names: Sequence[str]) -> dict[str, bytes]:
    """The bytes of some parts as they stand in the file."""
    with Package(source) as package:
        found = {name: package.part(name, limits.MAX_XML_BYTES) for name in names}
    return {name: content for name, content in found.items() if content is not None}
