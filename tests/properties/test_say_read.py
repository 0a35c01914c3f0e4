"""What drafting says is read back by the grammar as it was meant: ``read(say(x)) == x``.

``python -m bench --only drafting`` asks the same of 20,000 statements.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baocao.drafting import phrases
from baocao.model.draft import UPPER, Number, Words, text_of
from baocao.reference import indicators as reference
from bench.meaning import faults, placed, reading_of
from bench.said import KINDS, Dice

_EACH = 90  # statements of each kind
_OPENING = 10  # letters by which statements on one thing are known


@pytest.mark.parametrize("kind", sorted(set(KINDS), key=lambda kind: kind.__name__), ids=lambda kind: kind.__name__)
def test_what_is_said_is_read_back(kind) -> None:
    dice = Dice(2025)
    for _ in range(_EACH):
        text, lost = faults(kind(dice), dice.wording())
        assert not lost, f"{text}\n" + "\n".join(lost.lines)


@given(seed=st.integers(0, 2**32), wording=st.integers(0, 2**16))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_statement_in_any_wording_is_read_back(seed: int, wording: int) -> None:
    text, lost = faults(Dice(seed).statement(), wording)
    assert not lost, f"{text}\n" + "\n".join(lost.lines)


@pytest.mark.parametrize("seed", range(25))
def test_neighbours_leave_each_other_alone(seed: int) -> None:
    """Ten statements of one report, each in a paragraph: every number is read, and no rule has anything to say."""
    dice = Dice(seed)
    said = [phrases.sentence(phrases.say(dice.statement(), dice.wording())) for _ in range(10)]
    lines = list({text_of(line)[:_OPENING]: line for line in said}.values())  # no report has one thing twice
    reading = reading_of("\n\n".join(map(text_of, lines)))
    assert [finding.rule for finding in reading.findings] == []
    read = {one.value for one in reading.printed}
    told = [one for line in lines for one in placed(line) if one.number.source.argument != UPPER]
    assert all(one.value in read for one in told)  # the other bound of a range is read with the lower one


@given(seed=st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_a_statement_always_says_the_same(seed: int) -> None:
    first, second = Dice(seed).statement(), Dice(seed).statement()
    assert phrases.say(first) == phrases.say(second)


def test_a_changed_figure_or_word_does_not_come_back() -> None:
    """The proof would see it: each number of a sentence made another, each turn of its words turned round."""
    dice = Dice(7)
    seen = 0
    for _ in range(300):
        statement = dice.statement()
        line = phrases.sentence(phrases.say(statement))
        if not placed(line):
            continue
        text = text_of(line)
        spoiled = _spoiled(line)
        assert spoiled != text
        assert reading_of(spoiled).printed != reading_of(text).printed
        seen += 1
    assert seen > 200


def _spoiled(line: phrases.Line) -> str:
    """A line's text with a digit of its last number changed."""
    pieces = list(line)
    last = max(place for place, piece in enumerate(pieces) if isinstance(piece, Number))
    text = pieces[last].text
    pieces[last] = Words(("2" if text[0] == "1" else "1") + text[1:])
    return text_of(tuple(pieces))


@pytest.mark.parametrize(
    "unit", [unit for unit in reference.measures().values() if unit.code not in ("khong", "tren_100")]
)
def test_every_unit_of_the_catalogue_is_read_whole(unit) -> None:
    printed = "15%" if unit.code == "phan_tram" else f"15 {unit.name.vi}"
    assert [one.text for one in reading_of(f"Trong kỳ có {printed}.").printed] == [printed]
