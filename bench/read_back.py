"""A drafted report read back: which numbers come back to their addresses, and which the store does not bear out.

The Word file is read twice: as it is, with the addresses that its live numbers carry, and by its words alone.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from baocao.ledger.sources import Sources
from baocao.linking import Link, Reading
from baocao.model.draft import PRINTED, Draft, Number, Reckoning, Source
from baocao.reporting import reading_back
from baocao.reporting.looking_up import Lookup, told
from bench.figures import Measured

ENOUGH = 0.99
_SHOWN = 5
_LIVE = "customXml/"
_AROUND = 60  # letters shown on either side of a number
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")  # a target may be read with its words: "trên 98,7"
Key = tuple[Source, str]


@dataclass(frozen=True)
class CameBack:
    """What one file gave back: ``asked`` numbers with addresses, those ``found``, the lost, and the wrong ones."""

    asked: int
    found: int
    lost: list[Number]
    wrong: list[str]
    unlinked: list[str]

    @property
    def share(self) -> float:
        return self.found / self.asked if self.asked else 1.0


def measured(draft: Draft, docx: Path, pdf: Path, sources: Sources, look_up: Lookup) -> Iterator[Measured | str]:
    """Both files of one draft beside their bounds."""
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / docx.name
        bare.write_bytes(by_words(docx))
        for name, path in ((".docx", docx), (".docx by its words alone", bare), (".pdf", pdf)):
            came = read(draft, path, sources, look_up)
            yield from came.wrong[:_SHOWN]
            beside = f"{came.found}/{came.asked}"
            yield Measured(f"numbers read back from the {name}", came.share, ENOUGH, beside=beside)
            yield Measured(f"numbers read back wrong from the {name}", len(came.wrong), 0, at_least=False)


def by_words(docx: Path) -> bytes:
    """The Word file without the part that its live numbers are bound to."""
    with tempfile.TemporaryFile() as bare:
        with zipfile.ZipFile(docx) as given, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as kept:
            for item in given.infolist():
                if not item.filename.startswith(_LIVE):
                    kept.writestr(item, given.read(item))
        bare.seek(0)
        return bare.read()


def read(draft: Draft, path: Path, sources: Sources, look_up: Lookup) -> CameBack:
    """One file of a draft read back. A link is wrong that the store does not bear out, at the printed places."""
    numbers = [number for number in draft.numbers if number.source.addresses]
    back = reading_back.read_back(reading_back.Asked(path, draft.unit, draft.period, authorities_of(numbers)), sources)
    waiting = Counter(key_of(number.source, number.text) for number in numbers)
    wrong: list[str] = []
    for one in back.links:
        key = key_of(one.source, one.text)
        if waiting[key]:
            waiting[key] -= 1
        elif not _is_borne_out(one, look_up):
            wrong.append(f"{_around(back, one)} => {_told(one.source)}")
    lost = []
    for number in reversed(numbers):
        key = key_of(number.source, number.text)
        if waiting[key]:
            waiting[key] -= 1
            lost.append(number)
    unlinked = [f"{_around(back, one)} => {one.why.vi} {one.candidates}" for one in back.unlinked]
    return CameBack(len(numbers), len(numbers) - len(lost), lost[::-1], wrong, unlinked)


def authorities_of(numbers: Sequence[Number]) -> tuple[str, ...]:
    """Who asks for the targets that a report tells of, in the order in which it does."""
    addresses = (address for number in numbers for address in number.source.addresses)
    return tuple(dict.fromkeys(address.authority for address in addresses if address.authority))


def key_of(source: Source, text: str) -> Key:
    """A number as it is counted: where it is from, and how it is printed; a difference has no order.

    Of which decimals of its figures it is the difference, no reader need tell: they are printed beside it.
    """
    if source.reckoning is Reckoning.CHANGE:
        argument = source.argument.partition(PRINTED)[0].strip()
        source = Source(source.reckoning, tuple(sorted(source.addresses, key=str)), argument)
    found = _FIGURE.search(text)
    return source, found[0] if found else text


def _is_borne_out(link: Link, look_up: Lookup) -> bool:
    """Whether the store has the value that is printed. What a question counted it does not say."""
    if link.source.reckoning is Reckoning.COUNT:
        return True
    now = look_up(link.source)
    return now is not None and abs(told(link.source, now.value) - abs(link.value)) <= link.step / 2


def _around(back: reading_back.ReadBack, one: Reading) -> str:
    start, end = back.document.source_range(one.span)
    source = back.document.source
    return f"{source[max(0, start - _AROUND) : start]}[{one.text}]{source[end : end + _AROUND]}".replace("\n", " / ")


def _told(source: Source) -> str:
    return f"{source.reckoning.value} {' '.join(map(str, source.addresses))} {source.argument}".strip()
