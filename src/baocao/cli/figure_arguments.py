"""What can be asked about figures on the command line. Nothing heavy is imported here, as in ``arguments``."""

from __future__ import annotations

import argparse

from baocao.cli.shared_options import (
    EARLIER,
    LEVELS,
    SCENARIOS,
    Command,
    Say,
    base,
    catalogue_files,
    cut_off,
    indicator,
    on,
    outputs,
    period_words,
    scenario_words,
    sources,
)


def load(parser: argparse.ArgumentParser, say: Say) -> None:
    """The options of ``baocao load``."""
    add = parser.add_argument
    add("files", nargs="+", metavar=say("TỆP", "FILE"), help=say("tệp CSV hoặc bảng tính", "a CSV file or a workbook"))
    known = parser.add_argument_group(say("điều đúng cho cả tệp", "what holds for the whole file"))
    known.add_argument("--period", metavar=say("KỲ", "PERIOD"), help=period_words(say))
    known.add_argument(
        "--unit", metavar=say("ĐƠN VỊ", "UNIT"), help=say("mã hoặc tên đơn vị", "the unit's code or name")
    )
    known.add_argument("--indicator", metavar=say("MÃ", "CODE"), help=say("chỉ tiêu", "the indicator"))
    known.add_argument(
        "--under",
        metavar=say("ĐƠN VỊ", "UNIT"),
        help=say("chỉ tìm tên đơn vị trong đơn vị này", "look for names of units in this unit only"),
    )
    known.add_argument("--scenario", choices=SCENARIOS, default="actual", help=scenario_words(say))
    known.add_argument("--authority", metavar=say("CẤP", "NAME"), help=say("cấp giao chỉ tiêu", "who asks for targets"))
    known.add_argument(
        "--decision",
        action="append",
        default=[],
        metavar=say("SỐ, NGÀY", "NUMBER, DAY"),
        help=say(
            "quyết định giao, ví dụ 'HĐND: 12/NQ-HĐND, 08/12/2023' (dùng được nhiều lần)",
            "the decision of targets, such as 'HĐND: 12/NQ-HĐND, 08/12/2023' (may be repeated)",
        ),
    )
    known.add_argument(
        "--from",
        dest="holds_from",
        metavar=say("NGÀY", "DAY"),
        help=say("chỉ tiêu có hiệu lực từ ngày (mặc định: ngày quyết định)", "from which day targets hold"),
    )
    known.add_argument(
        "--numbers",
        choices=("vi", "machine"),
        help=say("kiểu ghi số: vi 1.234,5 hoặc machine 1234.5", "how numbers are written: vi 1.234,5, machine 1234.5"),
    )
    cut_off(known, say)
    known.add_argument(
        "--sheet",
        action="append",
        default=[],
        metavar=say("TÊN", "NAME"),
        help=say("chỉ đọc trang tính này (dùng được nhiều lần)", "read this sheet only (may be repeated)"),
    )
    add("--by", metavar=say("TÊN", "NAME"), help=say("người nạp (mặc định: tên đăng nhập)", "who loads (the login)"))
    add(
        "--partial",
        action="store_true",
        help=say("nạp các ô hợp lệ dù có ô bị từ chối", "load the good figures though others are rejected"),
    )
    sources(parser, say)
    outputs(parser, say)


def rollup(parser: argparse.ArgumentParser, say: Say) -> None:
    """The options of ``baocao rollup``."""
    _which(parser, say)
    parser.add_argument(
        "--level", choices=LEVELS, help=say("chỉ nêu các đơn vị cấp này", "show the units of this level")
    )
    on(parser, say("tính theo đơn vị hành chính ngày này", "in the units of this day"), say)
    parser.add_argument(
        "--as-was",
        action="store_true",
        help=say("tính theo đơn vị lúc báo cáo, không quy đổi", "in the units of the period, without re-casting"),
    )
    parser.add_argument(
        "--against",
        action="append",
        choices=("last_year", "previous", "year_start"),
        help=say(
            "so với: last_year cùng kỳ, previous kỳ trước, year_start đầu năm (dùng được nhiều lần)",
            "set against the same period, the previous one, the start of the year (may be repeated)",
        ),
    )
    base(parser, say)
    sources(parser, say)
    outputs(parser, say)


def compare(parser: argparse.ArgumentParser, say: Say) -> None:
    """The options of ``baocao compare``."""
    add = parser.add_argument
    add(
        "--unit",
        metavar=say("ĐƠN VỊ", "UNIT"),
        help=say("mã hoặc tên đơn vị", "the unit's code or name"),
    )
    add("--period", metavar=say("KỲ", "PERIOD"), help=period_words(say))
    add(
        "--printed",
        metavar=say("TỆP", "FILE"),
        help=say(
            "tính lại tỷ lệ, đánh giá của biểu trong tệp Word, Excel, PDF từ kế hoạch và kết quả của chính biểu",
            "work the percentages and ratings of an annex in a Word, Excel or PDF file out again from its own figures",
        ),
    )
    add(
        "--allocated",
        action="store_true",
        help=say(
            "chỉ tiêu đã phân bổ cho các đơn vị: tổng, còn lại, đơn vị nào chưa được giao",
            "what units were given of the targets: the sum, what is left, who has none",
        ),
    )
    add(
        "--authority",
        action="append",
        metavar=say("CẤP", "NAME"),
        help=say(
            "cấp giao, cấp đầu tiên quyết định đánh giá (mặc định: mọi cấp, HĐND trước)",
            "who asked; the first one rates (all, a council first)",
        ),
    )
    add(
        "--against",
        action="append",
        choices=EARLIER,
        help=say(
            "so với: last_year cùng kỳ (mặc định), previous kỳ trước, year_start đầu năm (dùng được nhiều lần)",
            "set against the same period (default), the previous one, the year's start (may be repeated)",
        ),
    )
    indicator(parser, say)
    on(parser, say("theo kế hoạch có hiệu lực ngày này", "by the plan that held on this day"), say)
    cut_off(parser, say)
    base(parser, say)
    sources(parser, say)
    outputs(parser, say)


def recast(parser: argparse.ArgumentParser, say: Say) -> None:
    """The options of ``baocao recast``."""
    _which(parser, say, is_indicator_required=True)
    on(parser, say("quy đổi về đơn vị ngày này", "re-cast to the units of this day"), say)
    parser.add_argument("--today", action="store_true", help=say("theo đơn vị hôm nay", "in the units of today"))
    parser.add_argument("--as-was", action="store_true", help=say("như đã báo cáo", "as it was told"))
    parser.add_argument(
        "--level", choices=LEVELS, help=say("tổng ở các đơn vị cấp này", "totals in the units of this level")
    )
    base(parser, say)
    sources(parser, say)
    outputs(parser, say)


def history(parser: argparse.ArgumentParser, say: Say) -> None:
    """The options of ``baocao history``."""
    add = parser.add_argument
    indicator(parser, say)
    add(
        "--unit",
        action="append",
        metavar=say("ĐƠN VỊ", "UNIT"),
        help=say("chỉ nêu đơn vị này (dùng được nhiều lần)", "show this unit (may be repeated)"),
    )
    add("--period", action="append", metavar=say("KỲ", "PERIOD"), help=period_words(say))
    add("--scenario", action="append", choices=SCENARIOS, help=scenario_words(say))
    cut_off(parser, say)
    add("--current", action="store_true", help=say("chỉ nêu bản ghi hiện hành", "only what holds now"))
    add("--loads", action="store_true", help=say("nêu các tệp đã nạp", "the files that were loaded"))
    sources(parser, say)
    outputs(parser, say)


def read(parser: argparse.ArgumentParser, say: Say) -> None:
    """The options of ``baocao read``."""
    add = parser.add_argument
    add("file", metavar=say("TỆP", "FILE"), help=say("báo cáo Word, PDF, văn bản", "a report: Word, PDF or text"))
    add(
        "--unit",
        metavar=say("ĐƠN VỊ", "UNIT"),
        help=say("báo cáo của đơn vị nào (mặc định: theo phần đầu báo cáo)", "whose report it is (its head says)"),
    )
    add(
        "--period",
        metavar=say("KỲ", "PERIOD"),
        help=say("báo cáo của kỳ nào (mặc định: theo tiêu đề)", "which period it is of (its title says)"),
    )
    add(
        "--authority",
        action="append",
        default=[],
        metavar=say("CẤP", "NAME"),
        help=say(
            "cấp giao chỉ tiêu như ghi trong kho; nếu chỉ có một, “kế hoạch” là của cấp đó (dùng được nhiều lần)",
            "who asks for targets, as the store calls it; of one alone any plan is its (may be repeated)",
        ),
    )
    add("--all", action="store_true", help=say("nêu cả số chưa rõ và lý do", "show what is not sure too, and why"))
    add(
        "--targets",
        action="store_true",
        help=say("tệp ghi ra chứa chỉ tiêu giao thay cho kết quả", "the file written holds targets, not results"),
    )
    cut_off(parser, say)
    sources(parser, say)
    outputs(parser, say)


def catalogue(parser: argparse.ArgumentParser, say: Say) -> None:
    """The options of ``baocao catalogue``."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar=say("MÃ|TỪ", "CODE|WORDS"),
        help=say(
            "mã hoặc tên một chỉ tiêu, các từ cần tìm, hoặc check [TỆP…] để kiểm tra danh mục",
            "an indicator's code or name, words to look for, or check [FILE…] to prove a catalogue sound",
        ),
    )
    catalogue_files(parser, say)
    parser.set_defaults(store=None, units=None, changes=None)
    outputs(parser, say)


def _which(parser: argparse.ArgumentParser, say: Say, *, is_indicator_required: bool = False) -> None:
    add = parser.add_argument
    add("--period", required=True, action="append", metavar=say("KỲ", "PERIOD"), help=period_words(say))
    indicator(parser, say, required=is_indicator_required)
    add(
        "--unit",
        action="append",
        metavar=say("ĐƠN VỊ", "UNIT"),
        help=say("chỉ nêu đơn vị này (dùng được nhiều lần)", "show this unit (may be repeated)"),
    )
    add("--scenario", choices=SCENARIOS, default="actual", help=scenario_words(say))
    cut_off(parser, say)


COMMANDS: dict[str, Command] = {
    "load": (load, "nạp số liệu từ tệp CSV, bảng tính", "load figures from CSV files and workbooks"),
    "rollup": (rollup, "tổng hợp số liệu theo đơn vị và thời gian", "roll figures up over units and time"),
    "compare": (compare, "so kết quả với chỉ tiêu được giao", "set results against targets"),
    "recast": (recast, "quy đổi số liệu qua các lần thay đổi đơn vị", "re-cast figures across changes of units"),
    "history": (history, "xem số liệu do ai nạp, lúc nào, từ ô nào", "see who told which figure, when, in which cell"),
    "read": (read, "đọc số liệu in trong báo cáo, kèm địa chỉ", "read a report's figures back, with their addresses"),
    "catalogue": (catalogue, "tra cứu, kiểm tra danh mục chỉ tiêu", "look into the catalogue of indicators"),
}
