"""A form from the first cell to the last approval: nothing lost, nothing doubled, nobody's typing written over."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from threading import Thread

import pytest
from django.db import connection

from baocao.figures import store
from baocao.model.period import Period
from baocao_web.collecting import forms_kept
from baocao_web.collecting.models import Handover
from baocao_web.collecting.sheets import words_of
from baocao_web.collecting.typing import Cell
from baocao_web.figures.feeding_in import feed_in, is_waiting, raw
from baocao_web.pages import number
from baocao_web.people import recording
from baocao_web.places import office
from tests.web.offices import HERE, PERIOD, THERE, Office, post, signed_in

AREA, OUTPUT, POOR = "lua_dien_tich:actual", "lua_san_luong:actual", "ho_ngheo:actual"


def save(made: Office, cells: dict[str, str], base: int = 0, who: str = "lan", **more: object) -> object:
    return post(signed_in(who), f"/forms/{made.entry().pk}/save", base=base, cells=cells, **more)


def test_what_is_typed_is_kept_as_officials_write_it(made: Office) -> None:
    answer = save(made, {AREA: "1.234,5", OUTPUT: "không phát sinh", POOR: ""})
    assert answer.status_code == 200
    assert answer.json()["taken"] == {AREA: "1.234,5", OUTPUT: "không phát sinh"}
    page = signed_in("lan").get(f"/forms/{made.entry().pk}/").content.decode()
    assert f'name="{AREA}"' in page
    assert 'value="1.234,5"' in page
    assert 'value="không phát sinh"' in page


def test_words_that_are_no_figure_are_kept_and_told_but_cannot_be_submitted(made: Office) -> None:
    answer = save(made, {AREA: "khoảng 12", OUTPUT: "87.5"}).json()
    assert set(answer["faults"]) == {AREA, OUTPUT}
    assert "khoảng 12" in answer["faults"][AREA]
    assert made.cells()[AREA] == [None, None, 1, "khoảng 12"]
    page = signed_in("lan").get(f"/forms/{made.entry().pk}/").content.decode()
    assert 'value="khoảng 12" aria-invalid="true"' in page
    refused = post(signed_in("lan"), f"/forms/{made.entry().pk}/submit", version=1)
    assert refused.status_code == 409
    assert "2 ô chưa đọc được" in refused.json()["refused"]
    assert made.entry().state == "open"


def test_a_cell_that_another_changed_keeps_the_others_figure_and_tells_it(made: Office) -> None:
    save(made, {AREA: "10", OUTPUT: "20"})
    answer = save(made, {AREA: "11", POOR: "3"}, base=0, who="hoa").json()
    assert answer["beside"] == {AREA: "10"}
    assert answer["taken"] == {POOR: "3"}
    assert answer["others"] == {OUTPUT: "20"}, (
        "the page goes on from this version, so it must show what it has not seen"
    )
    assert made.cells()[AREA][0] == "10"
    told = [line.details for line in recording.lines(made.entry().stream)]
    assert '"beside":{"lua_dien_tich:actual":["11",null,null]}' in told[-1], "what was typed is not lost"
    again = save(made, {AREA: "11"}, base=answer["version"], who="hoa").json()
    assert again["taken"] == {AREA: "11"}


def test_a_save_that_comes_twice_is_done_once_and_answered_alike(made: Office) -> None:
    first = save(made, {AREA: "10"}, request="r1")
    save(made, {AREA: "12"}, base=1)
    second = save(made, {AREA: "10"}, request="r1")
    assert second.json() == first.json()
    assert made.cells()[AREA][0] == "12"
    assert made.entry().version == 2


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"base": 0, "cells": {"khong_co:actual": "1"}}, 409),
        ({"base": "0", "cells": {}}, 409),
        ({"base": True, "cells": {}}, 409),
        ({"base": 0, "cells": {AREA: 5}}, 409),
        ({"base": 0, "cells": [AREA]}, 409),
        ({"base": 0, "cells": {AREA: "1"}, "request": "x" * 41}, 409),
        ({"base": 0, "cells": {f"{n}": "1" for n in range(5_001)}}, 409),
    ],
)
def test_a_malformed_save_is_refused_in_words_and_leaves_no_trace(made: Office, body: dict, status: int) -> None:
    answer = post(signed_in("lan"), f"/forms/{made.entry().pk}/save", **body)
    assert answer.status_code == status
    assert answer.json()["refused"]
    assert made.entry().version == 0
    assert list(recording.lines(made.entry().stream)) == []


def test_nobody_fills_in_the_form_of_another_unit(made: Office) -> None:
    theirs = made.entry(THERE).pk
    for who in ("lan", "hoa"):
        assert post(signed_in(who), f"/forms/{theirs}/save", base=0, cells={AREA: "1"}).status_code == 403
        assert signed_in(who).get(f"/forms/{theirs}/").status_code == 403
    assert made.cells(THERE) == {}


def test_a_form_goes_from_hand_to_hand_in_its_order(made: Office) -> None:
    path = f"/forms/{made.entry().pk}"
    save(made, {AREA: "10", OUTPUT: "60"})
    assert post(signed_in("hoa"), f"{path}/approve", version=1).status_code == 409, "it is not submitted yet"
    assert post(signed_in("lan"), f"{path}/submit", version=0).status_code == 409, "it has changed since"
    assert post(signed_in("lan"), f"{path}/submit", version=1).json()["state"] == "submitted"
    assert save(made, {AREA: "11"}, base=1).status_code == 409, "it is out of hand"
    assert post(signed_in("tuan"), f"{path}/approve", version=1).status_code == 403, "the approver's turn comes first"
    assert post(signed_in("lan"), f"{path}/approve", version=1).status_code == 403
    assert post(signed_in("hoa"), f"{path}/approve", version=1, digest=made.entry().digest).json() == {
        "state": "submitted",
        "step": 1,
        "version": 1,
    }
    assert post(signed_in("tuan"), f"{path}/return", version=1, reason=" ").status_code == 409
    back = post(signed_in("tuan"), f"{path}/return", version=1, reason="Sản lượng nhầm đơn vị", cells=[OUTPUT])
    assert back.json()["state"] == "returned"
    save(made, {OUTPUT: "61"}, base=1)
    for who, act in (("lan", "submit"), ("hoa", "approve"), ("tuan", "approve")):
        answer = post(signed_in(who), f"{path}/{act}", version=2, digest=made.entry().digest)
        assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == "approved"
    assert len(made.entry().digest) == 64
    acts = [line.action for line in recording.lines(made.entry().stream)]
    assert acts == ["enter", "submit", "approve", "return", "enter", "submit", "approve", "approve"]
    assert list(recording.faults()) == []


def test_submitted_figures_reach_the_store_once(made: Office) -> None:
    save(made, {AREA: "10,5", POOR: "chưa có số liệu"})
    for _ in range(2):
        post(signed_in("lan"), f"/forms/{made.entry().pk}/submit", version=1, request="s1")
    assert Handover.objects.count() == 1
    assert feed_in() == 1
    assert not is_waiting()
    assert feed_in() == 0
    found = {one.indicator: one for one in store.current(raw(), units=[HERE])}
    assert found["lua_dien_tich"].value == Decimal("10.5")
    assert found["ho_ngheo"].mark == "not_available"
    assert found["lua_dien_tich"].recorded_by == "lan"
    assert found["lua_dien_tich"].address.period == Period.parse(PERIOD)


def test_a_locked_form_takes_nothing_until_it_is_extended(made: Office) -> None:
    made.round.locked_on = office.today()
    made.round.save()
    forms_kept.forget()
    refused = save(made, {AREA: "1"})
    assert refused.status_code == 409
    assert "khóa" in refused.json()["refused"]
    entry = made.entry()
    entry.extended_to = office.today() - timedelta(days=1)
    entry.save()
    assert save(made, {AREA: "1"}).status_code == 409
    entry.extended_to = office.today()
    entry.save()
    assert save(made, {AREA: "1"}).status_code == 200, "what is extended lasts the whole of its day"


def test_saves_of_many_at_once_lose_nothing(made: Office) -> None:
    entry, answers = made.entry().pk, []

    def type_in(number: int) -> None:
        client = signed_in("lan")
        for turn in range(5):
            cells = {AREA if number % 2 else OUTPUT: f"{number}{turn}"}
            answers.append(post(client, f"/forms/{entry}/save", base=10**6, cells=cells).status_code)
        connection.close()

    threads = [Thread(target=type_in, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 20
    lines = list(recording.lines(made.entry().stream))
    assert [line.place for line in lines] == list(range(1, 21))
    assert list(recording.faults()) == []


@pytest.mark.parametrize("told", ["0", "12", "1234567.50", "-1234.5", "0.001", "1000.000", "999999999999.123456"])
def test_a_stored_figure_is_written_alike_in_a_form_and_elsewhere(told: str) -> None:
    assert words_of(Cell(told, None, 1)) == number(Decimal(told))
