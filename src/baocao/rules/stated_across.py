"""Two reports of one body say the same of the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from baocao.model import Claim, Dossier, Figure, Finding, Frame, Ratio, Severity, Strength, Text, Value, frame_of
from baocao.rules.clauses_across import FELL, apart, is_same
from baocao.rules.rule import rule
from baocao.rules.same_body import sisters
from baocao.rules.two_reports import differ, is_slip, past_apart, said_apart

_LEVEL = Text(
    "“{stated}” ở đây, nhưng {other} ghi “{expected}”; một lớp chỉ thuộc một cấp học.",
    "“{stated}” here, but {other} says “{expected}”; a class belongs to one level of school.",
)
_FELL = Text(
    "“{stated}” ở đây, còn {other} ghi “{expected}” ở mốc số liệu khác; số lũy kế trong năm chỉ có thể tăng.",
    "“{stated}” here, but {other} says “{expected}” at another cut-off; a running total of one year only grows.",
)
_DIGITS = 5  # of a pair A/B together, from which it is one and the same pair wherever it stands


@rule(
    Severity.ERROR,
    across=True,
    title=Text("Hai báo cáo nói khác nhau về một số liệu", "Two reports that differ on one figure"),
    says=Text(
        "Ở đây ghi “{stated}”, trong {other} ghi “{expected}” cho cùng một nội dung; hãy đối chiếu hai báo cáo.",
        "It says “{stated}” here and “{expected}” in {other} of the same thing; please check both reports.",
    ),
)
def stated_across(dossier: Dossier) -> Iterator[Finding]:
    """One pair of figures has one percentage, one day one result, one class one level of school."""
    for first, second in sisters(dossier):
        one, other = dossier.claims[first], dossier.claims[second]
        name = dossier.documents[first].name
        is_one_time = is_same(_frame(dossier, first), _frame(dossier, second))
        for earlier, later in (*_ratios(one, other, is_one_time=is_one_time), *_levels(one, other)):
            is_level = isinstance(later, Value)
            yield stated_across.finding(
                later.at,
                says=_LEVEL if is_level else None,
                also=(earlier.at,),
                marked=(later.at, earlier.at),
                stated=_printed(dossier, later),
                expected=_printed(dossier, earlier),
                other=name,
            )
        told = [*_clauses(dossier, first, second)]
        yield from told
        places = {(finding.at.block, finding.at.start) for finding in told}
        for before, after in _said(dossier, first, second):
            if before.stated and after.stated and (after.at.block, after.at.start) not in places:
                yield stated_across.finding(
                    after.at,
                    severity=Severity.WARNING,
                    also=(before.at,),
                    marked=(after.at, before.at),
                    stated=after.stated.text,
                    expected=before.stated.text,
                    other=name,
                )


def _said(dossier: Dossier, first: int, second: int) -> Iterator[tuple[Value, Value]]:
    """One subject, in whatever order of words, with two figures: a slip on one day, or a year that is over."""
    one, other = dossier.claims[first], dossier.claims[second]
    for before, after in said_apart(one, other, "said", "actual"):
        if before.stated and after.stated and is_slip(before.stated, after.stated):
            yield before, after
    issued = [year for place in (first, second) if (year := _frame(dossier, place).issued_year) is not None]
    if len(issued) == 2:
        yield from past_apart(one, other, min(issued), "past")


def _clauses(dossier: Dossier, first: int, second: int) -> Iterator[Finding]:
    """One clause with two figures."""
    one, other = dossier.documents[first], dossier.documents[second]
    frames = (_frame(dossier, first), _frame(dossier, second))
    for found in apart(one, other, *frames, (first, second)):
        yield stated_across.finding(
            found.later.span,
            says=_FELL if found.why == FELL else None,
            severity=found.severity,
            also=(found.earlier.span,),
            marked=(found.later.span, found.earlier.span),
            stated=found.later.printed,
            expected=found.earlier.printed,
            other=one.name,
        )


def _frame(dossier: Dossier, place: int) -> Frame:
    return frame_of(dossier.documents[place], dossier.claims[place])


def _printed(dossier: Dossier, claim: Claim) -> str:
    return " ".join(dossier.text(claim.at).split())


def _ratios(first: tuple[Claim, ...], second: tuple[Claim, ...], *, is_one_time: bool) -> Iterator[tuple[Claim, Claim]]:
    """Ratios of one pair A/B that are stated with two percentages."""
    known: dict[tuple[object, ...], list[Ratio]] = defaultdict(list)
    for claim in first:
        if isinstance(claim, Ratio) and (key := _key(claim)) is not None:
            known[key].append(claim)
    for claim in second:
        key = _key(claim) if isinstance(claim, Ratio) else None
        same = known.get(key, []) if key is not None else []
        if same and all(_apart(other.stated, claim.stated, is_one_time=is_one_time) for other in same):
            yield same[0], claim


def _apart(first: Figure | None, second: Figure | None, *, is_one_time: bool) -> bool:
    """Whether two percentages of one pair are two: printed with as many decimals they must be the same.

    In reports of two periods or days figures that are printed alike may be two: only more than rounding counts.
    """
    if first is None or second is None:
        return False
    one, other = first.quantity, second.quantity
    return differ(first, second) or (is_one_time and one.decimals == other.decimals and one.value != other.value)


def _key(claim: Ratio) -> tuple[object, ...] | None:
    if claim.part is None or claim.whole is None or claim.stated is None or claim.strength is Strength.POSSIBLE:
        return None
    part, whole = claim.part.quantity, claim.whole.quantity
    digits = sum(len(quantity.value.normalize().as_tuple().digits) for quantity in (part, whole))
    return (part.amount, whole.amount, part.unit) if digits >= _DIGITS else None


def _levels(first: tuple[Claim, ...], second: tuple[Claim, ...]) -> Iterator[tuple[Claim, Claim]]:
    """A class that finishes one level in one report, and another level in the other."""
    known: dict[str, list[Value]] = defaultdict(list)
    for claim in first:
        if isinstance(claim, Value) and claim.basis.startswith("school level") and " tốt nghiệp" in claim.subject:
            known[claim.subject].append(claim)
    for claim in second:
        if isinstance(claim, Value) and claim.basis.startswith("school level"):
            others = known.get(claim.subject, [])
            if others and all(other.scenario != claim.scenario for other in others):
                yield others[0], claim
