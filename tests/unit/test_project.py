"""The project file: a folder's habits, and clear words when they are written wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao.model import Finding, Severity, Span, Text
from baocao.project import BadProject, Choice, Habits, find, read


def _project(folder: Path, text: str) -> Path:
    file = folder / "baocao.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_nearest_project_file_holds(tmp_path: Path) -> None:
    inner = tmp_path / "2031" / "quý 2"
    inner.mkdir(parents=True)
    outer = _project(tmp_path, "")
    assert find(inner / "a.docx") == outer
    nearer = _project(inner, "")
    assert find(inner / "a.docx") == nearer


def test_every_entry_is_read(tmp_path: Path) -> None:
    (tmp_path / "cũ").mkdir()
    (tmp_path / "cũ" / "a.txt").write_text("a", encoding="utf-8")
    file = _project(
        tmp_path,
        'language = "en"\nrules = ["ratio"]\nwithout = ["date"]\nwith = ["cũ/*.txt"]\n[severity]\nratio = "note"\n',
    )
    project = read(file)
    assert project.language == "en"
    assert (project.only, project.without) == (("ratio",), ("date",))
    assert project.severity == {"ratio": "note"}
    assert project.context == (tmp_path / "cũ" / "a.txt",)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("rules = ", "không đọc được"),
        ('rulez = ["a"]', "rulez"),
        ('rules = "ratio"', "rules"),
        ('language = "fr"', "fr"),
        ('[severity]\nratio = "fatal"', "severity.ratio"),
        ("severity = 3", "severity"),
    ],
)
def test_a_wrong_entry_is_named_with_what_was_expected(tmp_path: Path, text: str, seen: str) -> None:
    with pytest.raises(BadProject) as caught:
        read(_project(tmp_path, text))
    assert seen in caught.value.text.vi
    assert "baocao.toml" in caught.value.text.en


def test_what_is_given_by_hand_wins_over_the_project(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    _project(tmp_path, 'without = ["ratio"]\n[severity]\ntotal = "off"\ndate = "note"\n')
    habits = Habits(Choice())
    assert [habits.wants(report, rule) for rule in ("ratio", "total", "date")] == [False, False, True]
    assert Habits(Choice(only=("ratio",))).wants(report, "ratio")
    assert not Habits(Choice(without=("date",))).wants(report, "date")


def test_a_severity_is_changed_before_it_is_weighed(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    _project(tmp_path, '[severity]\ndate = "note"\n')
    finding = Finding("date", Severity.ERROR, Span(0, 0, 1), Text("a", "b"))
    graded = Habits(Choice()).graded(report, finding)
    assert graded is not None
    assert graded.severity is Severity.NOTE
    assert Habits(Choice(least=Severity.WARNING)).graded(report, finding) is None
