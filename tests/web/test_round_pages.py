"""The pages of those who collect, as each role sees them: what is offered, what is refused, what stands on them."""

from __future__ import annotations

import pytest

from baocao_web.collecting.models import Form, Round
from baocao_web.people import recording
from tests.web.offices import HERE, THERE, Office, post, signed_in

AREA = "lua_dien_tich:actual"


def _paths(made: Office) -> list[str]:
    entry, round_ = made.entry().pk, made.round.pk
    return [
        "/rounds/",
        "/rounds/forms/",
        f"/rounds/forms/{made.form.pk}/",
        f"/rounds/{round_}/",
        f"/rounds/{round_}/total",
        f"/rounds/{round_}/cells/{AREA}",
        f"/forms/{entry}/history",
        f"/forms/{entry}/cells/{AREA}",
        f"/rounds/{round_}/days",
        f"/forms/{entry}/",
        f"/forms/{entry}/news?version=9",
        f"/forms/{entry}/remarks?cell={AREA}",
    ]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("tuan", "111111111111"),
        ("son", "001011110111"),  # a leader chases nobody
        ("ngoc", "001011110111"),
        ("lan", "000000110111"),
        ("minh", "000000000000"),
        ("quan", "000000000000"),
    ],
)
def test_a_page_opens_to_those_whom_it_concerns(made: Office, who: str, seen: str) -> None:
    client = signed_in(who)
    answers = [client.get(path).status_code for path in _paths(made)]
    assert set(answers) <= {200, 403}
    assert "".join("1" if status == 200 else "0" for status in answers) == seen


def test_a_form_is_made_and_a_round_opened_on_the_pages(made: Office) -> None:
    client = signed_in("tuan")
    answer = client.post(
        "/rounds/forms/", {"code": "B09", "title": "Trồng trọt", "indicator": ["lua_dien_tich", "lua_san_luong"]}
    )
    assert answer.status_code == 302
    form = Form.objects.get(code="B09")
    answer = client.post("/rounds/", {"form": form.pk, "period": "tháng 11/2026"})
    assert answer.status_code == 302, answer.content.decode()
    opened = Round.objects.get(form=form)
    assert opened.period == "2026-M11"
    page = client.get(f"/rounds/{opened.pk}/").content.decode()
    assert "Phường Thượng Họa" in page
    assert "chưa đến hạn" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"period": "hôm nọ"}, "hôm nọ"),
        ({"period": "2026-M11", "due_on": "mai"}, "mai"),
        ({"period": "2026-M11", "due_on": "2020-01-01"}, "theo thứ tự"),
        ({"period": "2026-M10"}, "đã được mở"),
    ],
)
def test_a_round_that_cannot_be_opened_says_why_and_keeps_what_was_typed(
    made: Office, typed: dict[str, str], told: str
) -> None:
    days = {"opens_on": "2026-01-01", "due_on": "2099-01-02", "late_on": "2099-01-03", "locked_on": "2099-01-04"}
    answer = signed_in("tuan").post("/rounds/", {"form": made.form.pk, **days, **typed})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert told in page
    assert f'value="{typed["period"]}"' in page
    assert Round.objects.count() == 1


def test_a_consolidated_cell_leads_to_every_unit_and_its_history(made: Office) -> None:
    entry = made.entry().pk
    post(signed_in("lan"), f"/forms/{entry}/save", base=0, cells={AREA: "1.234,5"})
    post(signed_in("lan"), f"/forms/{entry}/submit", version=1)
    client = signed_in("tuan")
    total = client.get(f"/rounds/{made.round.pk}/total").content.decode()
    assert "1.234,5" in total
    assert "Đã nộp 1/2 đơn vị" in total
    parts = client.get(f"/rounds/{made.round.pk}/cells/{AREA}").content.decode()
    assert "Phường Thượng Họa" in parts
    assert "Xã Khe Giấy Mới" in parts
    assert "chưa có" in parts
    signed_in("tuan").post(f"/forms/{entry}/cells/{AREA}", {"text": "Số <b>này</b> đúng chưa?"})
    cell = client.get(f"/forms/{entry}/cells/{AREA}").content.decode()
    assert "Số &lt;b&gt;này&lt;/b&gt; đúng chưa?" in cell
    assert "1.234,5" in cell
    assert [line.action for line in recording.lines(made.entry().stream)] == ["enter", "submit", "comment"]


def test_one_unit_is_given_longer_with_a_reason(made: Office) -> None:
    entry, client = made.entry(THERE).pk, signed_in("tuan")
    assert client.post(f"/forms/{entry}/extend", {"to": "2099-01-01", "reason": " "}).status_code == 409
    assert client.post(f"/forms/{entry}/extend", {"to": "hôm nào", "reason": "bão"}).status_code == 409
    assert client.post(f"/forms/{entry}/extend", {"to": "2020-01-01", "reason": "bão"}).status_code == 409
    assert made.entry(THERE).extended_to is None
    assert client.post(f"/forms/{entry}/extend", {"to": "2099-01-01", "reason": "bão"}).status_code == 302
    assert str(made.entry(THERE).extended_to) == "2099-01-01"
    assert signed_in("minh").post(f"/forms/{entry}/extend", {"to": "2099-01-02", "reason": "x"}).status_code == 403
    assert made.entry(HERE).extended_to is None
