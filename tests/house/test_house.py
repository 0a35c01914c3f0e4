"""The habits of the house, so far as a machine can see them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.reports import SHARED

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
NAMELESS = {"utils", "helpers", "common", "base", "core", "services", "constants", "messages"}
NAMED_BY_OTHERS = {  # Django loads the engine of a database by this name
    ROOT / "src/baocao_web/database" / engine / "base.py" for engine in ("postgresql", "sqlite3")
}
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|raise NotImplemented" r"Error)\b")
MACHINE = re.compile(r"(?<![\w.])/(?:work|home|root|Users)/\w")
ADDRESS = re.compile(r"https?://[\w.-]*(?:pypi|files\.pythonhosted|npmjs)[\w./-]*")
WORDS_IN_A_ROW = 16


def _tracked() -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        pytest.skip("this is no git checkout: the files of the repository are not known")
    return [path for name in run.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def _texts() -> dict[Path, str]:
    texts = {}
    for path in _tracked():
        try:
            texts[path] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return texts


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_short_and_named_from_the_field(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert path.stem not in NAMELESS or path in NAMED_BY_OTHERS
    assert path.parent.name not in NAMELESS


def test_nothing_is_left_unfinished_or_tied_to_a_machine() -> None:
    for path, text in _texts().items():
        for pattern in (UNFINISHED, MACHINE, ADDRESS):
            found = pattern.search(text)
            assert found is None or path == Path(__file__), f"{path}: {found and found[0]}"


def test_every_module_says_what_it_is() -> None:
    for path in SOURCES:
        assert path.read_text(encoding="utf-8").lstrip().startswith('"""'), path


@pytest.mark.skipif(not (SHARED / "reports").is_dir(), reason="the real reports are not at hand, none can be quoted")
def test_no_sentence_of_a_real_report_stands_here() -> None:
    rows: set[tuple[str, ...]] = set()
    for report in (SHARED / "reports").glob("*.txt"):
        rows.update(_rows(report.read_text(encoding="utf-8")))
    for path, text in _texts().items():
        shared = rows.intersection(_rows(text))
        assert not shared, f"{path}: {' '.join(next(iter(shared)))}"


def _rows(text: str) -> set[tuple[str, ...]]:
    """All runs of so many words that hold a figure: titles of laws and set phrases may be shared, figures not."""
    words = re.findall(r"\w+(?:[.,]\d+)*", text.lower())
    rows = (tuple(words[at : at + WORDS_IN_A_ROW]) for at in range(len(words) - WORDS_IN_A_ROW))
    return {row for row in rows if sum(word[0].isdigit() and len(word) > 1 for word in row) > 1}


def test_help_needs_nothing_heavy() -> None:
    code = (
        "import sys; from baocao.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'lxml', 'rich', 'pypdfium2', 'decimal', 'dataclasses', 'baocao.model'} & set(sys.modules)\n"
        "sys.exit(' '.join(heavy) or 0)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
