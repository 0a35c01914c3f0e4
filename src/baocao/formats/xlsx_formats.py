"""A cell shows a number through a format: 0.971 under "0.0%" is printed "97,1%"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DIGITS = 15  # what a spreadsheet keeps of a number
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
}  # fmt: skip
_FIGURE = re.compile(r"(?P<whole>[#0?,]*[#0?])(?:\.(?P<decimals>[#0?]*))?(?P<scale>,*)")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_NOT_A_FIGURE = re.compile("[A-Za-z/@]")  # dates, fractions, text, powers of ten, "General"
_INVISIBLE = re.compile(r"\[[^\]]*\]|_.|\*.")
_PERCENT_SIGN = "\ue025"  # a percent sign in quotes is a mere letter and does not multiply


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How many decimals are shown, the last ``optional`` ones only when not zero; grouped or not; words after."""

    decimals: int
    optional: int = 0
    is_percent: bool = False
    is_grouped: bool = False
    thousands: int = 0
    padding: int = 1  # figures before the comma, at least
    suffix: str = ""


def number_formats(root: _Element | None) -> dict[int, NumberFormat]:
    """The formats by a cell's style number; styles that show numbers as they are stored are left out."""
    if root is None:
        return {}
    codes = dict(_BUILT_IN)
    for element in root.iterfind(f"{S}numFmts/{S}numFmt"):
        number = element.get("numFmtId", "")
        if number.isdigit():
            codes[int(number)] = element.get("formatCode", "")
    found: dict[int, NumberFormat] = {}
    for index, style in enumerate(root.iterfind(f"{S}cellXfs/{S}xf")):
        number = style.get("numFmtId", "0")
        shown = format_of(codes.get(int(number), "")) if number.isdigit() else None
        if shown is not None:
            found[index] = shown
    return found


def format_of(code: str) -> NumberFormat | None:
    """A format code read; None for general, text, date, fraction and scientific formats.

    >>> format_of("#,##0.0")
    NumberFormat(decimals=1, optional=0, is_percent=False, is_grouped=True, thousands=0, padding=1, suffix='')
    """
    first = _INVISIBLE.sub("", code.split(";")[0])
    if _NOT_A_FIGURE.search(_LITERAL.sub("", first)):
        return None
    shown = _LITERAL.sub(lambda found: _kept(found[1] or found[2] or ""), first)
    figure = _FIGURE.search(shown)
    if figure is None:
        return None
    rest = shown[figure.end() :]
    decimals = figure["decimals"] or ""
    return NumberFormat(
        decimals=len(decimals),
        optional=decimals.count("#") + decimals.count("?"),
        is_percent="%" in shown,
        is_grouped="," in figure["whole"],
        thousands=len(figure["scale"]),
        padding=figure["whole"].count("0"),
        suffix=rest.replace(_PERCENT_SIGN, "%").rstrip(),
    )


def _kept(literal: str) -> str:
    """Words in a format, kept apart from its signs."""
    return literal.replace("%", _PERCENT_SIGN) if not re.search(r"[#0?]", literal) else ""


def printed(value: float | int, shown: NumberFormat | None) -> str:
    """A stored number in Vietnamese figures: a comma before the decimals, never a float's noise.

    >>> printed(0.1 + 0.2, None), printed(1234.5, None), printed(15000.0, None)
    ('0,3', '1234,5', '15000')
    """
    text = str(value) if isinstance(value, int) else f"{value:.{_DIGITS}g}"
    if shown is None and "e" not in text:
        return "0" if text == "-0" else text.replace(".", ",")
    exact = Decimal(text)
    if not exact.is_finite():
        return text
    if shown is None:
        return _plain(exact).replace(".", ",")
    exact = exact.scaleb((2 if shown.is_percent else 0) - 3 * shown.thousands)
    text = f"{exact.quantize(Decimal(1).scaleb(-shown.decimals), rounding=ROUND_HALF_UP):f}"
    for _ in range(shown.optional):
        text = text[:-1] if text.endswith("0") else text
    text = text.rstrip(".")
    whole, _, decimals = text.partition(".")
    if shown.padding > 1 and not shown.is_grouped:
        whole = whole.zfill(shown.padding)
    if shown.is_grouped:
        whole = f"{int(whole):,}".replace(",", ".") if whole not in ("-0", "") else whole
    return whole + ("," + decimals if decimals else "") + shown.suffix


def _plain(exact: Decimal) -> str:
    text = f"{exact:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
