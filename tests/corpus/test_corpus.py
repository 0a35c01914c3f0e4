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
KINDS = {"ratio", "sum", "percent_sum", "difference", "product", "list_count"}
GRADES = {grade.value for grade in Agreement} - {"undecidable"}


class Expected(NamedTuple):
    """One claim that a line must yield: its kind, the stated figure as printed and the grade."""

    kind: str
    stated: str
    agreement: str


class Line(NamedTuple):
    """One line of the corpus; a line that must stay silent expects nothing."""

    family: str
    number: int
    text: str
    expected: tuple[Expected, ...] = ()


class Failure(NamedTuple):
    """A line that was read otherwise, and what was read."""

    line: Line
    why: str


def lines(folder: str) -> Iterator[Line]:
    for path in sorted((HERE / folder).glob("*.txt")):
        for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if row.strip() and not row.startswith("#"):
                text, _, claims = row.partition(" => ")
                expected = tuple(Expected(*claim.split()) for claim in claims.split("; ")) if claims else ()
                yield Line(path.stem, number, text.replace("⏎", "\n").replace("⇥", "\t"), expected)


def read(text: str) -> tuple[tuple[Claim, ...], list[Finding]]:
    """The decided claims and the findings of a text, read from a real file."""
    from baocao import formats, grammar
    from baocao.rules import RULES

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "line.txt"
        path.write_text(text + "\n", encoding="utf-8")
        document = formats.read(path)
    claims, figures = grammar.read(document)
    dossier = Dossier((document,), (tuple(claims),), (tuple(figures),))
    findings = [finding for rule in RULES if not rule.across for finding in rule.check(dossier)]
    return tuple(claim for claim in claims if claim.agreement is not Agreement.UNDECIDABLE), findings


def as_printed(claim: Claim) -> str:
    """The stated figure without its unit and leading zero; shares without a printed total make 100."""
    if claim.stated is None:
        return "100"
    number = re.search(r"\d[\d.,]*\d|\d", claim.stated.text)
    return (number.group() if number else claim.stated.text.lower()).lstrip("0") or "0"


def told(claims: tuple[Claim, ...]) -> str:
    return "; ".join(f"{claim.kind} {as_printed(claim)} {claim.agreement.value}" for claim in claims) or "nothing"


def failure(line: Line) -> Failure | None:
    claims, findings = read(line.text)
    if line.expected:
        seen = {(claim.kind, as_printed(claim), claim.agreement.value) for claim in claims}
        missing = [one for one in line.expected if (one.kind, one.stated.lstrip("0") or "0", one.agreement) not in seen]
        asked = "; ".join(" ".join(one) for one in missing)
        return Failure(line, f"asked {asked}, read {told(claims)}") if missing else None
    if claims or findings:
        return Failure(line, f"read {told(claims)}, findings {[finding.rule for finding in findings]}")
    return None


@cache
def failures(folder: str) -> tuple[Failure, ...]:
    return tuple(found for line in lines(folder) if (found := failure(line)))


def share_right(folder: str) -> float:
    return 1 - len(failures(folder)) / sum(1 for _ in lines(folder))


@pytest.mark.parametrize("folder", ["must", "must_not"])
def test_share_of_lines_read_right(folder: str) -> None:
    floor = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))[folder]
    shown = "\n".join(f"{one.line.family}:{one.line.number} {one.line.text}\n    {one.why}" for one in failures(folder))
    print(f"{folder}: {share_right(folder):.4f} of the lines right\n{shown}")
    assert share_right(folder) >= floor


@pytest.mark.parametrize(("folder", "least"), [("must", 150), ("must_not", 80)])
def test_corpus_is_large_and_well_formed(folder: str, least: int) -> None:
    corpus = list(lines(folder))
    assert len(corpus) >= least
    assert len({line.text for line in corpus}) == len(corpus)
    for line in corpus:
        assert bool(line.expected) == (folder == "must"), line
        for one in line.expected:
            assert one.kind in KINDS, line
            assert one.agreement in GRADES, line


def main(families: list[str]) -> None:
    """Print the failing lines, all or of the families named, and the share right in each family."""
    for folder in ("must", "must_not"):
        wrong = Counter(one.line.family for one in failures(folder))
        for one in failures(folder):
            if not families or one.line.family in families:
                print(f"{folder}/{one.line.family}:{one.line.number} {one.line.text}\n    {one.why}")
        for family, size in Counter(line.family for line in lines(folder)).items():
            print(f"{folder}/{family}: {size - wrong[family]}/{size}")


if __name__ == "__main__":
    main(sys.argv[1:])
