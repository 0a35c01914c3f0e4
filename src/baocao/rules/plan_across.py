"""A year's plan is one figure in every report."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Text
from baocao.rules.rule import rule
from baocao.rules.same_body import sisters
from baocao.rules.two_reports import is_near, said_apart


@rule(
    Severity.WARNING,
    across=True,
    title=Text("Hai báo cáo ghi hai mức kế hoạch, vốn giao", "Two reports with two plans for one year"),
    says=Text(
        "Ở đây ghi “{stated}”, trong {other} ghi “{expected}” cho cùng một kế hoạch năm; hãy kiểm tra quyết định giao.",
        "It says “{stated}” here and “{expected}” in {other} of one year's plan; check the decision that set it.",
    ),
)
def plan_across(dossier: Dossier) -> Iterator[Finding]:
    """What was planned or granted for a year does not change between reports without a word."""
    for first, second in sisters(dossier):
        for earlier, later in said_apart(dossier.claims[first], dossier.claims[second], "said", "target"):
            if earlier.stated and later.stated and is_near(earlier.stated, later.stated):
                yield plan_across.finding(
                    later.at,
                    also=(earlier.at,),
                    marked=(later.at, earlier.at),
                    stated=later.stated.text,
                    expected=earlier.stated.text,
                    other=dossier.documents[first].name,
                )
