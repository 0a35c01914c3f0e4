"""Rules are drawn as long as the lines above them."""

from __future__ import annotations

import pytest

from baocao.formats.docx_write_measure import balanced, length, lines

_TEXT = "Kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2025; phương hướng, nhiệm vụ năm 2026"
_FIRST = "Kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2025;"
_SIZE = 14


def test_a_line_is_as_long_as_its_words_with_the_spaces_between() -> None:
    assert lines(_TEXT, _SIZE, length(_TEXT, _SIZE)) == [length(_TEXT, _SIZE)]
    second = _TEXT.removeprefix(f"{_FIRST} ")
    assert lines(_TEXT, _SIZE, length(_FIRST, _SIZE)) == [length(_FIRST, _SIZE), length(second, _SIZE)]


@pytest.mark.parametrize("room", [8000, 9000])
def test_a_title_is_broken_behind_its_semicolon(room: int) -> None:
    found = balanced(_TEXT, _SIZE, room)
    assert lines(_TEXT, _SIZE, found)[0] == length(_FIRST, _SIZE)
