"""Decree 30/2020, annex I, part I and part II section I: paper, margins, page numbers, letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from baocao.formats.decree_30 import MILLIMETRE, Rule, Seen, points, same
from baocao.formats.decree_30_places import Places
from baocao.formats.docx_look import Printed
from baocao.formats.docx_sections import Section, has_page_number, is_on_first_page
from baocao.formats.docx_styles import W
from baocao.model import Text

_A4 = (210, 297)
_SLACK = 0.3  # mm: twips are not whole millimetres


def _at(n: int, seen: Text) -> Text:
    return Text(f"phần {n}: {seen.vi}", f"section {n}: {seen.en}")


def _margin(side: str, low: float, high: float) -> Callable[[Places], Seen]:
    def check(found: Places) -> Seen:
        for n, section in enumerate(found.sections, 1):
            seen = section.margin(side) / MILLIMETRE
            if not low - _SLACK <= seen <= high + _SLACK:
                yield _at(n, same(f"{seen:.1f} mm"))

    return check


def _paper(found: Places) -> Seen:
    for n, section in enumerate(found.sections, 1):
        size = sorted((section.size("w") / MILLIMETRE, section.size("h") / MILLIMETRE))
        if any(abs(seen - wanted) > 2 * _SLACK for seen, wanted in zip(size, _A4, strict=True)):
            yield _at(n, same(f"{size[0]:.0f} × {size[1]:.0f} mm"))


def _standing(found: Places) -> Seen:
    for section in found.sections[:1]:
        if section.size("w") > section.size("h"):
            yield Text("phần chính nằm ngang", "the main section lies on its side")


def _is_turned(section: Section) -> bool:
    size = section.properties.find(f"{W}pgSz")
    return size is not None and size.get(f"{W}orient") == "landscape"


def _turned(found: Places) -> Seen:
    for n, section in enumerate(found.sections, 1):
        if _is_turned(section) is not (section.size("w") > section.size("h")):
            yield _at(n, Text("hướng giấy và khổ giấy không khớp", "the paper is turned and does not say so"))


def _numbered(found: Places) -> Seen:
    for n, section in enumerate(found.sections, 1):
        if not any(has_page_number(line) for line in section.header):
            yield _at(n, Text("không có số trang ở đầu trang", "no page number above"))


def _number_centred(found: Places) -> Seen:
    for n, section in enumerate(found.sections, 1):
        for line in section.header:
            if has_page_number(line) and line.align != "center":
                yield _at(n, same(line.align))


def _number_size(found: Places) -> Seen:
    for n, section in enumerate(found.sections, 1):
        for line in section.header:
            for run in line.letters if has_page_number(line) else ():
                if not 13 <= run.size <= 14:
                    yield _at(n, points(run.size))


def _number_upright(found: Places) -> Seen:
    for n, section in enumerate(found.sections, 1):
        for line in section.header:
            if has_page_number(line) and any(run.is_italic or run.is_bold for run in line.letters):
                yield _at(n, Text("số trang đậm hoặc nghiêng", "the page number is bold or slanted"))


def _number_arabic(found: Places) -> Seen:
    for n, section in enumerate(found.sections, 1):
        counted = section.properties.find(f"{W}pgNumType")
        shape = "decimal" if counted is None else counted.get(f"{W}fmt", "decimal")
        if shape != "decimal":
            yield _at(n, same(shape))


def _first_page(found: Places) -> Seen:
    for n, section in enumerate(found.sections, 1):
        if is_on_first_page(section):
            yield _at(n, Text("trang thứ nhất có số trang", "the first page shows a number"))


def _no_foot(found: Places) -> Seen:
    for n, section in enumerate(found.sections, 1):
        if any(has_page_number(line) for line in section.footer):
            yield _at(n, Text("số trang ở chân trang", "a page number at the foot"))


def _in_margin(found: Places) -> Seen:
    for n, section in enumerate(found.sections, 1):
        needed = max((round(run.size * 20) for line in section.header for run in line.letters), default=0)
        if section.margin("header") + needed > section.margin("top"):
            yield _at(n, Text("số trang ra ngoài lề trên", "the page number leaves the top margin"))


def _font(found: Places) -> Seen:
    for name in sorted({run.font for line in _all(found) for run in line.letters if run.text.strip()}):
        if name != "Times New Roman":
            yield same(name) if name else Text("không nêu phông chữ", "no font named")


def _black(found: Places) -> Seen:
    for colour in sorted({run.colour for line in _all(found) for run in line.letters if run.text.strip()}):
        if colour not in ("auto", "000000"):
            yield same(colour)


def _composed(found: Places) -> Seen:
    for line in _all(found):
        if not unicodedata.is_normalized("NFC", line.text):
            yield same(line.text[:40])


def _footnote_marks(found: Places) -> Seen:
    for line in _all(found):
        for mark in line.element.iter(f"{W}footnoteReference"):
            run = mark.getparent()
            look = None if run is None else run.find(f"{W}rPr")
            raised = look is not None and any(child.tag in (f"{W}rStyle", f"{W}vertAlign") for child in look)
            if not raised:
                yield same(f"{mark.get(f'{W}id')}: {line.text[:40]}")


def _all(found: Places) -> list[Printed]:
    return [*found.paragraphs, *found.notes]


RULES = (
    Rule("paper", Text("khổ giấy A4 (210 × 297 mm)", "A4 paper (210 × 297 mm)"), _paper),
    Rule("main-stands", Text("văn bản trình bày theo chiều dài khổ A4", "the text stands on A4"), _standing),
    Rule("paper-turned", Text("trang nằm ngang ghi đúng hướng giấy", "a lying page says so"), _turned),
    Rule("margin-top", Text("lề trên 20-25 mm", "top margin 20-25 mm"), _margin("top", 20, 25)),
    Rule("margin-bottom", Text("lề dưới 20-25 mm", "bottom margin 20-25 mm"), _margin("bottom", 20, 25)),
    Rule("margin-left", Text("lề trái 30-35 mm", "left margin 30-35 mm"), _margin("left", 30, 35)),
    Rule("margin-right", Text("lề phải 15-20 mm", "right margin 15-20 mm"), _margin("right", 15, 20)),
    Rule("page-number", Text("có số trang ở lề trên", "pages are numbered in the top margin"), _numbered),
    Rule("page-number-centred", Text("số trang canh giữa", "the page number is centred"), _number_centred),
    Rule("page-number-size", Text("số trang cỡ chữ 13-14", "page numbers are of 13-14 points"), _number_size),
    Rule("page-number-upright", Text("số trang chữ đứng", "page numbers are upright"), _number_upright),
    Rule("page-number-arabic", Text("số trang chữ số Ả Rập", "page numbers are Arabic"), _number_arabic),
    Rule("page-number-first", Text("không hiện số trang thứ nhất", "the first page shows no number"), _first_page),
    Rule("page-number-not-below", Text("số trang không ở chân trang", "no page numbers at the foot"), _no_foot),
    Rule("page-number-in-margin", Text("số trang nằm trong lề trên", "page numbers stay in the margin"), _in_margin),
    Rule("font", Text("phông chữ Times New Roman", "letters are Times New Roman"), _font),
    Rule("colour", Text("chữ màu đen", "letters are black"), _black),
    Rule("unicode", Text("chữ Unicode dựng sẵn (TCVN 6909)", "letters are composed Unicode"), _composed),
    Rule("footnote-marks", Text("số chú thích viết trên dòng", "marks of notes are raised"), _footnote_marks),
)
