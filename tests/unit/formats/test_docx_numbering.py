"""Word stores no list numbers; they are counted as Word prints them."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.formats import read
from baocao.formats.docx_numbering import numeral
from baocao.model import Passage
from tests.unit.formats.word_files import level, lists, numbered, paragraph, word_file

REPORT = (
    level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%2.")
    + level(2, "lowerLetter", "%3)")
    + level(3, "bullet", "-")
)


def labels(folder: Path, body: str, numbering: str, **parts: str) -> list[str]:
    blocks = read(word_file(folder / "số.docx", body, numbering=numbering, **parts)).blocks
    found = [block for block in blocks if isinstance(block, Passage)]
    assert all(block.text.startswith(block.label) for block in found)
    return [block.label for block in found]


def test_a_report_is_numbered_in_levels_and_lower_ones_begin_again(tmp_path: Path) -> None:
    order = (0, 1, 1, 2, 2, 3, 1, 2, 0, 1)
    body = "".join(numbered("Nội dung", 1, depth) for depth in order)
    assert labels(tmp_path, body, lists(REPORT)) == ["I.", "1.", "2.", "a)", "b)", "-", "3.", "a)", "II.", "1."]


def test_numbers_of_higher_levels_are_printed_and_legal_ones_in_figures(tmp_path: Path) -> None:
    shape = (
        level(0, "upperRoman", "%1.")
        + level(1, "decimal", "%1.%2.", extra="<w:isLgl/>")
        + level(2, "decimal", "%1.%2.%3.")
    )
    body = numbered("a") + numbered("b", 1, 1) + numbered("c", 1, 1) + numbered("d", 1, 2)
    assert labels(tmp_path, body, lists(shape)) == ["I.", "1.1.", "1.2.", "I.2.1."]


def test_two_numberings_of_one_definition_go_on_unless_one_restarts(tmp_path: Path) -> None:
    more = (
        '<w:num w:numId="8"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )
    body = numbered("a") + numbered("b", 8) + numbered("c", 9) + numbered("d", 9)
    assert labels(tmp_path, body, lists(level(0, "decimal", "%1."), numbers=more)) == ["1.", "2.", "7.", "8."]


def test_an_override_may_give_a_level_another_shape(tmp_path: Path) -> None:
    shape = level(0, "lowerRoman", "(%1)")
    own = f'<w:num w:numId="9"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{shape}</w:lvlOverride></w:num>'
    assert labels(tmp_path, numbered("a", 9), lists(level(0, "decimal", "%1."), numbers=own)) == ["(i)"]


def test_a_level_that_never_restarts_goes_on(tmp_path: Path) -> None:
    shape = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.", extra='<w:lvlRestart w:val="0"/>')
    body = numbered("a") + numbered("b", 1, 1) + numbered("c") + numbered("d", 1, 1)
    assert labels(tmp_path, body, lists(shape)) == ["I.", "1.", "II.", "2."]


def test_a_style_numbers_its_paragraphs_and_zero_takes_the_number_off(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="B"><w:name w:val="heading 2"/>'
        '<w:basedOn w:val="A"/></w:style>'
    )
    shape = level(0, "upperRoman", "%1.", extra='<w:pStyle w:val="A"/>') + level(
        1, "decimal", "%2.", extra='<w:pStyle w:val="B"/>'
    )
    off = '<w:pStyle w:val="A"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    body = paragraph("a", '<w:pStyle w:val="A"/>') + paragraph("b", '<w:pStyle w:val="B"/>') + paragraph("c", off)
    assert labels(tmp_path, body, lists(shape), styles=styles) == ["I.", "1.", ""]


def test_typed_numbers_are_labels_too(tmp_path: Path) -> None:
    body = paragraph("II. VĂN HÓA") + paragraph("2.1. Y tế") + paragraph("a) Lúa: 5 ha") + paragraph("1.583,7 ha lúa")
    assert labels(tmp_path, body, "") == ["II.", "2.1.", "a)", ""]


@pytest.mark.parametrize(
    ("number", "shape", "shown"),
    [
        (4, "upperRoman", "IV"),
        (1999, "lowerRoman", "mcmxcix"),
        (28, "lowerLetter", "bb"),
        (7, "decimalZero", "07"),
        (12, "decimalZero", "12"),
        (3, "cardinalText", "3"),
        (0, "upperRoman", "0"),
    ],
)
def test_numerals(number: int, shape: str, shown: str) -> None:
    assert numeral(number, shape) == shown


def test_custom_formats_pad_with_zeros() -> None:
    assert numeral(5, "custom", "001, 002, 003, ...") == "005"


def test_symbol_bullets_become_plain_ones(tmp_path: Path) -> None:
    shape = level(0, "bullet", "\uf0b7") + level(1, "bullet", "+") + level(2, "bullet", "\uf0fc")
    body = numbered("a") + numbered("b", 1, 1) + numbered("c", 1, 2)
    assert labels(tmp_path, body, lists(shape)) == ["•", "+", "✓"]
