"""Decree 30/2020, annex I, parts II and III: the text, its headings and end, who signs, who gets it, annexes."""

from __future__ import annotations

import re

from baocao.formats.decree_30 import Rule, Seen, aligned, capitals, holds, lettered, present, quoted, same, sized
from baocao.formats.decree_30_places import ANNEX, AUTHORITY, Places
from baocao.formats.docx_look import Printed
from baocao.formats.docx_sections import begins_new_page, starts_at
from baocao.model import Text

_INDENTS = (567, 720)  # 1 and 1.27 cm
_GAP, _LEAST_LINE, _MOST_LINE = 120, 240, 360
_SLACK = 12
_TITLES = re.compile(r"\b(?:ThS|TS|PGS|GS|BS|CN|KS|NGƯT|NGND|Đại tá|Thượng tá|Trung tá|Thiếu tá)\b\.?", re.IGNORECASE)
_MISSING = Text("không thấy", "not found")
_OTHERWISE = Text("trình bày khác", "otherwise")
_ORDER = Text("sai thứ tự", "out of order")


def body(found: Places) -> list[Printed]:
    return found.body


def last(found: Places) -> list[Printed]:
    return found.last


def headings(found: Places) -> list[Printed]:
    return [line for line in found.headings if line not in found.kind and not _in_annexes(found, line)]


def _in_annexes(found: Places, line: Printed) -> bool:
    return any(line in lines for _, lines in found.annexes)


def _parts(found: Places) -> list[Printed]:
    return [line for line in headings(found) if line.outline == 0]


def _titled(found: Places) -> list[Printed]:
    """Sections and items; points, the lowest, are not bold."""
    return [line for line in headings(found) if line.outline is not None and 0 < line.outline < 4]


def _points(found: Places) -> list[Printed]:
    return [line for line in headings(found) if line.outline is not None and line.outline >= 4]


def _signs(found: Places) -> list[Printed]:
    return found.signing[:-1]


def _name(found: Places) -> list[Printed]:
    return found.signing[-1:]


def _recipients_head(found: Places) -> list[Printed]:
    return found.recipients[:1]


def _recipients(found: Places) -> list[Printed]:
    return found.recipients[1:]


def _annex_labels(found: Places) -> list[Printed]:
    return [lines[0] for _, lines in found.annexes]


def _annex_titles(found: Places) -> list[Printed]:
    return [lines[1] for _, lines in found.annexes if len(lines) > 1 and not lines[1].text.startswith("(")]


def _annex_ties(found: Places) -> list[Printed]:
    return [line for _, lines in found.annexes for line in lines[1:] if line.text.startswith("(")]


def _indented(line: Printed) -> bool:
    """A paragraph that begins with what only the eye needs (a chart) has no first line."""
    return any(abs(line.indent("firstLine") - wanted) <= _SLACK for wanted in _INDENTS)


def _apart(line: Printed) -> bool:
    return line.spacing("before") + line.spacing("after") >= _GAP


def _spaced(line: Printed) -> bool:
    rule = line.properties.get("spacing", {}).get("lineRule", "auto")
    return rule != "auto" or _LEAST_LINE <= line.spacing("line") <= _MOST_LINE


def _spoken_for(found: Places) -> Seen:
    """Who signs for a head (KT., TL., TUQ.) names the post below; who signs for a body (TM.) names it, too."""
    signs = _signs(found)
    if signs and AUTHORITY.match(signs[-1].text):
        yield quoted(signs[-1], Text("thiếu chức vụ người ký", "the signer's post is missing"))
    for line in signs[1:]:
        if line.text.upper().startswith("TM."):
            yield quoted(line, _ORDER)


def _sides(found: Places) -> Seen:
    if found.recipients and found.signing:
        left, right = found.recipients[0].cell, found.signing[0].cell
        if left is not None and right is not None and left[2] > right[2]:
            yield quoted(found.signing[0], _ORDER)


def _listed(found: Places) -> Seen:
    lines = _recipients(found)
    for index, line in enumerate(lines):
        end = "." if index == len(lines) - 1 else ";"
        if not line.text.startswith("- ") or not line.text.endswith(end):
            yield quoted(line, same(f"- ...{end}"))


def _kept(found: Places) -> Seen:
    for line in _recipients(found)[-1:]:
        if not line.text.startswith("- Lưu: VT"):
            yield quoted(line, same("- Lưu: VT, ..."))


def _annexes_begin(found: Places) -> Seen:
    for section, lines in found.annexes:
        if not begins_new_page(section):
            yield quoted(lines[0], Text("không sang trang mới", "on no page of its own"))


def _annexes_count(found: Places) -> Seen:
    for section, lines in found.annexes:
        if starts_at(section) != "1":
            yield quoted(lines[0], Text("số trang không đánh từ 1", "its pages do not count from one"))


def _annexes_in_order(found: Places) -> Seen:
    labels = _annex_labels(found)
    for place, line in enumerate(labels, 1):
        label = ANNEX.match(line.text)
        if len(labels) > 1 and (label is None or label[1] != _roman(place)):
            yield quoted(line, same(f"Phụ lục {_roman(place)}"))


def _roman(number: int) -> str:
    from baocao.formats.docx_numbering import roman

    return roman(number)


def _annexes_tied(found: Places) -> Seen:
    for _, lines in found.annexes:
        if not any(line.text.startswith("(Kèm theo") or line.text.startswith("(Ban hành kèm") for line in lines):
            yield quoted(lines[0], _MISSING)


RULES = (
    Rule("text-size", Text("nội dung cỡ 13-14", "the text of 13-14 points"), sized(body, 13, 14)),
    Rule("text-justified", Text("nội dung dàn đều hai lề", "the text is justified"), aligned(body, "both")),
    Rule("text-indent", Text("dòng đầu lùi 1 cm hoặc 1,27 cm", "first lines go in by 1 or 1.27 cm"),
         holds(body, _indented, _OTHERWISE)),
    Rule("text-gap", Text("các đoạn cách nhau ít nhất 6 pt", "paragraphs are 6 points apart"),
         holds(body, _apart, _OTHERWISE)),
    Rule("text-line", Text("dòng cách dòng 1,0-1,5", "lines of 1.0-1.5"), holds(body, _spaced, _OTHERWISE)),
    Rule("part-centred", Text("phần canh giữa", "parts are centred"), aligned(_parts, "center")),
    Rule("part-bold", Text("phần và tên phần đậm, đứng", "parts are bold, upright"), lettered(_parts, bold=True)),
    Rule("part-capitals", Text("tên phần in hoa", "names of parts in capitals"), capitals(_parts)),
    Rule("part-size", Text("phần cỡ 13-14", "parts of 13-14 points"), sized(_parts, 13, 14)),
    Rule("heading-bold", Text("tiêu đề mục đậm, đứng", "headings are bold, upright"), lettered(_titled, bold=True)),
    Rule("heading-size", Text("tiêu đề mục cỡ 13-14", "headings of 13-14 points"), sized(headings, 13, 14)),
    Rule("point-upright", Text("điểm a) chữ đứng", "points a) are upright"), lettered(_points, bold=False)),
    Rule("end", Text("nội dung kết thúc bằng “./.”", "the text ends with “./.”"),
         holds(last, lambda line: line.text.endswith("./."), _MISSING)),
    Rule("signature", Text("có quyền hạn, chức vụ người ký", "has the signer's authority"), present(_signs, _MISSING)),
    Rule("signature-capitals", Text("quyền hạn, chức vụ in hoa", "authority and post in capitals"), capitals(_signs)),
    Rule("signature-size", Text("quyền hạn, chức vụ cỡ 13-14", "authority and post of 13-14"), sized(_signs, 13, 14)),
    Rule("signature-bold", Text("quyền hạn, chức vụ đứng, đậm", "authority bold"), lettered(_signs, bold=True)),
    Rule("signature-centred", Text("quyền hạn, chức vụ canh giữa", "authority and post centred"),
         aligned(_signs, "center")),
    Rule("signature-post", Text("TM., KT., TL., TUQ. đúng thứ tự, có chức vụ", "authorities in order, with the post"),
         _spoken_for),
    Rule("signer-size", Text("họ tên người ký cỡ 13-14", "the signer's name of 13-14 points"), sized(_name, 13, 14)),
    Rule("signer-bold", Text("họ tên người ký đứng, đậm", "the signer's name bold"), lettered(_name, bold=True)),
    Rule("signer-centred", Text("họ tên người ký canh giữa", "the signer's name centred"), aligned(_name, "center")),
    Rule("signer-untitled", Text("trước họ tên không ghi học hàm, học vị, quân hàm", "no title before the name"),
         holds(_name, lambda line: _TITLES.match(line.text) is None, _OTHERWISE)),
    Rule("recipients", Text("có “Nơi nhận:”", "has “Nơi nhận:”"), present(_recipients_head, _MISSING)),
    Rule("recipients-head-size", Text("“Nơi nhận” cỡ 12", "“Nơi nhận” of 12 points"), sized(_recipients_head, 12, 12)),
    Rule("recipients-head-look", Text("“Nơi nhận” nghiêng, đậm", "“Nơi nhận” bold, slanted"),
         lettered(_recipients_head, bold=True, italic=True)),
    Rule("recipients-size", Text("danh sách nơi nhận cỡ 11", "recipients of 11 points"), sized(_recipients, 11, 11)),
    Rule("recipients-upright", Text("danh sách nơi nhận chữ đứng", "recipients upright"),
         lettered(_recipients, bold=False)),
    Rule("recipients-signs", Text("mỗi nơi nhận “- ...;”, cuối cùng dấu chấm", "each “- ...;”, a full stop last"),
         _listed),
    Rule("recipients-kept", Text("dòng cuối “- Lưu: VT, ...”", "the last line “- Lưu: VT, ...”"), _kept),
    Rule("recipients-left", Text("nơi nhận bên trái, người ký bên phải", "recipients left, signer right"), _sides),
    Rule("annex-page", Text("phụ lục sang trang mới", "annexes begin a page"), _annexes_begin),
    Rule("annex-numbers", Text("số trang phụ lục đánh riêng", "annexes have page numbers of their own"),
         _annexes_count),
    Rule("annex-order", Text("phụ lục đánh số La Mã theo thứ tự", "annexes in Roman order"), _annexes_in_order),
    Rule("annex-label-bold", Text("“Phụ lục” đứng, đậm", "annex labels bold"), lettered(_annex_labels, bold=True)),
    Rule("annex-label-centred", Text("“Phụ lục” canh giữa", "annex labels centred"), aligned(_annex_labels, "center")),
    Rule("annex-label-size", Text("“Phụ lục” cỡ 13-14", "annex labels of 13-14 points"), sized(_annex_labels, 13, 14)),
    Rule("annex-title-capitals", Text("tên phụ lục in hoa", "annex titles in capitals"), capitals(_annex_titles)),
    Rule("annex-title-bold", Text("tên phụ lục đứng, đậm", "annex titles bold"), lettered(_annex_titles, bold=True)),
    Rule("annex-title-centred", Text("tên phụ lục canh giữa", "titles centred"), aligned(_annex_titles, "center")),
    Rule("annex-title-size", Text("tên phụ lục cỡ 13-14", "annex titles of 13-14"), sized(_annex_titles, 13, 14)),
    Rule("annex-tied", Text("có dòng “(Kèm theo ...)”", "tied by “(Kèm theo ...)”"), _annexes_tied),
    Rule("annex-tie-italic", Text("“(Kèm theo ...)” nghiêng", "“(Kèm theo ...)” slanted"),
         lettered(_annex_ties, bold=False, italic=True)),
    Rule("annex-tie-centred", Text("“(Kèm theo ...)” canh giữa", "“(Kèm theo ...)” centred"),
         aligned(_annex_ties, "center")),
    Rule("annex-tie-size", Text("“(Kèm theo ...)” cỡ 13-14", "“(Kèm theo ...)” of 13-14 points"),
         sized(_annex_ties, 13, 14)),
)  # fmt: skip
