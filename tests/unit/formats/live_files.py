"""A small Word report with live numbers, and its XML changed as Word and people change it; every figure is invented."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from baocao.formats.docx_write import written
from baocao.model.draft import (
    Column,
    Draft,
    Form,
    Grid,
    GridCell,
    Head,
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

WHEN = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
YEAR = Period.part(2025)
DOCUMENT, NOTES, PART = "word/document.xml", "word/footnotes.xml", "customXml/item1.xml"


def address(name: str, period: Period = YEAR) -> Address:
    return Address("SM", name, period)


def value(name: str, printed: str, form: Form, period: Period = YEAR) -> Number:
    return Number.of(Decimal(printed), form, Source(Reckoning.VALUE, (address(name, period),)), 3, f"Tên {name}")


def derived(kind: Reckoning, exact: Decimal, *addresses: Address) -> Number:
    return Number.of(exact, Form(1, is_trimmed=True), Source(kind, addresses), 3)


AREA, PLAN = address("lua_dien_tich"), address("lua_ke_hoach")
BEFORE = address("lua_dien_tich", YEAR.last_year)
VALUES = {
    AREA: Decimal("1492.9"), PLAN: Decimal(1500), BEFORE: Decimal(1400),
    address("ho_ngheo"): Decimal(7), address("ngo"): Decimal(80),
}  # fmt: skip


def draft() -> Draft:
    """n1 area, n2 % of plan, n3 (note) maize, n4 % change, n5 earlier area, n6 poor households, n7 in a table."""
    line = (
        Words("Diện tích lúa đạt "), value("lua_dien_tich", "1492.9", Form(1)), Words(" ha, bằng "),
        derived(Reckoning.PERCENT, Decimal("1492.9") * 100 / 1500, AREA, PLAN), Words("% kế hoạch"),
        Note(((Words("Ngô: "), value("ngo", "80", Form()), Words(" ha.")),)), Words(", tăng "),
        derived(Reckoning.PERCENT_CHANGE, Decimal("92.9") * 100 / 1400, AREA, BEFORE),
        Words("% so với cùng kỳ năm 2024 ("), value("lua_dien_tich", "1400", Form(), YEAR.last_year), Words(" ha)."),
    )  # fmt: skip
    poor = (Words("Toàn xã còn "), value("ho_ngheo", "7", Form(digits=2)), Words(" hộ nghèo."))
    cells = ((Words("1"),), (Words("Lúa (ha)"),), (value("lua_dien_tich", "1492.9", Form(1)),))
    heads = (GridCell((Words("TT"),)), GridCell((Words("Chỉ tiêu"),)), GridCell((Words("Thực hiện"),)))
    table = Grid((Column(Decimal(1)), Column(Decimal(4)), Column(Decimal(2))), (heads,), (tuple(map(GridCell, cells)),))
    own = Narrative("a", (Paragraph((Words("Thực hiện Nghị quyết số 12/NQ-HĐND ngày 08/12/2024."),)),))
    return Draft(
        Head("UBND XÃ SƠN MÂY", "BC-UBND", "Sơn Mây", "BÁO CÁO", "Kết quả năm 2025"),
        (Paragraph(line), Paragraph(poor), table, own),
        Signature(("CHỦ TỊCH",), "Nguyễn Văn A"),
        ("Như trên",),
        outline="bao-cao-nam",
        unit="SM",
        period=YEAR.code,
        revision=3,
    )  # fmt: skip


def report() -> bytes:
    return written(draft(), WHEN)


def control(content: bytes, key: str) -> re.Match[bytes]:
    """The first control of a number in a part: its properties, and what it holds."""
    found = re.search(
        rb'(<w:sdt><w:sdtPr>(?:(?!</w:sdtPr>).)*<w:tag w:val="%b"/>(?:(?!</w:sdtPr>).)*</w:sdtPr>)<w:sdtContent>'
        rb"(.*?)</w:sdtContent></w:sdt>" % key.encode(),
        content,
    )
    assert found, key
    return found


def holding(key: str, inside: str, part: str = DOCUMENT) -> Callable[[dict[str, bytes]], None]:
    """Another content of a control."""

    def change(parts: dict[str, bytes]) -> None:
        found = control(parts[part], key)
        new = found[1] + f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>".encode()
        parts[part] = parts[part].replace(found[0], new)

    return change


def around(key: str, before: str, after: str, part: str = DOCUMENT) -> Callable[[dict[str, bytes]], None]:
    """Something before and behind a control."""

    def change(parts: dict[str, bytes]) -> None:
        found = control(parts[part], key)[0]
        parts[part] = parts[part].replace(found, before.encode() + found + after.encode())

    return change


def without(key: str, instead: str = "", part: str = DOCUMENT) -> Callable[[dict[str, bytes]], None]:
    """Something else in the place of a control."""

    def change(parts: dict[str, bytes]) -> None:
        parts[part] = parts[part].replace(control(parts[part], key)[0], instead.encode())

    return change


def replaced(old: str, new: str, part: str = DOCUMENT) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[part], old
        parts[part] = parts[part].replace(old.encode(), new.encode())

    return change


def changed(path: Path, *changes: Callable[[dict[str, bytes]], None]) -> Path:
    """The report with changes, written to a path."""
    parts = parts_of(report())
    for change in changes:
        change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def run(text: str, look: str = "") -> str:
    return f"<w:r>{look}<w:t>{text}</w:t></w:r>"


def tracked(name: str, inside: str, author: str = "Lò Văn Soát") -> str:
    return f'<w:{name} w:id="900" w:author="{author}" w:date="2026-01-01T00:00:00Z">{inside}</w:{name}>'


def struck(text: str) -> str:
    return tracked("del", f"<w:r><w:delText>{text}</w:delText></w:r>")
