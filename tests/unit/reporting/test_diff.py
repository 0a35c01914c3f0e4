"""What differs in a report that comes back: each kind of change is told once, with its words, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from baocao.formats import docx_live
from baocao.model.observation import Address
from baocao.reporting import live_grids
from baocao.reporting.differing import Difference, differences
from bench.retouched_report import lookup_in
from tests.unit.formats.live_files import (
    AREA,
    DOCUMENT,
    PART,
    VALUES,
    around,
    changed,
    control,
    holding,
    parts_of,
    replaced,
    report,
    run,
    struck,
    tracked,
    without,
)  # fmt: skip

Change = Callable[[dict[str, bytes]], None]


def _found(path: Path, *changes: Change, values: dict[Address, Decimal] | None = None) -> list[Difference]:
    live = docx_live.read(changed(path, *changes), path.name)
    return list(differences(live, lookup_in(VALUES if values is None else values)))


def _told(found: list[Difference]) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.key, one.now) for one in found]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "bao-cao.docx"


def test_nothing_differs_in_a_report_as_it_was_drafted(target: Path) -> None:
    assert _found(target) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (holding("n1", run("1.493,9")), [("altered", "n1", "1.493,9")]),
        (holding("n1", struck("1.492,9") + tracked("ins", run("2"))), [("altered", "n1", "2")]),
        (holding("n1", run("nhiều")), [("altered", "n1", "nhiều")]),
        (holding("n1", ""), [("altered", "n1", "")]),
        (around("n1", run("2"), ""), [("altered", "n1", "21.492,9")]),
        (around("n2", "", run(",25")), [("altered", "n2", "99,5,25")]),
        (holding("n3", run("81"), "word/footnotes.xml"), [("altered", "n3", "81")]),
        (replaced("<shown>07</shown>", "<shown>08</shown>", PART), [("altered", "n6", "08")]),
        (without("n1"), [("deleted", "n1", "")]),
        (holding("n1", struck("1.492,9")), [("deleted", "n1", "")]),
        (without("n1", run("1.492,9")), [("deleted", "n1", ""), ("typed", "", "1.492,9")]),
        (holding("n1", run("1.49")), [("altered", "n1", "1.49")]),
        (around("n1", "", run(" ")), []),
        (around("n1", run("Cụ thể: "), run(" (một nghìn)")), []),
        (replaced("Toàn xã còn", "Trên địa bàn toàn xã chỉ còn"), []),
        (replaced("Toàn xã còn", "Trong 6 tháng đầu năm 2025, theo Nghị quyết số 5/NQ-HĐND, còn"), []),
        (replaced("Toàn xã còn", "Tỷ lệ trẻ dưới 5 tuổi suy dinh dưỡng giảm. Toàn xã còn"), []),
        (replaced("Toàn xã còn", "Đã cấp 1.250 kg giống. Toàn xã còn"), [("typed", "", "1.250")]),
        (around("n6", run("5/"), ""), [("typed", "", "5")]),
        (around("n6", "", run("/10")), [("typed", "", "10")]),
        (replaced("Toàn xã còn", "1. Toàn xã còn"), []),
        (replaced("Lúa (ha)</w:t>", "Lúa (ha)</w:t><w:tab/><w:t>vượt</w:t>"), []),
    ],
)  # fmt: skip
def test_each_change_is_told_once(target: Path, change: Change, told: list[tuple[str, str, str]]) -> None:
    assert _told(_found(target, change)) == told


def _copied(parts: dict[str, bytes]) -> None:
    twin = control(parts[DOCUMENT], "n1")[0].decode()
    around("n6", twin + run(" ha, "), "")(parts)


def _cut(parts: dict[str, bytes]) -> None:
    twin = control(parts[DOCUMENT], "n1")[0].replace(b"1.492,9", b"92,9").decode()
    around("n1", "", twin)(parts)
    parts[DOCUMENT] = parts[DOCUMENT].replace(b">1.492,9<", b">1.4<", 1)


def test_copies_and_halves_of_a_control_are_told(target: Path) -> None:
    assert _told(_found(target, _copied)) == [("duplicated", "n1", "1.492,9")]
    assert _told(_found(target, _cut)) == [("cut", "n1", "1.4")]
    half = _found(target, holding("n1", run("1.49")), around("n1", "", run("2,9")))
    assert _told(half) == [("cut", "n1", "1.49")]


def test_a_number_is_stale_when_the_store_would_print_another(target: Path) -> None:
    moved = {**VALUES, AREA: Decimal("1550")}
    found = _found(target, values=moved)
    assert [(one.kind.value, one.key, one.printed, one.current) for one in found] == [
        ("stale", "n1", "1.492,9", "1.550,0"),
        ("stale", "n2", "99,5", "103,3"),
        ("stale", "n4", "6,6", "10,7"),
        ("stale", "n7", "1.492,9", "1.550,0"),
    ]
    assert _found(target, values={**VALUES, AREA: Decimal("1492.91")}) == []
    gone = _found(target, values={key: value for key, value in VALUES.items() if key != AREA})
    assert [(one.kind.value, one.key) for one in gone] == [("gone", key) for key in ("n1", "n2", "n4", "n7")]


def test_an_altered_number_is_told_with_what_the_store_says_and_where_it_stands(target: Path) -> None:
    one = _found(target, holding("n4", run("16,6")), values={**VALUES, AREA: Decimal("1550")})[2]
    assert (one.kind.value, one.printed, one.now, one.current) == ("altered", "6,6", "16,6", "10,7")
    assert one.addresses == ("SM:lua_dien_tich:2025-A1:actual", "SM:lua_dien_tich:2024-A1:actual")
    assert "bằng 99,5% kế hoạch, tăng [16,6]% so với cùng kỳ" in one.spot.words
    row = _found(target, holding("n7", run("5")))[0]
    assert row.spot.words == "Lúa (ha): [5]"
    note = _found(target, holding("n3", run("81"), "word/footnotes.xml"))[0]
    assert note.spot.section.vi == "Chú thích 1"


def test_damage_is_told_and_makes_no_number_typed(target: Path) -> None:
    def lose(parts: dict[str, bytes]) -> None:
        del parts[PART]

    assert [one.kind.value for one in _found(target, lose)] == ["damaged"]
    found = _found(target, replaced('value="1400"', 'value="?"', PART))
    assert [(one.kind.value, one.remark.en if one.remark else "") for one in found] == [
        ("damaged", "n5: value=“?” cannot be read")
    ]


def test_the_table_says_what_in_both_languages(target: Path) -> None:
    changes = (holding("n1", run("5")), replaced("Toàn xã còn", "Đã cấp 1.250 kg giống. Toàn xã còn"))
    live = docx_live.read(changed(target, *changes), "a.docx")
    grid = live_grids.of_differences(live, differences(live, None), [], is_stored=False)
    kinds = [row[0] for row in grid.rows]
    assert [(kind.vi, kind.en) for kind in kinds if kind is not None and not isinstance(kind, str)] == [
        ("sửa tay", "altered by hand"),
        ("gõ tay, không có địa chỉ", "typed, no address"),
    ]
    assert not grid.is_clean


def test_without_a_store_nothing_is_called_stale(target: Path) -> None:
    target.write_bytes(report())
    assert parts_of(target.read_bytes())[PART]
    assert differences(docx_live.read(target, "a"), None) == ()
