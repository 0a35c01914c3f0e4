"""Next year's plan from this year's: by rules, line by line, seen by those who plan, and assigned by its decision."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from baocao.figures import store
from baocao.model.observation import Address, Observation, Origin, OriginKind
from baocao.model.period import Period
from baocao.model.target import TargetKind
from baocao.model.text import Problem, Text
from baocao_web.figures import live
from baocao_web.figures.feeding_in import raw
from baocao_web.people import recording
from baocao_web.places import office
from baocao_web.plans import growing, overview, planning
from baocao_web.plans.assigning import Asked, assign
from baocao_web.plans.draft_lines import shown
from baocao_web.plans.models import Draft
from tests.web.offices import HERE, PROVINCE, Office, person, signed_in

LISTED = f"/plans/drafts?unit={PROVINCE}&year=2027"
THIS_YEAR = {
    "lua_dien_tich": "1.000",
    "ho_ngheo": "không quá 300",
    "lua_nang_suat": "48,5-52",
    "ct13_giam_ngheo": "giảm 1,2",
    "dien_tap": "đảm bảo",
}


@pytest.fixture
def planned(made: Office) -> dict[str, str]:
    """This year's plan of the province by its council; what of it the catalogue has."""
    lines = {code: words for code, words in THIS_YEAR.items() if code in office.catalogue()}
    assign(Asked(PROVINCE, 2026, "HĐND", "12/NQ-HĐND ngày 20/12/2025", lines=lines), person("tuan"))
    live.forget()
    return lines


def drafted(**typed: str) -> Draft:
    answer = signed_in("tuan").post(LISTED, {"title": "Phương án 1", "authority": "HĐND", **typed})
    assert answer.status_code == 302, answer.content.decode()
    return Draft.objects.latest("pk")


def words(draft: Draft) -> dict[str, str | None]:
    """Next year's targets in words by indicator."""
    return {line.code: line.said.vi if line.said else None for line in shown(Draft.objects.get(pk=draft.pk))}


def ruled(draft: Draft, **by_group: tuple[str, str]) -> Any:
    given = {"version": str(Draft.objects.get(pk=draft.pk).version)}
    for group, (rule, amount) in by_group.items():
        code = "" if group == "every" else group
        given |= {f"rule:{code}": rule, f"much:{code}": amount}
    return signed_in("tuan").post(f"/plans/drafts/{draft.pk}/rules", given)


def edited(draft: Draft, who: str = "tuan", **typed: str) -> Any:
    """The whole page sent back as it is shown, but for what was typed; "__" stands for ":"."""
    given = {f"v:{line.indicator}": str(line.version) for line in draft.lines.all()}
    return signed_in(who).post(
        f"/plans/drafts/{draft.pk}", given | {name.replace("__", ":"): told for name, told in typed.items()}
    )


def signed(draft: Draft, who: str = "tuan", **typed: str) -> Any:
    page = signed_in("tuan").get(f"/plans/drafts/{draft.pk}").content.decode()
    found = dict(re.findall(r'name="(digest|request)" value="([^"]*)"', page))
    given = {"authority": "HĐND", "decision": "20/NQ-HĐND ngày 15/12/2026", "request": "some-request", "digest": "x"}
    return signed_in(who).post(f"/plans/drafts/{draft.pk}/assign", {**given, **found, **typed})


def told(code: str, period: str, value: str) -> None:
    """A figure that the province itself states."""
    address = Address(PROVINCE, code, Period.parse(period))
    origin = Origin(OriginKind.FORM_CELL, f"test/{code}/{period}")
    with transaction.atomic():
        store.record(raw(), [Observation(address, Decimal(value), origin, datetime.now(UTC), "test")])
    live.forget()


def test_a_call_that_comes_twice_makes_one_draft(planned: dict[str, str]) -> None:
    made = {drafted(request="a" * 32).pk for _ in range(3)}
    assert (len(made), Draft.objects.count()) == (1, 1)
    assert 'name="request" value="' in signed_in("tuan").get(LISTED).content.decode()
    assert drafted(request="b" * 32).pk not in made


def test_a_draft_keeps_this_years_plan_until_rules_move_it(planned: dict[str, str]) -> None:
    draft = drafted()
    assert words(draft) == {code: THIS_YEAR[code] for code in planned}
    assert ruled(draft, every=("percent", "5")).status_code == 302
    moved = words(draft)
    assert moved["lua_dien_tich"] == "1.050"
    assert moved["ho_ngheo"] == "không quá 300", "a ceiling is not loosened by a rule for all"
    assert moved["lua_nang_suat"] == "50,9-54,6", "both ends move, to the decimals of this year's figure"
    assert moved["ct13_giam_ngheo"] == "giảm 1,3"
    assert ruled(draft, every=("percent", "5"), xa_hoi=("add", "-20")).status_code == 302
    assert words(draft)["ho_ngheo"] == "không quá 280"
    assert words(draft)["lua_dien_tich"] == "1.050", "the other groups follow the rule of all"
    assert ruled(draft, every=("percent", "-2,5")).status_code == 302
    assert words(draft)["lua_dien_tich"] == "975"


def test_a_share_is_not_raised_above_all_and_a_ceiling_not_loosened_silently(made: Office) -> None:
    lines = {"ty_le_giao_quan": "100", "ho_ngheo": "không quá 300", "ty_le_ho_ngheo": "4,8"}
    lines |= {"lua_dien_tich": "1.000"}
    assign(Asked(PROVINCE, 2026, "HĐND", "12/NQ-HĐND ngày 20/12/2025", lines=lines), person("tuan"))
    live.forget()
    draft = drafted()
    assert ruled(draft, every=("percent", "5,5")).status_code == 302
    assert words(draft) == {
        "ty_le_giao_quan": "100",
        "ho_ngheo": "không quá 300",
        "ty_le_ho_ngheo": "4,8",
        "lua_dien_tich": "1.055",
    }
    page = signed_in("tuan").get(f"/plans/drafts/{draft.pk}").content.decode()
    assert page.count("cần xem</span>") == 3
    assert "theo quy tắc ra 106%" in page or "theo quy tắc ra 105,5%" in page
    assert "nới mức trần" in page
    assert ruled(draft, every=("percent", "-5")).status_code == 302
    assert words(draft)["ho_ngheo"] == "không quá 285", "what becomes tighter is proposed"


def test_results_and_projections_are_what_the_dashboard_has(planned: dict[str, str]) -> None:
    for year, (part, whole) in {2024: ("500", "1000"), 2025: ("520", "1040")}.items():
        told("lua_dien_tich", f"{year}-01-01/P10M", part)
        told("lua_dien_tich", f"{year}-A1", whole)
    told("lua_dien_tich", "2026-01-01/P10M", "550")
    draft = drafted()
    assert ruled(draft, every=("projection", "")).status_code == 302
    (line,) = (one for one in shown(draft) if one.code == "lua_dien_tich")
    assert line.ahead.so_far == 550
    draft.refresh_from_db()
    assert words(draft)["lua_dien_tich"] == "1.100"
    page = signed_in("tuan").get(f"/plans/drafts/{draft.pk}").content.decode()
    assert "tháng 10/2026" in page
    assert "chưa ước được năm nay" in page, "what cannot be projected says so"
    assert ruled(draft, every=("result", "")).status_code == 302
    assert words(draft)["lua_dien_tich"] == "1.040", "the last whole year"
    assert words(draft)["ho_ngheo"] is None


def test_lines_are_changed_one_by_one_and_typed_ones_hold(planned: dict[str, str]) -> None:
    draft = drafted()
    changed = {"rule__lua_dien_tich": "add", "much__lua_dien_tich": "12,4", "typed__ho_ngheo": "dưới 250"}
    assert edited(draft, **changed).status_code == 302
    ruled(draft, every=("percent", "50"))
    assert words(draft)["lua_dien_tich"] == "1.012", "this year's figure has no decimals"
    assert words(draft)["ho_ngheo"] == "dưới 250"
    assert edited(draft, drop="ho_ngheo", pick__new="lua_san_luong").status_code == 302
    draft.refresh_from_db()
    assert set(words(draft)) == set(planned) - {"ho_ngheo"} | {"lua_san_luong"}
    assert words(draft)["lua_san_luong"] is None, "there is no plan of this year to move"
    assert [line.action for line in recording.lines(draft.stream)] == ["plan_ahead"] * 4
    assert list(recording.faults()) == []


def test_an_indicator_to_add_is_found_without_marks(planned: dict[str, str]) -> None:
    draft = drafted()
    many = edited(draft, find__new="san luong")
    assert many.status_code == 200
    assert 'name="pick:new" value="lua_san_luong"' in many.content.decode()
    assert edited(draft, find__new="san luong lua").status_code in (200, 302)
    assert edited(draft, pick__new="khong_co").status_code == 409
    assert "lua_san_luong" not in {code for code, made in words(draft).items() if made}


@pytest.mark.parametrize(
    ("typed", "told_words"),
    [
        ({"typed__ho_ngheo": "khoảng 3"}, "khoảng 3"),
        ({"typed__lua_dien_tich": "5 tấn"}, "tính theo ha"),
        ({"rule__ho_ngheo": "percent", "much__ho_ngheo": ""}, "cần một số"),
        ({"rule__ho_ngheo": "percent", "much__ho_ngheo": "-150"}, "không hợp lý"),
        ({"rule__ho_ngheo": "percent", "much__ho_ngheo": "1e9"}, "1e9"),
        ({"rule__ho_ngheo": "bậy"}, "không có quy tắc"),
        ({"typed__ho_ngheo": "<script>alert(1)</script>"}, "&lt;script&gt;"),
    ],
)
def test_what_cannot_be_kept_is_told_and_nothing_of_it_is(
    planned: dict[str, str], typed: dict[str, str], told_words: str
) -> None:
    draft = drafted()
    answer = edited(draft, **{"typed__lua_nang_suat": "60", **typed})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert told_words in page
    assert 'value="60"' in page, "what was typed is not lost"
    assert words(draft) == {code: THIS_YEAR[code] for code in planned}


def test_two_who_change_one_line_do_not_overwrite_each_other(planned: dict[str, str]) -> None:
    draft = drafted()
    assert edited(draft, typed__ho_ngheo="200").status_code == 302
    answer = edited(draft, typed__ho_ngheo="100", v__ho_ngheo="0")
    assert answer.status_code == 409
    assert "người khác đã sửa dòng này" in answer.content.decode()
    assert words(draft)["ho_ngheo"] == "200"
    assert edited(draft, typed__lua_dien_tich="900").status_code == 302, "another line may be changed meanwhile"
    stale = signed_in("tuan").post(f"/plans/drafts/{draft.pk}/rules", {"version": "7", "rule:": "keep"})
    assert stale.status_code == 409


def test_nobody_sees_a_draft_as_assigned(planned: dict[str, str]) -> None:
    draft = drafted()
    ruled(draft, every=("percent", "5"))
    assert overview.held(PROVINCE, 2027) == ()
    for who in ("tuan", "ngoc"):
        page = signed_in(who).get(f"/plans/?unit={PROVINCE}&year=2027").content.decode()
        assert "Chưa có chỉ tiêu nào được giao" in page
        assert "1.050" not in page
    assert "dự kiến" not in signed_in("ngoc").get(f"/plans/compare?unit={PROVINCE}").content.decode()
    forged = f"/plans/compare?unit={PROVINCE}&left=2026%7CH%C4%90ND&right=draft%7C{draft.pk}"
    assert signed_in("ngoc").get(forged).status_code == 409
    assert "1.050" in signed_in("tuan").get(forged).content.decode()
    assert signed_in("tuan").get(forged.replace(PROVINCE, HERE)).status_code == 409, "of another unit"


def test_a_draft_becomes_targets_by_its_decision(planned: dict[str, str]) -> None:
    draft = drafted()
    ruled(draft, every=("percent", "5"))
    stale = signed(draft, digest="of another table")
    assert stale.status_code == 409
    assert overview.held(PROVINCE, 2027) == ()
    first = signed(draft, request="the-very-same")
    assert first.status_code == 302
    held = {one.address.indicator: one for one in overview.held(PROVINCE, 2027)}
    assert set(held) == set(planned)
    assert held["lua_dien_tich"].decision.number == "20/NQ-HĐND"
    assert held["ho_ngheo"].kind is TargetKind.AT_MOST
    assert held["ho_ngheo"].low == 300
    given = {"authority": "HĐND", "decision": "20/NQ-HĐND ngày 15/12/2026", "digest": "x", "request": "the-very-same"}
    again = signed_in("tuan").post(f"/plans/drafts/{draft.pk}/assign", given)
    assert again.status_code == 302, "the same call again is answered as the first time"
    assert (
        signed_in("tuan").post(f"/plans/drafts/{draft.pk}/assign", {**given, "request": "one-more"}).status_code == 409
    )
    assert edited(draft, typed__ho_ngheo="1").status_code == 409, "what is assigned is adjusted by a decision"
    assert len(overview.history(PROVINCE, "ho_ngheo")) == 2


def test_a_draft_with_open_lines_is_not_assigned(planned: dict[str, str]) -> None:
    draft = drafted()
    edited(draft, pick__new="lua_san_luong")
    answer = signed(draft)
    assert answer.status_code == 409
    assert "1 dòng chưa có chỉ tiêu" in answer.content.decode()
    assert edited(draft, typed__lua_san_luong="6.000").status_code == 302
    for bad in ({"decision": "hôm qua"}, {"authority": " "}, {"holds_from": "mai"}):
        assert signed(draft, **bad).status_code == 409
    assert overview.held(PROVINCE, 2027) == ()
    assert signed(draft).status_code == 302


@pytest.mark.parametrize(
    ("who", "sees", "edits"),
    [("tuan", 200, 302), ("son", 200, 403), ("ngoc", 403, 403), ("lan", 403, 403), ("quan", 403, 403)],
)
def test_each_role_plans_what_it_may(planned: dict[str, str], who: str, sees: int, edits: int) -> None:
    draft = drafted()
    client = signed_in(who)
    assert client.get(LISTED).status_code == sees
    assert client.get(f"/plans/drafts/{draft.pk}").status_code == sees
    assert client.post(LISTED, {"title": "Phương án 2", "authority": "HĐND"}).status_code == edits
    assert edited(draft, who=who, typed__ho_ngheo="1").status_code == edits
    rules = {"version": str(draft.version), "rule:": "keep"}
    assert client.post(f"/plans/drafts/{draft.pk}/rules", rules).status_code == edits
    assert signed(draft, who=who).status_code == edits
    assert client.get("/plans/drafts/999999").status_code == 404
    assert signed_in(who, enforce_csrf=True).post(f"/plans/drafts/{draft.pk}/assign", rules).status_code == 403


@pytest.mark.parametrize(
    ("typed", "told_words"),
    [
        ({"title": " "}, "đặt tên"),
        ({"authority": " "}, "cấp giao"),
        ({"authority": "Không ai"}, "chưa giao chỉ tiêu nào"),
    ],
)
def test_a_draft_needs_a_name_and_a_plan(planned: dict[str, str], typed: dict[str, str], told_words: str) -> None:
    answer = signed_in("tuan").post(LISTED, {"title": "A", "authority": "HĐND", **typed})
    assert answer.status_code == 409
    assert told_words in answer.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("rule", "amount", "base", "expected"),
    [
        ("percent", "10", "1.005", "1.106"),  # 1105,5: half goes away from nought
        ("percent", "-100", "5", Problem),
        ("add", "-6", "5", Text),
        ("add", "0,5", "5,2", "5,7"),
        ("percent", "3,7", "từ 97,55 trở lên", "từ 101,16 trở lên"),
        ("keep", "", "đảm bảo", "đảm bảo"),
        ("percent", "5", "đảm bảo", "đảm bảo"),
        ("projection", "", "đảm bảo", "đảm bảo"),
        ("projection", "", "giảm 4", Text),
        ("projection", "", "5", Text),
    ],
)
def test_rules_move_figures_and_leave_the_rest(
    made: Office, rule: str, amount: str, base: str, expected: str | type
) -> None:
    assign(Asked(PROVINCE, 2026, "HĐND", "1/NQ-HĐND ngày 20/12/2025", lines={"lua_dien_tich": base}), person("tuan"))
    (target,) = overview.held(PROVINCE, 2026)
    if expected is Problem:
        with pytest.raises(Problem):
            growing.growth(rule, amount)
        return
    found = growing.moved("lua_dien_tich", growing.Base(target), growing.growth(rule, amount))
    if isinstance(expected, type):
        assert isinstance(found, expected)
        return
    assert not isinstance(found, Text)
    again = planning.target_of(found, target.address, target.decision, target.holds_from)
    assert overview.compare_words.asked(again).vi == expected


COMPARE = f"/plans/compare?unit={PROVINCE}&year=2026"


def test_two_authorities_two_years_and_an_adjustment_are_set_against_each_other(planned: dict[str, str]) -> None:
    lines = {"lua_dien_tich": "950", "ho_ngheo": "300", "lua_san_luong": "5.000"}
    assign(Asked(PROVINCE, 2026, "UBND tỉnh", "9/QĐ-UBND ngày 15/12/2025", lines=lines), person("tuan"))
    assign(Asked(PROVINCE, 2025, "HĐND", "8/NQ-HĐND ngày 15/12/2024", lines={"lua_dien_tich": "800"}), person("tuan"))
    assign(Asked(PROVINCE, 2026, "HĐND", "5/NQ-HĐND ngày 15/7/2026", lines={"lua_dien_tich": "1.100"}), person("tuan"))
    page = signed_in("ngoc").get(COMPARE).content.decode()
    assert "-150" in page
    assert "86,4" in page
    assert "khác loại chỉ tiêu" in page
    assert "bên sau không giao" in page
    assert "bên trước không giao" in page
    years = signed_in("ngoc").get(f"{COMPARE}&left=2025%7CHĐND&right=2026%7CHĐND").content.decode()
    assert "+300" in years
    same = f"{COMPARE}&left=2026%7CHĐND&right=2026%7CHĐND&left_on=01/7/2026&right_on=01/8/2026"
    adjusted = signed_in("ngoc").get(same).content.decode()
    assert "+100" in adjusted
    assert "110,0" in adjusted
    assert "tính đến 01/07/2026" in adjusted
    assert "left_on=14/7/2026&amp;right_on=15/7/2026" in adjusted, "the way to each adjustment is offered"


def test_a_comparison_is_given_as_files_that_run_no_formula(planned: dict[str, str]) -> None:
    bad = "=cmd|' /C calc'!A0"
    assign(Asked(PROVINCE, 2026, bad, "9/QĐ-UBND ngày 15/12/2025", lines={"lua_dien_tich": "950"}), person("tuan"))
    address = f"{COMPARE}&left=2026%7CHĐND&right=2026%7C{bad.replace('|', '%7C').replace(' ', '%20')}"
    answer = signed_in("ngoc").get(f"{address}&format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][5].startswith("'="), "a head that would be run begins with an apostrophe"
    told = next(row for row in rows if row[0] == "lua_dien_tich")
    assert told[4:10] == ["1000", "950", "-50", "", "ha", "95"]
    assert told[11:] == ["HĐND", "12/NQ-HĐND, 20/12/2025", f"'{bad}", "9/QĐ-UBND, 15/12/2025"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    book = signed_in("ngoc").get(f"{address}&format=xlsx")
    assert book.content.startswith(b"PK")
    with zipfile.ZipFile(io.BytesIO(book.content)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("side", ["x", "2026", "99999|HĐND", "draft|1", "draft|x", "|", "٢٠٢٦|HĐND", "{0.__class__}|x"])
def test_a_side_that_is_none_is_refused(planned: dict[str, str], side: str) -> None:
    answer = signed_in("ngoc").get("/plans/compare", {"unit": PROVINCE, "left": "2026|HĐND", "right": side})
    assert answer.status_code == 409
    assert signed_in("lan").get(COMPARE).status_code == 403
    odd = signed_in("ngoc").get("/plans/compare", {"unit": PROVINCE, "left_on": "mai"})
    assert odd.status_code in (200, 409)


def test_a_draft_is_given_another_name_over_the_version_that_was_seen(planned: dict[str, str]) -> None:
    draft = drafted()
    client = signed_in("tuan")
    path = f"/plans/drafts/{draft.pk}/name"
    assert client.post(path, {"version": "0", "title": "  Phương án   cao "}).status_code == 302
    assert Draft.objects.get(pk=draft.pk).title == "Phương án cao"
    assert client.post(path, {"version": "0", "title": "Khác"}).status_code == 409, "somebody else was there before"
    assert client.post(path, {"version": "1", "title": " "}).status_code == 409
    assert signed_in("son").post(path, {"version": "1", "title": "Khác"}).status_code == 403
    last = list(recording.lines(draft.stream))[-1]
    assert "Phương án 1" in last.details
    assert "Phương án cao" in last.details


def test_a_draft_is_deleted_for_a_reason_and_the_record_keeps_what_stood_in_it(planned: dict[str, str]) -> None:
    draft = drafted()
    path, client = f"/plans/drafts/{draft.pk}/delete", signed_in("tuan")
    for why in (" ", "x" * 501):
        assert client.post(path, {"why": why}).status_code == 409
    for who in ("son", "ngoc", "lan", "quan"):
        assert signed_in(who).post(path, {"why": "nhầm"}).status_code == 403
    assert client.post(path, {"why": "lập nhầm năm"}).status_code == 302
    assert not Draft.objects.filter(pk=draft.pk).exists()
    line = list(recording.lines(draft.stream))[-1]
    assert line.action == "plan_ahead_deleted"
    assert all(words in line.details for words in ("lập nhầm năm", "Phương án 1", "lua_dien_tich"))
    assert client.get(f"/plans/drafts/{draft.pk}").status_code == 404
    assert client.post(path, {"why": "lại"}).status_code == 404
    assert list(recording.faults()) == []


def test_a_draft_that_was_made_into_targets_is_neither_renamed_nor_deleted(planned: dict[str, str]) -> None:
    draft = drafted()
    Draft.objects.filter(pk=draft.pk).update(assigned_at=datetime.now(UTC), decision="9/NQ-HĐND")
    client = signed_in("tuan")
    refused = client.post(f"/plans/drafts/{draft.pk}/delete", {"why": "nhầm"})
    assert refused.status_code == 409
    assert "đã được giao theo 9/NQ-HĐND" in refused.content.decode()
    assert client.post(f"/plans/drafts/{draft.pk}/name", {"version": "0", "title": "Khác"}).status_code == 409
    assert Draft.objects.get(pk=draft.pk).title == "Phương án 1"
