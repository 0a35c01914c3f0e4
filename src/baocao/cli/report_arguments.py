"""What can be asked of reports that are written from figures. Nothing heavy is imported here, as in ``arguments``."""

from __future__ import annotations

import argparse

from baocao.cli.figure_arguments import Command, Say, sources


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
            "kỳ báo cáo: 2026, 2026-S1, '6 tháng 2026'; với kế hoạch là năm kế hoạch",
            "the period reported on: 2026, 2026-S1; of a plan the year planned",
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
    add("--force", action="store_true", help=say("ghi đè tệp đã có", "replace files that exist"))
    sources(parser, say)


COMMANDS: dict[str, Command] = {
    "draft": (draft, "soạn báo cáo từ số liệu ra tệp Word", "write a report from the figures as a Word file"),
}
