"""How well findings and claims agree with a table of relations that people judged by hand.

A truth record has a quote, further quotes, the arithmetic and a verdict: ok, rounding, wrong or suspect.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

Record = dict[str, Any]

# kinds of claims that may stand for one kind of truth record
_NEAR = {
    "ratio": {"ratio", "share", "table"},
    "table": {"table", "ratio", "share"},
    "sum": {"sum", "total"},
    "percent_sum": {"percent_sum", "share", "sum", "total"},
    "difference": {"difference", "change"},
    "product": {"product"},
    "list_count": {"list_count", "count"},
}
_ALLOWED = {
    "ok": {"exact", "truncated", "within_rounding"},
    "rounding": {"exact", "truncated", "within_rounding", "disagree"},
    "wrong": {"disagree"},
}
_SCALES = (1, 1e3, 1e6, 1e9, 1e-3, 1e-6, 1e-9)


class Share(NamedTuple):
    """So many of so many; shares of several reports add up."""

    hits: int
    of: int

    def __add__(self, other: Share) -> Share:  # type: ignore[override]
        return Share(self.hits + other.hits, self.of + other.of)

    @property
    def value(self) -> float:
        """A share of nothing is no achievement: it counts as none."""
        return self.hits / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.hits}/{self.of})"


@dataclass
class Truth:
    """One report's truth table, its quotes found in the report's text."""

    text: str
    records: list[Record]
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    own: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    @classmethod
    def read(cls, table: Path, report: Path) -> Truth:
        text = unicodedata.normalize("NFC", report.read_text(encoding="utf-8"))
        records = [record for record in lines(table) if record["kind"] != "cross_document"]
        truth = cls(text, records)
        for record in records:
            truth.own[record["id"]] = places(text, record["quote"])
            quotes = [record["quote"], *record.get("also", [])]
            truth.spans[record["id"]] = [span for quote in quotes for span in places(text, quote)]
        return truth

    def judged(self, *verdicts: str) -> list[Record]:
        return [record for record in self.records if record["verdict"] in verdicts]


def lines(path: Path) -> list[Record]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def places(text: str, quote: str) -> list[tuple[int, int]]:
    """Every stretch at which a quote stands, whatever the white space between its words."""
    words = unicodedata.normalize("NFC", quote).split()
    return [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words)), text)]


def touches(line: Record, spans: Iterable[tuple[int, int]]) -> bool:
    return any(line["start"] < end and start < line["end"] for start, end in spans)


def score(truth: Truth, findings: Sequence[Record], claims: Sequence[Record]) -> dict[str, Share]:
    """The six figures of one report."""
    return {**_of_findings(truth, findings), **_of_claims(truth, claims)}


def _of_findings(truth: Truth, findings: Sequence[Record]) -> dict[str, Share]:
    loud = [finding for finding in findings if finding["severity"] in ("error", "warning")]
    errors = [finding for finding in loud if finding["severity"] == "error"]
    doubtful = [truth.spans[record["id"]] for record in truth.judged("wrong", "suspect")]

    def deserved(finding: Record) -> bool:
        return any(touches(finding, spans) for spans in doubtful)

    wrong = [record for record in truth.judged("wrong") if not record.get("same_root_as")]
    found = [record for record in wrong if any(touches(finding, truth.spans[record["id"]]) for finding in loud)]
    clean = truth.judged("ok", "rounding")
    false = [finding for finding in errors if not deserved(finding)]
    silent = [record for record in clean if not any(touches(finding, truth.own[record["id"]]) for finding in false)]
    return {
        "errors_found": Share(len(found), len(wrong)),
        "error_precision": Share(len(errors) - len(false), len(errors)),
        "warning_precision": Share(sum(map(deserved, loud)), len(loud)),
        "silent_on_clean": Share(len(silent), len(clean)),
    }


def _of_claims(truth: Truth, claims: Sequence[Record]) -> dict[str, Share]:
    read, right = 0, 0
    arithmetic = [record for record in truth.records if _is_arithmetic(record)]
    for record in arithmetic:
        mates = [claim for claim in claims if _speaks_of(claim, record, truth.spans[record["id"]])]
        read += bool(mates)
        right += any(claim.get("agreement") in _ALLOWED[record["verdict"]] for claim in mates)
    return {"claims_read": Share(read, len(arithmetic)), "verdicts_right": Share(right, read)}


def _is_arithmetic(record: Record) -> bool:
    check = record.get("check") or {}
    return (
        record["kind"] in _NEAR
        and check.get("op", "none") not in (None, "none")
        and record["verdict"] != "suspect"
        and not record.get("derived")
        and "[marginal]" not in record.get("note", "")
    )


def _speaks_of(claim: Record, record: Record, spans: list[tuple[int, int]]) -> bool:
    if claim["kind"] not in _NEAR[record["kind"]] or not touches(claim, spans):
        return False
    check = record["check"]
    stated, wanted = claim.get("stated"), check.get("stated", check.get("total"))
    if stated is None or wanted is None:
        return False
    return any(_same(stated, wanted * scale) for scale in _SCALES)


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b))
