"""A small fictional map: province TT with two districts, reformed on 1/7/2025, changed once more on 1/5/2026."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from baocao.model.geography import Geography
from baocao.model.org_unit import ChangeKind, Flow, Level, OrgUnit, UnitChange

EARLY, REFORM, LATER = date(2024, 12, 31), date(2025, 7, 1), date(2026, 5, 1)
LAST = REFORM - timedelta(days=1)
MIDDLE = LATER - timedelta(days=1)

BEFORE = (
    OrgUnit("VN", "Việt Nam", Level.COUNTRY),
    OrgUnit("T1", "Tỉnh Thượng Lam", Level.PROVINCE, "VN"),
    OrgUnit("T2", "Tỉnh Hạ Lam", Level.PROVINCE, "VN"),
    OrgUnit("H1", "Huyện Bắc Lam", Level.DISTRICT, "T1"),
    OrgUnit("H2", "Huyện Nam Lam", Level.DISTRICT, "T1"),
    *(OrgUnit(f"C{number}", f"Xã Lam {number}", Level.COMMUNE, "H1" if number < 4 else "H2") for number in range(1, 7)),
    OrgUnit("C9", "Xã Hạ", Level.COMMUNE, "T2"),
    OrgUnit("P1", "Phòng Nông nghiệp Bắc Lam", Level.DEPARTMENT, "H1"),
)


def commune(code: str, name: str, start: date = REFORM, end: date | None = None) -> OrgUnit:
    return OrgUnit(code, name, Level.COMMUNE, "T1", start, end)


MERGE = UnitChange(
    REFORM, ChangeKind.MERGE, (Flow("C1", "C1@2025-07-01"), Flow("C2", "C1@2025-07-01")), "NQ 01/NQ-HĐND"
)
SPLIT = UnitChange(
    REFORM,
    ChangeKind.SPLIT,
    (
        Flow("C3", "C3@2025-07-01", None),
        Flow("C3", "C4@2025-07-01", None),
        Flow("C4", "C4@2025-07-01"),
        Flow("C5", "C5@2025-07-01", Fraction(1, 3)),
        Flow("C5", "C6@2025-07-01", Fraction(2, 3)),
        Flow("C6", "C6@2025-07-01"),
    ),
    "NQ 02/NQ-HĐND",
)
DISTRICTS = UnitChange(REFORM, ChangeKind.ABOLISH, (), "NQ 03/NQ-HĐND", ("H1", "H2", "P1"))
REJOINED = UnitChange(
    LATER,
    ChangeKind.MERGE,
    (Flow("C3@2025-07-01", "C3@2026-05-01"), Flow("C4@2025-07-01", "C3@2026-05-01")),
    "NQ 04/NQ-HĐND",
)

_ENDED = {key: LAST for change in (MERGE, SPLIT, DISTRICTS) for key in change.sources}
FIRST = Geography(BEFORE)
WHOLE_MAP = Geography(
    (
        *(
            OrgUnit(unit.code, unit.name, unit.level, unit.parent, None, _ENDED.get(unit.key))  #
            for unit in BEFORE
        ),
        commune("C1", "Xã Lam Sơn"),
        commune("C3", "Xã Lam Hà", REFORM, MIDDLE),
        commune("C4", "Xã Lam Thủy", REFORM, MIDDLE),
        commune("C5", "Xã Lam Lâm"),
        commune("C6", "Xã Lam Điền"),
        commune("C3", "Xã Lam Giang", LATER),
    ),
    (MERGE, SPLIT, DISTRICTS, REJOINED),
)
