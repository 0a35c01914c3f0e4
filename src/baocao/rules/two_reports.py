"""Figures of two reports side by side: when they are one figure, and when a slip made them two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from baocao.model import Claim, Figure, Value

_FEW = 8  # figures under one key beyond which the key says nothing


def is_one_subject(first: str, second: str) -> bool:
    """Whether the words of one subject all stand in the other, and the names in both are the same."""
    one, other = frozenset(first.split()), frozenset(second.split())
    names, other_names = ({word for word in words if "_" in word} for words in (one, other))
    if names and other_names and names != other_names:
        return False
    shorter, longer = sorted((one - names, other - other_names), key=len)
    return shorter <= longer and (len(shorter) > 2 or (len(shorter) == 2 and len(longer) <= 4))


def differ(first: Figure, second: Figure) -> bool:
    """Whether no rounding makes two figures one."""
    one, other = first.quantity, second.quantity
    return abs(one.amount - other.amount) > max(one.ulp, other.ulp)


def is_slip(first: Figure, second: Figure) -> bool:
    """Whether two figures of one length differ in one digit, or in two that changed places."""
    one, other = _digits(first), _digits(second)
    if len(one) != len(other) or first.quantity.amount.adjusted() != second.quantity.amount.adjusted():
        return False
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(apart) == 1 or (len(apart) == 2 and apart[0] == apart[1][::-1])


def _digits(figure: Figure) -> str:
    return "".join(map(str, figure.quantity.amount.normalize().as_tuple().digits))


def is_near(first: Figure, second: Figure) -> bool:
    """Whether two figures differ by less than a fifth, as two readings of one thing do."""
    one, other = sorted((first.quantity.amount, second.quantity.amount))
    return other * 4 <= one * 5


def said_apart(
    first: tuple[Claim, ...], second: tuple[Claim, ...], basis: str, scenario: str, *, dated: bool = True
) -> Iterator[tuple[Value, Value]]:
    """Figures of two reports that are said of one subject, and where ``dated`` in one period, but are not one.

    Where the other report has the figure too, among others of the subject, nothing is apart.
    """
    known: dict[tuple[str, str], list[Value]] = defaultdict(list)
    for claim in _of(first, basis, scenario):
        known[_key(claim, dated)].append(claim)
    for claim in _of(second, basis, scenario):
        alike = [other for other in known.get(_key(claim, dated), []) if is_one_subject(other.subject, claim.subject)]
        if 0 < len(alike) <= _FEW and all(_differ(other, claim) for other in alike):
            yield alike[0], claim


def past_apart(
    first: tuple[Claim, ...], second: tuple[Claim, ...], issued: int, scenario: str
) -> Iterator[tuple[Value, Value]]:
    """Results of years before ``issued`` of which both reports say the same words, and each but one figure."""
    known, told = _by_subject(first, issued, scenario), _by_subject(second, issued, scenario)
    for subject, later in told.items():
        earlier = known.get(subject, [])
        if len(earlier) != 1 or len(later) != 1 or not _differ(earlier[0], later[0]):
            continue
        one, other = earlier[0].stated, later[0].stated
        if one is not None and other is not None and is_near(one, other):
            yield earlier[0], later[0]


def _by_subject(claims: tuple[Claim, ...], issued: int, scenario: str) -> dict[tuple[str, ...], list[Value]]:
    found: dict[tuple[str, ...], list[Value]] = defaultdict(list)
    for claim in _of(claims, "said", scenario):
        years = [int(word) for word in claim.period.split() if len(word) == 4 and word.isdecimal()]
        if years and max(years) < issued:
            found[(claim.subject, *_key(claim, dated=True))].append(claim)
    return found


def _of(claims: tuple[Claim, ...], basis: str, scenario: str) -> Iterator[Value]:
    for claim in claims:
        if isinstance(claim, Value) and claim.basis == basis and claim.scenario == scenario and claim.stated:
            yield claim


def _key(claim: Value, dated: bool) -> tuple[str, str]:
    return (claim.period if dated else "", claim.stated.quantity.unit if claim.stated else "")


def _differ(first: Value, second: Value) -> bool:
    return first.stated is not None and second.stated is not None and differ(first.stated, second.stated)
