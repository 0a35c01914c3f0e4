"""An instrument's date fits the year in its number, its neighbours' numbers and the report that cites it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from baocao.model import Citation, Dossier, Finding, Severity, Span, Text, frame_of
from baocao.reference import load
from baocao.rules.instruments import citations, family_of_code, is_single, kind_of_code, parts
from baocao.rules.rule import rule

_LAG = 31  # days; papers of one week are not always numbered in the order of their signing
_LATER = Text(
    "“{stated}” đề ngày sau ngày ban hành báo cáo ({issued}); hãy kiểm tra ngày của văn bản được viện dẫn.",
    "“{stated}” is dated after the report itself was issued ({issued}); check the date of what is cited.",
)
_ORDER = Text(
    "“{stated}” mang số lớn hơn nhưng đề ngày sớm hơn “{expected}” cùng loại, cùng năm; hãy kiểm tra số và ngày.",
    "“{stated}” has the higher number but the earlier date than “{expected}” of the same kind and year; check both.",
)


@rule(
    Severity.WARNING,
    title=Text("Ngày của văn bản viện dẫn không khớp số, năm hoặc thứ tự", "A cited date that does not fit the number"),
    says=Text(
        "“{stated}”: số mang năm {year} nhưng ngày ban hành thuộc năm {expected}; hãy đối chiếu với văn bản gốc.",
        "“{stated}”: the number carries {year} but the date is in {expected}; check the original.",
    ),
)
def citation_date(dossier: Dossier) -> Iterator[Finding]:
    """What is numbered 2020 was signed in 2020, and number 11 after number 5."""
    for index, cited in enumerate(citations(dossier)):
        issued = frame_of(dossier.documents[index], dossier.claims[index]).latest if cited else None
        for each in cited:
            if each.dated is None:
                continue
            stated = " ".join(dossier.text(each.at).split())
            if each.year is not None and each.year != each.dated.year:
                yield citation_date.finding(
                    each.at, marked=_marked(each), stated=stated, expected=str(each.dated.year), year=each.year
                )
            elif issued is not None and each.dated > issued:
                shown = issued.strftime("%d/%m/%Y")
                yield citation_date.finding(
                    each.at, says=_LATER, marked=_marked(each), stated=stated, expected=f"≤ {shown}", issued=shown
                )
        yield from _order(dossier, cited)


def _marked(each: Citation) -> tuple[Span, ...]:
    return (each.date_span,) if each.date_span is not None else ()


def _order(dossier: Dossier, cited: list[Citation]) -> Iterator[Finding]:
    """Numbers that fall while the dates rise."""
    series = defaultdict(list)
    for each in cited:
        key = _series(each)
        if key is not None:
            series[key].append(each)
    for group in series.values():
        known = {(each.number, each.dated): each for each in reversed(group)}
        ordered = sorted(known.values(), key=lambda each: (int(each.number), each.dated or date.min))
        for low, high in pairwise(ordered):
            if low.number != high.number and _is_inverted(low, high):
                yield citation_date.finding(
                    high.at,
                    says=_ORDER,
                    also=(low.at,),
                    stated=" ".join(dossier.text(high.at).split()),
                    expected=" ".join(dossier.text(low.at).split()),
                )


def _series(each: Citation) -> tuple[object, ...] | None:
    """What is numbered together: one kind of one body in one year; None when the body is not known for sure."""
    code, body = parts(each)
    family = family_of_code(body)
    if not code or each.dated is None or not each.number.isdecimal() or family == "party centre":
        return None
    if each.year not in (None, each.dated.year):
        return None
    party = family.startswith("party")  # one report speaks of one district and one province
    if not party and not is_single(body) and " " not in each.issuer:
        return None
    kind = each.instrument or kind_of_code(code)
    issuer = "" if party or is_single(body) else each.issuer.lower()
    return kind, body.upper(), issuer, each.year is not None, each.dated.year


def _is_inverted(low: Citation, high: Citation) -> bool:
    if low.dated is None or high.dated is None or (low.dated - high.dated).days <= _LAG:
        return False
    if is_single(parts(low)[1]):
        return True
    return not any(high.dated < day <= low.dated for day in load("instruments")["restarts"]["days"])
