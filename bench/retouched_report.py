"""A report of a place that does not exist, every number of it with addresses of its own: to be edited and refreshed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from random import Random

from baocao.model.draft import (
    Align,
    Annex,
    Block,
    Column,
    Draft,
    Form,
    Grid,
    GridCell,
    Head,
    Heading,
    Manner,
    Narrative,
    Note,
    Number,
    Paragraph,
    Reckoning,
    Signature,
    Source,
    Words,
)
from baocao.model.observation import Address
from baocao.model.period import Period
from baocao.reporting.looking_up import Current, Lookup, reckoned, told

DRAFTED = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
UNIT = "xa-hu-cau"
_YEAR = Period.part(2025)
_CROPS = ("Lúa xuân", "Lúa mùa", "Ngô", "Sắn", "Mía", "Lạc", "Đỗ tương", "Rau các loại", "Cây ăn quả", "Chè")
_RULES = "Cơ quan chuyên môn thực hiện Nghị quyết số 12/NQ-HĐND ngày 08/12/2024 trong năm 2025."


@dataclass
class Figures:
    """Invented figures by address, and the numbers that are reckoned from them."""

    random: Random
    values: dict[Address, Decimal] = field(default_factory=dict)

    def value(self, decimals: int = 1, most: int = 99_999) -> Number:
        value = Decimal(self.random.randint(100, most)).scaleb(-decimals)
        return Number.of(value, Form(decimals), Source(Reckoning.VALUE, (self._put(value),)), 1, "số liệu hư cấu")

    def _put(self, value: Decimal, period: Period = _YEAR) -> Address:
        address = Address(UNIT, f"hu_cau.so_{len(self.values) + 1}", period)
        self.values[address] = value
        return address

    def percent(self, of: Number) -> Number:
        plan = self._put((of.value * Decimal(self.random.randint(80, 120)) / 100).quantize(Decimal("0.1")))
        return self._derived(Reckoning.PERCENT, (*of.source.addresses, plan), 1)

    def change(self, of: Number, kind: Reckoning, decimals: int) -> tuple[str, Number]:
        """The word of the movement since an earlier figure, and its size."""
        share = Decimal(self.random.choice([*range(70, 97), *range(104, 140)])) / 100
        before = self._put((of.value * share).quantize(Decimal("0.1")), _YEAR.last_year)
        word = "tăng" if of.value > self.values[before] else "giảm"
        return word, self._derived(kind, (*of.source.addresses, before), decimals)

    def _derived(self, kind: Reckoning, addresses: tuple[Address, ...], decimals: int) -> Number:
        source = Source(kind, addresses)
        value = reckoned(kind, [self.values[address] for address in addresses])
        assert value is not None  # no plan and no earlier figure is nought
        return Number.of(told(source, value), Form(decimals, is_trimmed=True), source, 1, "số tính hư cấu")


def lookup_in(values: dict[Address, Decimal], revision: int = 1) -> Lookup:
    """Looking up in figures by address."""

    def look_up(source: Source) -> Current | None:
        found = [values[address] for address in source.addresses if address in values]
        value = reckoned(source.reckoning, found) if len(found) == len(source.addresses) else None
        return None if value is None else Current(value, revision)

    return look_up


def report(seed: int = 2025, sections: int = 12, rows: int = 24) -> tuple[Draft, dict[Address, Decimal]]:
    """The draft, and the figures that stand behind it."""
    figures = Figures(Random(seed))
    blocks: list[Block] = [Paragraph((Words("Số liệu trong báo cáo này là hư cấu, chỉ dùng để thử phần mềm."),))]
    for index in range(sections):
        blocks += _section(figures, index)
    blocks.append(Paragraph((Words("Trên đây là báo cáo của Ủy ban nhân dân xã Hư Cấu."),)))
    draft = Draft(
        Head("ỦY BAN NHÂN DÂN XÃ HƯ CẤU", "BC-UBND", "Hư Cấu", "BÁO CÁO", "Tình hình kinh tế - xã hội năm 2025"),
        tuple(blocks),
        Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nông Văn Tưởng"),
        ("UBND tỉnh", "Lưu: VT"),
        (Annex("Phụ lục I", "Biểu chỉ tiêu chủ yếu (hư cấu)", (_table(figures, rows),)),),
        outline="year",
        unit=UNIT,
        period=_YEAR.code,
        revision=1,
    )
    return draft, figures.values


def _section(figures: Figures, index: int) -> Iterator[Block]:
    yield Heading(3, "I.", "Lĩnh vực trồng trọt", f"s{index}")
    for crop in figures.random.sample(_CROPS, 5):
        area, output, part = figures.value(), figures.value(), figures.value()
        word, change = figures.change(output, Reckoning.PERCENT_CHANGE, 1)
        note = Note(((Words("Trong đó: xóm Bản Cọ "), part, Words(" ha."),),))  # fmt: skip
        yield Paragraph((
            Words(f"{crop}: diện tích gieo trồng "), area, Words(" ha, đạt "), figures.percent(area),
            Words("% kế hoạch"), note, Words("; sản lượng "), output, Words(f" tấn, {word} "), change,
            Words("% so với cùng kỳ năm trước. Công tác phòng trừ sâu bệnh được chỉ đạo kịp thời."),
        ), Manner.DASH)  # fmt: skip
    yield Narrative(f"s{index}", (Paragraph((Words(_RULES),)),))


def _table(figures: Figures, rows: int) -> Grid:
    columns = (Column(Decimal(1), Align.CENTRE), Column(Decimal(4), Align.LEFT), *[Column(Decimal(2))] * 4)
    names = ("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm 2025", "Thực hiện năm 2025", "TH/KH (%)")
    head = tuple(GridCell((Words(name),), is_bold=True) for name in names)
    body = []
    for row in range(1, rows + 1):
        plan, actual = figures.value(), figures.value()
        share = figures._derived(Reckoning.PERCENT, (*actual.source.addresses, *plan.source.addresses), 1)
        texts = (Words(str(row)), Words(f"Diện tích {_CROPS[row % len(_CROPS)].lower()}"), Words("ha"))
        body.append(tuple(GridCell((piece,)) for piece in (*texts, plan, actual, share)))
    return Grid(columns, (head,), tuple(body), "Biểu")
