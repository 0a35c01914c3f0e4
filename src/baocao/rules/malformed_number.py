"""A number is printed with dots between groups of three digits and one decimal comma."""

from __future__ import annotations

from collections.abc import Iterator

from baocao.model import Dossier, Finding, Severity, Text, Value
from baocao.rules.rule import rule

_BASIS = "malformed "
_POINT = Text(
    "“{stated}”: dấu chấm thập phân, trong khi các số khác của báo cáo dùng dấu phẩy; nên viết thống nhất.",
    "“{stated}”: a decimal point where the other numbers of the report have a comma; write them alike.",
)
_COUNTED = Text(
    "“{stated}”: số đếm không thể có phần thập phân; có lẽ dấu phẩy phải là dấu chấm ngăn hàng nghìn.",
    "“{stated}”: a counted thing has no decimals; the comma is likely meant to be the dot between thousands.",
)
_UNSIGNED = Text(
    "“{stated}” đứng giữa các tỷ lệ nhưng không có dấu %; hãy kiểm tra.",
    "“{stated}” stands among percentages without its own sign; please check.",
)
_OF = {
    "point": (_POINT, Severity.NOTE),
    "counted": (_COUNTED, Severity.ERROR),
    "unsigned": (_UNSIGNED, Severity.NOTE),
}


@rule(
    Severity.ERROR,
    title=Text("Số viết sai quy cách", "A number that is printed wrong"),
    says=Text(
        "“{stated}”: dấu chấm và dấu phẩy không thể cùng đúng; dấu chấm ngăn hàng nghìn, dấu phẩy ngăn phần thập phân.",
        "“{stated}”: its dots and commas cannot all be right; dots group thousands, a comma begins the decimals.",
    ),
)
def malformed_number(dossier: Dossier) -> Iterator[Finding]:
    """Dots group three digits each, and one comma begins the decimals."""
    for claims in dossier.claims:
        for claim in claims:
            if isinstance(claim, Value) and claim.basis.startswith(_BASIS):
                says, severity = _OF.get(claim.basis.removeprefix(_BASIS), (None, None))
                yield malformed_number.finding(
                    claim.at,
                    says=says,
                    severity=severity,
                    marked=(claim.at,),
                    stated=" ".join(dossier.text(claim.at).split()),
                )
