"""The kind that a citation names, the code in its symbol and the body that issued it belong together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from baocao.model import Citation, Dossier, Finding, Severity, Span, Strength, Text
from baocao.reference import load
from baocao.rules.instruments import (
    citations,
    conflicts,
    family_of_code,
    family_of_name,
    kind_of_code,
    kinds,
    parts,
)
from baocao.rules.rule import rule

_DOUBTFUL = Text(
    "“{stated}”: {named} thường mang ký hiệu {expected}, còn {code} là của {kind}; hãy đối chiếu với văn bản gốc.",
    "“{stated}”: a {named} usually carries {expected}, and {code} is the code of a {kind}; check the original.",
)
_ISSUER = Text(
    "“{stated}”: ký hiệu mang mã {body} nhưng cơ quan ban hành được ghi là {issuer}; hãy đối chiếu với văn bản gốc.",
    "“{stated}”: the symbol carries {body} but the issuer is given as {issuer}; check the original.",
)
_IMPOSSIBLE = Text(
    "“{stated}”: cơ quan mang mã {body} không ban hành {kind}, không có ký hiệu {code}-{body}; hãy kiểm tra lại.",
    "“{stated}”: the body with code {body} issues no {kind}, there is no symbol {code}-{body}; check the original.",
)
_YEARLESS = Text(
    "“{stated}”: số của {named} phải có năm ban hành, ví dụ “{expected}”; hãy ghi đủ số, năm, ký hiệu.",
    "“{stated}”: the number of a {named} carries its year, as in “{expected}”; give number, year and symbol.",
)


@rule(
    Severity.ERROR,
    title=Text("Tên loại, ký hiệu và cơ quan ban hành không khớp", "A citation whose parts do not match"),
    says=Text(
        "“{stated}”: tên loại là {named} nhưng ký hiệu {code} là của {kind}; hãy đối chiếu với văn bản gốc.",
        "“{stated}”: named a {named}, but the code {code} is that of a {kind}; check the original.",
    ),
)
def citation(dossier: Dossier) -> Iterator[Finding]:
    """A resolution carries NQ, and the Prime Minister passes none."""
    for cited in citations(dossier):
        elsewhere = {id(conflict.this): conflict.other for conflict in conflicts(cited) if conflict.what == "kind"}
        for each in cited:
            finding = (
                _kind(dossier, each) or _impossible(dossier, each) or _issuer(dossier, each) or _year(dossier, each)
            )
            if finding is not None:
                other = elsewhere.get(id(each))
                yield finding if other is None else replace(finding, also=(other.at,))


def _stated(dossier: Dossier, each: Citation) -> str:
    return " ".join(dossier.text(each.at).split())


def _marked(each: Citation) -> tuple[Span, ...]:
    return () if each.symbol_span is None else (each.symbol_span,)


def _kind(dossier: Dossier, each: Citation) -> Finding | None:
    """The kind that is named against the code in the symbol."""
    code, body = parts(each)
    if each.instrument not in kinds():
        return None
    kind = kinds()[each.instrument]
    own = kind.get("codes", [])
    if code in own or (not code and (body in kind.get("bodies", ()) or family_of_code(body) not in _LAWGIVERS)):
        return None
    other = kind_of_code(code) or "Luật"
    doubtful = code in kind.get("doubtful", ())
    if kind.get("bundled") and not doubtful:
        return None
    if not own and body in kind.get("bodies", ()):
        return None
    return citation.finding(
        each.at,
        says=_DOUBTFUL if doubtful else None,
        severity=Severity.WARNING if doubtful else None,
        marked=_marked(each),
        stated=_stated(dossier, each),
        expected=own[0] if own else "QH",
        named=each.instrument,
        code=code or body,
        kind=other,
    )


_LAWGIVERS = frozenset({"assembly", "standing"})  # their papers carry no code of a kind


def _impossible(dossier: Dossier, each: Citation) -> Finding | None:
    """The code of a kind beside the code of a body that never issues it."""
    code, body = parts(each)
    family = family_of_code(body)
    for row in load("instruments")["impossible"]:
        if row["code"] == code and family in row["families"] and not (row.get("numbered") and each.year is None):
            return citation.finding(
                each.at,
                says=_IMPOSSIBLE,
                marked=_marked(each),
                stated=_stated(dossier, each),
                code=code,
                body=body,
                kind=kind_of_code(code),
            )
    return None


def _issuer(dossier: Dossier, each: Citation) -> Finding | None:
    """The body that is named against the code of the body."""
    _, body = parts(each)
    named, coded = family_of_name(each.issuer) if each.issuer else "", family_of_code(body)
    # "Kế hoạch thực hiện Nghị quyết ... của Huyện ủy": the issuer may be the plan's
    if not named or not coded or named == coded or each.strength is not Strength.CERTAIN:
        return None
    catalogue = load("instruments")
    pair = {"issuer": named, "code": coded}
    if pair in catalogue["loose"] or (named, coded) == ("council chair", "council"):
        return None
    return citation.finding(
        each.at,
        says=_ISSUER,
        severity=Severity.WARNING if pair in catalogue["doubtful"] else None,
        marked=_marked(each),
        stated=_stated(dossier, each),
        body=body,
        issuer=each.issuer,
    )


def _year(dossier: Dossier, each: Citation) -> Finding | None:
    """Decrees and circulars carry the year in their number."""
    code, _ = parts(each)
    kind = kinds().get(each.instrument)
    if kind is None or each.year is not None or not kind.get("yearly"):
        return None
    if kind_of_code(code) != each.instrument if code else not kind.get("bodies"):
        return None
    year = each.dated.year if each.dated is not None else "…"
    printed = dossier.text(each.symbol_span) if each.symbol_span is not None else ""
    expected = printed.replace("/", f"/{year}/", 1)
    return citation.finding(
        each.at,
        says=_YEARLESS,
        severity=Severity.WARNING,
        marked=_marked(each),
        stated=_stated(dossier, each),
        expected=expected,
        named=each.instrument,
    )
