"""What the documentation shows can be done, and what it points to is there."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from baocao import __version__
from baocao.cli import main
from baocao.drafting.outline_reading import names
from baocao.figures.intake_periods import read_period
from baocao.model.period import CutOff, Period
from baocao.reference.indicators import national
from baocao.rules import RULES
from demo.province.__main__ import main as make_province

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "README.vi.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
READMES = PAGES[:2]


def _commands(page: Path) -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``make demo`` leaves in out/, with the small province and the figures of its first tables only."""
    out = tmp_path_factory.mktemp("out")
    make_province([str(out / "minh-hoa"), "--small"])
    with pytest.MonkeyPatch.context() as moved:
        moved.chdir(out / "minh-hoa")
        assert main(["load", "ke-hoach/*.csv", "so-lieu/tong-hop-*.csv", "so-lieu/tinh.csv"]) in (0, 1)
    return out


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_the_commands_of_the_readme_run(
    page: Path, tmp_path: Path, walked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "demo").symlink_to(ROOT / "demo")
    shutil.copytree(walked, tmp_path / "out")
    monkeypatch.chdir(tmp_path)
    commands = [command for command in _commands(page) if command.startswith(("baocao ", "cd "))]
    assert any(command.startswith("baocao draft ") for command in commands)
    for command in commands:
        words = shlex.split(command)
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            continue
        assert main(words[1:]) in (0, 1), capsys.readouterr().err
        said = capsys.readouterr()
        assert said.out or said.err


def test_the_options_of_the_tour_exist(capsys: pytest.CaptureFixture[str]) -> None:
    for command in _commands(ROOT / "docs" / "tour.md"):
        name = command.split()[1]
        with pytest.raises(SystemExit):
            main([name, "--help"])
        known = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
        assert set(re.findall(r"(?<=\s)--[a-z-]+", command)) <= known, command


def test_what_the_tour_names_is_there() -> None:
    """Indicators, rules and outlines of its examples are ones that there are, and its days and periods can be read."""
    known = {
        "--indicator": {one.code for one in national().indicators},
        "--rules": {rule.id for rule in RULES},
    }
    for command in _commands(ROOT / "docs" / "tour.md"):
        words = shlex.split(command)
        for option, value in pairwise(words):
            assert set(value.split(",")) <= known.get(option, {*value.split(",")}), command
            if option == "--period":
                assert isinstance(read_period(value, CutOff.CALENDAR), Period), command
        if words[1] == "draft":
            assert words[2] in names(), command


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_make_has_what_the_readme_promises() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        for target in re.findall(r"`make ([a-z]+)`", page.read_text(encoding="utf-8")):
            assert target in targets, f"{page.name}: make {target}"


def test_one_version_is_told_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("package", ["baocao", "baocao_web"])
def test_the_picture_of_the_house_is_the_house(package: str) -> None:
    picture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    storey = re.search(rf"^src/{package}/.*\n((?: .*\n)+)", picture, re.MULTILINE)
    assert storey is not None
    drawn = set(re.findall(r"^  ([a-z_]+(?:\.py|/))\s", storey[1], re.MULTILINE))
    folder = ROOT / "src" / package
    rooms = (path for path in folder.iterdir() if path.is_dir() and any(path.rglob("*.py")))
    standing = {f"{path.name}/" for path in rooms if path.name != "__pycache__"}
    standing |= {path.name for path in folder.glob("*.py") if not path.name.startswith("__")}
    assert drawn == standing
