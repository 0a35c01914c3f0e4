"""Before Unicode, Vietnamese was written in 8 bits: TCVN 5712 (fonts named .Vn...) and VNI (fonts named VNI-...).

The letters are those of TCVN 5712:1993 (VN3, "ABC") and of VNI for Windows, where a letter is
followed by a byte for its accents.
"""

from __future__ import annotations

import re
from functools import cache

_TCVN3 = {
    "¡¢§£¤¥¦": "ĂÂĐÊÔƠƯ",
    "¨©®ª«¬\u00ad": "ăâđêôơư",
    "µ¸¶·¹": "àáảãạ",
    "»¾¼½Æ": "ằắẳẵặ",
    "ÇÊÈÉË": "ầấẩẫậ",
    "ÌÐÎÏÑ": "èéẻẽẹ",
    "ÒÕÓÔÖ": "ềếểễệ",
    "×ÝØÜÞ": "ìíỉĩị",
    "ßãáâä": "òóỏõọ",
    "åèæçé": "ồốổỗộ",
    "êíëìî": "ờớởỡợ",
    "ïóñòô": "ùúủũụ",
    "õøö÷ù": "ừứửữự",
    "úýûüþ": "ỳýỷỹỵ",
}
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = dict(zip("âáàåãä", ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_VNI_BREVE = dict(zip("êéèúüë", ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_VNI_ALONE = {"ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư"}


@cache
def _tcvn3_letters() -> dict[int, str]:
    return {ord(old): new for olds, news in _TCVN3.items() for old, new in zip(olds, news, strict=True)}


@cache
def _vni_letters() -> tuple[re.Pattern[str], dict[str, str]]:
    """All of VNI's letters in both cases, longest first, and what each is in (decomposed) Unicode."""
    letters = dict(_VNI_ALONE)
    for base in "aeo":
        letters.update({base + sign: base + "\u0302" + tone for sign, tone in _VNI_CIRCUMFLEX.items()})
    letters.update({"a" + sign: "a\u0306" + tone for sign, tone in _VNI_BREVE.items()})
    for base, letter in (("a", "a"), ("e", "e"), ("o", "o"), ("u", "u"), ("y", "y"), ("ô", "ơ"), ("ö", "ư")):
        letters.update({base + sign: letter + tone for sign, tone in _VNI_TONES.items()})
    both = dict(letters)
    for old, new in letters.items():
        both[old.upper()] = new.upper()
        both[old[0].upper() + old[1:]] = new[0].upper() + new[1:]
    longest_first = sorted(both, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), both


def from_tcvn3(text: str) -> str:
    """TCVN 5712 text, read as Latin-1, in Unicode."""
    return text.translate(_tcvn3_letters())


def from_vni(text: str) -> str:
    """VNI text, read as Windows-1252, in (decomposed) Unicode."""
    pattern, letters = _vni_letters()
    return pattern.sub(lambda match: letters[match[0]], text)
