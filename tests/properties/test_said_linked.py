"""What the phrases say of any indicator of the catalogue is read back to the very addresses it was said of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from baocao.drafting.phrases import (
    Asked,
    Lacking,
    Level,
    Moved,
    PlanAndLastYear,
    Statement,
    Told,
    YearEnd,
    say,
    sentence,
)
from baocao.grammar.stretch import Stretch
from baocao.linking import Lexicon, Link, Setting
from baocao.linking.items import items_of
from baocao.linking.passages import Passage
from baocao.model.draft import Form, Line, Note, Number, Reckoning, Source, text_of
from baocao.model.indicator import Indicator
from baocao.model.observation import Address, NoValue, Scenario
from baocao.model.period import Period
from baocao.reference import indicators as reference

AUTHORITIES = ("HĐND tỉnh", "UBND tỉnh")
SETTING = Setting("90", Period.months(2026, 1, 6), AUTHORITIES)
TOLD = [one for one in reference.national().indicators if reference.measures()[one.unit].dimension != "none"]
WORDS = Lexicon(
    reference.national().indicators,
    reference.measures().values(),
    reference.dimensions().values(),
    (),
    AUTHORITIES,
    reference.sectors(),
)
SINCE = ("cùng kỳ năm trước", "cùng kỳ năm 2025", "cùng kỳ")


def _told(one: Indicator, value: Decimal, period: Period, authority: str = "") -> Told:
    scenario = Scenario.TARGET if authority else Scenario.ACTUAL
    source = Source(Reckoning.VALUE, (Address("90", one.code, period, scenario, authority),))
    form = Form(1 if value != value.to_integral() else 0)
    return Told(one.name.vi, value, reference.measures()[one.unit].name.vi, form, source)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """A level, a comparison, a move or a plan to be rated at the year's end, of any indicator."""
    one = draw(st.sampled_from(TOLD))
    now = Decimal(draw(st.integers(10, 999_999)))
    if reference.measures()[one.unit].dimension in ("ratio", "money", "area", "mass"):
        now = now.scaleb(-1)
    told = _told(one, now, SETTING.period)
    if draw(st.integers(0, 3)) == 0:
        address = replace(told.source.addresses[0], scenario=Scenario.ESTIMATE)
        told = replace(told, is_estimate=True, source=Source(Reckoning.VALUE, (address,)))
    plans = tuple(Asked(_told(one, _near(draw, now), SETTING.year, by), by) for by in AUTHORITIES)
    before = _told(one, _near(draw, now), SETTING.period.last_year)
    are_told = draw(st.booleans())
    made: tuple[Statement, ...] = (
        Level(told, draw(st.booleans())),
        PlanAndLastYear(told, plans, before, draw(st.sampled_from(SINCE)), are_told),
        Moved(told, before, draw(st.sampled_from(SINCE))),
        YearEnd(one.name.vi, plans),
        Lacking(one.name.vi, plans, draw(st.sampled_from((None, NoValue.NOT_AVAILABLE, NoValue.NOT_COLLECTED)))),
    )
    return draw(st.sampled_from(made))


def _near(draw: st.DrawFn, value: Decimal) -> Decimal:
    found = value * draw(st.integers(70, 130)) / 100
    return found.quantize(Decimal(1) if value == value.to_integral() else Decimal("0.1"))


def _numbers(line: Line) -> Iterator[tuple[int, Number]]:
    at = 0
    for piece in line:
        if isinstance(piece, Number):
            yield at, piece
        at += 0 if isinstance(piece, Note) else len(piece.text)


def _key(source: Source) -> tuple[object, ...]:
    """A change is told without its sign, so that the order of its two figures says nothing."""
    addresses = map(str, source.addresses)
    return source.reckoning, tuple(sorted(addresses) if source.reckoning is Reckoning.CHANGE else addresses)


@settings(max_examples=400, deadline=None)
@given(statements(), st.integers(0, 60))
def test_every_number_leads_back_to_its_address(statement: Statement, wording: int) -> None:
    line = sentence(say(statement, wording))
    text = text_of(line)
    found = Passage(WORDS, SETTING, None).read(items_of(Stretch(text, 0), WORDS, SETTING))
    at = {one.span.start: one for one in found if isinstance(one, Link)}
    for start, number in _numbers(line):
        assert start in at, (number.text, text)
        assert _key(at[start].source) == _key(number.source), (number.text, text)
        assert abs(at[start].value - number.value) < at[start].step, (number.text, text)


def test_a_sentence_of_an_unknown_thing_gives_no_address() -> None:
    one = replace(TOLD[0], code="la", name=replace(TOLD[0].name, vi="Số đèn lồng treo trên phố"))
    line = sentence(say(Level(_told(one, Decimal(12), SETTING.period))))
    found = Passage(WORDS, SETTING, None).read(items_of(Stretch(text_of(line), 0), WORDS, SETTING))
    assert not any(isinstance(reading, Link) for reading in found)
