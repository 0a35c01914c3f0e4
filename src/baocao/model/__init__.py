"""The nouns: frozen values without vocabulary and without input or output."""

from baocao.model.claim import (
    Change,
    Citation,
    Claim,
    Count,
    DateClaim,
    Direction,
    Figure,
    Product,
    Ratio,
    Share,
    Strength,
    Total,
    Value,
)
from baocao.model.document import Block, Cell, Document, Kind, Mark, Passage, Run, Span, Table
from baocao.model.finding import Dossier, Finding, Severity, in_its_unit
from baocao.model.frame import Frame, frame_of
from baocao.model.quantity import Agreement, Comparator, Interval, Quantity
from baocao.model.text import Language, Problem, Text

__all__ = [
    "Agreement",
    "Block",
    "Cell",
    "Change",
    "Citation",
    "Claim",
    "Comparator",
    "Count",
    "DateClaim",
    "Direction",
    "Document",
    "Dossier",
    "Figure",
    "Finding",
    "Frame",
    "Interval",
    "Kind",
    "Language",
    "Mark",
    "Passage",
    "Problem",
    "Product",
    "Quantity",
    "Ratio",
    "Run",
    "Severity",
    "Share",
    "Span",
    "Strength",
    "Table",
    "Text",
    "Total",
    "Value",
    "frame_of",
    "in_its_unit",
]
