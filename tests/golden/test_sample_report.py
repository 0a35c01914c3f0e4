"""The sample report end to end, by the real program: its twelve planted errors stand in every kind of output."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest

DEMO = Path(__file__).resolve().parents[2] / "demo" / "bao-cao-mau.docx"


class Planted(NamedTuple):
    """One error of the sample report: the rule that tells it, what is printed and what it must be."""

    rule: str
    stated: str
    expected: str


# in the order of demo/README.md
PLANTED = [
    Planted("product", "1.693,2 tấn", "1.963,2"),
    Planted("total", "138 hộ", "140"),
    Planted("ratio", "54%", "45"),
    Planted("change", "276 triệu đồng", "226"),
    Planted("share", "100%", "101"),
    Planted("heading_numbering", "7.", "6."),
    Planted("count", "03 tiêu chí", "4"),
    Planted("malformed_number", "1.48.250 nghìn đồng", ""),
    Planted("stated_twice", "156 lao động", "165"),
    Planted("date", "31/4/2026", ""),
    Planted("citation", "12/NQ-HĐND", ""),
    Planted("ratio", "48,0", "50"),
]
NAMES = [f"{number} {planted.rule}" for number, planted in enumerate(PLANTED, 1)]


def _run(*options: str) -> str:
    """What the program prints about the sample report; it must say that there are findings, and complain of nothing."""
    command = [sys.executable, "-m", "baocao", "check", str(DEMO), "--lang", "vi", *options]
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("BAOCAO", "FORCE_COLOR"))}
    run = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, env={**settings, "COLUMNS": "200"}
    )
    assert run.returncode == 1, run.stderr
    return run.stdout


@cache
def _findings() -> list[dict[str, Any]]:
    return [json.loads(line) for line in _run("--json").splitlines()]


def _of(planted: Planted) -> dict[str, Any]:
    (finding,) = [
        finding
        for finding in _findings()
        if finding["kind"] == planted.rule
        and planted.stated in finding["stated"]
        and finding["expected"].startswith(planted.expected)
    ]
    return finding


@pytest.mark.parametrize("planted", PLANTED, ids=NAMES)
def test_each_planted_error_is_told_once(planted: Planted) -> None:
    finding = _of(planted)
    assert finding["severity"] in ("error", "warning")
    assert finding["text"]


def test_nothing_else_is_told() -> None:
    told = {finding["key"] for finding in _findings()}
    assert told == {_of(planted)["key"] for planted in PLANTED}
    assert len(_findings()) == len(PLANTED)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Path]:
    """The terminal's text, the page and the copy with comments, of one run; the report itself is not touched."""
    folder = tmp_path_factory.mktemp("bản soát")
    before = DEMO.read_bytes()
    text = _run("--html", str(folder / "trang.html"), "--docx", str(folder / "bản sao.docx"))
    assert DEMO.read_bytes() == before
    return text, folder / "trang.html", folder / "bản sao.docx"


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _messages() -> list[str]:
    return [_squeezed(finding["message"]["vi"]) for finding in _findings()]


def test_the_terminal_says_them_all(written: tuple[str, Path, Path]) -> None:
    shown = _squeezed(written[0])
    for planted in PLANTED:
        assert f"#{_of(planted)['key']}" in shown
        assert _of(planted)["stated"] in shown


def test_the_page_shows_them_all(written: tuple[str, Path, Path]) -> None:
    page = written[1].read_text(encoding="utf-8")
    shown = _squeezed(html.unescape(re.sub(r"<[^>]+>", "", page)))
    for message in _messages():
        assert message in shown
    assert "<script src" not in page
    assert not re.search(r"""(?:src|href)=["']?https?:""", page)


def test_the_word_file_has_a_comment_for_each(written: tuple[str, Path, Path]) -> None:
    copy = docx.Document(str(written[2]))
    comments = [_squeezed(comment.text) for comment in copy.comments]
    assert len(comments) == len(_findings())
    for message in _messages():
        assert any(message in comment for comment in comments), message


def test_the_word_file_keeps_every_other_part(written: tuple[str, Path, Path]) -> None:
    changed = {"word/document.xml", "word/footnotes.xml", "word/comments.xml", "[Content_Types].xml"}
    with zipfile.ZipFile(DEMO) as report, zipfile.ZipFile(written[2]) as copy:
        assert copy.testzip() is None
        assert set(report.namelist()) <= set(copy.namelist())
        for name in set(report.namelist()) - changed:
            if not name.endswith(".rels"):
                assert report.read(name) == copy.read(name), name
