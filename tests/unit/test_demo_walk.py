"""The demonstration's walk: what it leaves alone, what it says, and how it stops."""

from __future__ import annotations

from pathlib import Path

import pytest

from baocao import project
from baocao.model.text import Text
from demo.__main__ import main
from demo.plant_mistakes import Planted
from demo.province.writing import PROJECT
from demo.steps import Stopped, Walk
from demo.where import Files

HERE = Path(__file__).parents[2]


def test_the_province_says_in_whose_name_it_reports(tmp_path: Path) -> None:
    file = tmp_path / project.NAME
    file.write_text(PROJECT, encoding="utf-8")
    reports = project.read(file).reports
    ours = reports.office
    assert ours.issuer.endswith("tỉnh Minh Họa")
    assert ours.signature[0] == "TM. ỦY BAN NHÂN DÂN"
    assert reports.tasks == tmp_path / "nhiem-vu.csv"
    assert any("hư cấu" in line for line in ours.recipients)
    assert ours.recipients[-1].startswith("Lưu: ")


def test_the_store_of_an_earlier_walk_goes_and_nothing_else(tmp_path: Path) -> None:
    files = Files(tmp_path)
    snapshot = files.province / "so-lieu.sqlite.snapshot" / "1"
    snapshot.mkdir(parents=True)
    for name in ("so-lieu.sqlite", "so-lieu.sqlite-wal", "ghi-chu.docx"):
        (files.province / name).write_bytes(b"x")
    files.forget_store()
    files.forget_store()
    assert [path.name for path in files.province.iterdir()] == ["ghi-chu.docx"]


def test_only_files_that_are_there_are_named(tmp_path: Path) -> None:
    files = Files(tmp_path, with_pdf=False)
    files.province.mkdir()
    files.report.write_bytes(b"x")
    files.pdf.write_bytes(b"of an earlier walk")
    mistakes = [(Planted(Text("tỷ lệ", "a percentage"), "1", "2", ""), True)]
    told = files.told(mistakes, is_clean=True)
    assert str(files.report) in told
    assert "không có gì cần xem" in told
    assert "nothing to look at" in told
    assert "hư cấu" in told
    assert files.pdf.name not in told
    assert "Nên mở trước" in told
    assert "baocao diff" in told
    files.remarked.write_bytes(b"x")
    told = files.told([*mistakes, (mistakes[0][0], False)], is_clean=False)
    assert "2 lỗi cài cố ý, soát thấy 1" in told
    assert "2 planted mistakes, 1 found" in told
    assert "nothing to look at" not in told


def test_a_step_that_cannot_work_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    walk = Walk(tmp_path, HERE)
    walk.files.province.mkdir()
    before = Path.cwd()
    with pytest.raises(Stopped) as stopped:
        walk.load()
    assert stopped.value.code > 1
    assert "ke-hoach" in str(stopped.value)
    assert Path.cwd() == before
    assert "$ baocao load 'ke-hoach/*.csv'" in capsys.readouterr().out


def test_the_small_sample_is_proof_read_beside_the_rest(tmp_path: Path) -> None:
    walk = Walk(tmp_path, HERE)
    walk.files.province.mkdir()
    for _ in range(2):  # again over what an earlier walk wrote
        walk.sample()
    assert walk.files.sample_remarked.exists()
    assert "12" in walk.files.told([], is_clean=True)
    assert str(walk.files.sample_page) in walk.files.told([], is_clean=True)


def test_a_folder_that_cannot_be_made_ends_with_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = tmp_path / "out"
    taken.write_bytes(b"a file, no folder")
    assert main([str(taken)]) > 1
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1
    assert str(taken) in told[0]
