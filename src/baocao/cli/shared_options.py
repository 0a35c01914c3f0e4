"""Options that several commands have in common. Nothing heavy is imported here, as in ``arguments``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

Say = Callable[[str, str], str]
Command = tuple[Callable[[argparse.ArgumentParser, Say], None], str, str]  # its options, what it does in vi and en

LEVELS = ("country", "province", "district", "commune", "village", "department")
EARLIER = ("last_year", "previous", "year_start")
SCENARIOS = ("actual", "estimate", "target", "baseline")


def indicator(parser: argparse.ArgumentParser, say: Say, **more: Any) -> None:
    """Which indicators, by their codes."""
    words = say(
        "mã chỉ tiêu, cách nhau dấu phẩy (dùng được nhiều lần)", "indicators' codes, by commas (may be repeated)"
    )
    parser.add_argument("--indicator", action="append", metavar=say("MÃ", "CODE"), help=words, **more)


def on(parser: argparse.ArgumentParser, words: str, say: Say) -> None:
    """A day that is meant, in ``words``."""
    parser.add_argument("--on", metavar=say("NGÀY", "DAY"), help=words)


def base(parser: argparse.ArgumentParser, say: Say) -> None:
    """The level whose units told the figures."""
    parser.add_argument(
        "--base",
        choices=("province", "district", "commune", "village"),
        default="commune",
        help=say("cấp báo cáo số liệu gốc (mặc định: commune)", "the level that reports (commune)"),
    )


def cut_off(group: argparse._ActionsContainer, say: Say) -> None:
    """When periods that are told in words end."""
    group.add_argument(
        "--cut-off",
        choices=("calendar", "decree_09"),
        default="calendar",
        help=say(
            "kỳ ghi bằng chữ: calendar theo lịch, decree_09 chốt ngày 14 (NĐ 09/2019)",
            "periods in words: by the calendar, or closing on the 14th (Decree 09/2019)",
        ),
    )


def sources(parser: argparse.ArgumentParser, say: Say) -> None:
    """The store, and what of a user's own stands behind it."""
    group = parser.add_argument_group(say("kho số liệu", "the store"))
    group.add_argument(
        "--store",
        metavar=say("TỆP", "FILE"),
        help=say("tệp kho số liệu (mặc định: so-lieu.sqlite)", "the store's file (so-lieu.sqlite)"),
    )
    group.add_argument(
        "--units", metavar="CSV", help=say("đơn vị của riêng mình: thôn, phòng ban ...", "own units: villages, ...")
    )
    group.add_argument("--changes", metavar="CSV", help=say("biến động đơn vị của riêng mình", "own changes of units"))
    catalogue_files(group, say)


def catalogue_files(group: argparse._ActionsContainer, say: Say) -> None:
    """A user's own files of indicators."""
    group.add_argument(
        "--catalogue",
        dest="catalogue_files",
        action="append",
        default=[],
        metavar="TOML",
        help=say("tệp chỉ tiêu của riêng mình (dùng được nhiều lần)", "own file of indicators (may be repeated)"),
    )


def outputs(parser: argparse.ArgumentParser, say: Say) -> None:
    """How a table is put out."""
    group = parser.add_argument_group(say("cách trình bày", "showing"))
    group.add_argument("--json", action="store_true", help=say("mỗi dòng một đối tượng JSON", "a row a line, as JSON"))
    group.add_argument("--csv", metavar=say("TỆP", "FILE"), help=say("ghi thêm tệp CSV", "write a CSV file too"))
    group.add_argument("--xlsx", metavar=say("TỆP", "FILE"), help=say("ghi thêm bảng tính", "write a workbook too"))
    group.add_argument("--force", action="store_true", help=say("ghi đè tệp đã có", "replace files that exist"))


def period_words(say: Say) -> str:
    """How a period is written, for the help."""
    return say("kỳ: 2024, 2024-S1, 2024-Q2, 2024-M05, '6 tháng 2024'", "a period: 2024, 2024-S1, 2024-Q2, 2024-M05")


def scenario_words(say: Say) -> str:
    """What kinds of figures there are, for the help."""
    return say(
        "loại số liệu: actual thực hiện, estimate ước, target giao, baseline gốc", "as what figures are stated (actual)"
    )
