"""``baocao check``: judge reports, show what was found, keep what was accepted."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from baocao import accepting, desk, project
from baocao.cli.outputs import outputs
from baocao.cli.paths import expand
from baocao.cli.talk import (
    FOUND,
    UNREADABLE,
    USAGE,
    WrongCall,
    admit_names,
    tell,
    unknown_rule,
)
from baocao.formats import standard_input
from baocao.model import Language, Severity, Text

_NO_SUCH_KEY = Text(
    "không có phát hiện nào mang mã {key} trong các báo cáo này; hãy chép lại mã đứng sau dấu #.",
    "no finding of these reports has the key {key}; copy it from behind the # sign.",
)
_ACCEPTED = Text("{n} phát hiện được chấp nhận, ghi tại {file}", "{n} findings accepted, noted in {file}")
_JOBS = Text("--jobs phải từ 1 trở lên, đã ghi {n}.", "--jobs must be 1 or more, it is {n}.")
_ALREADY = Text(
    "mã {key} đã được chấp nhận từ trước, ghi tại {file}", "the key {key} is accepted already, noted in {file}"
)
_NO_NAMES = Text(
    "{option} không nêu quy tắc nào; hãy ghi tên quy tắc, ví dụ {option} ratio,total, hoặc bỏ {option}.",
    "{option} names no rule; name some, such as {option} ratio,total, or leave {option} away.",
)
_NOTHING_ACCEPTED = Text(
    "--because cần đi cùng --accept MÃ; hãy nêu mã của phát hiện được chấp nhận.",
    "--because goes with --accept KEY; name the finding that is accepted.",
)
_NOT_A_FILE = Text(
    "--accept ghi vào tệp cạnh báo cáo, nên không dùng được với “-”; hãy lưu báo cáo thành tệp.",
    "--accept notes things beside the report, which “-” has no place for; save the report as a file.",
)
_READING = Text("Đang soát", "Checking")


def run(call: Namespace, asked: Language | None) -> int:
    """Check the reports and give the exit code: 3 for an unreadable file goes before 1 for findings."""
    lang: Language = asked or "vi"
    try:
        return _run(call, asked)
    except (WrongCall, project.BadProject, accepting.BadAcceptance) as error:
        tell(error.text, lang)
        return USAGE


def _run(call: Namespace, asked: Language | None) -> int:
    admit_names([*call.files, *call.context])
    paths, empty = expand(call.files)
    context, absent = expand(call.context)
    lang = asked or _language_of(paths)
    if call.jobs is not None and call.jobs < 1:
        raise WrongCall(_JOBS.fill(n=call.jobs))
    if call.because is not None and not call.accept:
        raise WrongCall(_NOTHING_ACCEPTED)
    piped = any(standard_input.is_meant(path) for path in [*paths, *context])
    if piped and call.accept:
        raise WrongCall(_NOT_A_FILE)
    jobs = 1 if piped else call.jobs  # another process has another standard input
    choice = project.Choice(_names("--rules", call.rules), _names("--without", call.without), Severity(call.severity))
    written = outputs(call, paths)
    with _progress(paths, lang) as tick:
        result = desk.check(paths, context=context, choice=choice, jobs=jobs, tick=tick)
    for path, text in [*empty, *absent, *((unread.path, unread.text) for unread in result.unread), *result.remarks]:
        tell(text, lang, path)
    if call.accept:
        result = _accept(result, call.accept, call.because or "", lang)
    _print(result, lang, as_json=call.json)
    sys.stdout.flush()
    for write in written:
        write(result, lang)
    if empty or absent or result.unread:
        return UNREADABLE
    grave = any(finding.severity is not Severity.NOTE for report in result.reports for finding in report.findings)
    return FOUND if grave else 0


def _language_of(paths: Sequence[Path]) -> Language:
    """The language that the first report's project asks for, else Vietnamese."""
    file = project.find(paths[0]) if paths else None
    return (project.read(file).language if file else None) or "vi"


def _names(option: str, text: str | None) -> tuple[str, ...]:
    """The rules named in "a,b". Raises ``WrongCall`` for one that does not exist, and when none is named."""
    if text is None:
        return ()
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if not names:
        raise WrongCall(_NO_NAMES.fill(option=option))
    known = [rule.id for rule in desk.rules()]
    for name in names:
        if name not in known:
            raise WrongCall(unknown_rule(name, known))
    return names


def _print(result: desk.Result, lang: Language, *, as_json: bool) -> None:
    if as_json:
        from baocao import wire

        for report in result.reports:
            for finding in report.findings:
                print(wire.finding_line(finding, result.documents))
        return
    from baocao.showing import terminal

    titles = {rule.id: rule.title for rule in desk.rules()}
    for report in result.reports:
        name = result.documents[report.place].name
        shown = terminal.lines(name, report.findings, result.documents, titles, lang, report.accepted)
        terminal.show(shown, sys.stdout)


def _accept(result: desk.Result, keys: Sequence[str], reason: str, lang: Language) -> desk.Result:
    """The result without the findings that are accepted now, which are noted beside their reports."""
    wanted = {key.lstrip("#") for key in keys}
    known = {finding.key(result.documents) for report in result.reports for finding in report.findings}
    before = {key: report.path for report in result.reports for key in accepting.read(report.path)}
    for key in sorted(wanted - known):
        if key not in before:
            raise WrongCall(_NO_SUCH_KEY.fill(key=key))
        tell(_ALREADY.fill(key=key, file=accepting.beside(before[key])), lang)
    reports = []
    for report in result.reports:
        chosen = [finding for finding in report.findings if finding.key(result.documents) in wanted]
        document = result.documents[report.place]
        if chosen:
            entries = [
                accepting.Accepted(
                    finding.key(result.documents), finding.rule, document.text_of(finding.at), reason, date.today()
                )
                for finding in chosen
            ]
            file = accepting.accept(report.path, entries)
            tell(_ACCEPTED.fill(n=len(chosen), file=file), lang)
        left = tuple(finding for finding in report.findings if finding not in chosen)
        reports.append(desk.Report(report.path, report.place, left, report.accepted + len(chosen)))
    return replace(result, reports=tuple(reports))


@contextmanager
def _progress(paths: Sequence[Path], lang: Language) -> Iterator[Callable[[Path], None]]:
    """A bar on stderr while several files are read, when somebody is looking."""
    if len(paths) < 2 or not sys.stderr.isatty():
        yield lambda path: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        work = bar.add_task(_READING.vi if lang == "vi" else _READING.en, total=len(paths))
        yield lambda path: bar.advance(work)
