"""Well-known indicators lie within known ranges."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from baocao.model import Dossier, Finding, Severity, Text, Value
from baocao.reference import load
from baocao.rules.disagreement import printed
from baocao.rules.rule import rule

_BASIS = "implausible "
_YIELD = Text(
    "Năng suất “{stated}” nằm ngoài khoảng thường gặp ({expected}); hãy kiểm tra số và đơn vị tính.",
    "A yield of “{stated}” lies outside the usual range ({expected}); check the figure and its unit.",
)
_EACH = Text(
    "“{stated}” chia cho {count} là {each} {unit} {noun_vi}, ngoài khoảng thường gặp; hãy kiểm tra số và đơn vị tính.",
    "“{stated}” over {count} is {each} {unit} {noun_en}, outside the usual range; check the figure and its unit.",
)
_UNITS = {"money": "đồng", "mass": "kg"}


@rule(
    Severity.WARNING,
    title=Text("Giá trị ngoài khoảng thường gặp", "A value outside the usual range"),
    says=Text(
        "“{stated}” là giá trị lạ: {why_vi}; có thể mất một chữ số hoặc nhầm đơn vị, hãy kiểm tra.",
        "“{stated}” is unusual: {why_en}; a digit may be lost or the unit mistaken, please check.",
    ),
)
def plausible_range(dossier: Dossier) -> Iterator[Finding]:
    """A share, a yield, an income or a fine lies where such figures lie."""
    for claims in dossier.claims:
        for claim in claims:
            if isinstance(claim, Value) and claim.basis.startswith(_BASIS):
                yield _told(dossier, claim, _entries()[claim.basis.removeprefix(_BASIS)])


def _told(dossier: Dossier, claim: Value, entry: dict[str, Any]) -> Finding:
    stated = claim.stated.text if claim.stated is not None else ""
    marked = (claim.stated.span, *claim.also) if claim.stated is not None else claim.also
    if "words" in entry:
        expected = f"{entry['low']} - {entry['high']} tạ/ha"
        return plausible_range.finding(claim.at, says=_YIELD, marked=marked, stated=stated, expected=expected)
    if "nouns" in entry:
        count = " ".join(dossier.text(claim.also[0]).split())
        return plausible_range.finding(
            claim.at,
            says=_EACH,
            also=claim.also,
            marked=marked,
            stated=stated,
            arithmetic=f"{stated} / {count}",
            count=count,
            each=claim.subject,
            unit=_UNITS[entry["dimension"]],
            noun_vi=entry["vi"],
            noun_en=entry["en"],
        )
    limits = [printed(entry[key], 0) for key in ("low", "high") if key in entry]
    expected = " - ".join(limits) if len(limits) > 1 else f"{'≥' if 'low' in entry else '≤'} {limits[0]}"
    return plausible_range.finding(
        claim.at, marked=marked, stated=stated, expected=expected, why_vi=entry["vi"], why_en=entry["en"]
    )


@cache
def _entries() -> dict[str, dict[str, Any]]:
    table = load("plausible")
    return {entry["id"]: entry for kind in ("share", "money", "crop", "each") for entry in table[kind]}
