"""Units over time: which one holds, what it stands under, what became of it, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from baocao.model.geography import Geography, NotAGeography, NotAliveThen, StillNeeded, UnknownUnit
from baocao.model.geography_faults import FaultKind
from baocao.model.lineage import Part
from baocao.model.org_unit import ChangeKind, Flow, Level, OrgUnit, UnitChange
from tests.unit.model.small_map import (
    BEFORE,
    DISTRICTS,
    EARLY,
    FIRST,
    LAST,
    LATER,
    MERGE,
    MIDDLE,
    REFORM,
    REJOINED,
    SPLIT,
    WHOLE_MAP,
    commune,
)


def test_a_code_is_the_version_that_holds_on_the_day() -> None:
    assert WHOLE_MAP.unit("C1", LAST).name == "Xã Lam 1"
    assert WHOLE_MAP.unit("C1", REFORM).name == "Xã Lam Sơn"
    assert WHOLE_MAP.unit("C3", LATER).key == "C3@2026-05-01"


def test_a_key_with_its_day_is_that_unit_or_none() -> None:
    assert WHOLE_MAP.unit("C3@2025-07-01", MIDDLE).name == "Xã Lam Hà"
    with pytest.raises(NotAliveThen) as problem:
        WHOLE_MAP.unit("C3@2025-07-01", LATER)
    for said in (problem.value.text.vi, problem.value.text.en):
        assert "Xã Lam Hà" in said
        assert "1/7/2025 - 30/4/2026" in said
        assert "C3@2026-05-01 (Xã Lam Giang)" in said


def test_an_unknown_code_is_told_as_it_was_asked() -> None:
    with pytest.raises(UnknownUnit, match="C77"):
        WHOLE_MAP.unit("C77", REFORM)
    with pytest.raises(UnknownUnit, match="C1@2020-01-01"):
        WHOLE_MAP.unit("C1@2020-01-01", REFORM)


def test_a_unit_that_ended_names_the_communes_that_its_extent_went_to() -> None:
    with pytest.raises(NotAliveThen, match=r"H1 .*C1@2025-07-01 \(Xã Lam Sơn\).*C4@2025-07-01"):
        WHOLE_MAP.unit("H1", REFORM)


def test_the_tree_is_that_of_the_day() -> None:
    assert [unit.key for unit in WHOLE_MAP.children("T1", LAST)] == ["H1", "H2"]
    assert [unit.key for unit in WHOLE_MAP.children("T1", LATER)] == [
        "C1@2025-07-01", "C3@2026-05-01", "C5@2025-07-01", "C6@2025-07-01",
    ]  # fmt: skip
    assert [unit.key for unit in WHOLE_MAP.path("C2", LAST)] == ["C2", "H1", "T1", "VN"]
    assert [unit.key for unit in WHOLE_MAP.path("C1@2025-07-01", REFORM)] == ["C1@2025-07-01", "T1", "VN"]
    assert [unit.key for unit in WHOLE_MAP.descendants("T1", Level.COMMUNE, EARLY)] == [f"C{n}" for n in range(1, 7)]
    assert [unit.key for unit in WHOLE_MAP.descendants("VN", Level.DEPARTMENT, EARLY)] == ["P1"]
    assert WHOLE_MAP.descendants("VN", Level.DISTRICT, REFORM) == ()
    assert len(WHOLE_MAP.at(EARLY, Level.COMMUNE)) == 7
    with pytest.raises(NotAliveThen):
        WHOLE_MAP.children("H1", REFORM)


@pytest.mark.parametrize(
    ("key", "on", "parts"),
    [
        ("C1", EARLY, [(("C1",), 1, False)]),
        ("C1", REFORM, [(("C1@2025-07-01",), 1, False)]),
        ("C5", REFORM, [(("C5@2025-07-01",), Fraction(1, 3), False), (("C6@2025-07-01",), Fraction(2, 3), False)]),
        ("C3", REFORM, [(("C3@2025-07-01", "C4@2025-07-01"), 1, False)]),
        ("C3", LATER, [(("C3@2026-05-01",), 1, False)]),  # divided no one knows how, and joined again
        ("H1", REFORM, [(("C1@2025-07-01", "C3@2025-07-01", "C4@2025-07-01"), 1, False)]),
        ("P1", LATER, [(("T1",), 1, True)]),  # no one inherits from it: what holds its district holds it
        ("C1@2025-07-01", EARLY, [(("C1", "C2"), 1, False)]),
        ("C5@2025-07-01", EARLY, [(("C5",), 1, False)]),
        ("C6@2025-07-01", EARLY, [(("C5", "C6"), 1, False)]),
        ("C3@2026-05-01", EARLY, [(("C3", "C4"), 1, False)]),
        ("T1", LATER, [(("T1",), 1, False)]),
    ],
)
def test_lineage_goes_both_ways_through_any_chain(key: str, on: date, parts: list[tuple[object, ...]]) -> None:
    assert WHOLE_MAP.lineage(key, on).parts == tuple(Part(*part) for part in parts)  # type: ignore[arg-type]


def test_a_share_left_open_beside_known_ones_is_what_they_leave() -> None:
    change = UnitChange(
        REFORM,
        ChangeKind.SPLIT,
        (Flow("C9", "D1@2025-07-01", Fraction(1, 4)), Flow("C9", "D2@2025-07-01", None)),
    )
    two = (OrgUnit("D1", "Xã D1", Level.COMMUNE, "T2", REFORM), OrgUnit("D2", "Xã D2", Level.COMMUNE, "T2", REFORM))
    lineage = FIRST.with_change(change, two).lineage("C9", REFORM)
    assert lineage.known == (("D1@2025-07-01", Fraction(1, 4)), ("D2@2025-07-01", Fraction(3, 4)))
    assert lineage.undivided == ()


def test_what_only_holds_an_extent_goes_on_only_holding_it() -> None:
    merged = OrgUnit("T3", "Tỉnh Lam", Level.PROVINCE, "VN", LATER)
    units = (
        OrgUnit("VN", "Việt Nam", Level.COUNTRY),
        OrgUnit("T1", "Tỉnh Thượng Lam", Level.PROVINCE, "VN"),
        OrgUnit("T2", "Tỉnh Hạ Lam", Level.PROVINCE, "VN"),
        OrgUnit("P1", "Ban Dân tộc", Level.DEPARTMENT, "T1", None, LAST),
    )
    join = UnitChange(LATER, ChangeKind.MERGE, (Flow("T1", merged.key), Flow("T2", merged.key)))
    whole = Geography(units).with_change(join, (merged,))
    assert whole.lineage("P1", LATER).parts == (Part((merged.key,), Fraction(1), True),)
    assert whole.lineage("P1", LATER).whole == ""


def test_a_unit_below_a_circle_is_told_of_the_circle_only() -> None:
    names = {"D1": "D2", "D2": "D1", "D3": "D1"}
    with pytest.raises(NotAGeography) as problem:
        Geography((*BEFORE, *(OrgUnit(code, code, Level.DEPARTMENT, above) for code, above in names.items())))
    assert [fault.text.en.split(" ")[0] for fault in problem.value.faults] == ["D1", "D2"]


def test_what_a_unit_was_made_of() -> None:
    assert WHOLE_MAP.made_of("C6@2025-07-01", EARLY) == (("C5", Fraction(2, 3)), ("C6", Fraction(1)))
    assert WHOLE_MAP.made_of("C4@2025-07-01", EARLY) == (("C3", None), ("C4", Fraction(1)))


def test_the_holders_of_several_are_what_stands_above_them_all() -> None:
    assert [unit.key for unit in WHOLE_MAP.holders(["C1", "C2"], EARLY)] == ["H1", "T1", "VN"]
    assert [unit.key for unit in WHOLE_MAP.holders(["C3", "C4"], EARLY)] == ["T1", "VN"]
    assert WHOLE_MAP.holders(["C1"], EARLY)[0].key == "C1"
    assert WHOLE_MAP.holders([], EARLY) == ()


def test_a_change_undone_gives_the_earlier_geography() -> None:
    begun = (commune("C1", "Xã Lam Sơn"),)
    loose = Geography(tuple(replace(unit, parent="T1") if unit.parent in ("H1", "H2") else unit for unit in BEFORE))
    assert loose.with_change(MERGE, begun).without(MERGE) == loose
    assert WHOLE_MAP.without(MERGE, SPLIT, DISTRICTS, REJOINED) == FIRST


def test_a_change_is_not_undone_under_what_rests_on_it() -> None:
    with pytest.raises(StillNeeded, match=r"NQ 02.*C3@2025-07-01, C4@2025-07-01"):
        WHOLE_MAP.without(SPLIT)
    with pytest.raises(StillNeeded, match="not among the changes"):
        FIRST.without(SPLIT)
    with pytest.raises(NotAGeography, match="undo the change of the parent too"):
        WHOLE_MAP.without(MERGE)  # its communes would live on in a district that ended


def _with(*units: OrgUnit) -> Callable[[], Geography]:
    return lambda: Geography((*BEFORE, *units))


def _changed(*flows: Flow) -> Callable[[], Geography]:
    return lambda: Geography(WHOLE_MAP.units, (UnitChange(REFORM, ChangeKind.SPLIT, flows),))


@pytest.mark.parametrize(
    ("make", "kind", "said"),
    [
        (_with(OrgUnit("C@1", "Xã", Level.COMMUNE, "T1")), FaultKind.BAD_CODE, "C@1"),
        (_with(OrgUnit("C9", "Xã A\x01B", Level.COMMUNE, "T1")), FaultKind.BAD_NAME, "“C9 Xã A�B”"),
        (_with(OrgUnit("C1", "Xã", Level.COMMUNE, "T1")), FaultKind.DUPLICATE, "C1 stands in another row"),
        (
            _with(OrgUnit("D1", "Xã", Level.COMMUNE, "T1", REFORM, LAST)),
            FaultKind.LIFE_UPSIDE_DOWN,
            "D1@2025-07-01 ends on 30/6/2025, before it begins on 1/7/2025",
        ),
        (
            _with(commune("C1", "Xã")),
            FaultKind.OVERLAPPING_VALIDITY,
            "C1@2025-07-01 begins while C1 with the same code still holds (to …); end the earlier one on 30/6/2025",
        ),
        (_with(OrgUnit("D1", "Xã", Level.COMMUNE, "T8")), FaultKind.UNKNOWN_PARENT, "T8 of D1 is in no row"),
        (_with(OrgUnit("D1", "Thôn", Level.VILLAGE, "P1")), FaultKind.PARENT_NOT_ABOVE, "D1 (village) cannot"),
        (_with(OrgUnit("D1", "Huyện", Level.DISTRICT, "C1")), FaultKind.PARENT_NOT_ABOVE, "D1 (district) cannot"),
        (
            _with(OrgUnit("D1", "Xã", Level.COMMUNE, "D2"), OrgUnit("D2", "Huyện", Level.DISTRICT, "T1", None, LAST)),
            FaultKind.PARENT_NOT_ALIVE,
            "D1 lives … - …, but its parent D2 only … - 30/6/2025",
        ),
        (
            _with(OrgUnit("D1", "Phòng", Level.DEPARTMENT, "D2"), OrgUnit("D2", "Sở", Level.DEPARTMENT, "D1")),
            FaultKind.CYCLE,
            "D1 → D2 → D1",
        ),
        (_changed(Flow("C1", "C8@2025-07-01")), FaultKind.UNKNOWN_UNIT, "names C8@2025-07-01"),
        (_changed(Flow("C8", "C1@2025-07-01")), FaultKind.UNKNOWN_UNIT, "names C8,"),
        (_changed(Flow("C9", "C1@2025-07-01")), FaultKind.DOES_NOT_END, "C9 is changed on 1/7/2025 but lives to …"),
        (_changed(Flow("C1", "C3@2026-05-01")), FaultKind.DOES_NOT_BEGIN, "but begins on 1/5/2026"),
        (_changed(Flow("C1", "C1@2025-07-01", Fraction(5, 4))), FaultKind.SHARE, "the share 5/4 of C1"),
        (_changed(Flow("C1", "C1@2025-07-01", Fraction(0))), FaultKind.SHARE, "the share 0 of C1"),
        (
            _changed(Flow("C1", "C1@2025-07-01", Fraction(1, 2)), Flow("C1", "C1@2025-07-01", Fraction(1, 2))),
            FaultKind.SHARE,
            "stated once",
        ),
        (
            _changed(Flow("C1", "C1@2025-07-01", Fraction(1, 2)), Flow("C1", "C3@2025-07-01", Fraction(1, 3))),
            FaultKind.SHARES_NOT_ONE,
            "the shares of C1 make 5/6, not 1 (1/2 + 1/3)",
        ),
        (
            _changed(Flow("C1", "C1@2025-07-01"), Flow("C1", "C3@2025-07-01", None)),
            FaultKind.SHARES_NOT_ONE,
            "not 1 (1 + ?)",
        ),
    ],
)
def test_what_contradicts_itself_is_refused_by_name(make: Callable[[], Geography], kind: FaultKind, said: str) -> None:
    with pytest.raises(NotAGeography) as problem:
        make()
    told = {fault.kind: fault for fault in reversed(problem.value.faults)}
    assert said in told[kind].text.en
    assert told[kind].text.vi
    assert told[kind].unit is not None or told[kind].change == 0


def test_a_sound_map_has_no_faults_and_all_faults_are_told_at_once() -> None:
    assert Geography(WHOLE_MAP.units, WHOLE_MAP.changes) == WHOLE_MAP
    with pytest.raises(NotAGeography) as problem:
        Geography((*BEFORE, OrgUnit("", "Xã", Level.COMMUNE, "T8"), OrgUnit("T1", "Tỉnh", Level.PROVINCE, "VN")))
    assert [(fault.kind, fault.unit) for fault in problem.value.faults] == [
        (FaultKind.BAD_CODE, len(BEFORE)),
        (FaultKind.DUPLICATE, len(BEFORE) + 1),
        (FaultKind.UNKNOWN_PARENT, len(BEFORE)),
    ]
