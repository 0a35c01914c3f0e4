"""The command line: what goes to stdout, what to stderr, and how a call ends."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from baocao.cli import main

WRONG = "Diện tích lúa gieo trồng được 412/430 ha, đạt 99,1% kế hoạch.\n"
RIGHT = "Diện tích lúa gieo trồng được 412/430 ha, đạt 95,8% kế hoạch.\n"


@pytest.fixture(autouse=True)
def plain_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BAOCAO_LANG", "FORCE_COLOR", "BAOCAO_DEBUG"):
        monkeypatch.delenv(name, raising=False)


def _report(folder: Path, text: str = WRONG, name: str = "báo cáo.txt") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_findings_end_with_1_and_a_clean_report_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(_report(tmp_path))]) == 1
    said = capsys.readouterr()
    assert "412 / 430" in said.out
    assert said.err == ""
    assert main(["check", str(_report(tmp_path, RIGHT))]) == 0
    assert "không có phát hiện nào" in capsys.readouterr().out


def test_json_is_one_finding_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = _report(tmp_path)
    assert main(["check", str(report), "--json"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    finding = json.loads(line)
    assert finding["kind"] == "ratio"
    assert finding["severity"] == "error"
    assert finding["file"] == str(report)
    assert "99,1" in WRONG[finding["start"] : finding["end"]]


def test_claims_are_json_lines_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", str(_report(tmp_path)), "--json"]) == 0
    claims = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"kind": "ratio", "stated": 99.1, "agreement": "disagree"}.items() <= next(
        claim for claim in claims if claim["kind"] == "ratio"
    ).items()


def test_an_unreadable_file_ends_with_3_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rỗng.txt").touch()
    wrong = _report(tmp_path)
    code = main(["check", str(tmp_path / "không có.txt"), str(tmp_path / "rỗng.txt"), str(wrong)])
    said = capsys.readouterr()
    assert code == 3
    assert "412 / 430" in said.out
    lines = said.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{tmp_path}/không có.txt: ")
    assert "0 byte" in lines[1]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["check"],
        ["soát", "a.txt"],
        ["check", "a.txt", "--severity", "fatal"],
        ["check", "a.txt", "--rules", "ratoi"],
        ["check", "a.txt", "--jobs", "0"],
        ["check", "a.txt", "--rules", ""],
        ["check", "a.txt", "--without", " , "],
        ["check", "a.txt", "--because", "đã xem"],
        ["rules", "ratoi"],
    ],
)
def test_a_wrong_call_ends_with_2_and_one_clear_line(
    words: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    try:
        code = main(words)
    except SystemExit as left:  # argparse leaves by itself
        code = int(left.code or 0)
    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert 1 <= len(said.err.splitlines()) <= 2


def test_a_language_that_is_not_spoken_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BAOCAO_LANG", "fr")
    with pytest.raises(SystemExit) as left:
        main(["rules"])
    assert left.value.code == 2
    assert "BAOCAO_LANG=fr" in capsys.readouterr().err
    monkeypatch.setenv("BAOCAO_LANG", "en_US.UTF-8")
    assert main(["rules"]) == 0
    assert "Error" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--lang", "en", "rules"], ["rules", "--lang=en"], ["rules", "--la", "en"]])
def test_the_language_may_stand_before_and_after_the_command(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 0
    assert "Error" in capsys.readouterr().out


def test_a_missing_page_of_a_rule_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from baocao.rules.rule import Rule

    monkeypatch.setattr(Rule, "page", property(lambda rule: tmp_path / f"{rule.id}.md"))
    assert main(["rules", "ratio"]) == 3
    assert "ratio.md" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="such names are possible on POSIX only")
@pytest.mark.parametrize("name", [b"a\xff.txt", b"a\nb.txt", b"a\x1b[2J.txt"])
def test_a_strange_name_is_one_line_wherever_it_is_told(
    name: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_text(RIGHT, encoding="utf-8")
    assert main(["check", str(path)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    path.write_bytes(b"")
    assert main(["check", str(path)]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert "\x1b" not in line


def _piped(content: bytes, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "baocao", *words], input=content, capture_output=True, check=False)


def test_a_text_may_come_through_a_pipe(tmp_path: Path) -> None:
    run = _piped(WRONG.encode("utf-16"), "check", "-", str(_report(tmp_path, RIGHT)), "--jobs", "2", "--json")
    assert run.returncode == 1
    (line,) = run.stdout.splitlines()
    assert json.loads(line)["file"] == "-"
    assert _piped(b"", "check", "-").returncode == 3
    assert "tệp" in _piped(b"%PDF-1.4\n", "claims", "-").stderr.decode()
    assert _piped(WRONG.encode(), "check", "-", "--accept", "000000").returncode == 2


def test_a_misspelt_rule_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules", "ratoi"])
    assert "“ratio”" in capsys.readouterr().err


def test_both_languages_are_complete(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for lang, word in (("vi", "soát"), ("en", "proof-read")):
        with pytest.raises(SystemExit):
            main(["check", "--lang", lang, "--help"])
        assert word in capsys.readouterr().out
    main(["check", str(_report(tmp_path)), "--lang", "en"])
    assert "1 error" in capsys.readouterr().out


def test_rules_are_listed_and_each_has_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    from baocao.rules import RULES

    assert main(["rules"]) == 0
    listed = capsys.readouterr().out
    for rule in RULES:
        assert rule.id in listed
        assert main(["rules", rule.id]) == 0
        assert capsys.readouterr().out.startswith("# ")


def test_rules_are_chosen_and_left_out(tmp_path: Path) -> None:
    report = str(_report(tmp_path))
    assert main(["check", report, "--rules", "ratio"]) == 1
    assert main(["check", report, "--without", "ratio"]) == 0
    (tmp_path / "baocao.toml").write_text('without = ["ratio"]\n', encoding="utf-8")
    assert main(["check", report]) == 0
    assert main(["check", report, "--rules", "ratio"]) == 1


def test_a_project_that_names_no_rule_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "baocao.toml").write_text('without = ["ratoi"]\n', encoding="utf-8")
    assert main(["check", str(_report(tmp_path))]) == 2
    assert "baocao.toml" in capsys.readouterr().err


def test_an_accepted_finding_stays_accepted_when_the_report_is_edited(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = _report(tmp_path)
    main(["check", str(report), "--json"])
    key = json.loads(capsys.readouterr().out)["key"]
    assert main(["check", str(report), "--accept", f"#{key}", "--because", "đã đối chiếu biểu"]) == 0
    assert "đã đối chiếu biểu" in (tmp_path / "báo cáo.txt.baocao.toml").read_text(encoding="utf-8")
    before = (tmp_path / "báo cáo.txt.baocao.toml").read_bytes()
    capsys.readouterr()
    assert main(["check", str(report), "--accept", key]) == 0
    assert "từ trước" in capsys.readouterr().err
    assert (tmp_path / "báo cáo.txt.baocao.toml").read_bytes() == before
    _report(tmp_path, "Một đoạn mới ở đầu.\n\n" + WRONG)
    assert main(["check", str(report)]) == 0
    assert "1 đã chấp nhận" in capsys.readouterr().out
    _report(tmp_path, WRONG.replace("99,1", "99,3"))
    assert main(["check", str(report)]) == 1


def test_an_unknown_key_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(_report(tmp_path)), "--accept", "000000"]) == 2
    assert "000000" in capsys.readouterr().err


def test_folders_and_patterns_stand_for_their_reports(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b.txt", "a.txt", "trong/c.txt", ".ẩn/d.txt", "~$b.txt", "ảnh.png"):
        _report(tmp_path, RIGHT, name)
    main(["check", str(tmp_path)])
    heads = [line.split("  ")[0] for line in capsys.readouterr().out.splitlines() if line]
    assert [Path(head).name for head in heads] == ["a.txt", "b.txt", "c.txt"]
    monkeypatch.chdir(tmp_path)
    main(["check", "b.txt", "[a]*.txt", "b.txt"])
    assert [line.split("  ")[0] for line in capsys.readouterr().out.splitlines() if line] == ["b.txt", "a.txt"]
    assert main(["check", "*.odt"]) == 3


def test_results_come_in_the_order_of_the_arguments_however_many_workers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [str(_report(tmp_path, WRONG * (9 - number), f"{number}.txt")) for number in range(8)]
    main(["check", *names, "--json", "--jobs", "1"])
    alone = capsys.readouterr().out
    main(["check", *names, "--json", "--jobs", "3"])
    assert capsys.readouterr().out == alone
    assert list(dict.fromkeys(json.loads(line)["file"] for line in alone.splitlines())) == names


def test_a_page_is_written_and_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report, page = _report(tmp_path), tmp_path / "trang.html"
    assert main(["check", str(report), "--html", str(page)]) == 1
    assert str(page) in capsys.readouterr().err
    first = page.read_bytes()
    assert main(["check", str(report), "--html", str(page)]) == 2
    assert main(["check", str(report), "--html", str(page), "--force"]) == 1
    assert page.read_bytes() == first
    page.write_text("của người khác", encoding="utf-8")
    assert main(["check", str(report), "--html", str(page), "--force"]) == 2
    assert main(["check", str(report), "--html", str(report), "--force"]) == 2
    assert page.read_text(encoding="utf-8") == "của người khác"
    assert report.read_text(encoding="utf-8") == WRONG


def test_several_reports_make_a_folder_of_pages(tmp_path: Path) -> None:
    names = [str(_report(tmp_path, WRONG, name)) for name in ("a.txt", "khác/a.txt", "b.txt")]
    assert main(["check", *names, "--html", str(tmp_path / "trang")]) == 1
    assert sorted(path.name for path in (tmp_path / "trang").iterdir()) == [
        "a-2.html",
        "a.html",
        "b.html",
        "index.html",
    ]


def test_a_folder_of_pages_has_a_list_that_leads_to_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [str(_report(tmp_path, WRONG, name)) for name in ("50% & <1>.txt", "index.txt")]
    (tmp_path / "rỗng.txt").touch()
    pages = tmp_path / "trang"
    words = ["check", *names, str(tmp_path / "rỗng.txt"), "--html", str(pages)]
    assert main(words) == 3
    shown = (pages / "index.html").read_text(encoding="utf-8")
    links = [unquote(unescape(link)) for link in re.findall(r'href="([^"]*)"', shown)]
    assert links == ["50% & <1>.html", "index-2.html"]
    assert all((pages / link).is_file() for link in links)
    assert "3 tệp: 2 lỗi" in shown
    assert "Không đọc được" in shown
    assert "<1>" not in shown
    assert main(words) == 2
    assert main([*words, "--force"]) == 3
    (pages / "index.html").write_text("của người khác", encoding="utf-8")
    assert main([*words, "--force"]) == 2


def test_comments_need_a_word_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(_report(tmp_path)), "--docx", str(tmp_path / "b.docx")]) == 2
    assert ".docx" in capsys.readouterr().err


def _start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "baocao", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    report = _report(tmp_path, WRONG * 3000)
    with _start("check", str(report), "--json") as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        assert run.stderr.read() == ""
        assert run.wait(30) == 1  # what was found stays found


def _wait_until_at_work(process: int) -> None:
    """Until a process, or one that it started, has computed for a second: long after it began."""
    begun = time.monotonic()
    while time.monotonic() < begun + 60:
        started = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        spent = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11] for one in (process, *started)]
        if max(map(int, spent)) > os.sysconf("SC_CLK_TCK"):
            return
        time.sleep(0.05)
    pytest.fail("nothing was computed within a minute")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="without /proc nobody sees when a process is at work")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_is_quiet(tmp_path: Path, jobs: str) -> None:
    names = [str(_report(tmp_path, WRONG * 20000, f"{number}.txt")) for number in range(4)]
    signal.signal(signal.SIGINT, signal.default_int_handler)  # where tests run behind a shell, it is ignored
    with _start("check", *names, "--jobs", jobs) as run:
        _wait_until_at_work(run.pid)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=30)
    assert run.returncode == 130
    assert (out, err) == ("", "")


def test_a_rules_page_speaks_one_language(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules", "total"])
    vietnamese = capsys.readouterr().out
    main(["rules", "total", "--lang", "en"])
    english = capsys.readouterr().out
    assert "# A total that" not in vietnamese
    assert "# Tổng không" not in english
    assert "⟦" in vietnamese
    assert "⟦" in english
