"""A long report of a place that does not exist, to write, to measure and to look at: every figure here is invented."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

from baocao.model.draft import (
    Align,
    Annex,
    Block,
    Chart,
    ChartKind,
    Column,
    Draft,
    Form,
    Grid,
    GridCell,
    Head,
    Heading,
    Line,
    Manner,
    Narrative,
    Note,
    Number,
    Paragraph,
    Reckoning,
    Series,
    Signature,
    Source,
    Words,
)
from baocao.model.observation import Address, Scenario
from baocao.model.period import Period

DRAFTED = datetime(2025, 12, 20, 8, 30, tzinfo=UTC)
_YEAR = Period.part(2025, "A")
_CROPS = ("Lúa xuân", "Lúa mùa", "Ngô", "Sắn", "Mía", "Lạc", "Đỗ tương", "Rau các loại", "Cây ăn quả", "Chè")
_PLACES = ("Đồng Sáng", "Suối Vàng", "Núi Mây", "Bến Gạo", "Khe Trúc", "Nậm Lành", "Thạch Bình", "Hòa Hợp")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
HEAD = Head(
    issuer="ỦY BAN NHÂN DÂN XÃ ĐỒNG SÁNG",
    governing="ỦY BAN NHÂN DÂN TỈNH MÂY TRẮNG",
    symbol="BC-UBND",
    number="7",
    place="Đồng Sáng",
    on=date(2025, 12, 5),
    kind="BÁO CÁO",
    summary="Tình hình phát triển kinh tế - xã hội, bảo đảm quốc phòng - an ninh năm 2025; "
    "phương hướng, nhiệm vụ năm 2026",
    addressed_to=("Ủy ban nhân dân tỉnh Mây Trắng",),
)
SIGNATURE = Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nông Văn Tưởng")
RECIPIENTS = ("UBND tỉnh", "Thường trực HĐND xã", "Chủ tịch, các Phó Chủ tịch UBND xã", "Lưu: VT, KT")


class Chance:
    """Invented figures, the same from the same seed."""

    def __init__(self, seed: int = 2025) -> None:
        self._random = random.Random(seed)

    def number(self, decimals: int = 1, most: int = 99999, name: str = "số liệu hư cấu") -> Number:
        value = Decimal(self._random.randint(1, most)).scaleb(-decimals)
        address = Address("xa-dong-sang", f"crop.area.{self._random.randint(1, 400)}", _YEAR, Scenario.ACTUAL)
        return Number.of(value, Form(decimals), Source(Reckoning.VALUE, (address,)), 17, name)

    def pick(self, words: tuple[str, ...]) -> str:
        return self._random.choice(words)

    def amounts(self, count: int) -> tuple[Decimal | None, ...]:
        return tuple(Decimal(self._random.randint(100, 9000)) / 10 for _ in range(count))


def large_draft(sections: int = 30, annexes: int = 5, rows: int = 70, seed: int = 2025, paragraphs: int = 8) -> Draft:
    """A draft of some sixty pages; fewer sections make a short one."""
    chance = Chance(seed)
    blocks: list[Block] = [
        Paragraph((Words("Số liệu trong báo cáo này là hư cấu, chỉ dùng để trình diễn phần mềm."),)),
        Heading(1, "Phần I", "Kết quả thực hiện nhiệm vụ năm 2025", "results"),
    ]
    for index in range(sections):
        blocks.extend(_section(chance, index, paragraphs))
    blocks.append(Heading(1, "Phần II", "Phương hướng, nhiệm vụ năm 2026", "tasks"))
    blocks.append(Narrative("tasks.general", (Paragraph((Words("Tập trung chỉ đạo sản xuất vụ đông xuân."),)),)))
    blocks.append(Paragraph((Words("Rà soát quy hoạch vùng chè."),), Manner.DASH, is_suggested=True))
    blocks.append(Paragraph((Words("Trên đây là báo cáo của Ủy ban nhân dân xã Đồng Sáng."),)))
    return Draft(
        HEAD,
        tuple(blocks),
        SIGNATURE,
        RECIPIENTS,
        tuple(_annex(chance, index, rows) for index in range(annexes)),
        outline="year",
        unit="xa-dong-sang",
        period=_YEAR.code,
        revision=17,
    )


def _section(chance: Chance, index: int, paragraphs: int) -> Iterator[Block]:
    letter, roman = divmod(index, 6)
    if roman == 0:
        yield Heading(2, f"{chr(ord('A') + letter)}.", "TÌNH HÌNH THỰC HIỆN CÁC LĨNH VỰC", f"area{letter}")
    yield Heading(3, f"{_ROMAN[roman]}.", "LĨNH VỰC NÔNG, LÂM NGHIỆP", f"field{index}")
    yield Heading(4, "1.", "Trồng trọt")
    for place in range(paragraphs // 2):
        yield Paragraph(_sentence(chance, has_note=place < 2))
    yield Heading(5, "a)", "Diện tích gieo trồng theo từng loại cây")
    for _ in range(paragraphs - paragraphs // 2):
        yield Paragraph(_sentence(chance), Manner.DASH)
    yield Paragraph((Words("Trong đó tưới tiêu chủ động "), chance.number(2), Words(" ha.")), Manner.PLUS)
    yield Heading(4, "2.", "Chăn nuôi")
    yield Paragraph(_sentence(chance, has_note=True))
    if index % 5 == 0:
        yield _chart(chance, (ChartKind.COLUMN, ChartKind.BAR, ChartKind.LINE)[index // 5 % 3])
    if index % 4 == 1:
        yield Paragraph((Words(f"Bảng {index // 4 + 1}. Diện tích cây trồng"),), Manner.CAPTION)
        yield Paragraph((Words("Đơn vị tính: ha"),), Manner.UNIT)
        yield _small_grid(chance)
    yield Narrative(f"field{index}.remarks", (Paragraph((Words("Cơ quan soạn thảo viết đoạn này."),)),))


def _sentence(chance: Chance, *, has_note: bool = False) -> Line:
    note: Line = (
        Note(((Words("Trong đó: xóm Bản Cọ "), chance.number(), Words(" ha; xóm Nà Lũng "), chance.number(),
               Words(" ha.")),)),
    ) if has_note else ()  # fmt: skip
    return (
        Words(f"{chance.pick(_CROPS)}: diện tích gieo trồng "),
        chance.number(),
        Words(" ha, đạt "),
        chance.number(2, 12000, "% so với kế hoạch"),
        Words("% kế hoạch tỉnh giao, bằng "),
        chance.number(2, 12000),
        Words("% so với cùng kỳ; năng suất bình quân đạt "),
        chance.number(),
        Words(" tạ/ha, sản lượng "),
        chance.number(),
        Words(" tấn"),
        *note,
        Words(f". Các xóm thực hiện tốt gồm {chance.pick(_PLACES)}, {chance.pick(_PLACES)}; công tác phòng trừ "
              "sâu bệnh, bảo đảm nước tưới và cung ứng giống được chỉ đạo kịp thời."),
    )  # fmt: skip


def _chart(chance: Chance, kind: ChartKind) -> Chart:
    names = _CROPS[:6] if kind is not ChartKind.LINE else tuple(f"Tháng {month}" for month in range(1, 13))
    series = (Series("Năm 2024", chance.amounts(len(names))), Series("Năm 2025", chance.amounts(len(names))))
    return Chart(kind, "Diện tích gieo trồng (hư cấu)", "ha", names, series)


def _text(words: str, *, columns: int = 1, rows: int = 1) -> GridCell:
    return GridCell((Words(words),), columns, rows)


def _small_grid(chance: Chance) -> Grid:
    columns = (Column(Decimal(40), Align.LEFT), *(Column(Decimal(20)) for _ in range(3)))
    head = (tuple(_text(words) for words in ("Cây trồng", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)")),)
    rows = tuple(
        (_text(crop), *(GridCell((chance.number(1, 9999),)) for _ in range(3)))
        for crop in _CROPS[:5]
    )  # fmt: skip
    return Grid(columns, head, rows, "Diện tích cây trồng")


def _annex(chance: Chance, index: int, rows: int) -> Annex:
    widths = (5, 30, 10, *([10] * 7))
    aligns = (Align.CENTRE, Align.LEFT, Align.CENTRE, *([Align.RIGHT] * 7))
    columns = tuple(Column(Decimal(width), align) for width, align in zip(widths, aligns, strict=True))
    head = (
        (
            _text("TT", rows=2), _text("Chỉ tiêu", rows=2), _text("ĐVT", rows=2), _text("Kế hoạch 2025", columns=2),
            _text("Thực hiện", columns=2), _text("So sánh (%)", columns=3),
        ),
        tuple(_text(words) for words in ("Tỉnh giao", "HĐND xã", "Năm 2024", "Năm 2025", "KH tỉnh", "KH xã", "2024")),
    )  # fmt: skip
    shown = tuple(
        (
            _text(str(row + 1)),
            _text(f"{chance.pick(_CROPS)} tại {chance.pick(_PLACES)}"),
            _text("ha"),
            *(GridCell((chance.number(1 if at < 4 else 2, 99999 if at < 4 else 15000),)) for at in range(7)),
        )
        for row in range(rows)
    )
    return Annex(
        f"Phụ lục {_ROMAN[index]}", "Kết quả thực hiện các chỉ tiêu", (Grid(columns, head, shown, "Chỉ tiêu"),)
    )
