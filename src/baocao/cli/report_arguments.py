"""What can be asked of reports that are written from figures. Nothing heavy is imported here, as in ``arguments``."""

from __future__ import annotations

import argparse

from baocao.cli.shared_options import (
    Command,
    Say,
    catalogue_files,
    outputs,
    sources,
)


def draft(parser: argparse.ArgumentParser, say: Say) -> None:
    """The options of ``baocao draft``."""
    add = parser.add_argument
    file, day = say("TỆP", "FILE"), say("NGÀY", "DAY")
    add(
        "outline",
        metavar=say("ĐỀ CƯƠNG", "OUTLINE"),
        help=say("tên đề cương có sẵn (xem baocao outline), hoặc tệp .toml", "a built-in outline, or a .toml file"),
    )
    add("--unit", required=True, metavar=say("ĐƠN VỊ", "UNIT"), help=say("báo cáo của đơn vị nào", "whose report"))
    add(
        "--period",
        required=True,
        metavar=say("KỲ", "PERIOD"),
        help=say(
            "kỳ báo cáo: 2026, 2026-S1, '6 tháng 2026'; với ke-hoach-nam là năm được lập kế hoạch "
            "(2027: kế hoạch năm 2027, trên kết quả năm 2026)",
            "the period reported on: 2026, 2026-S1; with ke-hoach-nam the year that is planned "
            "(2027: the plan of 2027, on the results of 2026)",
        ),
    )
    add("--out", required=True, metavar="DOCX", help=say("tệp Word ghi ra", "the Word file to write"))
    add("--pdf", metavar=file, help=say("ghi thêm bản PDF (cần LibreOffice)", "write a PDF too (needs LibreOffice)"))
    add("--html", metavar=file, help=say("ghi thêm trang để xem trên màn hình", "write a page for the screen too"))
    add("--annexes", metavar="XLSX", help=say("ghi thêm các phụ lục dạng bảng tính", "write the annexes as a workbook"))
    add("--number", default="", metavar=say("SỐ", "NUMBER"), help=say("số văn bản, nếu đã có", "its number, if any"))
    add("--on", metavar=day, help=say("ngày soạn (mặc định: hôm nay)", "the day it is written (today unless told)"))
    add("--tasks", metavar=file, help=say("tệp nhiệm vụ trọng tâm (CSV, bảng tính)", "the key tasks (CSV, workbook)"))
    add(
        "--from",
        dest="last",
        metavar="DOCX",
        help=say("bản trước: giữ lại các phần người viết đã soạn", "an earlier draft, whose written parts are kept"),
    )
    add(
        "--all",
        action="store_true",
        help=say("nêu đủ tên chỉ tiêu trong các điều lưu ý", "name every indicator in what is remarked"),
    )
    add("--force", action="store_true", help=say("ghi đè tệp đã có", "replace files that exist"))
    sources(parser, say)


def refresh(parser: argparse.ArgumentParser, say: Say) -> None:
    """The options of ``baocao refresh``."""
    diff(parser, say)
    add = parser.add_argument
    add(
        "--out",
        metavar=say("TỆP", "FILE"),
        help=say("ghi ra tệp khác thay vì cập nhật chính tệp này", "write another file instead of this one"),
    )
    add("--all", action="store_true", help=say("thay cả những số đã sửa tay", "replace numbers altered by hand too"))


def diff(parser: argparse.ArgumentParser, say: Say) -> None:
    """The options of ``baocao diff``."""
    parser.add_argument(
        "file",
        metavar=say("TỆP", "FILE"),
        help=say("tệp Word do baocao draft soạn", "a Word file that baocao draft wrote"),
    )
    sources(parser, say)
    outputs(parser, say)


def outline(parser: argparse.ArgumentParser, say: Say) -> None:
    """The options of ``baocao outline``."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar=say("TÊN|TỆP", "NAME|FILE"),
        help=say(
            "tên một đề cương có sẵn hoặc tệp TOML, hoặc check [TÊN|TỆP…] để kiểm tra đề cương",
            "a built-in outline's name or a TOML file, or check [NAME|FILE…] to prove outlines sound",
        ),
    )
    catalogue_files(parser, say)


COMMANDS: dict[str, Command] = {
    "draft": (draft, "soạn báo cáo từ số liệu ra tệp Word", "write a report from the figures as a Word file"),
    "refresh": (refresh, "cập nhật số liệu trong báo cáo Word", "bring a Word report's numbers up to date"),
    "diff": (diff, "nêu số sửa tay, số đã cũ, số gõ thêm trong báo cáo", "tell numbers altered, stale or typed in"),
    "outline": (outline, "xem, kiểm tra đề cương báo cáo", "look at the outlines of reports, and prove them sound"),
}
