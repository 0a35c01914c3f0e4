"""Decree 30/2020, annex I, part II: the nation's name and motto, who issues, number, day, kind and summary."""

from __future__ import annotations

import re
from collections.abc import Callable

from baocao.formats import docx_write_measure
from baocao.formats.decree_30 import (
    Role,
    Rule,
    Seen,
    aligned,
    capitals,
    holds,
    lettered,
    present,
    quoted,
    same,
    sized,
)
from baocao.formats.decree_30_places import DAY, MOTTO, NATION, Places
from baocao.formats.docx_look import Printed
from baocao.model import Text

_NUMBER = re.compile(r"Số:\s*(\d*)\s*/([A-ZĐ]+(?:-[A-ZĐ0-9&]+)+)$")
_SYMBOLS = {
    "BÁO CÁO": "BC", "KẾ HOẠCH": "KH", "TỜ TRÌNH": "TTr", "NGHỊ QUYẾT": "NQ", "QUYẾT ĐỊNH": "QĐ",
    "THÔNG BÁO": "TB", "CHƯƠNG TRÌNH": "CTr", "ĐỀ ÁN": "ĐA", "PHƯƠNG ÁN": "PA", "CHỈ THỊ": "CT",
}  # fmt: skip
_MISSING = Text("không thấy", "not found")
_NO_RULE = Text("không có đường kẻ ở dưới", "no rule below")
_LONG = Text("đường kẻ dài {seen:.0%} dòng chữ", "the rule is {seen:.0%} of the line")
_WORDS = Text("sai câu chữ", "worded otherwise")
_APART = Text("không ngang hàng", "not side by side")


def nation(found: Places) -> list[Printed]:
    return found.nation


def motto(found: Places) -> list[Printed]:
    return found.motto


def governing(found: Places) -> list[Printed]:
    return found.governing


def issuer(found: Places) -> list[Printed]:
    return found.issuer


def number(found: Places) -> list[Printed]:
    return found.number


def day(found: Places) -> list[Printed]:
    return found.day


def kind(found: Places) -> list[Printed]:
    return found.kind


def summary(found: Places) -> list[Printed]:
    return found.summary


def about(found: Places) -> list[Printed]:
    return found.about


def _ruled(role: Role, low: float, high: float) -> Callable[[Places], Seen]:
    """A rule stands below the last line of a part, this long beside the longest of its printed lines."""

    def check(found: Places) -> Seen:
        lines = role(found)
        if not lines:
            return
        rule = found.rule_below(lines[-1])
        if rule is None:
            yield quoted(lines[-1], _NO_RULE)
            return
        size = round(max(run.size for run in lines[-1].letters))
        room = found.room(lines[-1])
        longest = max(max(docx_write_measure.lines(line.text, size, room)) for line in lines)
        share = found.room(rule) / longest
        if not low <= share <= high:
            yield quoted(lines[-1], _LONG.fill(seen=share))

    return check


def _side_by_side(found: Places) -> Seen:
    if found.nation and not found.issuer:
        yield quoted(found.nation[0], _APART)


def _motto_below(found: Places) -> Seen:
    if found.nation and found.motto and found.nation[0].cell != found.motto[0].cell:
        yield quoted(found.motto[0], _APART)


def _day_beside_number(found: Places) -> Seen:
    for line in found.day:
        at = found.number[0].cell if found.number else None
        if at is None or line.cell is None or line.cell[:2] != at[:2] or line.cell[2] <= at[2]:
            yield quoted(line, _APART)


def _two_digits(line: Printed) -> bool:
    found = _NUMBER.match(line.text)
    return found is None or len(found[1]) != 1


def _well_formed(line: Printed) -> bool:
    return _NUMBER.match(line.text.replace("TTr", "TTR").replace("CTr", "CTR")) is not None


def _symbol(found: Places) -> Seen:
    for line in found.number:
        wanted = _SYMBOLS.get(found.kind[0].text.upper(), "") if found.kind else ""
        shown = line.text.partition("/")[2].partition("-")[0]
        if wanted and shown != wanted:
            yield quoted(line, same(f"{shown} ≠ {wanted}"))


def _day_written(line: Printed) -> bool:
    """Days below ten, January and February have a nought; a day left open is open."""
    found = DAY.search(line.text)
    if found is None:
        return False
    on, month = found[1], found[2]
    return len(on) != 1 and (month not in ("1", "2")) and not (month.startswith("0") and month > "02")


def _place_named(line: Printed) -> bool:
    return re.match(r"[^\W\d_].*, ngày", line.text) is not None


def _addressed_size(found: Places) -> list[Printed]:
    return [line for line in found.main if line.text.startswith("Kính gửi")]


RULES = (
    Rule("nation", Text("có Quốc hiệu", "has the nation's name"), present(nation, _MISSING)),
    Rule("nation-words", Text("Quốc hiệu đúng câu chữ, in hoa", "the nation's name in capitals"),
         holds(nation, lambda line: line.text == NATION, _WORDS)),
    Rule("nation-size", Text("Quốc hiệu cỡ 12-13", "the nation's name of 12-13 points"), sized(nation, 12, 13)),
    Rule("nation-bold", Text("Quốc hiệu đứng, đậm", "the nation's name bold, upright"), lettered(nation, bold=True)),
    Rule("nation-centred", Text("Quốc hiệu canh giữa", "the nation's name centred"), aligned(nation, "center")),
    Rule("motto", Text("có Tiêu ngữ", "has the motto"), present(motto, _MISSING)),
    Rule("motto-words", Text("Tiêu ngữ đúng câu chữ", "the motto as it is worded"),
         holds(motto, lambda line: line.text == MOTTO, _WORDS)),
    Rule("motto-size", Text("Tiêu ngữ cỡ 13-14", "the motto of 13-14 points"), sized(motto, 13, 14)),
    Rule("motto-bold", Text("Tiêu ngữ đứng, đậm", "the motto bold, upright"), lettered(motto, bold=True)),
    Rule("motto-centred", Text("Tiêu ngữ canh giữa", "the motto centred"), aligned(motto, "center")),
    Rule("motto-below", Text("Tiêu ngữ ngay dưới Quốc hiệu", "the motto below the name"), _motto_below),
    Rule("motto-rule", Text("đường kẻ dưới Tiêu ngữ dài bằng dòng chữ", "the motto's rule as long as the line"),
         _ruled(motto, 0.95, 1.05)),
    Rule("issuer", Text("có tên cơ quan ban hành ở bên trái", "has the issuer on the left"), _side_by_side),
    Rule("issuer-capitals", Text("tên cơ quan ban hành in hoa", "the issuer in capitals"), capitals(issuer)),
    Rule("issuer-size", Text("tên cơ quan ban hành cỡ 12-13", "the issuer of 12-13 points"), sized(issuer, 12, 13)),
    Rule("issuer-bold", Text("tên cơ quan ban hành đứng, đậm", "the issuer bold"), lettered(issuer, bold=True)),
    Rule("issuer-centred", Text("tên cơ quan ban hành canh giữa", "the issuer centred"), aligned(issuer, "center")),
    Rule("issuer-rule", Text("đường kẻ dưới cơ quan ban hành dài 1/3-1/2 dòng chữ", "the issuer's rule of 1/3-1/2"),
         _ruled(issuer, 0.33, 0.5)),
    Rule("governing-capitals", Text("cơ quan chủ quản in hoa", "the governing body in capitals"), capitals(governing)),
    Rule("governing-size", Text("cơ quan chủ quản cỡ 12-13", "the governing body of 12-13"), sized(governing, 12, 13)),
    Rule("governing-upright", Text("cơ quan chủ quản đứng, không đậm", "the governing body upright, not bold"),
         lettered(governing, bold=False)),
    Rule("number", Text("có số, ký hiệu", "has number and symbol"), present(number, _MISSING)),
    Rule("number-form", Text("dạng “Số: .../BC-...”", "of this form"), holds(number, _well_formed, _WORDS)),
    Rule("number-two-digits", Text("số dưới 10 có số 0 phía trước", "numbers below ten have a nought"),
         holds(number, _two_digits, Text("thiếu số 0", "no nought"))),
    Rule("number-size", Text("số, ký hiệu cỡ 13", "number and symbol of 13 points"), sized(number, 13, 13)),
    Rule("number-upright", Text("số, ký hiệu đứng", "number and symbol upright"), lettered(number, bold=False)),
    Rule("number-symbol", Text("chữ viết tắt đúng tên loại văn bản", "the symbol is that of the kind"), _symbol),
    Rule("day", Text("có địa danh và thời gian", "has place and day"), present(day, _MISSING)),
    Rule("day-size", Text("địa danh, thời gian cỡ 13-14", "place and day of 13-14 points"), sized(day, 13, 14)),
    Rule("day-italic", Text("địa danh, thời gian nghiêng", "place and day slanted"),
         lettered(day, bold=False, italic=True)),
    Rule("day-form", Text("ngày dưới 10, tháng 1, 2 có số 0", "days below ten, months 1 and 2 have a nought"),
         holds(day, _day_written, _WORDS)),
    Rule("day-place", Text("có địa danh trước ngày tháng", "the place first"), holds(day, _place_named, _WORDS)),
    Rule("day-beside", Text("địa danh, thời gian ngang số, ký hiệu", "place and day beside the number"),
         _day_beside_number),
    Rule("kind", Text("có tên loại văn bản", "has its kind"), present(kind, _MISSING)),
    Rule("kind-capitals", Text("tên loại in hoa", "the kind in capitals"), capitals(kind)),
    Rule("kind-size", Text("tên loại cỡ 13-14", "the kind of 13-14 points"), sized(kind, 13, 14)),
    Rule("kind-bold", Text("tên loại đứng, đậm", "the kind bold, upright"), lettered(kind, bold=True)),
    Rule("kind-centred", Text("tên loại canh giữa", "the kind centred"), aligned(kind, "center")),
    Rule("summary", Text("có trích yếu dưới tên loại", "has a summary below the kind"), present(summary, _MISSING)),
    Rule("summary-size", Text("trích yếu cỡ 13-14", "the summary of 13-14 points"), sized(summary, 13, 14)),
    Rule("summary-bold", Text("trích yếu đứng, đậm", "the summary bold, upright"), lettered(summary, bold=True)),
    Rule("summary-centred", Text("trích yếu canh giữa", "the summary centred"), aligned(summary, "center")),
    Rule("summary-rule", Text("đường kẻ dưới trích yếu dài 1/3-1/2 dòng chữ", "the summary's rule of 1/3-1/2"),
         _ruled(summary, 0.33, 0.5)),
    Rule("addressed-size", Text("“Kính gửi” cỡ 13-14, đứng", "“Kính gửi” of 13-14 points"),
         sized(_addressed_size, 13, 14)),
    Rule("addressed-upright", Text("“Kính gửi” chữ đứng", "“Kính gửi” upright"), lettered(_addressed_size, bold=False)),
)  # fmt: skip

LETTER_RULES = (
    Rule("about-size", Text("trích yếu công văn cỡ 12-13", "a letter's summary of 12-13 points"), sized(about, 12, 13)),
    Rule("about-upright", Text("trích yếu công văn chữ đứng", "a letter's summary upright, not bold"),
         lettered(about, bold=False)),
    Rule("about-centred", Text("trích yếu công văn canh giữa", "a letter's summary centred"), aligned(about, "center")),
)  # fmt: skip
