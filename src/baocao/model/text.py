"""What the product says to people, always in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in Vietnamese and in English, with the same ``{named}`` slots in both."""

    vi: str
    en: str

    def say(self, lang: Language, **facts: object) -> str:
        """The sentence in one language, its slots filled; a missing slot raises ``KeyError``."""
        template = self.vi if lang == "vi" else self.en
        return template.format(**facts)

    def fill(self, **facts: object) -> Text:
        """The same sentence in both languages with its slots filled."""
        return Text(self.vi.format(**facts), self.en.format(**facts))


class Problem(Exception):
    """Why something cannot be done, in words for people: ``text`` says what was seen and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return self.text.en
