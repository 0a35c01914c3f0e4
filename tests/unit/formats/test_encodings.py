"""Text files in every encoding that an office may still hold."""

from __future__ import annotations

import unicodedata

import pytest

from baocao.formats.encodings import decode
from baocao.formats.encodings_legacy import from_tcvn3, from_vni
from baocao.formats.errors import Unreadable

REPORT = (
    "Ủy ban nhân dân huyện Mẫu Sơn Hạ (hư cấu) báo cáo kết quả thực hiện kế hoạch năm 2023.\n"
    "Diện tích gieo trồng của các xã đạt 1.583,7 ha, bằng 99,4% so với cùng kỳ; tổng đàn trâu được 6.384 con.\n"
    "Thu ngân sách trên địa bàn được 13,642 tỷ đồng, trong đó thuế của các doanh nghiệp là 7,4 tỷ đồng.\n"
) * 3

# the first words of a report as the bytes of each encoding
TCVN3_WORDS = b"C\xe9ng h\xdfa x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam"
VNI_WORDS = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam".encode("cp1252")
WORDS = "Cộng hòa xã hội chủ nghĩa Việt Nam"


def test_words_of_the_old_encodings() -> None:
    assert from_tcvn3(TCVN3_WORDS.decode("latin-1")) == WORDS
    assert unicodedata.normalize("NFC", from_vni(VNI_WORDS.decode("cp1252"))) == WORDS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_its_mark(encoding: str) -> None:
    assert decode(REPORT.encode(encoding)) == REPORT


def test_decomposed_letters_are_composed_and_line_ends_are_one() -> None:
    text = unicodedata.normalize("NFD", REPORT).replace("\n", "\r\n")
    assert decode(text.encode()) == REPORT


def _tcvn3(text: str) -> bytes:
    from baocao.formats.encodings_legacy import _tcvn3_letters

    letters = {new: chr(old) for old, new in _tcvn3_letters().items()}
    return "".join(letters.get(letter, letter) for letter in text).encode("latin-1")


def _vni(text: str) -> bytes:
    from baocao.formats.encodings_legacy import _vni_letters

    letters = {unicodedata.normalize("NFC", new): old for old, new in _vni_letters()[1].items()}
    return "".join(letters.get(letter, letter) for letter in text).encode("cp1252")


def _cp1258(text: str) -> bytes:
    """Windows-1258 keeps some letters whole and takes their tone apart."""
    parts = []
    for letter in text:
        base, tone = letter, ""
        try:
            letter.encode("cp1258")
        except UnicodeEncodeError:
            taken = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in taken if mark in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", taken.replace(tone, ""))
        parts.append(base + tone)
    return "".join(parts).encode("cp1258")


def test_old_encodings_are_recognised() -> None:
    # TCVN 5712 fonts print capitals with tones by another font, so plain text has none
    lower = REPORT.lower()
    assert decode(_tcvn3(lower)) == lower
    assert decode(_vni(REPORT)) == REPORT
    assert decode(_cp1258(REPORT)) == REPORT


def test_old_bytes_saved_as_utf8_are_recognised_too() -> None:
    lower = REPORT.lower()
    assert decode(_tcvn3(lower).decode("latin-1").encode()) == lower


def test_a_text_cut_off_in_a_letter_keeps_the_rest() -> None:
    content = REPORT.rstrip().rstrip(".").encode() + "ồ".encode()[:2]
    assert decode(content) == REPORT.rstrip().rstrip(".")


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 20,
        b"\x7fELF" + bytes(200),
        REPORT.encode("utf-16")[:-1],
        "Straße, Grüße, Äpfel, Öfen und Übermut\n".encode("latin-1") * 20,
        b"Uy? ban nha^n da^n huye^.n ba'o ca'o ke^'t qua? thu+.c hie^.n ke^' hoa.ch na(m nay " * 10,
        b" \n\t\n ",
    ],
    ids=["all bytes", "program", "cut UTF-16", "German Latin-1", "VIQR", "only spaces"],
)
def test_what_cannot_be_read_is_refused_in_both_languages(content: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        decode(content)
    assert refused.value.text.vi
    assert refused.value.text.en
