"""What the screens do, programs do: plans, drafts, decisions on forms, key tasks, reports; and nothing is left out."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from baocao_web.api.document import document
from baocao_web.collecting.models import Round
from baocao_web.documents import drafting
from baocao_web.people import recording
from baocao_web.plans import overview
from baocao_web.plans.models import Draft
from baocao_web.tasks.models import Task
from tests.web.calls import Program
from tests.web.offices import HERE, PROVINCE, THERE, Office, signed_in
from tests.web.reports import checked, drafted, told, written
from tests.web.test_documents import FINDING

POOR, FEW = "ho_ngheo", "ho_ngheo|dan_toc=thieu_so"
DECISION = {"authority": "HĐND tỉnh", "decision": "12/NQ-HĐND ngày 20/12/2025"}

# what pages take, and the call that does the same
CALLED = {
    "save_entry": "save_cells",
    "submit_entry": "submit",
    "approve_entry": "approve",
    "approve_entries": "approve_many",
    "return_entry": "send_back",
    "correct_entry": "open_again",
    "entry_cell": "remark",
    "extend_entry": "extend",
    "remarks_entry": "remark",
    "round_days": "move_days",
    "plan_decision": "assign",
    "plan_allot": "allocate",
    "plan_drafts": "make_plan_draft",
    "plan_draft": "edit_plan_draft",
    "plan_draft_rules": "set_plan_draft_rules",
    "plan_draft_named": "rename_plan_draft",
    "plan_draft_delete": "delete_plan_draft",
    "plan_draft_assign": "assign_plan_draft",
    "task_new": "set_task",
    "task_amend": "amend_task",
    "task_drop": "drop_task",
    "task_tell": "tell_progress",
    "task_settle": "settle_task",
    "documents": "make_report",
    "document_draft_again": "draft_again",
    "document_settle": "settle_suggestions",
    "document_verdict": "answer_report_finding",
    "document_part": "write_part",
    "document_hold": "hold_part",
    "document_issue": "issue",
    "edition_publish": "publish",
    "edition_withdraw": "withdraw",
    "proofs": "proof_read",
    "proof_verdict": "answer_proof_finding",
}
# what people alone do: they look at a file that they bring, or lay out, or have a file made for themselves
BY_HAND = {
    "chasing_letter": "a letter is made for the one who sends it",
    "chasing_letter_of_all": "the same",
    "entry_workbook": "a workbook is looked at cell by cell before it is taken; programs save cells",
    "entry_differences": "the same",
    "below_entry": "sums are taken on the page, where each is looked at",
    "rounds": "a form is opened for its units by people",
    "forms": "forms are laid out by people",
    "plan_history": "what was mistyped is put right on the page that shows what stood; programs assign and adjust",
    "plan_annexes": "an annex is looked at cell by cell before it is taken; programs assign",
    "plan_annex": "the same",
    "plan_annex_take": "the same",
    "task_take": "a list is looked at line by line before it is taken; programs set tasks",
    "document_release": "a hold ends by itself, and by writing",
    "document_returned": "an edited file is looked at passage by passage before it is taken; programs write parts",
    "document_take": "the same",
    "document_last_year": "last year's report is brought in to be looked at beside this one",
    "document_pdf": "a file is made for the one who waits for it; editions have theirs",
    "edition_pdf": "the same",
    "proof_again": "asking for the findings begins the reading",
    "proof_annotate": "a file is made for the one who waits for it",
    "proof_figures": "links are looked at on the page",
}
ROOMS = ("forms/", "rounds/", "plans/", "tasks/", "documents/")


def pages(found: Any = None, above: str = "") -> list[tuple[str, str]]:
    """The names and addresses of all pages of the rooms of work."""
    told = []
    for one in found or get_resolver().url_patterns:
        path = above + str(one.pattern)
        if isinstance(one, URLResolver):
            told += pages(one.url_patterns, path)
        elif isinstance(one, URLPattern) and one.name and path.startswith(ROOMS):
            told.append((one.name, path))
    return told


def test_whatever_a_page_takes_a_program_can_do_or_it_is_said_why_not(made: Office) -> None:
    operations = {one["operationId"] for its in document()["paths"].values() for one in its.values()}
    client = signed_in("quan")
    taking = set()
    for name, path in pages():
        address = "/" + _filled(path)
        sent = (client.post(address), client.post(address, "{}", content_type="application/json"))
        assert all(answer.status_code < 500 for answer in sent), name
        if sent[0].status_code != 405:
            taking.add(name)
    assert taking == set(CALLED) | set(BY_HAND)
    assert set(CALLED.values()) <= operations


def _filled(path: str) -> str:
    """An address with something in each of its places."""
    made = ""
    for part in path.split("<"):
        made += part if ">" not in part else "1" + part.partition(">")[2]
    return made


@pytest.fixture
def compiler(made: Office) -> Program:
    return Program.of("tuan", PROVINCE)


def test_parts_of_indicators_are_assigned_and_told_with_their_history(compiler: Program) -> None:
    lines = {POOR: "không quá 300", FEW: "không quá 200"}
    assert compiler.post("/targets", unit=PROVINCE, year=2026, targets=lines, **DECISION).json() == {"new": 2}
    told = compiler.get("/targets", unit=PROVINCE, year=2026).json()["items"]
    assert [(one["indicator"], one["breakdown"]) for one in told] == [(POOR, ""), (POOR, "dan_toc=thieu_so")]
    later = {"authority": "HĐND tỉnh", "decision": "5/NQ-HĐND ngày 15/7/2026"}
    compiler.post("/targets", unit=PROVINCE, year=2026, targets={FEW: "không quá 180"}, **later)
    history = compiler.get("/targets/history", unit=PROVINCE, indicator=POOR).json()["items"]
    assert [one["low"] for one in history if one["breakdown"]] == ["180", "200"]
    bad = compiler.post("/targets", unit=PROVINCE, year=2026, targets={f"{POOR}|x/y": "5"}, **DECISION)
    assert (bad.status_code, bad.json()["errors"][0]["at"]) == (422, "/targets/ho_ngheo|x~1y")
    figures = compiler.get("/figures", indicator=POOR, period="2026", scenario="target", unit=PROVINCE).json()["items"]
    assert [one["value"] for one in figures] == ["300"], "the whole where no part is asked for"


def test_a_target_is_given_to_units_over_what_was_looked_at(compiler: Program) -> None:
    compiler.post("/targets", unit=PROVINCE, year=2026, targets={FEW: "200"}, **DECISION)
    asked = {"unit": PROVINCE, "year": 2026, "target": FEW}
    seen = compiler.get("/targets/allocation", **asked).json()
    assert (seen["whole"]["low"], seen["left"]) == ("200", "200")
    given = {**asked, **DECISION, "digest": seen["digest"], "targets": {HERE: "150", THERE: "80"}}
    beyond = compiler.post("/targets/allocation", **given)
    assert beyond.status_code == 409
    assert overview.held(HERE, 2026) == ()
    assert compiler.post("/targets/allocation", **given, is_beyond_meant=True).json() == {"new": 2}
    assert compiler.get("/targets/allocation", **asked).json()["left"] == "-30"
    assert compiler.post("/targets/allocation", **given, is_beyond_meant=True).status_code == 409, "it is stale now"
    fault = compiler.post("/targets/allocation", **{**given, "targets": {HERE: "x"}}).json()
    assert fault["errors"][0]["at"] == f"/targets/{HERE}"
    assert Program.of("lan", HERE).post("/targets/allocation", **given).status_code == 403


def test_plan_is_set_against_plan(compiler: Program) -> None:
    for who, words in (("HĐND tỉnh", "48-52"), ("UBND tỉnh", "48-55")):
        decision = {"authority": who, "decision": "12/NQ-HĐND ngày 20/12/2025"}
        compiler.post("/targets", unit=PROVINCE, year=2026, targets={"lua_nang_suat": words}, **decision)
    asked = {"unit": PROVINCE, "left": "2026|HĐND tỉnh", "right": "2026|UBND tỉnh"}
    (row,) = compiler.get("/targets/comparison", **asked).json()["items"]
    assert (row["how"], row["difference"], row["upper_difference"], row["percent"]) == ("bounds", "0", "3", None)
    odd = compiler.get("/targets/comparison", **{**asked, "right": "draft|1"})
    assert (odd.status_code, odd.json()["errors"][0]["at"]) == (422, "right")


def test_a_draft_goes_from_making_to_targets(compiler: Program) -> None:
    compiler.post("/targets", unit=PROVINCE, year=2026, targets={POOR: "300", FEW: "200"}, **DECISION)
    made = compiler.post("/plan-drafts", unit=PROVINCE, year=2027, title="Phương án 1", authority="HĐND tỉnh").json()
    path = f"/plan-drafts/{made['id']}"
    assert compiler.send("PATCH", path, version=0, title="Phương án 2").json() == {"done": True}
    rules = {"": {"rule": "percent", "amount": "-10"}}
    assert compiler.send("PUT", f"{path}/rules", version=1, rules=rules).status_code == 200
    lines = {FEW: {"version": 0, "typed": "không quá 150"}}
    assert compiler.send("PATCH", f"{path}/lines", lines=lines).json() == {"changed": 1}
    seen = compiler.get(path).json()
    assert {one["target"]: one["next_year"]["vi"] for one in seen["lines"]} == {POOR: "270", FEW: "không quá 150"}
    stale = compiler.send("PATCH", f"{path}/lines", lines=lines | {POOR: {"version": 9, "typed": "1"}}).json()
    assert stale["errors"][0]["at"] == f"/lines/{POOR}"
    signed = {"authority": "HĐND tỉnh", "decision": "9/NQ-HĐND ngày 1/11/2026", "digest": seen["digest"]}
    assert compiler.post(f"{path}/assign", **signed).json() == {"new": 2}
    assert compiler.post(f"{path}/delete", reason="nhầm").status_code == 409
    other = compiler.post("/plan-drafts", unit=PROVINCE, year=2027, title="Nháp", authority="HĐND tỉnh").json()["id"]
    assert compiler.post(f"/plan-drafts/{other}/delete", reason="lập nhầm").json() == {"done": True}
    assert [one["id"] for one in compiler.get("/plan-drafts", unit=PROVINCE, year=2027).json()["items"]] == [made["id"]]
    assert not Draft.objects.filter(pk=other).exists()
    assert Program.of("lan", HERE).get(path).status_code == 403
    assert list(recording.faults()) == []


def test_many_forms_are_approved_and_each_that_is_left_is_told_why(made: Office) -> None:
    for who, unit in (("lan", HERE), ("minh", THERE)):
        reporter = Program.of(who, unit)
        entry = made.entry(unit).pk
        reporter.save(entry, 0, lua_dien_tich="10", lua_san_luong="50", ho_ngheo="3")
        assert reporter.post(f"/entries/{entry}/submit", version=1).status_code == 200
    approver = Program.of("hoa", HERE)
    seen = approver.get(f"/entries/{made.entry().pk}").json()
    pick = {"entry": seen["id"], "version": seen["version"], "digest": seen["digest"]}
    told = approver.post("/entries/approve", entries=[pick]).json()
    assert told == {"approved": [{"entry": seen["id"], "unit": HERE}], "left": []}
    (left,) = approver.post("/entries/approve", entries=[pick]).json()["left"]
    assert left["why"]["vi"]
    strange = {**pick, "entry": made.entry(THERE).pk}
    assert approver.post("/entries/approve", entries=[strange]).status_code == 403


def test_a_unit_is_given_longer_and_the_days_of_a_round_are_moved(made: Office, compiler: Program) -> None:
    entry, round_ = made.entry().pk, made.round
    day = round_.locked_on.isoformat()
    assert compiler.post(f"/entries/{entry}/extend", to=day, reason="mưa lũ").json() == {"extended_to": day}
    reporter = Program.of("lan", HERE)
    assert reporter.post(f"/entries/{entry}/extend", to=day, reason="x").status_code == 403
    days = {name: getattr(round_, name).isoformat() for name in ("opens_on", "due_on", "late_on", "locked_on")}
    moved = {**days, "late_on": days["due_on"]}
    assert (
        compiler.send("PUT", f"/rounds/{round_.pk}/days", reason="sớm hơn", **moved).json()["late_on"]
        == moved["due_on"]
    )
    wrong = compiler.send("PUT", f"/rounds/{round_.pk}/days", reason="x", **{**days, "due_on": days["locked_on"]})
    assert wrong.status_code == 409
    assert compiler.send("PUT", f"/rounds/{round_.pk}/closed", is_closed=True, reason="xong").json()["is_closed"]
    assert Round.objects.get(pk=round_.pk).is_closed
    assert reporter.send("PUT", f"/rounds/{round_.pk}/closed", is_closed=False, reason="x").status_code == 403


def test_remarks_are_made_and_read(made: Office, compiler: Program) -> None:
    path = f"/entries/{made.entry().pk}/remarks"
    cell = "lua_dien_tich:actual"
    place = compiler.post(path, cell=cell, text="số này tăng gấp đôi?").json()["place"]
    (told,) = Program.of("lan", HERE).get(path, cell=cell).json()["items"]
    assert (told["place"], told["text"], told["is_settling"]) == (place, "số này tăng gấp đôi?", False)
    assert compiler.post(path, cell="khong_co", text="x").status_code == 409
    assert Program.of("minh", THERE).get(path).status_code == 403


def test_tasks_are_set_amended_settled_and_followed_no_more(compiler: Program) -> None:
    wanted = {"unit": HERE, "title": "Đường liên xã Hư Cấu", "due_on": "2026-12-31"}
    made = compiler.post("/tasks", **wanted).json()
    path = f"/tasks/{made['id']}"
    amended = compiler.send("PUT", path, version=made["version"], **wanted, deliverable="3 km").json()
    assert amended["version"] > made["version"]
    assert compiler.send("PUT", path, version=made["version"], **wanted).status_code == 409, "amended since"
    both = compiler.post("/tasks", **{**wanted, "title": "Khác", "every": "M"}).json()
    assert both["errors"][0]["at"] == "/due_on"
    reporter = Program.of("lan", HERE)
    number = reporter.post(f"{path}/progress", base=0, state="done", text="xong 3 km").json()["number"]
    assert reporter.post(f"{path}/verdict", number=number, verdict="confirm").status_code == 403
    assert compiler.post(f"{path}/verdict", number=number, verdict="return").status_code == 409, "it needs a reason"
    assert compiler.post(f"{path}/verdict", number=number, verdict="confirm").status_code == 200
    assert compiler.post(f"{path}/drop", reason="đã bàn giao").status_code == 200
    assert Task.objects.get(pk=made["id"]).dropped_on is not None


def test_a_report_is_written_settled_answered_issued_and_published(made: Office, compiler: Program) -> None:
    told()
    report = drafted()
    path, leader = f"/reports/{report.pk}", Program.of("son", PROVINCE)
    (first, *_) = compiler.get(f"{path}/parts").json()["items"]
    part = f"{path}/parts/{first['key']}"
    assert compiler.post(f"{part}/hold").json()["is_mine"]
    assert compiler.get(f"{path}/parts").json()["items"][0]["held_by"] == "tuan"
    saved = compiler.send("PUT", part, version=first["version"], text="Tình hình ổn định.").json()
    assert not saved["is_beside"]
    beside = compiler.send("PUT", part, version=first["version"], text="Bài khác.").json()
    assert beside["is_beside"], "another saved since: nobody's text is lost, and none is written over"
    assert compiler.send("PUT", f"{path}/parts/khong-co", version=0, text="x").status_code == 404
    written(report)
    assert compiler.post(f"{path}/suggestions", marks=["all"], keep=True).status_code == 200
    report.refresh_from_db()
    checked(report, [FINDING])
    seen = compiler.get(f"{path}/findings").json()
    assert (seen["progress"], seen["state"]) == ("done", drafting.state_of(report))
    issued = {"number": "05", "on": "2026-11-05", "state": seen["state"]}
    key = seen["findings"][0]["key"]
    reviewer = Program.of("ngoc", PROVINCE)
    said = reviewer.post(f"{path}/findings/{key}", what="accept", words="đã đối chiếu").json()
    assert said == {"key": key, "is_accepted": True}
    assert reviewer.post(f"{path}/findings/{key}", what="accept").status_code == 409, "it needs words"
    assert compiler.post(f"{path}/issue", **issued).status_code == 403
    assert leader.post(f"{path}/issue", **{**issued, "state": "0" * 64}).status_code == 409
    edition = leader.post(f"{path}/issue", **issued).json()
    assert leader.post(f"/editions/{edition['id']}/publish").json()["published_at"]
    assert leader.post(f"/editions/{edition['id']}/withdraw", reason="sai biểu").json()["published_at"] is None
    assert list(recording.faults()) == []


def test_a_report_is_asked_for_by_who_drafts(made: Office, compiler: Program) -> None:
    wanted = {"unit": HERE, "outline": "bao-cao-nam", "period": "2026"}
    assert Program.of("ngoc", PROVINCE).post("/reports", **wanted).status_code == 403
    assert compiler.post("/reports", **{**wanted, "outline": "khong-co"}).status_code == 409
    told()
    report = drafted()
    answer = compiler.post("/reports", **wanted)
    assert (answer.status_code, answer.json()["id"]) == (202, report.pk), "there is one of it: that one is told"
