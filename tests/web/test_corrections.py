"""What is withdrawn and corrected: until when, what counts meanwhile, and that nobody is late by it."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from baocao.figures import store
from baocao.model.observation import Address, NoValue
from baocao.model.period import Period
from baocao_web.collecting import forms_kept
from baocao_web.collecting.models import Entry, Handover, Round
from baocao_web.collecting.rounds import punctuality
from baocao_web.collecting.rounds.punctuality import Owed, Punctuality
from baocao_web.collecting.totals.consolidating import consolidate
from baocao_web.figures.feeding_in import feed_all, raw
from baocao_web.places import office
from baocao_web.places.calendar import working_day
from baocao_web.running import chasing_letter, year_record
from tests.web.offices import HERE, PERIOD, THERE, Office, post, signed_in
from tests.web.test_passing_on import AREA, POOR, STEPS, done, page, path, save, submitted

# ---- a cell emptied after a return -----------------------------------------------------------------------------------


def in_store(unit: str = HERE) -> dict[str, tuple[Any, Any]]:
    """What the store has of a unit: indicator → figure and mark."""
    feed_all()
    found = store.current(raw(), [unit])
    return {one.address.indicator: (one.value, NoValue(one.mark) if one.mark else None) for one in found}


def test_a_cell_that_is_emptied_after_a_return_is_withdrawn_from_the_store_too(made: Office) -> None:
    submitted(made)
    assert in_store()["lua_dien_tich"] == (Decimal(10), None)
    done(made, "hoa", "return", reason="Chưa có số liệu")
    save(made, {AREA: "", POOR: "6"}, 1)
    done(made, "lan", "submit")
    assert in_store()["lua_dien_tich"] == (None, NoValue.NOT_AVAILABLE), "the figure is no longer told"
    assert in_store()["ho_ngheo"] == (Decimal(6), None)
    made_of = consolidate(made.round.pk).sums[AREA]
    assert (made_of.value, made_of.told) == (None, 0), "the consolidated form agrees"
    history = store.history(raw(), Address(HERE, "lua_dien_tich", Period.parse(PERIOD)))
    assert [one.value for one in history] == [Decimal(10), None], "a revision, and nothing is lost"
    assert "giữ nguyên" not in page(made, "hoa"), "who approves sees what changed"


def test_a_cell_that_was_emptied_before_it_was_ever_handed_over_withdraws_nothing(made: Office) -> None:
    save(made, {AREA: "10", POOR: "5"}, 0)
    save(made, {AREA: ""}, 1)
    done(made, "lan", "submit")
    assert "lua_dien_tich" not in in_store()


def test_a_figure_that_was_withdrawn_is_not_withdrawn_again(made: Office) -> None:
    submitted(made)
    for base, cells in ((1, {AREA: ""}), (2, {POOR: "6"})):
        done(made, "hoa", "return", reason="Xem lại")
        save(made, cells, base)
        done(made, "lan", "submit")
    handed = [json.loads(one.cells) for one in Handover.objects.order_by("version")]
    assert [AREA in one for one in handed] == [True, True, False]
    assert in_store()["lua_dien_tich"] == (None, NoValue.NOT_AVAILABLE)


def test_cells_are_named_in_the_language_of_the_reader(made: Office) -> None:
    made.form.layout["rows"][4]["is_compulsory"] = True
    made.form.save()
    forms_kept.forget()
    save(made, {AREA: "10"}, 0)
    client = signed_in("lan")
    client.cookies["django_language"] = "en"
    refused = post(client, path(made, "submit"), version=1).json()["refused"]
    assert refused == "1 compulsory cells are empty (Poor households); type figures, or the mark “not available”."


# ---- what was approved is corrected ----------------------------------------------------------------------------------


def approved(made: Office) -> None:
    submitted(made)
    for who in ("hoa", "tuan"):
        assert done(made, who, "approve").status_code == 200


def past(made: Office, days: int) -> None:
    """The round as it is so many days after all its days, the unit's form handed in on its last day but one."""
    today = office.today()
    moved = {"opens_on": -30, "due_on": -9, "late_on": -8, "locked_on": -7}
    Round.objects.filter(pk=made.round.pk).update(
        **{name: today + timedelta(days=count + 7 - days) for name, count in moved.items()}
    )
    entry = made.entry()
    if entry.submitted_at is not None:
        Entry.objects.filter(pk=entry.pk).update(submitted_at=entry.submitted_at - timedelta(days=days + 3))
    forms_kept.forget()


def total(made: Office, who: str = "tuan", asked: str = "") -> str:
    return signed_in(who).get(f"/rounds/{made.round.pk}/total{asked}").content.decode()


def test_a_correction_behind_the_lock_is_typed_submitted_and_approved(made: Office) -> None:
    approved(made)
    past(made, 40)
    assert done(made, "tuan", "correct", reason="Đo lại", cells=[AREA]).status_code == 200
    assert made.entry().mend_by == working_day(office.today(), 3), "some working days where none is named"
    assert "Sửa và nộp lại đến hết ngày" in page(made, "lan")
    assert save(made, {AREA: "9"}, 1).json()["taken"] == {AREA: "9"}
    for who, act in STEPS:
        assert done(made, who, act).status_code == 200
    kept = made.entry()
    assert (kept.state, kept.stands, kept.mend_by) == ("approved", None, None)
    assert in_store()["lua_dien_tich"][0] == 9
    assert save(made, {AREA: "8"}, 2).status_code == 409


def test_a_correction_is_open_to_the_end_of_its_day_and_no_longer(made: Office) -> None:
    approved(made)
    past(made, 40)
    until = office.today() + timedelta(days=2)
    assert done(made, "tuan", "correct", reason="x", until=f"{until:%d/%m/%Y}").status_code == 200
    assert made.entry().mend_by == until
    Entry.objects.update(mend_by=office.today() - timedelta(days=1))
    refused = save(made, {AREA: "9"}, 1)
    assert refused.status_code == 409
    assert "đã khóa" in refused.json()["refused"]
    Entry.objects.update(mend_by=office.today())
    assert save(made, {AREA: "9"}, 1).status_code == 200


@pytest.mark.parametrize("until", ["hôm nay", "01/01/2020", "31/12/2099", "31/12/9999"])
def test_a_day_that_is_over_or_far_off_opens_nothing(made: Office, until: str) -> None:
    approved(made)
    answer = done(made, "tuan", "correct", reason="x", until=until)
    assert answer.status_code == 409
    assert until in answer.json()["refused"]
    assert made.entry().state == "approved"


def test_what_is_returned_on_the_last_day_can_be_mended_behind_the_lock(made: Office) -> None:
    submitted(made)
    past(made, 1)
    assert done(made, "hoa", "return", reason="Sai đơn vị tính").status_code == 200
    assert save(made, {AREA: "9"}, 1).status_code == 200
    assert done(made, "lan", "submit").status_code == 200


def test_a_round_that_is_closed_takes_what_is_corrected_after_it_and_nothing_opened_before(made: Office) -> None:
    approved(made)
    post(signed_in("minh"), path(made, "save", THERE), base=0, cells={AREA: "5"})
    done(made, "minh", "submit", THERE)
    assert done(made, "tuan", "correct", reason="x").status_code == 200
    closed = {"act": "close", "reason": "Chốt số"}
    assert signed_in("tuan").post(f"/rounds/{made.round.pk}/days", closed).status_code == 302
    assert save(made, {AREA: "9"}, 1).status_code == 409, "what was open is closed with the round"


def test_what_was_approved_counts_until_its_correction_is_approved(made: Office) -> None:
    approved(made)
    assert done(made, "tuan", "correct", reason="Đo lại").status_code == 200

    def told() -> tuple[Any, Any, Any]:
        both = [consolidate(made.round.pk, is_approved_only=only).sums[AREA].value for only in (False, True)]
        return (*both, in_store()["lua_dien_tich"][0])

    assert told() == (10, 10, 10), "opened"
    save(made, {AREA: "9", POOR: ""}, 1)
    assert told() == (10, 10, 10), "typed"
    done(made, "lan", "submit")
    assert told() == (10, 10, 10), "submitted"
    seen = total(made)
    assert "Đang sửa số đã duyệt" in seen
    assert (
        "đang sửa, tính số đã duyệt" in signed_in("tuan").get(f"/rounds/{made.round.pk}/cells/{AREA}").content.decode()
    )
    assert "Đang sửa số đã duyệt" in total(made, asked="?approved=1")
    done(made, "hoa", "return", reason="Xem lại")
    assert told() == (10, 10, 10), "returned on the way"
    done(made, "lan", "submit")
    done(made, "hoa", "approve")
    assert told() == (10, 10, 10), "half approved"
    done(made, "tuan", "approve")
    assert told() == (9, 9, 9)
    assert in_store()["ho_ngheo"] == (None, NoValue.NOT_AVAILABLE), "what was emptied is withdrawn with it"
    assert "Đang sửa" not in total(made)


def test_the_file_of_the_total_holds_what_stands(made: Office) -> None:
    approved(made)
    done(made, "tuan", "correct", reason="Đo lại")
    save(made, {AREA: "9"}, 1)
    told = signed_in("tuan").get(f"/rounds/{made.round.pk}/total/csv").content.decode()
    line = next(each for each in told.splitlines() if each.startswith(AREA))
    assert line.endswith(",10,1,10,"), line


def test_who_is_not_approved_yet_or_corrects_is_named_by_the_total(made: Office) -> None:
    submitted(made)
    printed = plain(signed_in("tuan").get(f"/rounds/{made.round.pk}/total/print").content.decode())
    assert "Đã nộp, chưa duyệt: Phường Thượng Họa." in printed
    assert "Đã nộp, chưa duyệt (1): Phường Thượng Họa" in total(made)
    assert "Đã nộp, chưa duyệt" not in total(made, asked="?approved=1")
    for who in ("hoa", "tuan"):
        done(made, who, "approve")
    done(made, "tuan", "correct", reason="Đo lại")
    printed = plain(signed_in("tuan").get(f"/rounds/{made.round.pk}/total/print").content.decode())
    assert "Đang sửa, tính số đã duyệt: Phường Thượng Họa." in printed
    book = load_workbook(io.BytesIO(signed_in("tuan").get(f"/rounds/{made.round.pk}/total/xlsx").content))
    assert book.worksheets[0]["F6"].value == "đang sửa, tính số đã duyệt"


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


# ---- who was on time -------------------------------------------------------------------------------------------------


def standing(made: Office) -> Owed:
    return next(one for one in punctuality.of_round(made.round.pk) if one.unit == HERE)


def test_a_correction_takes_nobodys_punctuality(made: Office) -> None:
    approved(made)
    past(made, 40)
    assert standing(made).punctuality is Punctuality.ON_TIME
    done(made, "tuan", "correct", reason="Đo lại")
    one = standing(made)
    assert one.punctuality is Punctuality.ON_TIME
    assert one.name_of.vi == "đã nộp đúng hạn, đang sửa"
    assert one.owed_on == made.entry().mend_by
    assert "đã nộp đúng hạn, đang sửa" in signed_in("tuan").get(f"/rounds/{made.round.pk}/").content.decode()
    assert [each.unit for each in chasing_letter.overdue([made.round.pk])] == [THERE]
    counts = next(each for each in year_record.of_year(2026, lambda unit, sector: True).units if each.unit == HERE)
    assert (counts.whole, counts.share_on_time, counts.mending) == ({Punctuality.ON_TIME: 1}, 100, 1)
    assert "đang sửa 1 biểu" in signed_in("tuan").get("/rounds/record/2026").content.decode()
    Entry.objects.filter(pk=made.entry().pk).update(mend_by=office.today() - timedelta(days=1))
    assert HERE in [each.unit for each in chasing_letter.overdue([made.round.pk])], "what is not mended is chased"


def test_a_form_that_is_mended_late_tells_both_days(made: Office) -> None:
    submitted(made)
    past(made, 3)
    done(made, "hoa", "return", reason="Xem lại")
    assert standing(made).name_of.vi == "đã nộp đúng hạn, đang sửa", "it was handed in"
    done(made, "lan", "submit")
    one = standing(made)
    assert (one.punctuality, one.is_again_late) == (Punctuality.ON_TIME, True)
    seen = signed_in("tuan").get(f"/rounds/{made.round.pk}/").content.decode()
    assert "nộp lại" in seen
    assert "(sau hạn nộp)" in seen


def test_counting_in_the_database_agrees_with_telling_each(made: Office) -> None:
    submitted(made)
    past(made, 3)
    done(made, "hoa", "return", reason="Xem lại")
    each = punctuality.counted(punctuality.of_round(made.round.pk))
    assert punctuality.counts_of(made.round.pk) == each == {Punctuality.ON_TIME: 1, Punctuality.MISSING: 1}


@pytest.mark.parametrize(("on_time", "late", "told"), [(2, 1, 67), (1, 2, 33), (1, 1, 50), (1, 7, 13), (0, 3, 0)])
def test_a_share_is_rounded_and_not_cut(on_time: int, late: int, told: int) -> None:
    counts = Counter({Punctuality.ON_TIME: on_time, Punctuality.LATE: late})
    assert year_record.Standing(HERE, {"2026-M10": counts}).share_on_time == told
