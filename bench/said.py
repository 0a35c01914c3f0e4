"""Statements made up by a seeded dice: every kind, real indicators and units, fictional figures and places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from decimal import ROUND_UP, Decimal
from functools import cache
from random import Random
from typing import Any

from baocao.drafting import phrases
from baocao.drafting.phrases import Asked, Funds, Statement, Told
from baocao.figures.catalogue import Catalogue
from baocao.model.draft import UPPER, Form, Reckoning, Source
from baocao.model.indicator import Aim
from baocao.model.observation import Address, NoValue, Scenario
from baocao.model.period import Period
from baocao.model.target import TargetKind
from baocao.reference import indicators as reference

_PERIOD = Period.part(2025)
_MEASURED = ("money", "usd", "area", "volume", "length", "mass", "energy", "ratio", "score", "none", "hour")
_UNITS = tuple(reference.measures().values())
COUNTED = {
    unit.name.vi
    for unit in _UNITS
    if unit.factor == 1 and unit.dimension not in _MEASURED and "/" not in unit.dimension
}
SCALES = {"triệu đồng": 6, "tỷ đồng": 9, "nghìn đồng": 3, "nghìn tấn": 3}
FINE = {unit.name.vi for unit in _UNITS if unit.dimension in ("money", "area", "mass", "volume", "length")}
RATES = {unit.name.vi for unit in _UNITS if "/" in unit.dimension} | {"lần", "điểm", "trên 100"}
PLACES = (
    "Bản Thông", "Cẩm Vân", "Đồi Ngang", "Gia Lạc", "Hòa Sơn", "Khau Đỏ", "Lam Giang", "Mường Tằng", "Nậm Khoai",
    "Phú Sa", "Quan Trì", "Sơn Ẩn", "Thạch Đầu", "Vĩnh Tịnh", "Xuân Đằng", "Yên Hạ",
)  # fmt: skip
AUTHORITIES = ("", "UBND tỉnh", "HĐND tỉnh", "HĐND xã", "UBND xã", "tỉnh", "Trung ương")
EARLIER = ("cùng kỳ năm trước", "cùng kỳ năm 2024", "cùng kỳ", "năm trước", "năm 2024")
NOUNS = ("kế hoạch", "dự toán", "chỉ tiêu")
MARKS = (*NoValue, None)


class Dice:
    """Makes one statement after another. Every figure has an address of its own."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.made = 0

    def statement(self) -> Statement:
        """A statement of any kind."""
        made = self.random.choice(KINDS)(self)
        return in_base_units(made) if self.random.random() < 0.2 else made

    def wording(self) -> int | None:
        """Any wording, or that which the statement itself chooses."""
        return self.random.choice((None, self.random.randrange(5040)))

    def told(self, name: str, value: Decimal | None, measure: str, form: Form | None = None) -> Told:
        self.made += 1
        address = Address(f"u{self.made}", "gia_tri", _PERIOD, Scenario.ACTUAL)
        source = Source(Reckoning.VALUE, (address,))
        mark = self.random.choice(MARKS) if value is None else None
        return Told(name, value, measure, form or self.form(measure), source, self.made, mark)

    def estimated(self, told: Told) -> Told:
        """Now and then a figure is an estimate."""
        return replace(told, is_estimate=told.value is not None and self.random.random() < 0.1)

    def count(self, name: str, value: int, measure: str) -> Told:
        told = self.told(name, Decimal(value), measure, Form(digits=2))
        return replace(told, source=Source(Reckoning.COUNT, (), f"c{self.made}"))

    def form(self, measure: str) -> Form:
        if measure in COUNTED:
            return Form(digits=2)
        return Form(self.random.choice((0, 1, 1, 2, 2, 3 if measure in FINE else 2)))

    def indicator(self) -> tuple[str, str, bool]:
        """A name of the catalogue, its unit as printed, and whether more of it is better."""
        return self.random.choice(indicators())

    def subject(self) -> Told:
        name, measure, _ = self.indicator()
        return self.told(name, self.value(measure, name), measure)

    def value(self, measure: str, name: str = "") -> Decimal:
        """A figure of any size that its unit allows; now and then nought, one, tiny or very large."""
        dice = self.random
        if measure == "%":
            low, high = (10_000, 90_000) if "giảm" in name else (500_000, 900_000)
            sign = -1 if name.startswith("Mức giảm") and dice.random() < 0.3 else 1  # a fall below nought is a rise
            return sign * Decimal(dice.randrange(low, high)) / 10_000
        if measure in RATES:
            return Decimal(dice.randrange(2_000, 6_000)) / 100
        turn = dice.random()
        if "cân" in name.split() and turn < 0.5:  # a balance may be below nought
            return -Decimal(dice.randrange(1, 10**6)) / 10
        if measure in COUNTED:
            if turn < 0.2:
                return Decimal(dice.choice((0, 1, 2, 9)))
            return Decimal(dice.randrange(1, 10 ** dice.choice((1, 2, 3, 4, 6, 15 if turn > 0.97 else 5))))
        if turn < 0.05:
            return Decimal(0)
        if turn < 0.08:
            return Decimal(dice.randrange(1, 100)) / (10_000 if measure in FINE else 100)
        size = dice.choice((2, 3, 4, 5, 6, 15 if turn > 0.97 else 7))
        places = (1, 2, 3, 4) if measure in FINE else (0, 1, 2)
        return Decimal(dice.randrange(1, 10 ** (size + 4))) / 10 ** dice.choice(places)

    def near(self, value: Decimal, measure: str, name: str) -> Decimal:
        """A figure of the same kind that may be a plan or last year's: the same, near, or another."""
        dice = self.random
        turn = dice.random()
        if turn < 0.1:
            return value
        if measure == "%" or measure == "tạ/ha":
            return self.value(measure, name)
        if turn < 0.15:
            return Decimal(0)
        other = value * Decimal(dice.randrange(300, 1800)) / 1000
        places = 0 if measure in COUNTED else dice.choice((1, 2, 3) if measure in FINE else (1, 2))
        return other.quantize(Decimal(1).scaleb(-places))

    def beside(self, told: Told, name: str = "") -> Told:
        """A figure to set beside another, of its unit and form."""
        value = None if self.random.random() < 0.03 else self.near(told.value or Decimal(0), told.measure, told.name)
        return self.told(name or told.name, value, told.measure, told.form)

    def asked(self, told: Told) -> Told:
        """What may be asked for beside a figure; nobody asks for a rate below nought."""
        found = self.beside(told)
        is_below = found.value is not None and found.value < 0 and found.is_rate
        return replace(found, value=-found.sure) if is_below else found

    def upper(self, low: Told) -> Told | None:
        """Now and then a plan leaves room, up to a figure that is more; it stands at the address of the lower one."""
        if not low.value or low.value < 0 or self.random.random() > 0.15:
            return None
        more = (low.value * self.random.randrange(1050, 2000) / 1000).quantize(Decimal(1).scaleb(-low.form.decimals))
        source = replace(low.source, argument=UPPER)
        return replace(low, value=more, source=source) if more > low.value else None


def in_base_units(said: Any) -> Any:
    """The same with money kept in đồng and printed in the scale of its unit's name."""
    if isinstance(said, tuple):
        return tuple(in_base_units(one) for one in said)
    if isinstance(said, Told):
        scale = SCALES.get(said.measure.split("/")[0], 0)
        value = None if said.value is None else said.value.scaleb(scale)
        return replace(said, value=value, form=replace(said.form, scale=scale))
    if not is_dataclass(said):
        return said
    return replace(said, **{field.name: in_base_units(getattr(said, field.name)) for field in fields(said)})  # type: ignore[type-var]


def level(dice: Dice) -> Statement:
    name, measure, is_reached = dice.indicator()
    value = None if dice.random.random() < 0.15 else dice.value(measure, name)
    return phrases.Level(dice.estimated(dice.told(name, value, measure)), is_reached, dice.random.random() < 0.2)


def plan_and_last_year(dice: Dice) -> Statement:
    name, measure, is_reached = dice.indicator()
    told = dice.estimated(dice.told(name, dice.value(measure, name), measure))
    noun = dice.random.choice(NOUNS)
    names = dice.random.sample(AUTHORITIES[1:], dice.random.choice((1, 2))) if dice.random.random() < 0.8 else [""]
    names.sort(key=lambda by: "HĐND" in by)
    plans = [Asked(dice.asked(told), by, noun) for by in names[:1]]
    for by in names[1:]:  # a council asks for as much as was assigned to it, or a little more
        first = plans[0].plan
        asked = first.value if first.value is not None else told.sure
        if asked > 50:
            places = 0 if measure in COUNTED else first.form.decimals
            more = asked * dice.random.randrange(100, 115) / 100
            asked = more.quantize(Decimal(1).scaleb(-places), ROUND_UP)
        plans.append(Asked(dice.told(name, asked, measure, told.form), by, noun))
    last_year = dice.beside(told) if dice.random.random() < 0.6 else None
    since = dice.random.choice(EARLIER[:3])
    are_bases_told = dice.random.random() < 0.6
    if are_bases_told:
        plans = [replace(one, upper=dice.upper(one.plan)) for one in plans]
    is_estimate = dice.random.random() < 0.2
    return phrases.PlanAndLastYear(told, tuple(plans), last_year, since, are_bases_told, is_reached, is_estimate)


def fall(dice: Dice) -> Statement:
    """A figure that says by how much something fell, every third of which tells of a rise."""
    name, measure, is_reached = next(one for one in indicators() if one[0].startswith("Mức giảm"))
    told = dice.estimated(dice.told(name, dice.value(measure, name), measure))
    before = dice.beside(told) if dice.random.random() < 0.7 else None
    if before is not None and dice.random.random() < 0.3:
        return phrases.Moved(told, before, dice.random.choice(EARLIER), is_reached)
    plans = tuple(Asked(dice.asked(told), by) for by in AUTHORITIES[2 : dice.random.randrange(2, 4)])
    plans = tuple(replace(one, upper=dice.upper(one.plan)) for one in plans)
    return phrases.PlanAndLastYear(told, plans, before, "cùng kỳ", are_bases_told=True, is_reached=is_reached)


def moved(dice: Dice) -> Statement:
    name, measure, is_reached = dice.indicator()
    told = dice.estimated(dice.told(name, dice.value(measure, name), measure))
    return phrases.Moved(told, dice.beside(told), dice.random.choice(EARLIER), is_reached)


def total(dice: Dice) -> Statement:
    name, measure, _ = dice.indicator()
    while measure == "%" or measure in RATES:
        name, measure, _ = dice.indicator()
    names = dice.random.sample(PLACES, dice.random.randrange(2, 6))
    form = dice.form(measure)
    parts = tuple(dice.told(f"xã {name}", dice.value(measure), measure, form) for name in names)
    if dice.random.random() < 0.1:
        parts = (*parts[:-1], replace(parts[-1], value=None))
    whole = sum((part.value or Decimal(0) for part in parts), Decimal(0))
    if dice.random.random() < 0.3:
        whole += abs(dice.value(measure)) + 1
    is_whole = dice.random.random() < 0.7
    parts = tuple(map(dice.estimated, parts))
    return phrases.TotalWithParts(dice.estimated(dice.told(name, whole, measure, form)), parts, is_whole)


def share(dice: Dice) -> Statement:
    name, measure, _ = dice.indicator()
    while measure == "%" or measure in RATES or "(" in name:  # "(trong 47 ...)": its whole is in its name
        name, measure, _ = dice.indicator()
    part = dice.told(name, dice.value(measure, name), measure)
    whole = dice.told("tổng số toàn tỉnh", (part.value or 0) + dice.value(measure), measure, part.form)
    return phrases.Share(part, whole, dice.random.random() < 0.7)


SECTORS = (
    ("Cơ cấu kinh tế", ("nông nghiệp", "công nghiệp - xây dựng", "dịch vụ")),
    ("Cơ cấu rừng", ("rừng sản xuất", "rừng phòng hộ", "rừng đặc dụng")),
    ("Cơ cấu vốn đầu tư", ("vốn nhà nước", "vốn ngoài nhà nước", "vốn FDI")),
)


def structure(dice: Dice) -> Statement:
    name, names = dice.random.choice(SECTORS)
    raw = [dice.random.randrange(5, 100) for _ in names]
    form = Form(dice.random.choice((0, 1, 2)))
    shares = [Decimal(100) * one / sum(raw) for one in raw]
    return phrases.Structure(name, tuple(dice.told(n, s, "%", form) for n, s in zip(names, shares, strict=True)))


CROPS = ("Lúa mùa", "Lúa đông xuân", "Cây ngô", "Cây lạc", "Cây sắn")


def crop(dice: Dice) -> Statement:
    form = Form(dice.random.choice((0, 1, 2)))
    area = dice.told("diện tích", Decimal(dice.random.randrange(100, 900_000)) / 100, "ha", form)
    harvested = None
    if dice.random.random() < 0.3:
        less = (area.sure * dice.random.randrange(500, 950) / 1000).quantize(Decimal("0.01"))
        harvested = dice.told("diện tích thu hoạch", less, "ha", form)
    cut = harvested or area
    output = cut.sure * dice.random.randrange(2_000, 6_000) / 1000
    made = dice.told("sản lượng", output.quantize(Decimal("0.01")), "tấn", Form(dice.random.choice((0, 1))))
    rate = dice.told("năng suất", Decimal(10) * made.sure / cut.sure, "tạ/ha", Form(1))
    by = dice.random.choice(AUTHORITIES)
    plans = [Asked(dice.beside(told), by) if dice.random.random() < 0.4 else None for told in (area, made)]
    befores = [dice.beside(told) if dice.random.random() < 0.4 else None for told in (area, made)]
    since = dice.random.choice(EARLIER[:3])
    area, rate, made = (dice.estimated(one) for one in (area, rate, made))
    return phrases.CropLine(
        dice.random.choice(CROPS), area, rate, made, plans[0], harvested, befores[0], plans[1], befores[1], since
    )


FUNDS = ("vốn ngân sách trung ương", "vốn ngân sách tỉnh", "vốn ngân sách xã", "vốn chuyển nguồn")


def disbursement(dice: Dice) -> Statement:
    measure, form = dice.random.choice((("triệu đồng", Form(1)), ("tỷ đồng", Form(2)), ("triệu đồng", Form(0))))
    sources = []
    for name in dice.random.sample(FUNDS, dice.random.randrange(0, 4)):
        plan = Decimal(dice.random.randrange(1_000, 90_000_000)) / 1000
        spent = (plan * dice.random.randrange(0, 1000) / 1000).quantize(Decimal("0.001"))
        spent = Decimal(0) if dice.random.random() < 0.1 else spent
        sources.append(Funds(dice.told(name, spent, measure, form), dice.told(name, plan, measure, form)))
    spent = sum((one.spent.sure for one in sources), Decimal(0)) or Decimal(dice.random.randrange(1, 90_000)) / 10
    plan = sum((one.plan.sure for one in sources), Decimal(0)) or spent * 2
    name = dice.random.choice(("Giải ngân vốn đầu tư công", "Lũy kế giải ngân các chương trình mục tiêu quốc gia"))
    whole = dice.told(name, spent, measure, form), dice.told(name, plan, measure, form)
    return phrases.Disbursement(dice.estimated(whole[0]), whole[1], tuple(sources))


def flow(dice: Dice) -> Statement:
    noun = dice.random.choice(("hồ sơ", "đơn", "kiến nghị"))
    early, on_time, late, pending = (
        dice.random.choice((0, 1, dice.random.randrange(2, 10 ** dice.random.randrange(1, 6)))) for _ in range(4)
    )
    resolved = early + on_time + late
    received = resolved + pending
    carried = dice.random.randrange(0, received + 1)
    form = Form(digits=2)

    def told(value: int) -> Told:
        return dice.told("hồ sơ thủ tục hành chính", Decimal(value), noun, form)

    parts = (told(early), told(on_time), told(late)) if dice.random.random() < 0.7 else (None, None, None)
    came = (told(carried), told(received - carried)) if dice.random.random() < 0.5 else (None, None)
    whole = told(received)
    if dice.random.random() < 0.2:
        whole = replace(whole, value=None)
    return phrases.Flow(noun, whole, told(resolved), told(pending), *parts, *came)


def names(dice: Dice) -> Statement:
    chosen = tuple(dice.random.sample(PLACES, dice.random.randrange(0, 8)))
    noun = dice.random.choice(("xã", "phường", "đơn vị"))
    doing = dice.random.choice(("đạt chuẩn nông thôn mới", "hoàn thành kế hoạch thu ngân sách", "chưa gửi báo cáo"))
    count = dice.count("số đơn vị", len(chosen), noun)
    every = len(chosen) if len(chosen) > 1 and dice.random.random() < 0.2 else len(PLACES)
    whole = dice.count("tổng số đơn vị", every, noun) if dice.random.random() < 0.4 else None
    return phrases.Names(count, noun, doing, chosen, whole)


def ratings(dice: Dice) -> Statement:
    numbers = [dice.random.choice((0, 1, dice.random.randrange(0, 12))) for _ in range(6)]
    numbers[0] += not sum(numbers)
    *counts, unknown, incomplete = [dice.count(key, n, "chỉ tiêu") for key, n in zip("abcdef", numbers, strict=True)]
    missed: tuple[str, ...] = ()
    if numbers[2] and numbers[2] <= len(indicators()) and dice.random.random() < 0.6:
        plain = [name[0].lower() + name[1:] for name, *_ in indicators() if name.isascii() or "," not in name]
        plain = [name for name in plain if "khác" not in name and not any(sign in name for sign in "();:-0123456789")]
        missed = tuple(dice.random.sample(plain, numbers[2]))
    return phrases.Ratings(dice.count("tổng", sum(numbers), "chỉ tiêu"), *counts, missed, unknown, incomplete)


def tasks(dice: Dice) -> Statement:
    numbers = [dice.random.choice((0, 1, dice.random.randrange(0, 12))) for _ in range(4)]
    numbers[0] += not sum(numbers)
    counts = [dice.count(key, n, "nhiệm vụ") for key, n in zip("abcd", numbers, strict=True)]
    return phrases.Tasks(dice.count("tổng", sum(numbers), "nhiệm vụ"), *counts)


def year_end(dice: Dice) -> Statement:
    told = dice.subject()
    chosen = dice.random.sample(AUTHORITIES[1:], dice.random.randrange(0, 3))
    return phrases.YearEnd(told.name, tuple(Asked(dice.beside(told), by) for by in chosen))


def lacking(dice: Dice) -> Statement:
    told = dice.subject()
    chosen = dice.random.sample(AUTHORITIES[1:], dice.random.randrange(0, 3))
    plans = tuple(Asked(dice.beside(told), by) for by in chosen)
    return phrases.Lacking(told.name, plans, dice.random.choice(MARKS))


def uncompared(dice: Dice) -> Statement:
    """What lacks units itself is a level beside what is asked for; what lacks them a year before may be of a plan."""
    if dice.random.random() < 0.5:
        told = dice.subject()
        by = dice.random.sample(("HĐND tỉnh", "UBND tỉnh"), dice.random.randrange(0, 3))
        return phrases.Uncompared(phrases.Level(told), tuple(Asked(dice.asked(told), one) for one in by))
    said = plan_and_last_year(dice)
    assert isinstance(said, phrases.PlanAndLastYear)
    return phrases.Uncompared(replace(said, last_year=None), is_base=True)


def missing(dice: Dice) -> Statement:
    chosen = tuple(dice.random.sample(PLACES, dice.random.randrange(0, 8)))
    noun = dice.random.choice(("xã", "phường", "đơn vị"))
    whole = dice.count("tổng số đơn vị", len(PLACES), noun) if dice.random.random() < 0.4 else None
    return phrases.MissingUnits(dice.count("số đơn vị", len(chosen), noun), noun, chosen, whole)


def objective(dice: Dice) -> Statement:
    """What is asked for; a range is one figure to the grammar, and is proved with its addresses instead."""
    name, measure, _ = dice.indicator()
    kind = dice.random.choice([one for one in TargetKind if one is not TargetKind.RANGE])
    is_strict = kind in (TargetKind.AT_LEAST, TargetKind.AT_MOST) and dice.random.random() < 0.5
    aims = []
    for by in dice.random.sample(("HĐND tỉnh", "UBND tỉnh"), dice.random.randrange(1, 3)):
        low = None if kind is TargetKind.ASSURED else dice.told(name, _asked_for(dice, name, measure, aims), measure)
        aims.append(phrases.Aimed(by, kind, low, None, is_strict))
    if len(aims) > 1 and dice.random.random() < 0.3:
        aims = [aims[0], replace(aims[0], by=aims[1].by)]
    before = dice.told(name, dice.value(measure, name), measure) if dice.random.random() < 0.7 else None
    is_named = len(aims) > 1 or dice.random.random() < 0.3
    return phrases.Objective(name, tuple(aims), before, "thực hiện năm 2025", dice.random.choice(list(Aim)), is_named)


def _asked_for(dice: Dice, name: str, measure: str, others: list[phrases.Aimed]) -> Decimal:
    """What an authority asks for; what a second one asks for is of the size of the first, or the same."""
    first = others[0].low if others else None
    if first is None or first.value is None:
        return abs(dice.value(measure, name)) + 1
    return dice.near(first.value, measure, name) or first.value


KINDS: tuple[Callable[[Dice], Statement], ...] = (
    level, plan_and_last_year, plan_and_last_year, fall, moved, moved, total, share, structure, crop, disbursement,
    flow, names, ratings, tasks, year_end, lacking, uncompared, missing, objective,
)  # fmt: skip


@cache
def indicators() -> tuple[tuple[str, str, bool], ...]:
    """Name, unit as printed, and whether more is better, of every indicator of the catalogue."""
    known = Catalogue.national()
    measures = {unit.code: unit.name.vi for unit in known.measures}
    measured = (one for one in known.indicators if one.unit != "khong")
    return tuple((one.name.vi, measures[one.unit], one.aim is Aim.HIGHER) for one in measured)
