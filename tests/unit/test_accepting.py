"""Accepted findings: kept beside the report, readable by people, never lost."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baocao.accepting import Accepted, BadAcceptance, accept, beside, read

ENTRY = Accepted("a1b2c3", "ratio", "đạt 99,1% kế hoạch", "số đã làm tròn theo biểu", date(2031, 7, 1))


def test_a_report_without_a_list_has_none(tmp_path: Path) -> None:
    assert read(tmp_path / "bao-cao.docx") == frozenset()


def test_what_is_accepted_is_known_again_and_readable(tmp_path: Path) -> None:
    report = tmp_path / "báo cáo.docx"
    file = accept(report, [ENTRY])
    assert file == tmp_path / "báo cáo.docx.baocao.toml"
    assert read(report) == {"a1b2c3"}
    (entry,) = tomllib.loads(file.read_text(encoding="utf-8"))["accepted"]
    assert entry == {
        "key": "a1b2c3",
        "rule": "ratio",
        "on": date(2031, 7, 1),
        "because": "số đã làm tròn theo biểu",
        "sentence": "đạt 99,1% kế hoạch",
    }


def test_the_list_is_only_ever_added_to(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    accept(report, [ENTRY])
    with beside(report).open("a", encoding="utf-8") as file:
        file.write("# lời ghi thêm của người soát\n")
    accept(report, [ENTRY, Accepted("ffff", "total", "tổng 12")])
    text = beside(report).read_text(encoding="utf-8")
    assert "lời ghi thêm" in text
    assert text.count("a1b2c3") == 1
    assert read(report) == {"a1b2c3", "ffff"}


@given(st.text(st.characters(exclude_categories=())))
def test_any_sentence_survives(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    report = tmp_path_factory.mktemp("accept") / "a.txt"
    accept(report, [Accepted("k", "ratio", words, words)])
    assert read(report) == {"k"}


@pytest.mark.parametrize(
    "content", [b"[[accepted]\nkey=", b"\xff\xfe\x00", b'[[accepted]]\nrule = "x"', b"accepted = [1]"]
)
def test_a_broken_list_is_named_with_its_remedy(tmp_path: Path, content: bytes) -> None:
    report = tmp_path / "a.txt"
    beside(report).write_bytes(content)
    with pytest.raises(BadAcceptance) as caught:
        read(report)
    assert "a.txt.baocao.toml" in caught.value.text.vi
    assert "hãy sửa" in caught.value.text.vi
