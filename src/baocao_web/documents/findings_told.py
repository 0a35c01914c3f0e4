"""Findings as a page tells them: in both languages, with the words that they are on. Made where the file is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from baocao.desk import Result, rules
from baocao.model import Finding, Language
from baocao.showing.marking import quote
from baocao.showing.place import Places, excerpt
from baocao.showing.words import arithmetic, harmless, said, shortened, title_of

MOST: Final = 2_000  # findings of one report; one with more is no report
_LANGUAGES: Final[tuple[Language, ...]] = ("vi", "en")


def told(result: Result, block: Callable[[Finding], int | None] | None = None) -> list[dict[str, Any]]:
    """The findings of the first report; ``block`` says where in a draft each is."""
    documents = result.documents
    places, titles = Places(documents[0]), {rule.id: rule.title for rule in rules()}
    return [
        {
            "key": one.key(documents),
            "rule": one.rule,
            "severity": one.severity.value,
            "title": {lang: title_of(one.rule, titles, lang) for lang in _LANGUAGES},
            "message": {lang: harmless(shortened(said(one.message, lang))) for lang in _LANGUAGES},
            "sum": {lang: harmless(shortened(arithmetic(one, lang))) for lang in _LANGUAGES},
            "where": {lang: harmless(places.of(one.at, lang)) for lang in _LANGUAGES},
            "pieces": [[harmless(shortened(piece.text)), piece.role] for piece in excerpt(documents[0], one)],
            "also": [harmless(shortened(quote(documents[0], span))) for span in dict.fromkeys(one.also)][:6],
            "block": block(one) if block else None,
        }
        for one in result.reports[0].findings[:MOST]
    ]
