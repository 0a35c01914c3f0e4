"""A year begins with one balance."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Text
from baocao.rules.rule import rule
from baocao.rules.same_body import issued_in, sisters
from baocao.rules.two_reports import said_apart


@rule(
    Severity.ERROR,
    across=True,
    title=Text("Hai báo cáo suy ra hai số đầu năm", "Two reports that imply two opening balances"),
    says=Text(
        "Số đầu năm suy ra ở đây là {stated}, nhưng theo {other} là {expected}; hai mức tăng giảm không thể cùng đúng.",
        "The opening balance is {stated} here, but by {other} it is {expected}; both changes cannot be right.",
    ),
)
def opening_balance(dossier: Dossier) -> Iterator[Finding]:
    """What a figure is, less what it has risen since the year began, is the same in every report of the year."""
    for first, second in sisters(dossier):
        years = {issued_in(dossier.documents[place]) for place in (first, second)} - {""}
        if len(years) > 1:
            continue
        one, other = dossier.claims[first], dossier.claims[second]
        for earlier, later in said_apart(one, other, "opening", "actual", dated=False):
            if earlier.stated and later.stated:
                yield opening_balance.finding(
                    later.at,
                    also=(earlier.at,),
                    marked=(later.at, earlier.at),
                    stated=later.stated.text,
                    expected=earlier.stated.text,
                    other=dossier.documents[first].name,
                )
