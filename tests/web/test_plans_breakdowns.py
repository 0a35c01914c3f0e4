"""Targets of parts of indicators ("trong đó: dân tộc thiểu số"): typed, adjusted, allocated, brought in, compared."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from html import unescape

import pytest
from django.db import transaction

from baocao.figures import store
from baocao.model.observation import Address, Observation, Origin, OriginKind, breakdown_of
from baocao.model.period import Period
from baocao_web.figures import live
from baocao_web.figures.feeding_in import raw
from baocao_web.people import recording
from baocao_web.people.models import User
from baocao_web.plans import allotting, overview, planning, subjects
from baocao_web.plans.assigning import Asked, assign
from baocao_web.plans.draft_lines import shown
from baocao_web.plans.models import Source
from baocao_web.plans.subjects import Subject
from tests.web.offices import HERE, PROVINCE, Office, person, signed_in
from tests.web.test_plans import post
from tests.web.test_plans_annex import opened, taken, workbook
from tests.web.test_plans_drafts import drafted

POOR = "ho_ngheo"
FEW = "ho_ngheo|dan_toc=thieu_so"
BOTH = "ho_ngheo|dan_toc=thieu_so;thanh_thi_nong_thon=nong_thon"


def asked(unit: str = PROVINCE, year: int = 2026) -> dict[str, str]:
    """What is asked of a unit, by the keys of what it is asked for."""
    found = overview.plan_of(unit, year)
    return {line.subject.key: line.given[0].words.vi for _, lines in found.sectors for line in lines if line.given[0]}


def page(path: str, who: str = "tuan") -> str:
    answer = signed_in(who).get(path)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_parts_are_typed_beside_their_whole_and_stand_below_it(made: Office) -> None:
    assert post("tuan", **{POOR: "không quá 300", FEW: "không quá 200", BOTH: "không quá 150"}).status_code == 302
    assert list(asked()) == [POOR, FEW, BOTH]
    shown_page = page(f"/plans/?unit={PROVINCE}&year=2026", "ngoc")
    assert "Dân tộc thiểu số, Nông thôn" in shown_page
    (line,) = recording.lines(f"plan:{PROVINCE}")
    assert FEW in line.details


def test_a_part_is_adjusted_by_itself_and_its_history_names_it(made: Office) -> None:
    post("tuan", **{POOR: "300", FEW: "200"})
    assert post("tuan", **{"decision": "5/NQ-HĐND ngày 15/7/2026", FEW: "180"}).status_code == 302
    assert asked() == {POOR: "300", FEW: "180"}
    told = page(f"/plans/history/{POOR}?unit={PROVINCE}")
    assert told.count("trong đó: Dân tộc thiểu số") == 2
    form = page(f"/plans/decision?unit={PROVINCE}&year=2026")
    assert f'name="t:{FEW}"' in form, "what is asked for already can be adjusted"


def test_the_parts_of_an_indicator_are_opened_and_what_was_typed_stays(made: Office) -> None:
    closed = page(f"/plans/decision?unit={PROVINCE}&year=2026")
    assert f'name="t:{FEW}"' not in closed
    given = {"authority": "HĐND", "t:lua_dien_tich": "7,5", "parts": POOR}
    answer = signed_in("tuan").post(f"/plans/decision?unit={PROVINCE}&year=2026", given)
    told = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert f'name="t:{FEW}"' in told
    assert 'value="7,5"' in told
    assert overview.held(PROVINCE, 2026) == (), "nothing is recorded by opening"


@pytest.mark.parametrize(
    "key", ["ho_ngheo|gioi_tinh=nam", "ho_ngheo|dan_toc=khac", "ho_ngheo|x", "ho_ngheo|", "lua_nang_suat|gioi_tinh=nam"]
)
def test_a_part_that_there_is_not_is_refused(made: Office, key: str) -> None:
    answer = post("tuan", **{POOR: "300", key: "5"})
    assert answer.status_code == 409
    assert overview.held(PROVINCE, 2026) == ()


def test_what_a_part_has_come_to_is_told_beside_it(made: Office) -> None:
    post("tuan", **{POOR: "duy trì 300", FEW: "duy trì 200"})
    period = Period.part(2026, "M", 6)
    tell(period, {"": 310, "dan_toc=thieu_so": 150})
    found = overview.plan_of(PROVINCE, 2026)
    results = {line.subject.key: (line.result, line.given[0].percent) for _, lines in found.sectors for line in lines}
    assert results[FEW] == (Decimal(150), Decimal(75))
    assert results[POOR][0] == Decimal(310)


def tell(period: Period, figures: dict[str, int]) -> None:
    """Results of the province by breakdown."""
    at = datetime.now(UTC)
    rows = [
        Observation(
            Address(PROVINCE, POOR, period, breakdown=breakdown_of(line)),
            Decimal(value),
            Origin(OriginKind.FORM_CELL, "x"),
            at,
            "lan",
        )
        for line, value in figures.items()
    ]
    with transaction.atomic():
        store.record(raw(), rows)
    live.forget()


def test_a_part_is_allocated_against_its_own_whole(made: Office) -> None:
    post("tuan", **{POOR: "300", FEW: "200"})
    few = subjects.named(FEW)
    path = f"/plans/allocation/{POOR}?unit={PROVINCE}&year=2026&part={few.line}"
    digest = allotting.allotment(PROVINCE, 2026, few, "HĐND tỉnh").digest
    own = {"authority": "HĐND tỉnh", "decision": "10/QĐ-UBND ngày 20/12/2025", "digest": digest}
    answer = signed_in("tuan").post(path, {**own, "request": "a-request", f"u:{HERE}": "150"})
    assert answer.status_code == 302, answer.content.decode()
    assert asked(HERE) == {FEW: "150"}
    assert allotting.allotment(PROVINCE, 2026, Subject(POOR)).places[0].standing is None
    told = page(f"/plans/allocation?unit={PROVINCE}&year=2026")
    assert "Số hộ nghèo, trong đó: Dân tộc thiểu số" in told
    assert "còn 50 chưa giao" in told
    assert "part=dan_toc%3Dthieu_so" in told
    assert signed_in("tuan").get(f"/plans/allocation/{POOR}?unit={PROVINCE}&part=x").status_code == 404


ANNEX = (
    ("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm 2026"),
    (1, "Số hộ nghèo", "hộ", 300),
    ("", "Trong đó: Dân tộc thiểu số", "hộ", 200),
    ("", "- Kinh", "hộ", 120),
)


def test_rows_of_which_of_an_annex_are_parts_and_what_they_come_to_is_told(made: Office) -> None:
    found, told = opened(workbook(ANNEX))
    assert "trong đó: Dân tộc thiểu số" in told
    assert "các phần theo Dân tộc cộng lại 320, khác chỉ tiêu chung 300" in unescape(told)
    assert taken(found, sums="seen").status_code == 302
    assert asked() == {POOR: "300", "ho_ngheo|dan_toc=kinh": "120", FEW: "200"}
    assert {(one.breakdown, one.place) for one in Source.objects.all()} == {
        ("", "D2"),
        ("dan_toc=thieu_so", "D3"),
        ("dan_toc=kinh", "D4"),
    }
    history = page(f"/plans/history/{POOR}?unit={PROVINCE}")
    assert all(place in history for place in ("D2", "D3", "D4"))


def test_a_row_that_is_called_otherwise_is_given_its_part_by_hand(made: Office) -> None:
    odd = (*ANNEX[:2], ("", "Hộ nghèo người dân tộc thiểu số", "hộ", 200))
    found, told = opened(workbook(odd))
    assert f'value="{FEW}"' in told, "the parts of what it may be are offered"
    client = signed_in("tuan")
    client.post(f"/plans/annex/{found.pk}", {"version": "0", "pick:0:3:1": FEW})
    assert taken(found).status_code == 302
    assert asked() == {POOR: "300", FEW: "200"}


def test_next_year_is_planned_part_by_part(made: Office) -> None:
    assign(Asked(PROVINCE, 2026, "HĐND", "12/NQ-HĐND ngày 20/12/2025", lines={POOR: "300", FEW: "200"}), person("tuan"))
    draft = drafted()
    edits = planning.Edits({FEW: planning.Edit(0, "percent", "-10", "")}, added=(BOTH,))
    planning.edit(draft.pk, edits, User.objects.get(username="tuan"))
    lines = {one.key: one.said.vi if one.said else None for one in shown(draft)}
    assert lines == {POOR: "300", FEW: "180", BOTH: None}
    told = page(f"/plans/drafts/{draft.pk}")
    assert "Số hộ nghèo, trong đó: Dân tộc thiểu số, Nông thôn" in told
    signed_in("tuan").post(f"/plans/drafts/{draft.pk}", {"drop": BOTH, f"v:{BOTH}": "0"})
    assert [one.key for one in shown(draft)] == [POOR, FEW]


def test_parts_are_compared_with_parts(made: Office) -> None:
    for year, few in ((2026, "200"), (2027, "180")):
        lines = {POOR: "300", FEW: few}
        assign(Asked(PROVINCE, year, "HĐND", f"12/NQ-HĐND ngày 20/12/{year - 1}", lines=lines), person("tuan"))
    told = page(f"/plans/compare?unit={PROVINCE}&year=2027&left=2026|HĐND&right=2027|HĐND")
    assert "Số hộ nghèo, trong đó: Dân tộc thiểu số" in told
    assert "-20" in told
    assert "1 thấp hơn" in told
    assert "1 như nhau" in told
