"""Figures that are followed: after every change they are what is computed anew, in every view."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from baocao.figures import store
from baocao.figures.catalogue import Catalogue
from baocao.ledger import rolled_engine, sources
from baocao.ledger.book import Book
from baocao.ledger.following import Following, NotPrepared
from baocao.ledger.locality import around
from baocao.ledger.rolled import Place, Rolled, Told, View
from baocao.ledger.sources import Sources
from baocao.model.geography import Geography
from baocao.model.observation import Address, NoValue, Observation, Origin, OriginKind, breakdown_of
from baocao.model.period import Period
from demo.province import places
from demo.province.writing import table
from tests.unit.figures.databases import KINDS, opened

INDICATORS = ("lua_dien_tich", "lua_san_luong", "lua_nang_suat", "ho_ngheo", "dan_so", "ho_can_ngheo")
TOLD = ("lua_dien_tich", "lua_san_luong", "ho_ngheo", "dan_so")
NEW = tuple(f"{code}@2025-07-01" for code in list(places.NEW)[:5])
OLD = tuple(list(places.OLD)[:8])
TODAY = date(2026, 3, 31)
MONTHS = tuple(Period.part(2026, "M", month) for month in (1, 2, 3))
ASKED = (*MONTHS, Period(date(2026, 1, 1), TODAY), Period.parse("2025-A1"), Period.parse("2025-S2"))
VIEWS = (View(TODAY), View(as_was=True))


@pytest.fixture(scope="module")
def geography(tmp_path_factory: pytest.TempPathFactory) -> Geography:
    folder = tmp_path_factory.mktemp("units")
    table(folder / "units.csv", places.unit_rows())
    table(folder / "changes.csv", places.change_rows())
    return around(sources.geography(Sources(folder / "units.csv", folder / "changes.csv")), places.PROVINCE)


@pytest.fixture
def kind() -> str:
    """The store of most tests; one is run on both."""
    return "sqlite"


@pytest.fixture
def book(kind: str, tmp_path: Path, geography: Geography) -> Iterator[Book]:
    with opened(kind, tmp_path) as connection:
        yield Book(connection, tmp_path / "figures", geography, Catalogue.national())


class Hand:
    """Somebody who records figures, each later than the one before."""

    def __init__(self, book: Book) -> None:
        self.book, self.at = book, datetime(2026, 4, 1, tzinfo=UTC)

    def __call__(self, *told: tuple[str, str, Period, str | None], breakdown: str = "") -> None:
        self.at += timedelta(seconds=1)
        origin = Origin(OriginKind.FORM_CELL, "B01")
        observations = [
            Observation(
                Address(unit, code, period, breakdown=breakdown_of(breakdown)),
                None if value is None else Decimal(value),
                origin,
                self.at,
                "lan",
                NoValue.NOT_AVAILABLE if value is None else None,
            )
            for unit, code, period, value in told
        ]
        store.record(self.book.connection, observations)
        self.book.connection.commit()


def begun(book: Book) -> tuple[Hand, Following]:
    hand = Hand(book)
    draw = random.Random(7)
    every = [(unit, code, month, str(draw.randrange(1, 900))) for unit in NEW for code in TOLD for month in MONTHS[:2]]
    every += [(unit, code, Period.part(2025, "M", m), "10.5") for unit in OLD for code in TOLD for m in (5, 6)]
    every += [(unit, code, Period.part(2025, "M", m), "31") for unit in NEW for code in TOLD for m in (7, 12)]
    hand(*every)
    hand((NEW[0], "lua_dien_tich", MONTHS[2], "5"))
    return hand, Following(book)


def assert_same(followed: Following, units: Sequence[str] = (places.PROVINCE,), codes: Sequence[str] = ()) -> None:
    """Whatever is asked of the followed figures is answered as by those read anew."""
    for view in VIEWS:
        live = followed.of(view, units, codes)
        fresh = Rolled(followed.book, view).of(*units) if not codes else Rolled(followed.book, view).about(codes)
        for period in ASKED:
            sums, wanted = live.sums(period), fresh.sums(period)
            assert dict(sums.stated) == dict(wanted.stated), (view, period)
            its = {place: one for place, one in wanted.computed.items() if not units or place.unit in units}
            assert {place: one for place, one in sums.computed.items() if place in its or not codes} == its
            told, wanted_told = (_of_units(one, period) for one in (live, fresh))
            assert told == wanted_told, (view, period)
            for code in INDICATORS:
                place = Place(places.PROVINCE, code)
                assert live.value(place, period) == fresh.value(place, period), (view, period, code)


def _of_units(rolled: Rolled, period: Period) -> dict[Place, Told]:
    """What units told; parts of divided ones stand beside it where another view laid them."""
    return {place: told for place, told in rolled.reporting(period).items() if place.unit in rolled.book.geography}


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_that_is_corrected_moves_every_sum_that_it_is_in(book: Book) -> None:
    hand, followed = begun(book)
    assert_same(followed)
    for value in ("77", None, "0.25"):
        hand((NEW[1], "lua_dien_tich", MONTHS[0], value), (NEW[2], "ho_ngheo", MONTHS[1], value))
        followed.catch_up(book.connection)
        assert_same(followed)


def test_units_that_tell_a_month_for_the_first_time_are_counted(book: Book) -> None:
    hand, followed = begun(book)
    assert_same(followed)
    for unit in NEW[1:4]:
        hand(*((unit, code, MONTHS[2], "12") for code in TOLD))
        assert set(followed.catch_up(book.connection) or ()) == {MONTHS[2]}
        assert_same(followed)


def test_whatever_comes_in_whatever_order_the_sums_are_those_made_anew(book: Book) -> None:
    hand, followed = begun(book)
    draw = random.Random(11)
    periods = (*MONTHS, Period.part(2025, "M", 12), Period.part(2025, "M", 5))
    for turn in range(9):
        some = draw.sample(NEW, draw.randrange(1, 4))
        value = draw.choice(("1", "250.5", "0", None))
        hand(*((unit, draw.choice(TOLD), draw.choice(periods), value) for unit in some))
        followed.catch_up(book.connection)
        if turn % 3 == 2:  # now and then several changes are taken in before anybody looks
            assert_same(followed)


@pytest.mark.parametrize(
    "told",
    [
        ("MHC08", "lua_dien_tich", Period.part(2025, "M", 5), "99"),  # was divided by shares
        ("MH", "lua_dien_tich", MONTHS[0], "4000"),  # the province tells a figure of its own
        (NEW[3], "ho_can_ngheo", MONTHS[0], "61"),  # an indicator that nobody told before
        (NEW[3], "lua_dien_tich", Period.parse("2026-Q1"), "900"),  # a period that nobody told before
        ("XYZ9", "lua_dien_tich", MONTHS[0], "1"),  # a unit that is on no map
        (NEW[3], "lua_nang_suat", MONTHS[0], "61.5"),  # a ratio told as such
    ],
)
def test_what_cannot_be_corrected_is_added_up_anew(book: Book, told: tuple[str, str, Period, str]) -> None:
    hand, followed = begun(book)
    assert_same(followed)
    for value in (told[3], "7"):
        hand((*told[:3], value))
        followed.catch_up(book.connection)
        assert_same(followed)


def test_periods_that_nobody_told_before_are_taken_in_as_they_come(book: Book) -> None:
    """A quarter, a half year and what was reached since January, each of which other periods are made of."""
    hand, followed = begun(book)
    assert_same(followed)
    for number, code in enumerate(
        ("2026-Q1", "2025-S1", "2025-S2", "2025-A1", "2026-01-01/P2M", "2025-M11", "2026-M04")
    ):
        told = [(unit, each, Period.parse(code), f"{900 + number}") for unit in NEW[:3] for each in TOLD[:3]]
        hand(*told, (NEW[0], "lua_dien_tich", MONTHS[0], f"{number}"))
        assert Period.parse(code) in (followed.catch_up(book.connection) or ())
        assert_same(followed)


def test_what_was_made_of_a_period_is_made_again_when_its_figures_move(book: Book) -> None:
    hand, followed = begun(book)
    turns = iter(range(9))

    def made(*periods: Period) -> list[int]:
        found = followed.made("turn", periods, lambda lacking: {period: next(turns) for period in lacking})
        return [found[period] for period in periods]

    assert made(MONTHS[0], MONTHS[1]) == [0, 1]
    assert made(MONTHS[0], ASKED[3]) == [0, 2]
    hand((NEW[1], "lua_dien_tich", MONTHS[0], "3"))
    followed.catch_up(book.connection)
    assert made(MONTHS[1], MONTHS[0], ASKED[3]) == [1, 3, 4]
    hand((NEW[1], "lua_dien_tich", Period.parse("2026-Q1"), "3"))  # nobody told a quarter before
    followed.catch_up(book.connection)
    assert made(ASKED[4], MONTHS[1], ASKED[3]) == [5, 6, 7]


def test_a_large_store_is_followed_when_its_snapshot_is_there(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    hand, followed = begun(book)
    monkeypatch.setattr(rolled_engine, "SMALL", 20)
    with pytest.raises(NotPrepared) as refused:
        Following(book)
    assert "prepare_figures" in refused.value.text.vi
    assert rolled_engine.prepare(book, 5)
    assert not rolled_engine.prepare(book, 5)
    followed = Following(book)
    assert_same(followed)
    for value in ("5", "6"):
        hand(*((unit, code, MONTHS[0], value) for unit in NEW[:4] for code in TOLD))
        followed.catch_up(book.connection)
    with pytest.raises(NotPrepared):
        Following(book)  # too much has come since
    assert_same(followed)  # who follows already goes on


def test_members_of_a_breakdown_are_followed_too(book: Book) -> None:
    hand, followed = begun(book)
    for season, value in (("dong_xuan", "40"), ("mua", "60"), ("mua", "55")):
        hand((NEW[4], "lua_dien_tich", MONTHS[2], value), breakdown=f"mua_vu={season}")
        followed.catch_up(book.connection)
        assert_same(followed)


def test_some_indicators_alone_are_the_same_as_among_all(book: Book) -> None:
    hand, followed = begun(book)
    assert_same(followed, (), ("lua_dien_tich",))
    hand((NEW[1], "lua_dien_tich", MONTHS[0], "3"))
    followed.catch_up(book.connection)
    assert_same(followed, (), ("lua_dien_tich",))


def test_another_store_in_the_same_place_is_read_anew(book: Book, tmp_path: Path) -> None:
    hand, followed = begun(book)
    assert_same(followed)
    with opened("sqlite", tmp_path) as other:
        store.record(
            other,
            [
                Observation(
                    Address(NEW[0], "lua_dien_tich", MONTHS[0]),
                    Decimal(number),
                    Origin(OriginKind.FORM_CELL, "B01"),
                    hand.at + timedelta(seconds=number),
                    "lan",
                )
                for number in range(1, 400)
            ],
        )
        other.commit()
        assert followed.catch_up(other) is None
        assert_same(followed)
