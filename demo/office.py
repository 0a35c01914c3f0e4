"""``python -m demo.office [OUT]``: the web application over the fictional province, with people of every role.

The demonstration's store (made by ``python -m demo`` where it is not there yet) becomes the application's database;
accounts, a form and two rounds are made beside it; and it is served on this machine alone. The password is made anew
each time and told on the terminal: it stands in no file.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from baocao.model.period import Period
from demo import where
from demo.province import places
from demo.province.writing import table

if TYPE_CHECKING:
    from baocao_web.collecting.models import Round

OUT, PORT = Path("out"), 8000
_HOST = "127.0.0.1"
_AS_DEPLOYED = ("--workers", "2", "--threads", "4", "--timeout", "60")  # as deploy/baocao.service has it
_ROWS = 80
_WORDS = "biển đồng gió hạt lúa mây mưa nắng núi quê rừng sông suối thu trăng xuân".split()
_TOLD = """
Tỉnh Minh Họa và mọi người, mọi số liệu ở đây là hư cấu. / The province, its people and its figures are fictional.

  {address}
  mật khẩu chung / password of all: {password}

{people}

  Dừng: Ctrl+C. / Stop: Ctrl+C.
"""
_STEP = "[{at}] {vi} / {en} ..."


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the office and serve it until it is stopped."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    out = (Path(given[0]) if given else OUT).resolve()
    port = _free(int(given[1]) if len(given) > 1 else PORT)
    folder = _database(out)
    environment = _environment(out, folder)
    os.environ.update(environment)
    password = "-".join(secrets.choice(_WORDS) for _ in range(4)) + f"-{secrets.randbelow(90) + 10}"
    people = _made(password)
    lines = "\n".join(f"  {name:<12} {role}" for name, role in people)
    print(_TOLD.format(address=f"http://{_HOST}:{port}/", password=password, people=lines), flush=True)
    command = [sys.executable, "-m", "gunicorn", *_AS_DEPLOYED, "-b", f"{_HOST}:{port}", "--log-level", "warning"]
    try:
        return subprocess.call([*command, "--preload", "baocao_web.wsgi"])
    except KeyboardInterrupt:
        return 0


def _free(port: int) -> int:
    """The port, or the first one above it that no other program listens on."""
    for one in range(port, port + 100):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                tried.bind((_HOST, one))
                return one
    return port  # the server says what is in its way


def _database(out: Path) -> Path:
    """The folder of the installation, with the demonstration's store as its database."""
    files = where.Files(out)
    store = files.province / "so-lieu.sqlite"
    if not store.exists():
        print(_STEP.format(at=1, vi="sinh tỉnh và nạp số liệu", en="making the province and loading it"), flush=True)
        subprocess.run([sys.executable, "-m", "demo", str(out)], check=True)
    print(_STEP.format(at=2, vi="lập văn phòng", en="setting up the office"), flush=True)
    folder = out / "van-phong"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True)  # accounts are in it
    table(folder / "don-vi.csv", [*places.unit_rows(), *places.village_rows()])
    with sqlite3.connect(store) as source, sqlite3.connect(folder / "baocao.sqlite3") as target:
        source.backup(target)
    return folder


def _environment(out: Path, folder: Path) -> dict[str, str]:
    province = where.Files(out).province
    return {
        "BAOCAO_SECRET_KEY": secrets.token_urlsafe(50),
        "BAOCAO_FOLDER": str(folder),
        "BAOCAO_HTTPS": "no",  # on this machine alone
        "BAOCAO_UNIT": "MH",
        "BAOCAO_UNITS": str(folder / "don-vi.csv"),
        "BAOCAO_CHANGES": str(province / "bien-dong.csv"),
        "DJANGO_SETTINGS_MODULE": "baocao_web.settings",
    }


def _made(password: str) -> list[tuple[str, str]]:
    """Accounts, a form and its rounds; who can sign in, and as what."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    people = _people(password)
    over, now = _rounds()
    told = _STEP.format(at=3, vi="các xã nhập và nộp biểu", en="the communes fill in and submit their forms")
    print(told, flush=True)
    from demo import office_life

    office_life.live(over, now)
    from demo import office_tasks

    office_tasks.load(Path(os.environ["BAOCAO_CHANGES"]).with_name("nhiem-vu.csv"))
    call_command("prepare_figures")
    return people


def _people(password: str) -> list[tuple[str, str]]:
    from baocao_web.people.models import Grant, User
    from baocao_web.people.roles import Role

    province, first, second = "MH", "MHX01@2025-07-01", "MHX02@2025-07-01"
    village, other_village = "MHT01@2025-07-01", "MHT04@2025-07-01"
    listed = [
        ("lanh-dao", "Nguyễn Hư Cấu", Role.LEADER, province, "lãnh đạo tỉnh / leader of the province"),
        ("tong-hop", "Trần Thị Ví Dụ", Role.COMPILER, province, "chuyên viên tổng hợp / compiler"),
        ("hdnd", "Lê Văn Mẫu", Role.REVIEWER, province, "người xem và soát của HĐND / reviewer of the council"),
        ("quan-tri", "Phạm Giả Định", Role.ADMINISTRATOR, province, "quản trị / administrator"),
        ("nhap-x01", "Hoàng Thử Nhập", Role.REPORTER, first, "nhập số liệu phường Thượng Họa / reporter"),
        ("duyet-x01", "Vũ Thử Duyệt", Role.APPROVER, first, "duyệt của phường Thượng Họa / approver"),
        ("nhap-x02", "Đặng Thử Nhập", Role.REPORTER, second, "nhập số liệu xã Khe Giấy Mới / reporter"),
        ("duyet-x02", "Bùi Thử Duyệt", Role.APPROVER, second, "duyệt của xã Khe Giấy Mới / approver"),
        ("tong-hop-x02", "Đỗ Thị Ví Dụ", Role.COMPILER, second, "thu biểu từ các thôn của xã Khe Giấy Mới / compiler"),
        ("nhap-t01", "Hồ Thử Nhập", Role.REPORTER, village, "nhập số liệu thôn Giấy Cũ, đã nộp / village reporter"),
        (
            "nhap-t04",
            "Ngô Thử Nhập",
            Role.REPORTER,
            other_village,
            "nhập số liệu thôn Suối Họa, chưa nộp / village reporter",
        ),
    ]
    for name, full_name, role, unit, _ in listed:
        user = User.objects.create_user(name, password, full_name=full_name)
        Grant.objects.create(user=user, role=role.value, unit=unit)
    return [(name, told) for name, _, _, _, told in listed]


def _rounds() -> tuple[Round, Round]:
    """A monthly form of what communes report, open for the month before this one, and the month before that closed."""
    from baocao_web.collecting.rounds import designing, opening
    from baocao_web.places import office

    today = office.today()
    this = Period.part(today.year, "M", today.month)
    codes = _monthly(this.previous.last_year)
    form = designing.make(designing.Wanted("BC-THANG", "Kết quả thực hiện trong tháng", codes), "MH", "tong-hop")
    periods = (this.previous.previous, this.previous)
    wanted = [opening.Wanted(form, "MH", one, opening.Days(_opens(one, today), *_due(one, today))) for one in periods]
    over, now = (opening.open_round(one, "tong-hop") for one in wanted)
    return over, now


def _monthly(period: Period) -> list[str]:
    """What communes told in a month, with what is computed from it, sector by sector."""
    from baocao.figures import store
    from baocao_web.places import office

    listed = office.catalogue()
    with office.book() as book:
        told = {one.indicator for one in store.current(book.connection, periods=[period]) if not one.breakdown}
    whole = told | {one.code for one in listed.indicators if one.is_derived and told.issuperset(listed.uses[one.code])}
    return [one.code for one in listed.indicators if one.code in whole][:_ROWS]


def _opens(period: Period, today: date) -> date:
    """Some days before the period is over, and long enough before the form is due for people to have worked."""
    return min(period.end - timedelta(days=3), _due(period, today)[0] - timedelta(days=12))


def _due(period: Period, today: date) -> tuple[date, date, date]:
    """Days by which the round before this one is over, and this one is still open."""
    is_last = (today - period.end).days <= 31
    due = today + timedelta(days=3) if is_last else today - timedelta(days=20)
    return due, due + timedelta(days=3), due + timedelta(days=5)


if __name__ == "__main__":
    sys.exit(main())
