"""What the product says stands in both languages, also where it says why something cannot be done."""

from __future__ import annotations

import pickle

import pytest

from baocao.figures.formula import NotAFormula
from baocao.formats.errors import NeedsProgram, Unreadable
from baocao.ledger.book import CannotAsk
from baocao.model import Problem, Text

WORDS = Text("không thấy {seen}; hãy kiểm tra.", "there is no {seen}; check it.")


def test_slots_are_filled_in_both_languages() -> None:
    filled = WORDS.fill(seen="SM01")
    assert filled == Text("không thấy SM01; hãy kiểm tra.", "there is no SM01; check it.")
    assert WORDS.say("vi", seen="SM01") == filled.vi
    with pytest.raises(KeyError, match="seen"):
        WORDS.say("en")


@pytest.mark.parametrize("kind", [Problem, CannotAsk, Unreadable, NotAFormula])
def test_a_problem_keeps_its_words_from_one_process_to_another(kind: type[Problem]) -> None:
    problem = kind(WORDS.fill(seen="SM01"))
    come = pickle.loads(pickle.dumps(problem))
    assert type(come) is kind
    assert come.text == problem.text
    assert str(come) == "there is no SM01; check it."


def test_a_problem_of_a_kind_is_that_kind() -> None:
    found = NeedsProgram(WORDS.fill(seen="soffice"), "libreoffice")
    assert isinstance(found, Unreadable)
    assert (found.text.vi, found.package) == ("không thấy soffice; hãy kiểm tra.", "libreoffice")
