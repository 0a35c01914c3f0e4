"""A folder of reports has its own habits: which rules it wants, how grave they are, what else is on the desk.

They stand in ``baocao.toml`` in the report's folder or in one above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from baocao import reasons
from baocao.model import Finding, Language, Problem, Severity, Text
from baocao.model.office import Office

NAME = "baocao.toml"
OFF = "off"

GRAVEST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)

_SEVERITIES = {severity.value for severity in Severity} | {OFF}

_NOT_TOML = Text(
    "{file}: không đọc được tệp cấu hình ({seen}); hãy sửa dòng đó theo cú pháp TOML hoặc xóa tệp.",
    "{file}: the project file cannot be read ({seen}); mend that line (TOML syntax) or remove the file.",
)
_UNKNOWN_KEY = Text(
    "{file}: không có mục “{seen}”; các mục dùng được: {expected}.",
    "{file}: there is no entry “{seen}”; the entries are {expected}.",
)
_UNKNOWN_RULE = Text(
    "{file}: không có quy tắc “{seen}”; các quy tắc là {expected}.",
    "{file}: there is no rule “{seen}”; the rules are {expected}.",
)
_WRONG_VALUE = Text(
    "{file}: mục “{key}” ghi là {seen}, cần là {expected}.",
    "{file}: the entry “{key}” is {seen}; it must be {expected}.",
)
_LIST_OF_TEXT = Text("một danh sách chữ trong ngoặc vuông", "a list of texts in square brackets")


class BadProject(Problem):
    """A project file that does not say what a project file can say."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Where a folder's figures are: the store, own units and changes, own files of the catalogue.

    ``under`` is the unit in which names of units are looked for.
    """

    store: Path | None = None
    units: Path | None = None
    changes: Path | None = None
    catalogue: tuple[Path, ...] = ()
    under: str = ""


_NOBODY = Office()


@dataclass(frozen=True, slots=True)
class Reports:
    """What the table [report] tells of one unit: in whose name its reports are written, its file of key tasks."""

    office: Office = _NOBODY
    tasks: Path | None = None


_NO_FIGURES, _NO_REPORTS = Figures(), Reports()


@dataclass(frozen=True, slots=True)
class Project:
    """What a folder of reports asks for. ``only`` empty means every rule.

    ``reports`` is of the unit that the folder's figures are under, ``reports_of`` of others, by code or name.
    """

    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    severity: dict[str, str] = field(default_factory=dict)
    language: Language | None = None
    context: tuple[Path, ...] = ()
    file: Path | None = None
    figures: Figures = _NO_FIGURES
    reports: Reports = _NO_REPORTS
    reports_of: dict[str, Reports] = field(default_factory=dict)

    def admit(self, known: Sequence[str]) -> None:
        """Raises ``BadProject`` when the file names a rule that is not among the known ones."""
        for rule in (*self.only, *self.without, *self.severity):
            if rule not in known:
                raise BadProject(_UNKNOWN_RULE.fill(file=self.file, seen=rule, expected=", ".join(known)))


_ENTRIES = ("rules", "without", "severity", "language", "with", "figures", "report")
_OF_FIGURES = ("store", "units", "changes", "catalogue", "under")
_OF_REPORTS = {
    "words": ("issuer", "governing", "council", "place", "signer", "tasks"),
    "lists": ("signature", "recipients", "addressed_to"),
}


def find(report: Path) -> Path | None:
    """The project file that holds for a report: the nearest one at or above its folder."""
    try:
        folder = report.resolve().parent
    except (OSError, RuntimeError, ValueError):  # links that lead in a circle; the reader says so
        return None
    for place in (folder, *folder.parents):
        candidate = place / NAME
        if _exists(candidate):
            return candidate
    return None


def _exists(candidate: Path) -> bool:
    """Whether anything of this name is there; what may not be looked at (no right, too long a name) is not."""
    try:
        return candidate.exists() and not candidate.is_dir()
    except OSError:
        return False


def read(file: Path) -> Project:
    """The project that a file describes. Raises ``BadProject`` with what was seen and what was expected."""
    try:
        entries = reasons.settings(file)
    except reasons.NotRead as error:
        raise BadProject(reasons.because(_NOT_TOML, error, file=file)) from error
    for key in entries:
        if key not in _ENTRIES:
            raise BadProject(_UNKNOWN_KEY.fill(file=file, seen=key, expected=", ".join(_ENTRIES)))
    return Project(
        only=_names(file, entries, "rules"),
        without=_names(file, entries, "without"),
        severity=_severities(file, entries),
        language=_language(file, entries),
        context=tuple(found for pattern in _names(file, entries, "with") for found in _matches(file.parent, pattern)),
        file=file,
        figures=_figures(file, entries),
        **_reports_by_unit(file, entries),
    )


def _figures(file: Path, entries: dict[str, Any]) -> Figures:
    """The table [figures]; its files are named from the project file's own folder."""
    table = entries.get("figures", {})
    if not isinstance(table, dict):
        raise _wrong(file, "figures", table, Text("bảng [figures]", "a table [figures]"))
    for key, value in table.items():
        if key not in _OF_FIGURES:
            raise BadProject(_UNKNOWN_KEY.fill(file=file, seen=f"figures.{key}", expected=", ".join(_OF_FIGURES)))
        if key != "catalogue" and not isinstance(value, str):
            raise _wrong(file, f"figures.{key}", value, Text("chữ trong ngoặc kép", "a text in quotes"))
    paths = {key: file.parent / table[key] for key in ("store", "units", "changes") if key in table}
    catalogue = tuple(found for pattern in _names(file, table, "catalogue") for found in _matches(file.parent, pattern))
    return Figures(**paths, catalogue=catalogue, under=table.get("under", ""))


def _reports_by_unit(file: Path, entries: dict[str, Any]) -> dict[str, Any]:
    """The table [report], and those of other units within it: [report.MHX01]."""
    table = entries.get("report", {})
    if not isinstance(table, dict):
        raise _wrong(file, "report", table, Text("bảng [report]", "a table [report]"))
    known = _OF_REPORTS["words"] + _OF_REPORTS["lists"]
    others = {unit: its for unit, its in table.items() if isinstance(its, dict) and unit not in known}
    own = {key: value for key, value in table.items() if key not in others}
    reports_of = {unit: _reports(file, its, f"report.{unit}.") for unit, its in others.items()}
    return {"reports": _reports(file, own, "report."), "reports_of": reports_of}


def _reports(file: Path, table: dict[str, Any], place: str) -> Reports:
    """One unit's letterhead; the file of tasks is named from the project file's own folder."""
    words, lists = _OF_REPORTS["words"], _OF_REPORTS["lists"]
    for key, value in table.items():
        if key not in words + lists:
            raise BadProject(_UNKNOWN_KEY.fill(file=file, seen=place + key, expected=", ".join(words + lists)))
        if key in words and not isinstance(value, str):
            raise _wrong(file, place + key, value, Text("chữ trong ngoặc kép", "a text in quotes"))
    told: dict[str, Any] = {key: value.strip() for key, value in table.items() if key in words and key != "tasks"}
    told |= {key: _names(file, table, key, place) for key in lists}
    return Reports(Office(**told), file.parent / table["tasks"] if table.get("tasks") else None)


def _names(file: Path, entries: dict[str, Any], key: str, table: str = "") -> tuple[str, ...]:
    value = entries.get(key, [])
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise _wrong(file, table + key, value, _LIST_OF_TEXT)
    return tuple(value)


def _severities(file: Path, entries: dict[str, Any]) -> dict[str, str]:
    value = entries.get("severity", {})
    expected = Text(" | ".join(sorted(_SEVERITIES)), " | ".join(sorted(_SEVERITIES)))
    if not isinstance(value, dict):
        raise _wrong(file, "severity", value, Text("bảng [severity]", "a table [severity]"))
    for rule, severity in value.items():
        if severity not in _SEVERITIES:
            raise _wrong(file, f"severity.{rule}", severity, expected)
    return dict(value)


def _language(file: Path, entries: dict[str, Any]) -> Language | None:
    match entries.get("language"):
        case None:
            return None
        case "vi":
            return "vi"
        case "en":
            return "en"
        case other:
            raise _wrong(file, "language", other, Text('"vi" hoặc "en"', '"vi" or "en"'))


def _wrong(file: Path, key: str, seen: object, expected: Text) -> BadProject:
    vi = _WRONG_VALUE.say("vi", file=file, key=key, seen=repr(seen), expected=expected.vi)
    en = _WRONG_VALUE.say("en", file=file, key=key, seen=repr(seen), expected=expected.en)
    return BadProject(Text(vi, en))


def _matches(folder: Path, pattern: str) -> list[Path]:
    """The files of one ``with`` entry, written from the project file's own folder."""
    if any(sign in pattern for sign in "*?[") and not Path(pattern).is_absolute():
        return sorted(folder.glob(pattern))
    return [folder / pattern]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked of one run: which rules judge, and from which severity on their findings are told."""

    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    least: Severity = Severity.NOTE


class Habits:
    """The choice made for one run laid over each report's project file; what is given by hand wins."""

    def __init__(self, choice: Choice) -> None:
        self._choice = choice
        self._folders: dict[Path, Project] = {}
        self._files: dict[Path, Project] = {}

    def project(self, report: Path) -> Project:
        """The project that holds for a report, an empty one where there is no file."""
        folder = report.parent
        if folder not in self._folders:
            self._folders[folder] = self._read(find(report))
        return self._folders[folder]

    def _read(self, file: Path | None) -> Project:
        if file is None:
            return Project()
        if file not in self._files:
            self._files[file] = read(file)
        return self._files[file]

    def wants(self, report: Path, rule: str) -> bool:
        """Whether a rule judges a report."""
        if rule in self._choice.without:
            return False
        if self._choice.only:
            return rule in self._choice.only
        habit = self.project(report)
        if rule in habit.without or habit.severity.get(rule) == OFF:
            return False
        return not habit.only or rule in habit.only

    def graded(self, report: Path, finding: Finding) -> Finding | None:
        """The finding with the severity that the project gives its rule; None when it is below the asked one."""
        severity = self.project(report).severity.get(finding.rule, OFF)
        if severity != OFF:
            finding = replace(finding, severity=Severity(severity))
        below = GRAVEST_FIRST.index(finding.severity) > GRAVEST_FIRST.index(self._choice.least)
        return None if below else finding
