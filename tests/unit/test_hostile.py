"""What a hostile or an unlucky caller can hand over: one line in Vietnamese and an exit code, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from baocao import accepting, reasons
from baocao.cli import main
from baocao.cli.paths import expand
from baocao.formats import Unreadable, read, sheet_reader
from baocao.model import Document, Passage, Run, Table
from baocao.project import find
from baocao.showing import terminal
from baocao.showing.marking import safe
from baocao.showing.page import page
from baocao.showing.words import shortened
from tests.unit.formats.test_xlsx import number, sheet, text, workbook

WRONG = "Trồng mới được 318/420 ha rừng, đạt 91,7% kế hoạch.\n"
CAPPED = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (2_500_000_000,) * 2)\n"
    "from baocao.cli import main; sys.exit(main(sys.argv[1:]))"
)


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BAOCAO_LANG", "FORCE_COLOR", "BAOCAO_DEBUG"):
        monkeypatch.delenv(name, raising=False)


def _report(folder: Path, name: str = "a.txt", words: str = WRONG) -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def _run(*words: str, **how: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-c", CAPPED, *words],
        **{"capture_output": True, "text": True, "check": False, "timeout": 60, **how},
    )


def _shell(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", script, "sh", sys.executable, *words], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("talk", [subprocess.PIPE, subprocess.STDOUT], ids=["findings", "findings and talk"])
def test_a_reader_who_leaves_takes_no_exit_code_with_him(talk: int, tmp_path: Path) -> None:
    """``| head`` and ``2>&1 | head``: the call goes on, and its exit code tells of all of it."""
    rows = "".join(f"Xã Không Có {n},dan_bo,2025,5\n" for n in range(3000))
    (tmp_path / "sai.csv").write_text("đơn vị,chỉ tiêu,kỳ,giá trị\n" + rows, encoding="utf-8")
    call = [sys.executable, "-c", CAPPED, "load", "sai.csv"]
    running = subprocess.Popen(call, cwd=tmp_path, stdout=subprocess.PIPE, stderr=talk)
    assert running.stdout is not None
    running.stdout.close()
    _, said = running.communicate(timeout=60)
    assert running.returncode == 1
    assert "Traceback" not in (said or b"").decode()
    assert talk is subprocess.STDOUT or "3000 ô bị từ chối" in (said or b"").decode()


def test_a_merged_area_of_a_whole_sheet_is_as_large_as_what_is_used(tmp_path: Path) -> None:
    rows = [(n, "".join(number(f"{c}{n}", "5") for c in "ABC")) for n in (1, 2, 3)]
    whole = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    done = _run("check", str(workbook(tmp_path / "a.xlsx", sheet(*rows, after=whole))))
    assert (done.returncode, done.stderr) == (0, "")


def test_a_cell_beyond_every_sheet_is_one_line_and_the_others_go_on(tmp_path: Path) -> None:
    far = workbook(tmp_path / "xa.xlsx", sheet((1, number("ZZZZZZ4294967295", "5"))))
    done = _run("check", str(far), str(_report(tmp_path)))
    assert done.returncode == 3
    assert "318 / 420" in done.stdout
    (line,) = done.stderr.splitlines()
    assert "bảng tính bị hỏng" in line


def test_formulas_that_were_never_computed_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cells = text("A1", "Tổng") + '<c r="B1"><f>SUM(B2:B3)</f></c><c r="C1"><f>1+1</f><v>2</v></c>'
    assert main(["check", str(workbook(tmp_path / "a.xlsx", sheet((1, cells))))]) == 0
    assert "có 1 ô công thức chưa có kết quả" in capsys.readouterr().err


@pytest.mark.parametrize("columns", [0, 1, 300])
def test_any_width_of_a_terminal_can_be_folded_to(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((columns, 0)))
    with tempfile.TemporaryFile("w") as out:
        width = terminal._width(out)
    assert width == {0: 80, 1: 20, 300: 110}[columns]


@pytest.mark.parametrize("option", ["", "--html", "--docx"])
def test_a_loop_of_links_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str) -> None:
    loop = tmp_path / "vòng.docx"
    loop.symlink_to(loop)
    words = ["check", str(_report(tmp_path)), *([option] if option else []), str(loop)]
    assert main(words) == (2 if option else 3)
    (line,) = capsys.readouterr().err.splitlines()
    assert "vòng" in line.replace(str(loop), "")


def test_closed_streams_are_told(tmp_path: Path) -> None:
    report = str(_report(tmp_path))
    done = _shell('"$1" -m baocao check "$2" >&-', report)
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert "đầu ra chuẩn đang đóng" in done.stderr
    done = _shell('"$1" -m baocao check - <&-')
    assert done.returncode == 3
    assert "đầu vào chuẩn không có gì" in done.stderr
    done = _shell('"$1" -m baocao check "$2" "$3" 2>&-', report, str(tmp_path / "không có.txt"))
    assert done.returncode == 3
    assert "không tìm thấy" not in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_in_vietnamese(tmp_path: Path) -> None:
    for words in (("check", str(_report(tmp_path))), ("--help",)):
        done = _shell('"$1" -m baocao "$2" $3 >/dev/full', *words)
        assert done.returncode == 3
        (line,) = done.stderr.splitlines()
        assert "đầu ra chuẩn" in line
        assert "hết chỗ trên đĩa" in line


def test_what_was_found_stays_found_when_the_reader_leaves(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert _run("check", str(_report(tmp_path)), capture_output=False, stdout=writing).returncode == 1
        absent = str(tmp_path / "b.txt")
        done = _run("check", str(_report(tmp_path)), absent, capture_output=False, stdout=writing, stderr=-3)
        assert done.returncode == 3
    finally:
        os.close(writing)


@pytest.mark.parametrize("content", ["accepted = 5", "accepted = {a = 1}", "a=" + "[" * 100_000, "a = '\n", None])
@pytest.mark.parametrize("name", ["baocao.toml", "a.txt.baocao.toml"])
def test_settings_of_any_kind_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str | None
) -> None:
    if content is None:
        os.mkfifo(tmp_path / name)
    else:
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert main(["check", str(_report(tmp_path))]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert str(tmp_path / name) in line
    assert not any(word in line for word in ("Expected", "Illegal", "line ", "at end", "object"))


def test_a_project_file_that_may_not_be_looked_at_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    report = _report(tmp_path)
    monkeypatch.setattr(Path, "exists", refused)
    monkeypatch.setattr(Path, "is_file", refused)
    assert find(report) is None


def test_long_names_and_a_deleted_folder_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / ("a" * 300)), str(_report(tmp_path))]) == 3
    assert "quá dài" in capsys.readouterr().err
    assert accepting.read(tmp_path / ("a" * 250)) == frozenset()
    gone = tmp_path / "mất"
    gone.mkdir()
    done = _shell('cd "$2" && rmdir "$2" && "$1" -m baocao check b.txt', str(gone))
    assert done.returncode == 3
    assert "không tìm thấy tệp" in done.stderr


def test_a_folder_without_right_is_not_said_to_be_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refused)
    ((_, why),) = expand([str(tmp_path)])[1]
    assert "không có quyền đọc thư mục" in why.vi


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", ""], "để trống"),
        (["claims", ""], "để trống"),
        (["check", "a.txt", "--html", ""], "--html không nêu tên tệp"),
        (["check", "a.docx", "--docx", ""], "--docx không nêu tên tệp"),
        (["check", "a.docx", "--html", "b", "--docx", "b"], "đuôi .html"),
        (["check", "a.docx", "--docx", "b.pdf"], "đuôi .docx"),
        (["check", "a.docx", "--html", "b.docx"], "đuôi .html"),
        (["check", "a.docx", "--docx", "b"], "đuôi .docx"),
    ],
)
def test_targets_that_cannot_be_meant_are_refused(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _report(tmp_path)
    assert main(words) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_part_that_is_no_xml_is_told_by_its_place(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", sheet((1, number("A1", "5"))), formats=("<b>",))
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert "dòng 1, cột " in refused.value.text.vi
    assert "Excel" in refused.value.text.vi


def test_reasons_are_told_by_their_kind() -> None:
    assert reasons.reason(PermissionError(13, "Permission denied")).vi == "không có quyền"
    assert reasons.reason(OSError(28, "No space left on device")).vi == "hết chỗ trên đĩa"
    assert reasons.reason(OSError(9999, "strange")).vi == "lỗi hệ thống số 9999"


def test_a_number_of_thousands_of_digits_is_shown_by_its_ends() -> None:
    assert shortened("đạt " + "12" * 2000 + " ha") == "đạt " + "12" * 10 + "…" + "12" * 10 + " ha"
    assert shortened("đạt 1.234.567,89 ha") == "đạt 1.234.567,89 ha"


def test_a_page_has_no_signs_that_turn_the_reading_direction() -> None:
    words = "Đạt \x1b[31m\u202e5\u2066 ha"
    document = Document("a\u202e.txt", words, (Passage(words, (Run(0, 0, len(words)),)),), title="T\u202ea")
    shown = page(0, (), (document,), {}, "vi")
    assert not set("\x1b\u202e\u2066") & set(shown)
    assert safe("a<\u202e") == "a&lt;\N{REPLACEMENT CHARACTER}"


def test_a_sheet_keeps_its_own_merged_areas(tmp_path: Path) -> None:
    data = sheet(
        (1, text("A1", "Đầu")), (2, number("B2", "1")), after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    )
    (table,) = read(workbook(tmp_path / "a.xlsx", data)).blocks
    assert isinstance(table, Table)
    assert table.cells[0].column_span == 2


def test_cells_that_stand_beyond_their_row_are_weighed_too(tmp_path: Path) -> None:
    cells = number("A1", "5") + number("XFD1048576", "5")
    with pytest.raises(Unreadable) as refused:
        read(workbook(tmp_path / "a.xlsx", sheet((1, cells))))
    assert "quá nhiều ô" in refused.value.text.vi


def test_a_failure_of_the_reader_itself_is_told_and_not_heard(capfd: pytest.CaptureFixture[str]) -> None:
    panic = type("PanicException", (BaseException,), {})

    def fail() -> None:
        os.write(2, b"thread panicked at 'overflow'")
        raise panic("overflow")

    with pytest.raises(Unreadable), sheet_reader.guarded():
        fail()
    assert capfd.readouterr().err == ""
    with pytest.raises(KeyboardInterrupt), sheet_reader.guarded():
        raise KeyboardInterrupt
