"""What is handed out as a wheel is whole: all that the program reads stands in it, and nothing else."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[2]
_ASKED = """
import sys
sys.path.insert(0, sys.argv[1])
import django
django.setup()
from django.contrib.staticfiles.finders import find
from django.template.loader import get_template
from django.utils import translation
import baocao, baocao_web
from baocao.reference import load
from baocao_web.people.action_names import action_name
from baocao_web.places import office
assert all(one.__file__.startswith(sys.argv[1]) for one in (baocao, baocao_web))
assert all(find(name).startswith(sys.argv[1]) for name in ("office.css", "entry.js", "icon.svg"))
assert "Hệ thống gặp lỗi" in get_template("500.html").render()
assert load("chasing") and len(office.catalogue()) > 100
assert len(list(office.geography().at(office.today()))) > 3000
translation.activate("en")
assert action_name("submit") == "submitted a form"
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of what stands here."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv), "build", "--quiet", "--wheel", "--out-dir", str(folder), str(ROOT)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_every_file_of_the_program_is_in_it_and_no_other(wheel: Path) -> None:
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "src"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        pytest.skip("this is no git checkout: the files of the program are not known")
    here = {name.removeprefix("src/") for name in told.stdout.split("\0") if name and (ROOT / name).is_file()}
    with zipfile.ZipFile(wheel) as package:
        names = {name for name in package.namelist() if not name.endswith("/")}
    carried = {name for name in names if ".dist-info/" not in name}
    assert carried == here
    kinds = {PurePosixPath(name).suffix for name in carried}
    assert {".html", ".css", ".js", ".svg", ".po", ".mo", ".toml", ".tsv", ".md", ".lark"} <= kinds
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_application_stands_on_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    with zipfile.ZipFile(wheel) as package:
        package.extractall(inside)
    told = {
        "PATH": os.environ["PATH"],
        "BAOCAO_SECRET_KEY": secrets.token_urlsafe(50),
        "BAOCAO_FOLDER": str(tmp_path),
        "BAOCAO_HTTPS": "no",
        "DJANGO_SETTINGS_MODULE": "baocao_web.settings",
    }
    for arguments in (["-c", _ASKED, str(inside)], ["-m", "django", "migrate", "--verbosity", "0"]):
        run = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**told, "PYTHONPATH": str(inside)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
    assert (tmp_path / "baocao.sqlite3").stat().st_size
