"""A province's own tables of units and changes: taken whole, or refused row by row."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from baocao.model.geography import Geography
from baocao.model.org_unit import Level
from baocao.reference.geography.own_units import BadRows, extended
from tests.unit.model.small_map import EARLY, FIRST, LATER, REFORM, WHOLE_MAP

HEADS = "code,name,level,parent,valid_from,valid_to\n"
CHANGES = "on,kind,source,target,share,decision\n"


def _refused(geography: Geography, units: str = "", changes: str = "") -> list[tuple[str, int, str]]:
    with pytest.raises(BadRows) as problem:
        extended(geography, units, changes)
    assert all(fault.text.vi for fault in problem.value.faults)
    return [(fault.table, fault.row, fault.text.en) for fault in problem.value.faults]


def test_villages_and_departments_with_heads_in_vietnamese() -> None:
    table = (
        "\ufeffMã;Tên;Cấp;Cấp trên;Từ ngày;Đến ngày\n"
        "V1;Thôn  Đông;thôn;C1;;30/6/2025\n\n"
        "V1;Thôn Đông;thôn;C1;1/7/2025;\n"
        "S1;Sở Nông nghiệp;phòng ban;T1;;\n"
        "S1a;Phòng Trồng trọt;phòng ban;S1;2026-01-01;\n"
    )
    whole = extended(WHOLE_MAP, table)
    assert [unit.name for unit in whole.children("C1", EARLY)] == ["Thôn Đông"]
    assert [unit.key for unit in whole.children("C1@2025-07-01", REFORM)] == ["V1@2025-07-01"]
    assert [unit.key for unit in whole.path("S1a@2026-01-01", LATER)] == ["S1a@2026-01-01", "S1", "T1", "VN"]
    assert len(whole.descendants("VN", Level.VILLAGE, LATER)) == 1


def test_shares_by_decision_go_into_the_change_that_divides() -> None:
    shares = CHANGES + "1/7/2025,split,C3,C3,0.25,QĐ 5\n1/7/2025,split,C3,C4,75%,QĐ 5\n"
    whole = extended(WHOLE_MAP, changes=shares)
    assert whole.lineage("C3", REFORM).known == (
        ("C3@2025-07-01", Fraction(1, 4)),
        ("C4@2025-07-01", Fraction(3, 4)),
    )
    assert len(whole.changes) == len(WHOLE_MAP.changes)


def test_a_new_change_ends_its_sources() -> None:
    units = HEADS + "C7,Xã Lam Mới,commune,T1,2026-05-01,\n"
    changes = CHANGES + "2026-05-01,nhập,C5,C7,1,NQ 9\n2026-05-01,nhập,C6,C7,1,NQ 9\n"
    whole = extended(WHOLE_MAP, units, changes)
    assert whole.by_key("C5@2025-07-01").valid_to == date(2026, 4, 30)
    assert whole.lineage("C5", LATER).whole == "C7@2026-05-01"


def test_a_row_without_a_target_ends_its_source() -> None:
    whole = extended(FIRST, changes=CHANGES + "2025-07-01,abolish,P1,,,QĐ 7\n")
    assert whole.by_key("P1").valid_to == date(2025, 6, 30)
    assert whole.changes[-1].ended == ("P1",)


def test_each_bad_row_is_told_with_its_place() -> None:
    units = HEADS + "V1,Thôn 1,làng,C1,,\nV2,Thôn 2,village,C77,,\nV3,Thôn 3,village,C1,31/2/2025,\n"
    changes = CHANGES + "2025-07-01,split,C1,C1,một nửa,\n,merge,C1,C1,1,\n2025-07-01,move,C77,C1,1,\n"
    told = _refused(WHOLE_MAP, units, changes)
    assert [(table, row) for table, row, _ in told] == [
        ("units", 2), ("units", 3), ("units", 4), ("changes", 2), ("changes", 3), ("changes", 4),
    ]  # fmt: skip
    for (_, _, text), words in zip(told, ["“làng”", "C77", "31/2/2025", "một nửa", "“” is no day", "C77"], strict=True):
        assert words in text


def test_contradictions_are_told_at_the_row_that_brings_them() -> None:
    units = HEADS + "V1,Thôn 1,village,C9,,\nV2,Thôn 2,village,C1,,\n"
    assert [(table, row) for table, row, _ in _refused(WHOLE_MAP, units)] == [("units", 3)]  # C1 ends, V2 does not
    shares = CHANGES + "1/7/2025,split,C3,C3,1/4,QĐ 5\n1/7/2025,split,C3,C4,1/4,QĐ 5\n"
    ((table, row, text),) = _refused(WHOLE_MAP, changes=shares)
    assert (table, row) == ("changes", 2)
    assert "make 1/2, not 1" in text


@pytest.mark.parametrize(
    "rows",
    [
        "1/7/2025,split,C3,C3,1/4,\n",  # one of the two heirs is left out
        "1/7/2025,split,C3,C3,1/4,\n1/7/2025,split,C3,C6,3/4,\n",
        "1/7/2025,merge,C1,C1,1,\n",  # known already
        "1/7/2025,split,C3,C3,1/4,\n1/7/2025,split,C3,C3,1/4,\n1/7/2025,split,C3,C4,1/2,\n",
    ],
)
def test_shares_fit_the_heirs_that_the_map_knows(rows: str) -> None:
    ((table, row, text),) = _refused(WHOLE_MAP, changes=CHANGES + rows)
    assert (table, row) == ("changes", 2)
    assert "give a share for exactly these" in text


@pytest.mark.parametrize("share", ["1/0", "nan", "1e999999", "a/b", "1/2/3", "%", "inf"])
def test_what_is_no_share_is_refused(share: str) -> None:
    ((_, row, text),) = _refused(WHOLE_MAP, changes=CHANGES + f"1/7/2025,split,C3,C3,{share},\n")
    assert row == 2
    assert share in text


def test_missing_heads_are_named() -> None:
    assert _refused(FIRST, "code;name\nA;B\n") == [
        (
            "units",
            1,
            "no column level, parent, valid_from, valid_to; add it to the heads"
            " (code, name, level, parent, valid_from, valid_to)",
        )
    ]


def test_missing_heads_are_named_in_the_words_of_the_language() -> None:
    with pytest.raises(BadRows) as problem:
        extended(FIRST, changes="ngày,loại,từ\n")
    text = problem.value.faults[0].text
    assert text.vi.startswith("thiếu cột đơn vị cũ, đơn vị mới, tỷ lệ, quyết định;")
    assert "no column source, target, share, decision" in text.en
