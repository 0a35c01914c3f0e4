"""A fictional province for the pages of figures: 130 communes, 300 indicators, 36 months, plans, a round."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from baocao.model.indicator import Over
from baocao.model.observation import Address, Observation, Origin, OriginKind, Scenario
from baocao.model.period import Period
from baocao.model.target import Decision, Target, TargetKind
from baocao.model.text import Text

PROVINCE, COMMUNES, INDICATORS = "BK", 130, 300
FIRST_YEAR, TARGETS, SEED = 2024, 60, 20_261_031
PERIOD = Period.parse("2026-M10")  # of the round
BY = "seed"
AT = datetime(2026, 11, 1, tzinfo=UTC)
AUTHORITIES = ("HĐND tỉnh", "UBND tỉnh")


def unit(number: int) -> str:
    return f"BKX{number:03d}"


def months(count: int) -> list[Period]:
    """So many months, that of the round the last."""
    every = [month for year in range(PERIOD.year - count // 12 - 1, PERIOD.year + 1) for month in _months_of(year)]
    until = every.index(PERIOD) + 1
    return every[until - count : until]


def _months_of(year: int) -> tuple[Period, ...]:
    return Period.part(year).split(1)


def write_units(path: Path) -> None:
    """The table of units."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("mã", "tên", "cấp", "cấp trên", "từ ngày", "đến ngày"))
        rows.writerow((PROVINCE, "Tỉnh Bến Khế", "cấp tỉnh", "VN", "", ""))
        rows.writerows((unit(number), f"Xã Bến {number}", "cấp xã", PROVINCE, "", "") for number in range(COMMUNES))


def fill(count: int) -> None:
    """Fill the empty database at hand with the figures of so many months; the office's map is set."""
    from django.db import transaction

    from baocao.figures import store, store_targets
    from baocao_web.figures.feeding_in import raw

    codes = indicators()
    with transaction.atomic():
        for month in months(count):
            store.record(raw(), _month(codes, month))
        store_targets.record_targets(raw(), _targets(codes), AT, BY)
    with transaction.atomic():
        _people_and_round(codes)


def indicators() -> list[str]:
    """What is told and adds up over units; the ratios of the catalogue follow from them."""
    from baocao_web.places import office

    listed = office.catalogue().indicators
    told = [one.code for one in listed if not one.is_derived and not one.parts and one.over_place is Over.SUM]
    return [code for code in told if not _is_timeless(code)][:INDICATORS]


def _is_timeless(code: str) -> bool:
    from baocao_web.places import office

    return office.catalogue()[code].over_time not in (Over.SUM, Over.LAST)


def figure(number: int, commune: int, month: Period) -> Decimal:
    """A figure by a rule: each commune has its size, each year grows, each month has its season."""
    draw = random.Random(f"{SEED}/{number}/{commune}/{month.code}")
    level = 40 + (commune * 37 + number * 101) % 400 + 6 * (month.year - FIRST_YEAR)
    return Decimal(level * 10 + draw.randrange(60)) / 10


def _month(codes: list[str], month: Period) -> Iterator[Observation]:
    origin = Origin(OriginKind.FILE_CELL, "seed")
    for commune in range(COMMUNES):
        for number, code in enumerate(codes):
            yield Observation(Address(unit(commune), code, month), figure(number, commune, month), origin, AT, BY)


def _targets(codes: list[str]) -> Iterator[Target]:
    from baocao_web.places import office

    year = Period.part(PERIOD.year)
    for number, code in enumerate(codes[:TARGETS]):
        times = 12 if office.catalogue()[code].over_time is Over.SUM else 1
        whole = sum((figure(number, commune, year.split(1)[0]) for commune in range(COMMUNES)), Decimal(0)) * times
        for authority in AUTHORITIES[: 1 + number % 2]:
            address = Address(PROVINCE, code, year, Scenario.TARGET, authority)
            low = (whole * (95 + number % 10) / 100).quantize(Decimal(1))
            decided = Decision("01/KH", date(year.year, 1, 5), "NQ", authority)
            yield Target(address, TargetKind.AT_LEAST, decided, date(year.year, 1, 5), low)


def _people_and_round(codes: list[str]) -> None:
    from baocao_web.collecting import layout
    from baocao_web.collecting.models import Entry, Form, Round
    from baocao_web.people.models import Grant, User
    from baocao_web.people.roles import Role
    from baocao_web.places import office

    for name, role in (("lanh_dao", Role.LEADER), ("tong_hop", Role.COMPILER)):
        Grant.objects.create(user=User.objects.create_user(name, full_name=name), role=role.value, unit=PROVINCE)
    listed, today = office.catalogue(), office.today()
    rows = tuple(layout.Row(code, listed[code].name, str(place), code) for place, code in enumerate(codes, 1))
    laid = layout.Layout(rows, (layout.Column("actual", Text("Thực hiện", "Actual")),))
    form = Form.objects.create(code="B01", title="Báo cáo tháng", owner=PROVINCE, layout=layout.written(laid))
    days = {"opens_on": -5, "due_on": 5, "late_on": 7, "locked_on": 9}
    opened = Round.objects.create(
        form=form,
        owner=PROVINCE,
        period=PERIOD.code,
        title="Báo cáo tháng 10",
        steps=[Role.COMPILER.value],
        **{name: today + timedelta(days=count) for name, count in days.items()},
    )
    Entry.objects.bulk_create(Entry(round=opened, unit=unit(number)) for number in range(COMMUNES))


def cells(commune: int, turn: int, codes: list[str]) -> str:
    """The cells of a commune's form as typed in some turn: every figure another one than the turn before."""
    return json.dumps({key: [value, None, turn + 1, ""] for key, value in _typed(commune, turn, codes)})


def handed(commune: int, turn: int, codes: list[str]) -> str:
    """The same as it is handed over."""
    return json.dumps({key: [value, None, turn + 1] for key, value in _typed(commune, turn, codes)})


def _typed(commune: int, turn: int, codes: list[str]) -> Iterator[tuple[str, str]]:
    for number, code in enumerate(codes):
        yield f"{code}:actual", f"{figure(number, commune, PERIOD) + turn:f}"
