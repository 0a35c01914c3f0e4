"""Sentences of local reports are read as a careful reviewer reads them, and the rest is left alone.

Run as a program it prints the lines that fail: ``python tests/corpus/test_corpus.py [family ...]``.
"""

from __future__ import annotations

import re
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from baocao.model import Agreement, Claim, Dossier, Finding

HERE = Path(__file__).parent
FOLDERS = ("must", "must_not", "findings")
KINDS = {"ratio", "sum", "percent_sum", "difference", "product", "list_count"}
GRADES = {grade.value for grade in Agreement} - {"undecidable"}


class Expected(NamedTuple):
    """One claim that a line must yield: its kind, the stated figure as printed and the grade."""

    kind: str
    stated: str
    agreement: str


class Line(NamedTuple):
    """One line of the corpus. ``remark`` is what a finding must mark; a line that must stay silent expects nothing."""

    family: str
    number: int
    text: str
    expected: tuple[Expected, ...] = ()
    remark: str = ""


class Failure(NamedTuple):
    """A line that was read otherwise, and what was read."""

    line: Line
    why: str


def lines(folder: str) -> Iterator[Line]:
    for path in sorted((HERE / folder).glob("*.txt")):
        for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if row.strip() and not row.startswith("#"):
                text, _, asked = row.partition(" => ")
                text = text.replace("⏎", "\n").replace("⇥", "\t")
                if folder == "findings":
                    yield Line(path.stem, number, text, remark=asked.partition(" ")[2])
                else:
                    claims = tuple(Expected(*claim.split()) for claim in asked.split("; ")) if asked else ()
                    yield Line(path.stem, number, text, claims)


class Reading(NamedTuple):
    """What was read in one line: the claims that can be decided, the findings, and the text around them."""

    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    dossier: Dossier


def read(text: str) -> Reading:
    """The reading of a text, from a real file through every rule."""
    from baocao import formats, grammar
    from baocao.rules import RULES

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "line.txt"
        path.write_text(text + "\n", encoding="utf-8")
        document = formats.read(path)
    claims, figures = grammar.read(document)
    dossier = Dossier((document,), (tuple(claims),), (tuple(figures),))
    findings = tuple(finding for rule in RULES if not rule.across for finding in rule.check(dossier))
    decided = tuple(claim for claim in claims if claim.agreement is not Agreement.UNDECIDABLE)
    return Reading(decided, findings, dossier)


def as_printed(claim: Claim) -> str:
    """The stated figure without its unit and leading zero; shares without a printed total make 100."""
    if claim.stated is None:
        return "100"
    number = re.search(r"\d[\d.,]*\d|\d", claim.stated.text)
    return (number.group() if number else claim.stated.text.lower()).lstrip("0") or "0"


def told(claims: tuple[Claim, ...]) -> str:
    return "; ".join(f"{claim.kind} {as_printed(claim)} {claim.agreement.value}" for claim in claims) or "nothing"


def misread(line: Line, reading: Reading) -> str:
    """The claims of a line that were not read, or a disagreement read where every figure is right."""
    seen = {(claim.kind, as_printed(claim), claim.agreement.value) for claim in reading.claims}
    missing = [one for one in line.expected if (one.kind, one.stated.lstrip("0") or "0", one.agreement) not in seen]
    if missing:
        return "asked " + "; ".join(" ".join(one) for one in missing)
    is_right = all(one.agreement != "disagree" for one in line.expected)
    return "asked no disagreement" if is_right and any(grade == "disagree" for _, _, grade in seen) else ""


def unremarked(line: Line, reading: Reading) -> str:
    """The remark that is missing: no finding marks the figure or the words that are wrong."""
    places = [place for one in reading.findings for place in (one.at, *one.marked, *one.also)]
    printed = [reading.dossier.text(place) for place in places]
    return "" if any(line.remark in text for text in printed) else f"asked a remark on {line.remark}"


def failure(line: Line) -> Failure | None:
    reading = read(line.text)
    if line.remark:
        why = unremarked(line, reading)
    elif line.expected:
        why = misread(line, reading)
    else:
        why = "asked silence" if reading.claims or reading.findings else ""
    rules = ", ".join(finding.rule for finding in reading.findings) or "none"
    return Failure(line, f"{why}; read {told(reading.claims)}; findings: {rules}") if why else None


@cache
def failures(folder: str) -> tuple[Failure, ...]:
    return tuple(found for line in lines(folder) if (found := failure(line)))


def share_right(folder: str) -> float:
    return 1 - len(failures(folder)) / sum(1 for _ in lines(folder))


@pytest.mark.parametrize("folder", FOLDERS)
def test_share_of_lines_read_right(folder: str) -> None:
    floor = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))[folder]
    shown = "\n".join(f"{one.line.family}:{one.line.number} {one.line.text}\n    {one.why}" for one in failures(folder))
    print(f"{folder}: {share_right(folder):.4f} of the lines right\n{shown}")
    assert share_right(folder) >= floor


@pytest.mark.parametrize(("folder", "least"), [("must", 450), ("must_not", 240), ("findings", 25)])
def test_corpus_is_large_and_well_formed(folder: str, least: int) -> None:
    corpus = list(lines(folder))
    assert len(corpus) >= least
    assert len({line.text for line in corpus}) == len(corpus)
    for line in corpus:
        assert bool(line.expected) == (folder == "must"), line
        assert bool(line.remark) == (folder == "findings"), line
        for one in line.expected:
            assert one.kind in KINDS, line
            assert one.agreement in GRADES, line


def main(families: list[str]) -> None:
    """Print the failing lines, all or of the families named, and the share right in each family."""
    for folder in FOLDERS:
        wrong = Counter(one.line.family for one in failures(folder))
        for one in failures(folder):
            if not families or one.line.family in families:
                print(f"{folder}/{one.line.family}:{one.line.number} {one.line.text}\n    {one.why}")
        for family, size in Counter(line.family for line in lines(folder)).items():
            print(f"{folder}/{family}: {size - wrong[family]}/{size}")


if __name__ == "__main__":
    main(sys.argv[1:])
