"""A report that is being written: words, and figures each tied to the address that it was taken from.

A ``Draft`` is what drafting makes and what the writers of Word, PDF and HTML print. Every figure in it is a
``Number``: it knows its ``Source``, so the same number can be looked up again when the store has moved on, and
its ``Form``, so that it is then printed the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from baocao.model.observation import Address
from baocao.model.text import Text


class Reckoning(Enum):
    """How a printed number follows from the figures at its addresses."""

    VALUE = "value"  # the figure itself
    PERCENT = "percent"  # first ÷ second × 100: % of a plan, of the same period, of a whole
    CHANGE = "change"  # first − second, told without its sign
    PERCENT_CHANGE = "percent_change"  # (first − second) ÷ second × 100, told without its sign
    SUM = "sum"  # all addresses added up
    PROJECTION = "projection"  # what the year may come to; ``argument`` says which: estimate, low, high, error
    COUNT = "count"  # how many things a question finds; ``argument`` is the question


PRINTED = "printed"  # the argument of a change of figures as they are printed, and with how many decimals: "printed 2"
UPPER = "upper"  # the argument of a value that is the upper bound of a target's range
RISEN = "risen"  # the argument of a value of a fall that is below nought, told as a rise without its sign
ERROR = "error"  # the argument of a projection's error, in per cent, when it is tried again in earlier years


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number comes from. ``addresses`` are in the order of the reckoning.

    ``argument`` says what else is needed: which of a target's bounds, which end of a projection, what is counted,
    how finely figures are printed whose difference is told, that a fall below nought is told as a rise.
    """

    reckoning: Reckoning
    addresses: tuple[Address, ...] = ()
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """How a number is printed: ``decimals`` after the comma, at least ``digits`` before it, in 10^``scale``.

    With ``scale`` 6 a figure in đồng is printed in triệu đồng. ``is_trimmed`` drops noughts at the decimals' end.
    Counts below ten take a leading zero in official reports: ``digits`` 2. Nought itself is "0".
    """

    decimals: int = 0
    digits: int = 1
    scale: int = 0
    is_trimmed: bool = False

    def rounded(self, value: Decimal) -> Decimal:
        """The value as this form prints it, in printed units, half away from zero."""
        return value.scaleb(-self.scale).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)

    def printed(self, value: Decimal) -> str:
        """The Vietnamese way: dots between thousands, a comma before decimals, no minus before nought.

        >>> Form(2).printed(Decimal("1492.9")), Form(digits=2).printed(Decimal(7))
        ('1.492,90', '07')
        >>> Form(1, scale=9).printed(Decimal(11327000000))
        '11,3'
        """
        if not value:
            return "0"
        rounded = self.rounded(value)
        whole, _, decimals = f"{abs(rounded):,f}".partition(".")
        if self.is_trimmed:
            decimals = decimals.rstrip("0")
        shown = whole.replace(",", ".").rjust(self.digits, "0") + ("," + decimals if decimals else "")
        return "-" + shown if rounded < 0 else shown


@dataclass(frozen=True, slots=True)
class Words:
    """Text as it stands."""

    text: str
    is_bold: bool = False
    is_italic: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A printed figure: its text, the value behind it, how it is printed, and where it was taken from.

    ``value`` is exact, in the indicator's unit; ``revision`` is the last one of the store when it was looked up.
    ``name`` says in words what the number is (for the reader who points at it).
    """

    text: str
    value: Decimal
    form: Form
    source: Source
    revision: int = 0
    name: str = ""

    @classmethod
    def of(cls, value: Decimal, form: Form, source: Source, revision: int = 0, name: str = "") -> Number:
        """A number printed by its form."""
        return cls(form.printed(value), value, form, source, revision, name)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, standing where its mark stands. Its number is its place in the draft."""

    lines: tuple[Line, ...]


Piece = Words | Number | Note
Line = tuple[Piece, ...]


class Manner(Enum):
    """How a paragraph stands on the page."""

    BODY = "body"  # justified, first line indented
    DASH = "dash"  # "- ...", as officials list
    PLUS = "plus"  # "+ ...", below a dash
    CENTRED = "centred"
    CAPTION = "caption"  # above a table or a chart
    UNIT = "unit"  # "Đơn vị tính: ...", right, italic


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. ``is_suggested`` marks words that are offered to the writer and not yet anybody's."""

    line: Line
    manner: Manner = Manner.BODY
    is_suggested: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. ``level`` 1 is Phần, 2 is A., 3 is I., 4 is 1., 5 is a); ``label`` is its printed number.

    A writer that numbers by itself (Word) numbers by level and leaves the label out.
    """

    level: int
    label: str
    text: str
    key: str = ""  # the section's name in the outline


@dataclass(frozen=True, slots=True)
class Narrative:
    """What people wrote for a section, kept from draft to draft under ``key``; never made from figures.

    Without paragraphs it is still to be written; ``asks`` says what about ("nguyên nhân khách quan của ...").
    """

    key: str
    paragraphs: tuple[Paragraph, ...]
    asks: str = ""


class Align(Enum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its share of the width, and how its cells stand."""

    width: Decimal
    align: Align = Align.RIGHT


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with the columns and rows that it spans. ``formula`` is for workbooks ("=E5/D5*100"), or empty.

    A formula counts cells from the grid's own corner: A1 is the first cell of its head.
    """

    line: Line = ()
    columns: int = 1
    rows: int = 1
    is_bold: bool = False
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``head`` rows are repeated on every page; cells that a span covers are left out of their rows."""

    columns: tuple[Column, ...]
    head: tuple[tuple[GridCell, ...], ...]
    rows: tuple[tuple[GridCell, ...], ...]
    name: str = ""


class ChartKind(Enum):
    COLUMN = "column"
    BAR = "bar"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures of a chart; None where there is no figure."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a few series over the same categories, in one unit."""

    kind: ChartKind
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


Block = Paragraph | Heading | Narrative | Grid | Chart


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: on pages of its own, numbered by itself ("Phụ lục I"), lying on its side where it is wide."""

    label: str
    title: str
    blocks: tuple[Block, ...]
    is_landscape: bool = True


@dataclass(frozen=True, slots=True)
class Head:
    """The head block (Decree 30/2020, annex I): who issues, the number and symbol, place and date, kind and summary.

    ``number`` is empty until it is issued; ``on`` None leaves the day open. ``addressed_to`` are superiors
    ("Kính gửi") and stays empty where there are none. A letter (công văn) has no ``kind``.
    """

    issuer: str
    symbol: str
    place: str
    kind: str
    summary: str
    governing: str = ""
    number: str = ""
    on: date | None = None
    addressed_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: ``lines`` such as ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), and the full name."""

    lines: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole report, ready to be printed. ``revision`` is the last one of the store that it was written from."""

    head: Head
    blocks: tuple[Block, ...]
    signature: Signature
    recipients: tuple[str, ...]
    annexes: tuple[Annex, ...] = ()
    outline: str = ""
    unit: str = ""
    period: str = ""
    revision: int = 0
    remarks: tuple[Text, ...] = field(default=())  # printed nowhere: what the writer has to be told
    declined: tuple[str, ...] = ()  # suggestions that people took out of earlier drafts of this report

    @property
    def unwritten(self) -> tuple[str, ...]:
        """What people have still to write: the heading of each such part, in the order of the page."""
        found, heading = [], self.head.summary
        for block in self.blocks:
            if isinstance(block, Heading):
                heading = block.text
            elif isinstance(block, Narrative) and not block.paragraphs:
                found.append(heading)
        return tuple(found)

    @property
    def numbers(self) -> Iterator[Number]:
        """Every number with an address, in the order of the page, those of notes at their marks, annexes last."""
        for block in self.blocks:
            yield from numbers_of(block)
        for annex in self.annexes:
            for block in annex.blocks:
                yield from numbers_of(block)


def numbers_of(block: Block) -> Iterator[Number]:
    """The numbers of a block in the order of the page, those of notes at their marks."""
    match block:
        case Paragraph(line=line):
            yield from numbers_in(line)
        case Narrative(paragraphs=paragraphs):
            for paragraph in paragraphs:
                yield from numbers_in(paragraph.line)
        case Grid(head=head, rows=rows):
            for row in (*head, *rows):
                for cell in row:
                    yield from numbers_in(cell.line)
        case Heading() | Chart():
            return


def numbers_in(line: Line) -> Iterator[Number]:
    """The numbers of a line and of the notes that hang on it."""
    for piece in line:
        if isinstance(piece, Number):
            yield piece
        elif isinstance(piece, Note):
            for below in piece.lines:
                yield from numbers_in(below)


def text_of(line: Line) -> str:
    """What a line says, without the notes that hang on it."""
    return "".join(piece.text for piece in line if not isinstance(piece, Note))
