"""A citation is a kind, a number with a symbol, mostly a date, often an issuer.

The symbol is the anchor: number, maybe the year, the code of the kind and the code of the body,
"31/2020/NQ-HĐND" or in the Party's papers "05-CT/HU"; laws have "45/2019/QH14". The kind is looked
for before it, the date and the issuer behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from baocao.model import Citation, Span, Strength
from baocao.reference import load

_BEFORE: Final = 100  # characters before the number in which the kind stands
_AFTER: Final = 130  # characters behind the symbol in which date and issuer stand
_WORDS_BETWEEN: Final = 8  # "Nghị quyết của Hội đồng nhân dân tỉnh số"
_LETTER: Final = "A-ZĐÐ"
_SYMBOL: Final = re.compile(
    r"\d{1,5}[a-zA-Z]?\s?(?:/\s?(?:19|20)\d\d\s?)?[/–-]\s?"
    rf"(?:(?P<body>QH\d{{1,2}}|UBTVQH\d{{1,2}})(?![\w-])"
    rf"|(?P<code>[{_LETTER}][{_LETTER}a-zđ&]{{0,8}})\s?[-–/]\s?(?P<issuer>[{_LETTER}][{_LETTER}a-zđ&]*\d{{0,2}}"
    rf"(?:[-–.][{_LETTER}][{_LETTER}a-zđ&]*)*))"
)
_BLANK: Final = re.compile(
    rf"[Ss]ố[\s:.…_]{{0,40}}/\s?(?P<code>[{_LETTER}][{_LETTER}a-zđ&]{{0,8}})\s?[-–]\s?(?P<issuer>[{_LETTER}][{_LETTER}a-zđ&]+)"
)
_HEAD: Final = re.compile(r"(\d{1,5}[a-zA-Z]?)\s?(?:/\s?((?:19|20)\d\d))?")


@dataclass(frozen=True, slots=True)
class _Kind:
    """The kind named before a number: its name, where its words begin, whether another was named before it."""

    name: str
    start: int
    is_nested: bool


def citations(text: str, block: int, document: int, cell: int = -1) -> list[Citation]:
    """All instruments that one passage or cell cites by their symbol, in the order of the text."""
    if "/" not in text:
        return []
    at = Span(block, 0, 0, cell, document)
    found = [claim for match in _SYMBOL.finditer(text) if (claim := _cited(text, match, at)) is not None]
    if "ố" in text:
        found += [_unnumbered(text, match, at) for match in _BLANK.finditer(text) if _code(match["code"])]
    return sorted(found, key=lambda claim: claim.at.start)


def _cited(text: str, match: re.Match[str], at: Span) -> Citation | None:
    start, end = match.span()
    if start and (text[start - 1].isalnum() or text[start - 1] in ".,/-"):
        return None
    body, code = match["body"], match["code"]
    kind = _kind(text, start, _code(code or ""))
    if body is None and not _code(code) and kind is None and not _is_numbered(text, start):
        return None
    head = _HEAD.match(match[0])
    number, year = (head[1], head[2]) if head is not None else ("", None)
    symbol = body if body is not None else f"{_code(code) or code}-{match['issuer']}"
    dated, date_span, issuer, after = _behind(text, end, at)
    return Citation(
        at._replace(start=kind.start if kind is not None else start, end=max(end, after)),
        None,
        Strength.LIKELY if kind is not None and kind.is_nested else Strength.CERTAIN,
        "symbol",
        instrument=kind.name if kind is not None else "",
        number=number.lstrip("0") or number,
        year=int(year) if year else None,
        symbol=symbol.replace("Ð", "Đ").replace("–", "-"),
        dated=dated,
        issuer=issuer,
        symbol_span=at._replace(start=start, end=end),
        date_span=date_span,
    )


def _unnumbered(text: str, match: re.Match[str], at: Span) -> Citation:
    """A paper whose number is still open ("Số:     /BC-UBND")."""
    kind = _kind(text, match.start(), _code(match["code"]))
    symbol = f"{_code(match['code'])}-{match['issuer']}"
    dated, date_span, issuer, after = _behind(text, match.end(), at)
    return Citation(
        at._replace(start=kind.start if kind is not None else match.start(), end=max(after, match.end())),
        None,
        basis="blank",
        instrument=kind.name if kind is not None else "",
        symbol=symbol,
        dated=dated,
        issuer=issuer,
        symbol_span=at._replace(start=match.start(), end=match.end()),
        date_span=date_span,
    )


# the kind before the number


@cache
def _kinds() -> tuple[re.Pattern[str], dict[str, str], dict[str, str]]:
    """A pattern of all names of kinds; the kind of each name; the kind of each short name, which is in capitals."""
    names: dict[str, str] = {}
    short: dict[str, str] = {}
    for kind in load("instruments")["kind"]:
        names.update(dict.fromkeys(kind["words"], kind["name"]))
        short.update(dict.fromkeys(kind.get("short", ()), kind["name"]))
    names.update(dict.fromkeys(load("instruments")["words"]["papers"], ""))
    ordered = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)"), names, short


@cache
def _codes() -> dict[str, str]:
    """The codes of kinds as symbols carry them, each in the spelling of the catalogue."""
    codes = {code.upper(): code for kind in load("instruments")["kind"] for code in kind.get("codes", ())}
    return codes | {"ND": "NĐ", "QD": "QĐ"}


def _code(printed: str) -> str:
    """The code of a kind in the catalogue's spelling, "" when it is none. CTR and TTR are CTr and TTr."""
    return _codes().get(printed.upper().replace("Ð", "Đ"), "")


@cache
def _between() -> re.Pattern[str]:
    words = load("instruments")["words"]
    number = "|".join(words["number"])
    middle = "|".join(words["between"])
    return re.compile(
        rf"(?:\s+[^\W\d]+(?:,(?=\s))?){{0,{_WORDS_BETWEEN}}}?\s+(?:{number})\s*[:.]?\s*|(?:\s+(?:{middle}))*\s*:?\s*"
    )


@cache
def _kind_of(code: str) -> str:
    return next((kind["name"] for kind in load("instruments")["kind"] if code in kind.get("codes", ())), "")


def _kind(text: str, start: int, code: str) -> _Kind | None:
    """The kind whose number begins at ``start``: the last one named before it, tied to it by nothing but its issuer.

    In "Kế hoạch thực hiện Nghị quyết số 12/KH-UBND" the number is the plan's, as its code says.
    """
    low = max(0, start - _BEFORE)
    window = text[low:start]
    lowered = window.lower()
    pattern, names, short = _kinds()
    matches = list(pattern.finditer(lowered)) if len(lowered) == len(window) else []
    if matches:
        last = matches[-1]
        if _between().fullmatch(lowered, last.end()):
            outer = [each for each in matches[:-1] if not re.search(r"[.;)]", window[each.end() : last.start()])]
            own = next((each for each in outer if code and names[each[0]] == _kind_of(code) != names[last[0]]), last)
            return _Kind(names[own[0]], low + own.start(), bool(outer))
    brief = re.search(r"(?<![\w-])([^\W\d_]{2,4})(?:\s+số)?\s*:?\s*$", window)
    if brief is not None and brief[1] in short:
        return _Kind(short[brief[1]], low + brief.start(1), bool(matches))
    return None


def _is_numbered(text: str, start: int) -> bool:
    return bool(re.search(r"(?<!\w)[Ss]ố\s*:?\s*$", text[max(0, start - 8) : start]))


# the date and the issuer behind the symbol


@cache
def _tail() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a date looks like behind a symbol; what an issuer looks like behind a symbol or a date."""
    catalogue = load("instruments")
    words = catalogue["words"]
    lead = "|".join(sorted([*words["dated"], *words["of"]], key=len, reverse=True))
    dated = re.compile(
        rf"\s*[,(]?\s*(?:(?:{lead})\s*)+(?:(\d{{1,2}})\s?[/.-]\s?(\d{{1,2}})\s?[/.-]\s?(\d{{4}})(?!\d)"
        r"|(\d{1,2})\s+tháng\s+(\d{1,2})\s*(?:,?\s*năm|/)\s*(\d{4})(?!\d))"
    )
    bodies = [word for issuer in catalogue["issuer"] for word in issuer["words"]] + catalogue["others"]["words"]
    named = "|".join(word.replace(" ", r"\s+") for word in sorted(bodies, key=len, reverse=True))
    levels = "|".join(sorted(words["levels"], key=len, reverse=True))
    issued = re.compile(rf"\s*\)?\s*,?\s*(?:{'|'.join(words['of'])})\s+((?:{named})(?!\w)(?:\s+(?:{levels})(?!\w))?)")
    return dated, issued


def _behind(text: str, end: int, at: Span) -> tuple[date | None, Span | None, str, int]:
    """The date, its span, the issuer and the end of all that, as far as they stand behind a symbol."""
    window = text[end : end + _AFTER].lower()
    dating, issuing = _tail()
    position, printed = 0, None
    dated = dating.match(window)
    if dated is not None:
        position, printed = dated.end(), dated
    issuer = issuing.match(window, position)
    named = ""
    if issuer is not None:
        position = issuer.end()
        named = " ".join(text[end + issuer.start(1) : end + issuer.end(1)].split())
        if _is_one_of_two(window, position):
            named = ""
        if printed is None:
            printed = re.compile(r"(?:\s+[^\W\d]+){0,3}?" + dating.pattern).match(window, position)
            position = printed.end() if printed is not None else position
    if printed is None:
        return None, None, named, end + position
    parts = [index for index in range(1, 7) if printed[index] is not None]
    day, month, year = (int(printed[index]) for index in parts)
    span = at._replace(start=end + printed.start(parts[0]), end=end + printed.end(parts[-1]))
    try:
        return date(year, month, day), span, named, end + position
    except ValueError:
        return None, span, named, end + position


def _is_one_of_two(window: str, position: int) -> bool:
    """Whether a second body is named beside the first ("của HĐND, UBND tỉnh"), so that neither is sure."""
    return bool(_second().match(window, position))


@cache
def _second() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:,|-|–|và)\s*(?:{'|'.join(load('instruments')['others']['paired'])})")
