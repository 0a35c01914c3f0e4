"""What can be asked on the command line, in Vietnamese or in English.

Nothing heavy is imported here: ``baocao --help`` must answer before one notices.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from gettext import gettext
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NoReturn

from baocao.cli import figure_arguments, report_arguments

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

Lang = Literal["vi", "en"]

Say = Callable[[str, str], str]  # which of two wordings is said

USAGE = 2

# argparse says these itself, through gettext; what is not listed stays English
_VIETNAMESE = {
    "usage: ": "cách dùng: ",
    "positional arguments": "đối số",
    "options": "tùy chọn",
    "subcommands": "lệnh",
    "show this help message and exit": "in trợ giúp này rồi thoát",
    "show program's version number and exit": "in số phiên bản rồi thoát",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "the following arguments are required: %s": "còn thiếu: %s",
    "unrecognized arguments: %s": "không hiểu: %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "không có lựa chọn %(value)r, hãy chọn trong: %(choices)s",
    "invalid %(type)s value: %(value)r": "giá trị %(value)r không hợp lệ (cần %(type)s)",
    "expected one argument": "cần một giá trị đi kèm",
    "expected at least one argument": "cần ít nhất một giá trị đi kèm",
    "not allowed with argument %s": "không dùng cùng lúc với %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s chưa rõ: có thể là %(matches)s",
}


class Parser(argparse.ArgumentParser):
    """A parser that answers a wrong call with one line and the way to the help."""

    lang: Lang = "vi"

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Write; argparse's own way passes over a full disk in silence."""
        if message:
            (file or sys.stderr).write(message)

    def error(self, message: str) -> NoReturn:
        hint = {"vi": f"Xem “{self.prog} --help”.", "en": f"See “{self.prog} --help”."}[self.lang]
        self.exit(USAGE, f"{self.prog}: {message}\n{hint}\n")


def language(argv: Sequence[str]) -> Lang | None:
    """The language asked for by ``--lang`` or BAOCAO_LANG; None when neither says."""
    asked = os.environ.get("BAOCAO_LANG", "")
    for word, following in pairwise([*argv, ""]):
        name, _, value = word.partition("=")
        if word == "--":
            break
        if len(name) > 2 and "--lang".startswith(name):  # argparse takes "--la" too
            asked = value or following
    return _known_language(asked)


def _known_language(asked: str) -> Lang | None:
    """Of "en", "en_US.UTF-8" or "vi-VN" the language; None for any other."""
    match asked.lower().replace("_", "-").replace(".", "-").split("-")[0]:
        case "en":
            return "en"
        case "vi":
            return "vi"
        case _:
            return None


def refuse_unknown_language(top: Parser) -> None:
    """Leave with a usage error when BAOCAO_LANG names a language that is not spoken here."""
    asked = os.environ.get("BAOCAO_LANG", "")
    if asked and _known_language(asked) is None:
        top.error(f"BAOCAO_LANG={asked}: chỉ có “vi” và “en” / only “vi” and “en” are spoken")


def _in_vietnamese(message: str) -> str:
    return _VIETNAMESE.get(message, message)


def parser(lang: Lang, version: str) -> Parser:
    """The whole command line, its help in one language."""
    # argparse offers no other way to its own words than the function that it looks them up with
    argparse._ = _in_vietnamese if lang == "vi" else gettext  # type: ignore[attr-defined]

    say: Say = (lambda vi, en: vi) if lang == "vi" else (lambda vi, en: en)
    top = Parser(
        prog="baocao",
        description=say(
            "Soát số liệu trong báo cáo kinh tế - xã hội: tỷ lệ, tổng, cơ cấu, tăng giảm, tích, "
            "số đếm, ngày tháng, văn bản viện dẫn; nạp, tổng hợp, so sánh, quy đổi số liệu và soạn báo cáo.",
            "Proof-reads the figures of Vietnamese socio-economic reports: ratios, totals, shares, changes, "
            "products, counts, dates, citations; loads, rolls up, compares and re-casts figures, and drafts reports.",
        ),
        epilog=say(
            "Mã thoát: 0 không có gì phải xem lại, 1 có, 2 gọi sai, 3 có tệp không đọc được.",
            "Exit codes: 0 nothing to look at, 1 something, 2 wrong call, 3 a file could not be read.",
        ),
    )
    top.lang = lang
    top.add_argument(
        "--version",
        action="version",
        version=f"baocao {version}",
        help=say("in số phiên bản rồi thoát", "show the version and exit"),
    )
    _language(top, say)
    commands = top.add_subparsers(dest="command", metavar=say("LỆNH", "COMMAND"), required=True, parser_class=Parser)
    for build in (_check, _claims, _rules):
        build(commands, lang, say)
    for name, (fill, vi, en) in {**figure_arguments.COMMANDS, **report_arguments.COMMANDS}.items():
        command = _command(commands, lang, name, say(vi, en))
        fill(command, say)
        _language(command, say)
    return top


Commands = argparse._SubParsersAction  # the type of what add_subparsers returns has no public name


def _command(commands: Commands[Parser], lang: Lang, name: str, about: str) -> Parser:
    made = commands.add_parser(name, help=about, description=about)
    made.lang = lang
    return made


def _check(commands: Commands[Parser], lang: Lang, say: Say) -> None:
    about = say("soát một hay nhiều báo cáo", "proof-read one report or several")
    check = _command(commands, lang, "check", about)
    add = check.add_argument
    add(
        "files",
        nargs="+",
        metavar=say("TỆP", "FILE"),
        help=say(
            "tệp Word, PDF, Excel, văn bản; thư mục; mẫu tên như 'bao-cao/*.docx'; - là đầu vào chuẩn",
            "a Word, PDF, Excel or text file; a folder; a pattern such as 'reports/*.docx'; - for standard input",
        ),
    )
    shown = check.add_argument_group(say("cách trình bày", "showing"))
    shown.add_argument(
        "--json", action="store_true", help=say("mỗi phát hiện một dòng JSON", "one finding a line, as JSON")
    )
    shown.add_argument(
        "--html",
        metavar=say("ĐÍCH", "OUT"),
        help=say(
            "ghi thêm trang HTML (nhiều tệp: ĐÍCH là thư mục)", "write a page too (several files: OUT is a folder)"
        ),
    )
    shown.add_argument(
        "--docx",
        metavar=say("ĐÍCH", "OUT"),
        help=say("ghi thêm bản sao Word có lời bình", "write a copy of the Word file with comments too"),
    )
    shown.add_argument(
        "--force",
        action="store_true",
        help=say(
            "ghi đè trang hoặc bản sao do baocao ghi trước đây", "replace a page or a copy that baocao wrote before"
        ),
    )
    _language(shown, say)
    _choice(check.add_argument_group(say("chọn quy tắc", "choice of rules")), say)
    _desk(check.add_argument_group(say("hồ sơ", "desk")), say)


def _choice(group: argparse._ArgumentGroup, say: Say) -> None:
    group.add_argument("--rules", metavar="a,b", help=say("chỉ dùng các quy tắc này", "use these rules only"))
    group.add_argument("--without", metavar="a,b", help=say("bỏ các quy tắc này", "leave these rules out"))
    group.add_argument(
        "--severity",
        choices=("error", "warning", "note"),
        default="note",
        help=say(
            "chỉ nêu từ mức này trở lên: error lỗi, warning cảnh báo, note lưu ý", "tell findings from this severity on"
        ),
    )


def _desk(group: argparse._ArgumentGroup, say: Say) -> None:
    group.add_argument(
        "--with",
        dest="context",
        action="append",
        default=[],
        metavar=say("TỆP", "FILE"),
        help=say(
            "đặt thêm tài liệu để đối chiếu, không soát tài liệu đó (dùng được nhiều lần)",
            "lay a document beside for comparison, not reported on (may be repeated)",
        ),
    )
    group.add_argument(
        "--accept",
        nargs="+",
        default=[],
        metavar=say("MÃ", "KEY"),
        help=say(
            "ghi nhận là đã xem và chấp nhận các phát hiện này (mã đứng sau dấu #)",
            "note these findings as seen and right (the key stands after #)",
        ),
    )
    group.add_argument(
        "--because", metavar=say("LÝ DO", "REASON"), help=say("lý do chấp nhận", "why they are accepted")
    )
    group.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help=say("số tiến trình chạy song song (mặc định: số lõi)", "processes at a time (default: the cores)"),
    )


def _claims(commands: Commands[Parser], lang: Lang, say: Say) -> None:
    about = say("in những gì đọc được trong một báo cáo", "print what was read in a report")
    claims = _command(commands, lang, "claims", about)
    claims.add_argument("file", metavar=say("TỆP", "FILE"))
    claims.add_argument(
        "--json", action="store_true", help=say("mỗi nhận định một dòng JSON", "one claim a line, as JSON")
    )
    claims.add_argument(
        "--explain", action="store_true", help=say("cho biết đã suy ra như thế nào", "show how each was derived")
    )
    _language(claims, say)


def _rules(commands: Commands[Parser], lang: Lang, say: Say) -> None:
    about = say(
        "liệt kê các quy tắc, hoặc in trang hướng dẫn của một quy tắc", "list the rules, or print a rule's page"
    )
    rules = _command(commands, lang, "rules", about)
    rules.add_argument("name", nargs="?", metavar=say("TÊN", "NAME"))
    _language(rules, say)


def _language(group: argparse._ActionsContainer, say: Say) -> None:
    group.add_argument("--lang", choices=("vi", "en"), help=say("tiếng Việt hoặc tiếng Anh", "Vietnamese or English"))
