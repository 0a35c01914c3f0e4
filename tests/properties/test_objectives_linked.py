"""What a plan asks for of any indicator is read back as it was meant: of the year planned, by whom, and how."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from baocao.drafting.phrases import Aimed, Objective, Told, say, sentence
from baocao.grammar.stretch import Stretch
from baocao.linking import Lexicon, Link, Setting
from baocao.linking.items import items_of
from baocao.linking.links import Meant
from baocao.linking.passages import Passage
from baocao.model.draft import UPPER, Form, Number, Reckoning, Source, text_of
from baocao.model.indicator import Aim, Indicator
from baocao.model.observation import Address, Scenario
from baocao.model.period import Period
from baocao.model.target import TargetKind
from baocao.reference import indicators as reference

AUTHORITIES = ("HĐND tỉnh", "UBND tỉnh")
RESULTS, PLANNED = Period.part(2026), Period.part(2027)
SETTING = Setting("90", RESULTS, AUTHORITIES, ahead=PLANNED, planned=PLANNED)
TOLD = [one for one in reference.national().indicators if reference.measures()[one.unit].dimension != "none"]
WORDS = Lexicon(
    reference.national().indicators,
    reference.measures().values(),
    reference.dimensions().values(),
    (),
    AUTHORITIES,
    reference.sectors(),
)


def _told(one: Indicator, value: Decimal, address: Address, argument: str = "") -> Told:
    source = Source(Reckoning.VALUE, (address,), argument)
    return Told(one.name.vi, value, reference.measures()[one.unit].name.vi, Form(1), source)


@st.composite
def objectives(draw: st.DrawFn) -> Objective:
    """Targets of one indicator by one or two authorities, of any kind but what is assured, beside a result."""
    one = draw(st.sampled_from(TOLD))
    aims = [_aimed(draw, one, by) for by in draw(st.sampled_from([AUTHORITIES, AUTHORITIES[:1], AUTHORITIES[1:]]))]
    if len(aims) == 2 and draw(st.booleans()):
        aims[1] = replace(aims[0], by=aims[1].by)
    result = _told(one, _value(draw), Address("90", one.code, RESULTS))
    scenario = draw(st.sampled_from((Scenario.ACTUAL, Scenario.ESTIMATE)))
    address = replace(result.source.addresses[0], scenario=scenario)
    since = "thực hiện năm 2026" if scenario is Scenario.ACTUAL else "ước thực hiện năm 2026"
    before = replace(result, source=replace(result.source, addresses=(address,)))
    return Objective(one.name.vi, tuple(aims), before, since, draw(st.sampled_from(list(Aim))), is_named=True)


def _value(draw: st.DrawFn) -> Decimal:
    return Decimal(draw(st.integers(1_000, 99_999))).scaleb(-1)


def _aimed(draw: st.DrawFn, one: Indicator, by: str) -> Aimed:
    kind = draw(st.sampled_from([kind for kind in TargetKind if kind is not TargetKind.ASSURED]))
    address = Address("90", one.code, PLANNED, Scenario.TARGET, by)
    low, high = _told(one, _value(draw), address), None
    if kind is TargetKind.RANGE:
        high = _told(one, low.sure + _value(draw), address, UPPER)
    is_strict = kind in (TargetKind.AT_LEAST, TargetKind.AT_MOST) and draw(st.booleans())
    return Aimed(by, kind, low, high, is_strict)


def _read(said: Objective, setting: Setting = SETTING) -> tuple[list[Number], dict[int, Link], list[int]]:
    """The numbers of the sentence, the links read in it by where they begin, and where the numbers begin."""
    line = sentence(say(said))
    text, numbers, starts, at = text_of(line), [], [], 0
    for piece in line:
        if isinstance(piece, Number):
            numbers.append(piece)
            starts.append(at)
        at += len(getattr(piece, "text", ""))
    found = Passage(WORDS, setting, None).read(items_of(Stretch(text, 0), WORDS, setting))
    return numbers, {one.span.start: one for one in found if isinstance(one, Link)}, starts


def _of_all(said: Objective, source: Source) -> Source:
    """What the words say: a figure that is asked for alike is each one's who asks for it."""
    first = source.addresses[0]
    own = next((one for one in said.asked if first.scenario is Scenario.TARGET and one.by == first.authority), None)
    if own is None:
        return source
    alike = [one.by for one in said.asked if _asked(one) == _asked(own)]
    return replace(source, addresses=tuple(replace(first, authority=by) for by in alike))


def _asked(one: Aimed) -> tuple[object, ...]:
    bounds = [told and told.value for told in (one.low, one.high)]
    return (one.kind, *bounds, one.is_strict)


@settings(max_examples=400, deadline=None)
@given(objectives())
def test_each_target_is_of_its_year_and_authority_and_is_meant_so(said: Objective) -> None:
    numbers, links, starts = _read(said)
    aims = {aimed.low.source: aimed for aimed in said.asked if aimed.low is not None}
    for start, number in zip(starts, numbers, strict=True):
        assert start in links, (number.text, text_of(say(said)))
        assert links[start].source == _of_all(said, number.source), (number.text, text_of(say(said)))
        assert links[start].value == number.value
        if number.source in aims:
            aimed = aims[number.source]
            assert links[start].meant == Meant(aimed.kind, aimed.is_strict), text_of(say(said))


@settings(max_examples=200, deadline=None)
@given(objectives())
def test_of_one_authority_the_report_need_not_name_it(said: Objective) -> None:
    assume(len(said.asked) == 1)
    (by,) = (one.by for one in said.asked)
    numbers, links, starts = _read(replace(said, is_named=False), replace(SETTING, authorities=(by,)))
    for start, number in zip(starts, numbers, strict=True):
        assert start in links, (number.text, text_of(say(replace(said, is_named=False))))
        assert links[start].source == number.source
