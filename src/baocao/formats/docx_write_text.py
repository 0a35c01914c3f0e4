"""Whatever people typed can be printed: markup as letters, control characters left out, directions of writing kept."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_QUOTED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": " ", "\t": " "})
_RIGHT_TO_LEFT = re.compile(
    "([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+(?: +[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+)*)"
)
_TURNING = re.compile("[\u202a-\u2069]")
_TURNS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"}
_ISOLATES = {"\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_OPENERS = {**_TURNS, **_ISOLATES}
_CLOSERS = frozenset(_OPENERS.values())


def clean(text: str) -> str:
    """The text without what XML forbids, every kind of line end a newline, directions it opened closed again."""
    return _closed(_FORBIDDEN.sub("", _BREAKS.sub("\n", text)))


def _closed(text: str) -> str:
    """A name that turns the direction of writing must not turn the words after it."""
    if not _TURNING.search(text):
        return text
    awaited: list[str] = []
    kept: list[str] = []
    for letter in text:
        if letter in _OPENERS:
            awaited.append(_OPENERS[letter])
        elif letter in _CLOSERS:
            if not awaited or awaited[-1] != letter:
                continue
            awaited.pop()
        kept.append(letter)
    return "".join(kept + awaited[::-1])


def escaped(text: str) -> str:
    """Clean text as the content of an element."""
    return clean(text).translate(_MARKUP)


def attribute(text: str, longest: int = 0) -> str:
    """Clean text as the value of an attribute, cut at ``longest`` letters (0: never)."""
    shown = clean(text)
    if longest and len(shown) > longest:
        shown = shown[: longest - 1] + "…"
    return shown.translate(_QUOTED)


def runs(text: str, look: str = "") -> str:
    """The text as runs of Word, right-to-left names apart; ``look`` is the inside of their properties."""
    parts = _RIGHT_TO_LEFT.split(clean(text))
    shown = []
    for index, part in enumerate(parts):
        if part:
            shown.append(_run(part, _turned(look) if index % 2 else look))
    return "".join(shown)


def _turned(look: str) -> str:
    """Where a run's properties say that it is written from right to left: before its language, after all else here."""
    return f"{look}<w:rtl/>"


def _run(text: str, look: str) -> str:
    inside = text.translate(_MARKUP)
    if "\n" in inside or "\t" in inside:
        marked = re.split("([\n\t])", inside)
        inside = "".join({"\n": "<w:br/>", "\t": "<w:tab/>"}.get(part) or _text(part) for part in marked if part)
    else:
        inside = _text(inside)
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{inside}</w:r>"


def _text(escaped_text: str) -> str:
    return f'<w:t xml:space="preserve">{escaped_text}</w:t>'
