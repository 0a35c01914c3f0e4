"""The order of the Vietnamese alphabet, and words without their marks for people who type without them."""

from __future__ import annotations

import unicodedata
from typing import Final

_LETTERS: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang, huyền, hỏi, ngã, sắc, nặng
_PLACES: Final = {letter: f"{place:02}" for place, letter in enumerate(_LETTERS, 10)}
_TONE_PLACES: Final = {tone: str(place) for place, tone in enumerate(_TONES)}


def sorting_key(words: str) -> str:
    """What puts words in the order of a Vietnamese dictionary: letters first, tones where letters are the same.

    >>> sorted(["Đồng Phác", "Dồi", "Đông", "An", "Ăn"], key=sorting_key)
    ['An', 'Ăn', 'Dồi', 'Đông', 'Đồng Phác']
    """
    letters, tones = [], []
    for word in words.casefold().split():
        for sign in unicodedata.normalize("NFC", word):
            tone = next((mark for mark in unicodedata.normalize("NFD", sign) if mark in _TONE_PLACES), "")
            bare = unicodedata.normalize(
                "NFC", "".join(mark for mark in unicodedata.normalize("NFD", sign) if mark != tone)
            )
            letters.append(_PLACES.get(bare, f"0{bare}" if bare.isdigit() else f"~{bare}"))
            tones.append(_TONE_PLACES.get(tone, "0"))
        letters.append(" ")
        tones.append(" ")
    return "".join(letters) + "\x00" + "".join(tones)


def folded(words: str) -> str:
    """Words as people type them who have no marks at hand: "dong" for "Đồng".

    >>> folded("Xã  Đồng Phác")
    'xa dong phac'
    """
    bare = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    return " ".join("".join(sign for sign in bare if not unicodedata.combining(sign)).split())
