"""The figures of a report, in a part of the file beside its text: each with its address, its value and its form.

A hand edit in Word changes the text of the bound element; the attribute ``printed`` stays as it was written. The
bound text has an element of its own, since LibreOffice drops the attributes of what a control is bound to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from baocao.formats.docx_write_pages import DECLARATION
from baocao.formats.docx_write_text import attribute, escaped
from baocao.model.draft import Draft, Form, Line, Number, Paragraph, numbers_in, numbers_of

NAMESPACE = "urn:baocao:figures:1"
STORE = "{6B4F0C1E-5E3A-4C55-9D0B-BA0CA0F16001}"  # one a file is enough, so that it can be the same in all
PROPERTIES = (
    f'{DECLARATION}<ds:datastoreItem ds:itemID="{STORE}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)


def part(draft: Draft, drafted: datetime, numbers: Sequence[Number]) -> str:
    """The custom XML part: one element a number, ``n1`` the first on the page."""
    figures = "".join(_figure(place, number) for place, number in enumerate(numbers, 1))
    return (
        f'{DECLARATION}<figures xmlns="{NAMESPACE}" outline="{attribute(draft.outline)}" '
        f'unit="{attribute(draft.unit)}" period="{attribute(draft.period)}" '
        f'revision="{draft.revision}" drafted="{drafted.isoformat()}">'
        f"{figures}{''.join(_suggestions(draft))}</figures>"
    )


def _suggestions(draft: Draft) -> Iterator[str]:
    """Which numbers each suggestion has, so that one that is taken out is known; and those taken out before."""
    place = 0
    for block in draft.blocks:
        first = place + 1
        place += sum(1 for _ in numbers_of(block))
        if isinstance(block, Paragraph) and block.is_suggested and place >= first:
            keys = " ".join(f"n{one}" for one in range(first, place + 1))
            yield f'<suggestion id="{suggestion_mark(block.line)}" numbers="{keys}"/>'
    for mark in draft.declined:
        yield f'<declined id="{attribute(mark)}"/>'


def suggestion_mark(line: Line) -> str:
    """By what a suggestion is known again: of which figures it speaks, whatever they come to."""
    sources = [number.source for number in numbers_in(line)]
    told = "|".join(f"{one.reckoning.value} {' '.join(map(str, one.addresses))} {one.argument}" for one in sources)
    return hashlib.sha256(told.encode(errors="replace")).hexdigest()[:16]


def _figure(place: int, number: Number) -> str:
    source = number.source
    addresses = " ".join(str(address) for address in source.addresses)
    return (
        f'<figure id="n{place}" reckoning="{source.reckoning.value}" addresses="{attribute(addresses)}" '
        f'argument="{attribute(source.argument)}" value="{plain(number.value)}" form="{form_line(number.form)}" '
        f'revision="{number.revision}" printed="{attribute(number.text)}">'
        f"<shown>{escaped(number.text)}</shown></figure>"
    )


def bound_path(place: int) -> str:
    """Where the text of the number at a place stands in the part, as a content control names it."""
    return f"/f:figures[1]/f:figure[{place}]/f:shown[1]"


def plain(value: Decimal) -> str:
    """All digits of a value, never as a power of ten.

    >>> plain(Decimal("1.50E+3"))
    '1500'
    """
    return f"{value:f}"


def form_line(form: Form) -> str:
    """A form on one line.

    >>> form_line(Form(2, scale=6))
    '2/1/6/0'
    """
    return f"{form.decimals}/{form.digits}/{form.scale}/{int(form.is_trimmed)}"


def form_of(line: str) -> Form:
    """The form written on a line. Raises ``ValueError`` when it is none.

    >>> form_of("2/1/6/0") == Form(2, scale=6)
    True
    """
    decimals, digits, scale, trimmed = (int(part) for part in line.split("/"))
    return Form(decimals, digits, scale, bool(trimmed))
