"""What administrators do on their pages: accounts and roles, within their own units; and what the record shows them."""

from __future__ import annotations

import ast
import re
import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client, override_settings

from baocao.model.text import Problem
from baocao_web.people import accounts, administering, finding, granting, recording
from baocao_web.people.action_names import action_names
from baocao_web.people.models import Grant, User
from baocao_web.people.policies import may
from baocao_web.people.roles import Action, Role
from tests.web import words
from tests.web.offices import HERE, PROVINCE, THERE, Office, post, signed_in

SECTOR = "y_te"


@pytest.fixture(autouse=True)
def _quick() -> Any:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def local(made: Office) -> Client:
    """A browser in which the administrator of one commune has signed in."""
    user = User.objects.create_user("huong", full_name="Phạm Hư Hương", unit=HERE)
    Grant.objects.create(user=user, role=Role.ADMINISTRATOR.value, unit=HERE)
    return signed_in("huong")


def user(name: str) -> User:
    """Somebody as he stands now."""
    return User.objects.get(username=name)


def acts(name: str) -> list[str]:
    return [line.action for line in recording.lines(f"account:{name}")]


def opened(client: Client, name: str = "dong", full_name: str = "Trần Hư Đông", unit: str = "thượng họa") -> Any:
    return client.post("/people/new/", {"username": name, "full_name": full_name, "unit": unit})


def pages(name: str) -> list[str]:
    account = user(name).pk
    return ["/people/", "/people/new/", f"/people/{account}/", "/record/"]


@pytest.mark.parametrize("who", ["lan", "hoa", "tuan", "son", "ngoc", "quan"])
def test_the_pages_of_administrators_open_to_them_alone(made: Office, who: str) -> None:
    client = signed_in(who)
    wanted = 200 if who == "quan" else 403
    assert [client.get(path).status_code for path in pages("minh")] == [wanted] * 4
    account = user("minh").pk
    for act in ("amend", "close", "reopen", "reset", "tie", "grants", "grants/1/take"):
        answer = client.post(f"/people/{account}/{act}", {"full_name": "Minh", "role": "reporter", "unit": HERE})
        assert (answer.status_code == 403) is (who != "quan"), act
    assert client.post("/people/new/", {}).status_code == (409 if who == "quan" else 403)
    assert client.get("/people/999999/").status_code == (404 if who == "quan" else 403)


def test_an_account_is_opened_its_password_shown_once_and_a_role_given(made: Office) -> None:
    client = signed_in("quan")
    page = opened(client).content.decode()
    found = re.search(r'<code class="secret">([a-z0-9-]{23})</code>', page)
    assert found, page
    dong = user("dong")
    assert dong.unit == HERE
    assert found[1] not in client.get(f"/people/{dong.pk}/").content.decode()
    assert found[1] not in str(list(recording.lines()))
    answer = client.post(
        f"/people/{dong.pk}/grants", {"role": "reporter", "unit": "phuong thuong hoa", "sector": [SECTOR]}
    )
    assert answer.status_code == 302, answer.content.decode()
    assert may(user("dong"), Action.ENTER, HERE, SECTOR)
    assert not may(user("dong"), Action.ENTER, HERE)
    assert acts("dong") == ["account_opened", "role_given"]
    fresh = Client(headers={"host": "localhost"})
    fresh.post("/account/login/", {"login": "dong", "password": found[1]})
    assert fresh.get("/forms/")["Location"] == "/account/password/change/"


@pytest.mark.parametrize(
    ("name", "full_name", "unit", "told"),
    [
        ("Đông", "Trần Hư Đông", "thượng họa", "không dùng được"),
        ("lan", "Trần Hư Lan", "thượng họa", "đã có người dùng"),
        ("dong", "  ", "thượng họa", "Chưa ghi họ và tên"),
        ("dong", "Trần Hư Đông", "xã không có", "Không có đơn vị nào"),
        ("dong", "Trần Hư Đông", "xa", "là tên của nhiều đơn vị"),
    ],
)
def test_what_cannot_be_opened_is_told_and_what_was_typed_stays(
    made: Office, name: str, full_name: str, unit: str, told: str
) -> None:
    before = User.objects.count()
    answer = opened(signed_in("quan"), name, full_name, unit)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert told in page
    assert f'value="{unit}"' in page
    assert User.objects.count() == before


def test_accounts_stand_by_given_name_and_are_found_without_marks(made: Office) -> None:
    client = signed_in("quan")
    for name, full_name in (("d1", "Trần Hư Đông"), ("d2", "Phan Hư Dồi"), ("a1", "Vũ Hư Ân"), ("a2", "Bùi Hư An")):
        opened(client, name, full_name)
    page = client.get("/people/").content.decode()
    places = [page.index(name) for name in ("Bùi Hư An", "Vũ Hư Ân", "Phan Hư Dồi", "Trần Hư Đông", "Nguyễn Hư Hoa")]
    assert places == sorted(places)
    page = client.get("/people/?q=hu dong").content.decode()
    assert "Trần Hư Đông" in page
    assert "Phan Hư Dồi" not in page
    assert "Không có tài khoản nào" in client.get("/people/?q=zzz").content.decode()


def test_nobody_grants_beyond_his_own_unit(local: Client) -> None:
    opened(local, "dong")
    dong = user("dong").pk
    assert local.post(f"/people/{dong}/grants", {"role": "leader", "unit": HERE}).status_code == 302
    answer = local.post(f"/people/{dong}/grants", {"role": "leader", "unit": PROVINCE})
    assert answer.status_code == 409, "a unit beyond his own is not even known to him"
    with pytest.raises(PermissionDenied):
        granting.give(user("huong"), dong, "leader", PROVINCE, [])
    assert opened(local, "xa", unit=THERE).status_code == 409
    assert not may(user("dong"), Action.SEE, PROVINCE)


def test_nobody_looks_after_an_account_that_reaches_farther_than_he_does(local: Client) -> None:
    tuan = user("tuan")
    assert local.get(f"/people/{tuan.pk}/").status_code == 403
    Grant.objects.create(user=tuan, role="reviewer", unit=HERE)
    page = local.get(f"/people/{tuan.pk}/")
    assert page.status_code == 200, "who has a role in the commune stands on its list"
    assert "ngoài phạm vi" in page.content.decode()
    for act in ("reset", "close", "tie", "amend"):
        assert local.post(f"/people/{tuan.pk}/{act}", {"full_name": "X", "subject": "1"}).status_code == 403, act
    above = Grant.objects.get(user=tuan, unit=PROVINCE)
    assert local.post(f"/people/{tuan.pk}/grants/{above.pk}/take").status_code == 403
    own = Grant.objects.get(user=tuan, unit=HERE)
    assert local.post(f"/people/{tuan.pk}/grants/{own.pk}/take").status_code == 302
    assert user("tuan").is_active


def test_an_administrator_of_one_sector_grants_in_it_alone(made: Office) -> None:
    by = User.objects.create_user("yen", full_name="Yến", unit=PROVINCE)
    Grant.objects.create(user=by, role=Role.ADMINISTRATOR.value, unit=PROVINCE, sectors=[SECTOR])
    by = user("yen")
    with pytest.raises(PermissionDenied):
        administering.demand_grant(by, HERE, [])
    administering.demand_grant(by, HERE, [SECTOR])
    with pytest.raises(PermissionDenied):
        administering.demand_grant(by, HERE, [SECTOR, "giao_duc"])


def test_the_last_administrator_stays(made: Office, local: Client) -> None:
    client, quan = signed_in("quan"), user("quan")
    answer = client.post(f"/people/{quan.pk}/close")
    assert answer.status_code == 409
    assert "quản trị cuối cùng" in answer.content.decode()
    grant = quan.grants.get()
    assert client.post(f"/people/{quan.pk}/grants/{grant.pk}/take").status_code == 409
    answer = client.post(f"/people/{quan.pk}/grants", {"role": "administrator", "unit": PROVINCE, "sector": [SECTOR]})
    assert answer.status_code == 409, "nor is he made one of some sectors alone"
    assert client.post(f"/people/{user('huong').pk}/close").status_code == 302, "the commune has one above it"
    opened(client, "thay", "Người Thay", "Minh Họa")
    assert (
        client.post(f"/people/{user('thay').pk}/grants", {"role": "administrator", "unit": PROVINCE}).status_code == 302
    )
    assert client.post(f"/people/{quan.pk}/close").status_code == 302
    assert not user("quan").is_active


def test_two_administrators_cannot_close_each_other_at_once(made: Office) -> None:
    other = User.objects.create_user("thay", full_name="Người Thay", unit=PROVINCE)
    Grant.objects.create(user=other, role=Role.ADMINISTRATOR.value, unit=PROVINCE)
    begin, refused = threading.Barrier(2), []

    def close(by: str, whom: str) -> None:
        one, pk = user(by), user(whom).pk
        begin.wait(20)
        try:
            accounts.close(one, pk)
        except (Problem, PermissionDenied) as problem:
            refused.append(problem)
        finally:
            connection.close()

    pair = [threading.Thread(target=close, args=names) for names in (("quan", "thay"), ("thay", "quan"))]
    for thread in pair:
        thread.start()
    for thread in pair:
        thread.join(60)
    assert len(refused) == 1
    assert sorted([user("quan").is_active, user("thay").is_active]) == [False, True]


def test_a_closed_account_is_out_and_comes_back_signed_out(made: Office) -> None:
    client, lan = signed_in("quan"), signed_in("lan")
    account = user("lan").pk
    assert client.post(f"/people/{account}/close").status_code == 302
    assert lan.get("/forms/").status_code == 302
    assert client.post(f"/people/{account}/reopen").status_code == 302
    assert lan.get("/forms/").status_code == 302, "the old session does not live again"
    assert signed_in("lan").get("/forms/").status_code == 200
    assert acts("lan") == ["account_closed", "account_reopened"]


def test_another_password_ends_sessions_and_takes_off_the_second_step_where_asked(made: Office) -> None:
    from allauth.mfa.models import Authenticator

    client, lan = signed_in("quan"), signed_in("lan")
    account = user("lan")
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    page = client.post(f"/people/{account.pk}/reset").content.decode()
    assert 'class="secret"' in page
    assert lan.get("/forms/").status_code == 302
    assert Authenticator.objects.filter(user=account).exists()
    client.post(f"/people/{account.pk}/reset", {"factors": "1"})
    assert not Authenticator.objects.filter(user=account).exists()
    assert acts("lan") == ["password_reset"] * 2


def test_what_is_told_of_somebody_is_amended(made: Office) -> None:
    client, account = signed_in("quan"), user("lan").pk
    path = f"/people/{account}/amend"
    assert client.post(path, {"full_name": "Lê Hư Lan", "email": "không phải"}).status_code == 409
    assert client.post(path, {"full_name": "Lê  Hư Lan", "email": "lan@example.org"}).status_code == 302
    assert user("lan").full_name == "Lê Hư Lan"
    (line,) = recording.lines("account:lan")
    assert "lan@example.org" not in line.details, "the record says what was amended, not to what"


def test_an_identity_belongs_to_one_account(made: Office) -> None:
    quan = user("quan")
    accounts.tie(quan, user("lan").pk, "so-1")
    with pytest.raises(Problem):
        accounts.tie(quan, user("minh").pk, "so-1")
    accounts.tie(quan, user("lan").pk, "")
    accounts.tie(quan, user("minh").pk, "so-1")
    assert acts("lan") == ["identity_tied", "identity_untied"]


def test_script_in_a_name_is_text(made: Office) -> None:
    client = signed_in("quan")
    opened(client, "script", '<script>alert("x")</script>')
    for path in ("/people/", f"/people/{user('script').pk}/", "/record/"):
        assert "<script>alert" not in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("seen", "key"),
    [("Phường Thượng Họa", HERE), ("thuong hoa", HERE), (HERE, HERE), (f"Tên gì cũng được ({HERE})", HERE)],
)
def test_a_unit_is_found_by_what_people_remember(made: Office, seen: str, key: str) -> None:
    assert finding.unit_named(seen, [PROVINCE]).key == key
    with pytest.raises(Problem):
        finding.unit_named(seen, [THERE])


def test_the_record_is_looked_through_by_stream_person_act_and_day(made: Office) -> None:
    client = signed_in("quan")
    opened(client)
    client.post(f"/people/{user('lan').pk}/close")
    from baocao_web.pages import day
    from baocao_web.places import office

    today = office.today()
    shown = f"{today:%d/%m/%Y}"
    for query, has, lacks in (
        ("", "lập tài khoản</td>", "chưa có"),
        ("?action=account_closed", "khóa tài khoản</td>", "lập tài khoản</td>"),
        ("?stream=account:dong", "lập tài khoản</td>", "khóa tài khoản</td>"),
        ("?by=lan", "Không có dòng nào", "lập tài khoản</td>"),
        (f"?day={shown}", "lập tài khoản</td>", "Không có dòng nào"),
        ("?day=01/01/2020", "Không có dòng nào", "lập tài khoản</td>"),
    ):
        page = client.get(f"/record/{query}").content.decode()
        assert has in page, query
        assert lacks not in page, query
    assert day(today) in client.get("/record/").content.decode()
    assert client.get("/record/?day=hôm qua").status_code == 409


def test_the_record_goes_on_page_by_page(made: Office) -> None:
    client, lan = signed_in("quan"), user("lan")
    from baocao_web.people.account_record import note

    for number in range(60):
        note(lan, "quan", "account_amended", fields=[f"số {number}"])
    page = client.get("/record/?stream=account:lan").content.decode()
    assert "số 59" in page
    assert "số 9&" not in page
    older = re.search(r'href="(\?[^"]*before=\d+)"', page)
    assert older is not None
    page = client.get("/record/" + older[1].replace("&amp;", "&")).content.decode()
    assert "số 0" in page
    assert "số 59" not in page


def test_the_record_shows_administrators_no_figures_and_those_of_a_commune_their_own_lines(
    made: Office, local: Client
) -> None:
    entry = made.entry()
    post(signed_in("lan"), f"/forms/{entry.pk}/save", base=0, cells={"lua_dien_tich:actual": "7654"})
    for client in (signed_in("quan"), local):
        page = client.get("/record/").content.decode()
        assert "nhập số liệu</td>" in page
        assert "7654" not in page
    signed_in("quan").post(f"/people/{user('minh').pk}/close")
    assert "khóa tài khoản</td>" not in local.get("/record/").content.decode()


def test_every_act_that_is_recorded_has_a_name() -> None:
    written: set[str] = {"submit", "approve", "return", "correct"}  # handed on by name
    for path in words.WEB.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("Done", "note"):
                written.update(one.value for one in call.args[2:3] if isinstance(one, ast.Constant))
    assert written >= {"enter", "sign_in", "refused", "draft"}
    assert written - dict(action_names()).keys() == set()


def test_what_is_refused_is_recorded_without_what_was_typed(made: Office) -> None:
    client, entry = signed_in("minh"), made.entry(HERE)
    for _ in range(3):
        post(client, f"/forms/{entry.pk}/save", base=0, cells={"lua_dien_tich:actual": "7654"})
    assert client.get(f"/forms/{entry.pk}/").status_code == 403
    lines = list(recording.lines("refused:minh"))
    assert [line.action for line in lines] == ["refused"] * 2, "the same one within a minute is told once"
    assert f'"ids":{{"entry":{entry.pk}}}' in lines[0].details
    assert "save_entry" in lines[0].details
    assert "7654" not in str(lines)
    assert list(recording.faults()) == []


def test_a_refusal_for_want_of_the_pages_token_is_recorded_and_told(made: Office) -> None:
    client = signed_in("lan", enforce_csrf=True)
    answer = client.post(f"/forms/{made.entry().pk}/save", "{}", content_type="application/json")
    assert answer.status_code == 403
    assert "Trang đã quá hạn" in answer.content.decode()
    assert len(list(recording.lines("refused:lan"))) == 1
