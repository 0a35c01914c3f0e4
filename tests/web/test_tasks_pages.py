"""The list of key tasks and its filters, files out and in again, the sentence, and what a report tells of them."""

from __future__ import annotations

import csv
import io
import re
import uuid
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from python_calamine import CalamineWorkbook

from baocao.drafting.tables import task_grid
from baocao.model.draft import Draft, Narrative, Number, Paragraph
from baocao.model.period import Period
from baocao.model.task import TaskState
from baocao.reporting import tasks as core
from baocao.reporting.writing import outline_named
from baocao_web.documents import draft_json, drafting, drafting_room
from baocao_web.documents.models import Report
from baocao_web.people import recording
from baocao_web.people.models import User
from baocao_web.places import office
from baocao_web.places.vietnamese import sorting_key
from baocao_web.tasks import assigning, progressing
from baocao_web.tasks.into_report import key_tasks, tasks_told
from baocao_web.tasks.models import Progress, Task
from baocao_web.tasks.progress_reading import Account
from baocao_web.tasks.register import Asked as Wanted
from baocao_web.tasks.register import counted, followed
from baocao_web.tasks.sentence import sentence
from demo.province import tasks
from demo.province.writing import table
from tests.web.offices import HERE, PROVINCE, THERE, Office, signed_in
from tests.web.reports import OUTLINE
from tests.web.reports import told as figures_told

THIS = office.today().year
LAST = THIS - 1  # a year that is over, whatever the day
YEAR = Period.part(LAST)
END = date(LAST, 12, 31)
HEADS = "Nhiệm vụ;Cơ quan chủ trì;Hạn hoàn thành;Trạng thái;Kết quả"


def a_task(title: str, unit: str = HERE, owner: str = "Sở A", due: date | None = END, **more: Any) -> Task:
    compiler = User.objects.get(username="tuan")
    fields = assigning.Fields(unit, title, owner, due_on=due, decided_on=date(LAST, 1, 5), **more)
    return assigning.create(fields, compiler, uuid.uuid4().hex)


def tell(task: Task, state: TaskState, on: date, text: str = "Lời báo cáo", *, is_confirmed: bool = True) -> None:
    last = task.progress.count()
    done_on = on if state is TaskState.DONE else None
    account = Account(state, on, text, done_on=done_on, base=last)
    reporter = User.objects.get(username="lan" if task.unit == HERE else "minh")
    progressing.tell(task.pk, account, (), reporter, uuid.uuid4().hex)
    if is_confirmed:
        progressing.confirm(task.pk, last + 1, User.objects.get(username="tuan"), uuid.uuid4().hex)


def titles(path: str, who: str = "tuan") -> list[str]:
    page = signed_in(who).get(path).content.decode()
    return re.findall(r'<th scope="row"><a href="/tasks/\d+/">([^<]+)</a>', page)


def given(text: str, name: str = "nv.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def take(file: SimpleUploadedFile | None, who: str = "tuan", **more: Any) -> Any:
    body = {"request": uuid.uuid4().hex, "unit": PROVINCE, "on": f"{office.today():%d/%m/%Y}", **more}
    return signed_in(who).post("/tasks/take", {**body, **({"file": file} if file else {})})


def province_file(folder: Path) -> SimpleUploadedFile:
    table(folder / "nhiem-vu.csv", tasks.rows())
    return SimpleUploadedFile("nhiem-vu.csv", (folder / "nhiem-vu.csv").read_bytes())


def test_tasks_are_found_without_marks_and_put_in_vietnamese_order(made: Office) -> None:
    for title in ("Đồng bộ dữ liệu", "Dồn điền đổi thửa", "Ấp dụng thử", "An toàn thực phẩm", "Ăn ở bán trú"):
        a_task(title)
    found = titles("/tasks/?sort=title")
    assert found == ["An toàn thực phẩm", "Ăn ở bán trú", "Ấp dụng thử", "Dồn điền đổi thửa", "Đồng bộ dữ liệu"]
    assert found == sorted(found, key=sorting_key)
    assert titles("/tasks/?q=dong+bo") == ["Đồng bộ dữ liệu"]
    assert titles("/tasks/?q=ĐỒNG") == ["Đồng bộ dữ liệu"]
    assert titles("/tasks/?q=%25") == []
    assert titles("/tasks/?q=%E2%80%8Ban%20toan") == ["An toàn thực phẩm"]


def test_filters_by_unit_owner_standing_and_period(made: Office) -> None:
    late, done, there = (
        a_task("Việc chậm", due=date(LAST, 3, 1)),
        a_task("Việc xong", owner="Sở B"),
        a_task("Xã", THERE),
    )
    tell(late, TaskState.ONGOING, date(LAST, 2, 1))
    tell(done, TaskState.DONE, date(LAST, 5, 5))
    with_day = f"/tasks/?period={LAST}"
    assert titles(with_day) == ["Việc chậm", "Việc xong", "Xã"]
    assert titles(f"{with_day}&unit={HERE}") == ["Việc chậm", "Việc xong"]
    assert titles(f"{with_day}&owner=Sở+B") == ["Việc xong"]
    assert titles(f"{with_day}&standing=s-late") == ["Việc chậm"]
    assert titles(f"{with_day}&standing=done_early") == ["Việc xong"]
    assert titles(f"/tasks/?period={LAST}-Q1&standing=s-done") == [], "as of the end of March it was not done"
    assert titles(f"/tasks/?period=quý+III/{LAST}") == ["Việc chậm", "Xã"], "what was over before it began is not of it"
    assert titles(f"/tasks/?period={LAST - 1}") == []
    assert titles(with_day, "lan") == ["Việc chậm", "Việc xong"], "a reporter sees his own unit alone"
    assert there.title == "Xã"


@pytest.mark.parametrize(
    ("query", "status"),
    [("period=hôm+qua", 409), ("period=1850", 409), ("unit=KHONG", 404), ("page=999999", 200), ("standing=x", 200)],
)
def test_odd_questions_are_answered_plainly(made: Office, query: str, status: int) -> None:
    a_task("Việc")
    for path in ("/tasks/", "/tasks/board", "/tasks/file/csv"):
        answer = signed_in("tuan").get(f"{path}?{query}")
        assert answer.status_code == (200 if path.endswith("csv") and status == 409 else status)
    assert signed_in("tuan").get("/tasks/file/exe").status_code == 404


def test_who_sees_nothing_of_tasks(made: Office) -> None:
    for path in ("/tasks/", "/tasks/board", "/tasks/file/csv", "/tasks/take", "/tasks/new"):
        assert signed_in("quan").get(path).status_code == 403
    for who in ("lan", "hoa", "son", "ngoc"):
        assert signed_in(who).get("/tasks/board").status_code == 200
        assert signed_in(who).get("/tasks/take").status_code == 403
        assert take(given(HEADS), who).status_code == 403
    assert signed_in("lan").get(f"/tasks/?unit={THERE}").status_code == 403


def test_many_tasks_come_page_by_page(made: Office) -> None:
    rows = "".join(f"\nViệc số {number:03};Sở A;31/12/2026;đang thực hiện;" for number in range(120))
    assert take(given(HEADS + rows)).status_code == 200
    assert len(titles("/tasks/?sort=title")) == 50
    assert titles("/tasks/?sort=title&page=3")[0] == "Việc số 100"
    assert "Trang 3/3" in signed_in("tuan").get("/tasks/?page=3").content.decode()


def test_the_provinces_file_goes_in_and_out_and_in_again_unchanged(made: Office, tmp_path: Path) -> None:
    answer = take(province_file(tmp_path))
    assert "12 nhiệm vụ mới" in answer.content.decode()
    table(tmp_path / "gốc.csv", tasks.rows())
    origin = core.read(tmp_path / "gốc.csv")
    for kind in ("csv", "xlsx"):
        path = tmp_path / f"ra.{kind}"
        path.write_bytes(signed_in("tuan").get(f"/tasks/file/{kind}?sort=").content)
        back = {one.title: one for one in core.read(path)}
        assert back == {one.title: one for one in origin}, "the core reads what was handed out as it reads the origin"
        again = take(SimpleUploadedFile(path.name, path.read_bytes()))
        assert "0 nhiệm vụ mới, 0 nhiệm vụ được cập nhật, 12 nhiệm vụ giữ nguyên" in again.content.decode()
    assert Task.objects.count() == Progress.objects.count() == 12
    assert not list(recording.faults())


def test_all_that_is_kept_of_a_task_comes_back(made: Office, tmp_path: Path) -> None:
    fields = {"lead": "Nguyễn Hư Cấu", "source": "12/NQ-HĐND", "deliverable": "Một cây cầu"}
    task = a_task("Việc đủ cột", THERE, **fields)
    every = a_task("Việc hằng quý", due=None, every="Q")
    tell(task, TaskState.LATE, date(LAST, 11, 1), "Chậm do mưa", is_confirmed=False)
    content = signed_in("tuan").get("/tasks/file/xlsx").content
    before = {one.pk: assigning.fields_of(one) for one in Task.objects.all()}
    Task.objects.filter(pk__in=(task.pk, every.pk)).update(lead="", source="", deliverable="", decided_on=None)
    answer = take(SimpleUploadedFile("ra.xlsx", content))
    assert "2 nhiệm vụ được cập nhật" in answer.content.decode()
    assert {one.pk: assigning.fields_of(one) for one in Task.objects.all()} == before
    assert Progress.objects.filter(task=task).count() == 1


@pytest.mark.parametrize("words", ["=cmd|'/c calc'!A0", "+1+1", "-2+3", "@SUM(A1)"])
def test_no_cell_of_a_file_is_a_formula(made: Office, tmp_path: Path, words: str) -> None:
    clean = " ".join(words.split())
    task = a_task(words, owner=words, lead=words)
    tell(task, TaskState.ONGOING, date(LAST, 11, 1), words)
    client = signed_in("tuan")
    rows = list(csv.reader(io.StringIO(client.get("/tasks/file/csv").content.decode("utf-8-sig"))))
    assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)
    (tmp_path / "a.xlsx").write_bytes(client.get("/tasks/file/xlsx").content)
    from openpyxl import load_workbook

    cells = [cell for row in load_workbook(tmp_path / "a.xlsx").active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert clean in CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()[3]
    again = take(SimpleUploadedFile("a.csv", client.get("/tasks/file/csv").content))
    assert "1 nhiệm vụ giữ nguyên" in again.content.decode()
    assert Task.objects.get().title == clean


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "rỗng"),
        ("Cột lạ;Cột khác\n1;2\n", "không thấy dòng tiêu đề"),
        (f"{HEADS}\nViệc;Sở A;31/2/2026;chậm;\n", "không phải là ngày"),
        (f"{HEADS}\nViệc;Sở A;31/12/2026;đang ngủ;\n", "không hiểu được"),
        (f"{HEADS}\nViệc;Sở A;31/12/2026;chậm;\nVIỆC;Sở A;;chậm;\n", "trùng nhiệm vụ ở dòng 2"),
        (f"{HEADS};Định kỳ\nViệc;Sở A;;chậm;;khi rảnh\n", "“khi rảnh” không hiểu được"),
        (f"{HEADS};Ngày văn bản\nViệc;Sở A;1/2/2026;chậm;;1/3/2026\n", "sớm hơn ngày văn bản giao"),
        (f"{HEADS};Mã đơn vị\nViệc;Sở A;;chậm;;XX{{0}}\n", "không có đơn vị mã “XX(0)”"),
        (f"{HEADS};Ngày hoàn thành\nViệc;Sở A;;hoàn thành;;1/12/2026\n", "sau ngày báo cáo"),
        (f"{HEADS};Tiến độ (%)\nViệc;Sở A;;chậm;;nhiều\n", "số nguyên từ 0 đến 100"),
        (f"{HEADS}\n{'x' * 501};Sở A;;chậm;\n", "501 ký tự"),
    ],
)
def test_a_file_with_a_wrong_row_is_not_taken_at_all(made: Office, text: str, words: str) -> None:
    whole = text + ("Việc lành;Sở A;31/12/2026;chậm;\n" if text.startswith("Nhiệm") else "")
    answer = take(given(whole))
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert "/tmp" not in answer.content.decode()
    assert not Task.objects.exists()
    assert len(list(recording.lines("refused:tuan"))) == 1


def test_a_row_that_does_not_go_with_what_is_there_takes_the_file_back(made: Office) -> None:
    task = a_task("Việc có sẵn", PROVINCE)
    whole = f"{HEADS}\nViệc mới;Sở A;;chậm;a\nViệc có sẵn;Sở A;1/1/{LAST - 1};chậm;b\n"
    answer = take(given(whole))
    assert answer.status_code == 409
    assert "Dòng 3: hạn" in answer.content.decode()
    assert list(Task.objects.all()) == [task]
    tell_by = Account(TaskState.ONGOING, office.today(), "Lời mới nhất")
    progressing.tell(task.pk, tell_by, (), User.objects.get(username="tuan"), uuid.uuid4().hex)
    answer = take(given(f"{HEADS}\nViệc có sẵn;Sở A;;chậm;b\n"), on=f"{office.today() - timedelta(days=3):%d/%m/%Y}")
    assert answer.status_code == 409
    assert "Dòng 2: đã có báo cáo đến ngày" in answer.content.decode()
    assert Progress.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("", b"", "hãy chọn tệp"),
        ("a.exe", b"MZ", "chỉ nhận tệp"),
        ("a.xlsx", b"PK\x03\x04 broken", "nhiem-vu.xlsx"),
        ("a.csv", b"x" * (50 * 1024 * 1024), "nặng 50 MB, giới hạn là 4 MB"),
    ],
    ids=["none", "program", "broken", "large"],
)
def test_what_is_no_file_of_tasks_is_refused(made: Office, name: str, content: bytes, words: str) -> None:
    answer = take(SimpleUploadedFile(name, content) if name else None)
    assert answer.status_code == 409
    assert words in answer.content.decode()


def test_a_file_that_comes_twice_is_taken_once(made: Office, tmp_path: Path) -> None:
    name = uuid.uuid4().hex
    for _ in range(2):
        answer = take(province_file(tmp_path), request=name)
        assert "12 nhiệm vụ mới" in answer.content.decode()
    assert Task.objects.count() == 12


def test_rows_find_the_unit_that_owns_them(made: Office) -> None:
    rows = f"{HEADS}\nMột;phường thượng họa;;chậm;a\nHai;Sở Nội vụ;;chậm;b\n"
    take(given(rows))
    assert dict(Task.objects.values_list("title", "unit")) == {"Một": HERE, "Hai": PROVINCE}


def test_the_sentence_is_that_of_the_report(made: Office, tmp_path: Path) -> None:
    take(province_file(tmp_path))
    figures_told()
    a_task("Việc của phường", due=date(LAST, 2, 1))
    tell(a_task("Việc chờ xác nhận"), TaskState.DONE, date(LAST, 11, 2), is_confirmed=False)
    here = a_draft(HERE)
    asked = Wanted([HERE], Period.part(2026), min(date(2026, 12, 31), office.today()))
    shown = "".join(piece.text for piece in sentence(counted(followed(asked))))
    assert shown == "Trong 02 nhiệm vụ trọng tâm, có 01 nhiệm vụ đang thực hiện, 01 nhiệm vụ chậm tiến độ."
    assert shown in words_of(here)
    assert "Việc của phường" in draft_json.written(here)
    assert {number.source.argument for number in numbers_of(here)} >= {"tasks", "tasks:ongoing", "tasks:late"}
    page = signed_in("tuan").get(f"/tasks/?unit={HERE}").content.decode()
    assert re.sub(r"<[^>]+>", "", page).count(shown) == 1


def a_draft(unit: str) -> Draft:
    """The year report as the process that writes drafts makes it."""
    asked = {"unit": unit, "outline": OUTLINE, "period": "2026-A1", "on": office.today().isoformat()}
    with TemporaryDirectory() as folder:
        drafting_room.draft(Path(folder), {**asked, "letterhead": {}})
        return draft_json.read((Path(folder) / "draft.json").read_text(encoding="utf-8"))


def words_of(draft: Draft) -> str:
    lines = []
    for block in draft.blocks:
        paragraphs = block.paragraphs if isinstance(block, Narrative) else (block,)
        lines += [
            "".join(getattr(piece, "text", "") for piece in one.line)
            for one in paragraphs
            if isinstance(one, Paragraph)
        ]
    return "\n".join(lines)


def numbers_of(draft: Draft) -> list[Number]:
    return list(draft.numbers)


def test_a_report_tells_tasks_as_they_stood_when_its_period_ended(made: Office) -> None:
    early, late = a_task("Việc đầu năm", due=date(LAST, 6, 30)), a_task("Việc cuối năm", THERE)
    tell(early, TaskState.ONGOING, date(LAST, 4, 1), "Đang làm")
    tell(early, TaskState.DONE, date(LAST, 7, 2), "Đã xong")
    half = key_tasks(PROVINCE, Period.part(LAST, "S", 1), date(LAST, 6, 30))
    assert [(one.title, one.state, one.progress) for one in half] == [
        ("Việc đầu năm", TaskState.ONGOING, "Đang làm"),
        ("Việc cuối năm", TaskState.WAITING, ""),
    ]
    whole = key_tasks(PROVINCE, YEAR, END)
    assert [one.state for one in whole] == [TaskState.DONE, TaskState.WAITING]
    assert [one.title for one in key_tasks(THERE, YEAR, END)] == ["Việc cuối năm"]
    plan = tasks_told(PROVINCE, outline_named("ke-hoach-nam"), Period.part(LAST + 1), office.today())
    assert plan == whole, "a plan tells the tasks of the year before its own"
    assert len(task_grid(whole).rows) == 2
    assert late.due_on == END


def test_the_board_names_what_is_late_due_soon_and_waiting(made: Office) -> None:
    today = office.today()
    for title, days in (("Quá hạn rồi", -1), ("Hôm nay", 0), ("Hai tuần nữa", 14), ("Còn xa", 60)):
        a_task(title, due=today + timedelta(days=days))
    tell(a_task("Đợi duyệt"), TaskState.ONGOING, today, is_confirmed=False)
    page = signed_in("son").get("/tasks/board").content.decode()
    late, soon, waiting, owners = re.split(r"<h2>", page)[1:]
    assert "Quá hạn rồi" in late
    assert "Hôm nay" in soon
    assert "Hai tuần nữa" in soon
    assert "Còn xa" not in soon + late + waiting
    assert "Đợi duyệt" in waiting
    assert "standing=s-late" in owners


def test_every_page_speaks_english(made: Office) -> None:
    task = a_task("Việc", every="M", due=None)
    client = signed_in("tuan")
    client.post("/language", {"language": "en"})
    for path in (
        "/tasks/",
        "/tasks/board",
        "/tasks/new",
        "/tasks/take",
        f"/tasks/{task.pk}/",
        f"/tasks/{task.pk}/amend",
    ):
        page = client.get(path, headers={"accept-language": "en"}).content.decode()
        assert '<html lang="en">' in page
        for word in ("Nhiệm vụ", "Cơ quan chủ trì", "Tình hình", "Tiến độ", "Lịch sử"):
            assert word not in re.sub(r'<p class="counted" lang="vi">.*?</p>', "", page).replace(
                "“Nhiệm vụ”", ""
            ).replace("“Cơ quan chủ trì”", "").replace("“Tiến độ", ""), (path, word)


def test_counts_in_a_report_lead_to_the_tasks_that_they_count(made: Office) -> None:
    figures_told()
    a_task("Việc trễ hạn", due=date(office.today().year, 1, 15))
    a_task("Việc chưa đến hạn", due=date(office.today().year, 12, 31))
    report = Report.objects.create(unit=HERE, outline=OUTLINE, period=f"{THIS}-A1", made_by="tuan")
    with transaction.atomic():
        drafting.settle_draft(report, draft_json.written(a_draft(HERE)), 1, "tuan")
    page = signed_in("tuan").get(f"/documents/{report.pk}/").content.decode()
    ways = [unescape(way) for way in re.findall(r'<a class="source" href="(/tasks/[^"]+)">', page)]
    assert len(ways) >= 3
    assert len({way for way in ways if "standing" not in way}) == 1
    late = next(way for way in ways if "standing=s-late" in way)
    assert titles(late) == ["Việc trễ hạn"]
    everything = next(way for way in ways if "standing" not in way)
    assert sorted(titles(everything)) == ["Việc chưa đến hạn", "Việc trễ hạn"]
    a_day_before = re.sub(r"on=[^&]+", f"on=01%2F01%2F{THIS}", late)
    assert titles(a_day_before) == [], "as of that day none was late"
