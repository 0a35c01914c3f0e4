"""Amounts of one thing are of one size."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Text, Value
from baocao.rules.rule import rule

_OUTLIER = Text(
    "“{stated}” lớn hơn hẳn mọi số tiền khác của báo cáo (lớn nhất là “{expected}”); hãy kiểm tra đơn vị tính.",
    "“{stated}” is far beyond every other amount of the report (the largest is “{expected}”); check its unit.",
)


@rule(
    Severity.WARNING,
    title=Text("Số tiền lệch nghìn lần so với chỗ khác", "An amount a thousand times off"),
    says=Text(
        "“{stated}” lệch khoảng nghìn lần so với “{expected}” của cùng nội dung; có thể nhầm triệu với tỷ, dấu phẩy.",
        "“{stated}” is about a thousand times off “{expected}” of the same kind; check the scale words and the marks.",
    ),
)
def unit_slip(dossier: Dossier) -> Iterator[Finding]:
    """What is counted in thousand millions in one place is not counted in millions in another."""
    for claims in dossier.claims:
        for claim in claims:
            if isinstance(claim, Value) and claim.basis in _SAYS and claim.stated is not None:
                yield unit_slip.finding(
                    claim.at,
                    says=_SAYS[claim.basis],
                    also=claim.also,
                    marked=(claim.at, *claim.also),
                    stated=claim.stated.text,
                    expected=" ".join(dossier.text(claim.also[0]).split()),
                )


_SAYS: dict[str, Text | None] = {"unit slip": None, "unit outlier": _OUTLIER}
