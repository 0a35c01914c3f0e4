"""PDF files written by hand for tests: lines of text at places, in sizes, and ruled lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PAGE = (595, 842)


class Words(NamedTuple):
    """Words on a page, from their baseline's left end, in points; ``mark`` says what the file calls them."""

    text: str
    x: float
    y: float
    size: float = 14
    mark: str = ""


class Rule(NamedTuple):
    """A thin line from one point to another."""

    x: float
    y: float
    to_x: float
    to_y: float


Drawn = Words | Rule


def write_pdf(path: Path, pages: Sequence[Sequence[Drawn]]) -> Path:
    """Write a PDF whose one font has every letter used, so that Vietnamese can be read back from it."""
    letters = sorted({letter for page in pages for drawn in page if isinstance(drawn, Words) for letter in drawn.text})
    # codes that have some glyph in Helvetica: readers drop what has no extent on the page
    free = [*range(33, 127), *range(161, 256)]
    assert len(letters) <= len(free), "too many different letters for one simple font"
    codes = dict(zip(letters, free, strict=False))
    first_page = 5
    kids = " ".join(f"{first_page + 2 * index} 0 R" for index in range(len(pages)))
    by_code = {code: letter for letter, code in codes.items()}
    widths = " ".join("300" if by_code.get(code, " ") in " .,:;()-" else "500" for code in range(33, 256))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 33/LastChar 255/Widths[{widths}]"
        f"/ToUnicode 4 0 R>>".encode(),
        _stream(_letters_map(codes)),
    ]
    for index, page in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {PAGE[0]} {PAGE[1]}]/Contents {first_page + 2 * index + 1} 0 R"
            "/Resources<</Font<</F 3 0 R>>>>>>".encode()
        )
        objects.append(_stream("\n".join(_drawing(drawn, codes) for drawn in page).encode("latin-1")))
    path.write_bytes(_assembled(objects))
    return path


def _drawing(drawn: Drawn, codes: dict[str, int]) -> str:
    if isinstance(drawn, Rule):
        return f"0.5 w {drawn.x} {drawn.y} m {drawn.to_x} {drawn.to_y} l S"
    shown = "".join(f"{codes[letter]:02x}" for letter in drawn.text)
    written = f"BT /F {drawn.size} Tf 1 0 0 1 {drawn.x} {drawn.y} Tm <{shown}> Tj ET"
    return f"/{drawn.mark} <</MCID 0>> BDC {written} EMC" if drawn.mark else written


def _letters_map(codes: dict[str, int]) -> bytes:
    pairs = [f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items()]
    groups = "\n".join(
        f"{len(pairs[at : at + 100])} beginbfchar\n" + "\n".join(pairs[at : at + 100]) + "\nendbfchar"
        for at in range(0, len(pairs), 100)
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /L def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{groups}\nendcmap end end"
    ).encode()


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)


def _assembled(objects: Sequence[bytes]) -> bytes:
    content = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(content))
    )


def notes_in(path: Path) -> list[tuple[int, str]]:
    """The notes of a PDF: their kinds as the format numbers them (1 by itself, 9 on words), and what they say."""
    import ctypes

    import pypdfium2
    from pypdfium2 import raw

    found = []
    document = pypdfium2.PdfDocument(path)
    for number in range(len(document)):
        page = document[number]
        for at in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            note = raw.FPDFPage_GetAnnot(page.raw, at)
            length = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
            held = ctypes.create_string_buffer(length)
            raw.FPDFAnnot_GetStringValue(note, b"Contents", ctypes.cast(held, ctypes.POINTER(ctypes.c_ushort)), length)
            found.append((raw.FPDFAnnot_GetSubtype(note), held.raw.decode("utf-16-le").rstrip("\0")))
            raw.FPDFPage_CloseAnnot(note)
        page.close()
    document.close()
    return found
