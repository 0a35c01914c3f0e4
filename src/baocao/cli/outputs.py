"""Pages and annotated copies: where they go, and that nothing of anybody's is written over."""

from __future__ import annotations

import os
import tempfile
import zipfile
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from baocao import desk, reasons
from baocao.cli.talk import WrongCall, tell
from baocao.formats.errors import Unreadable
from baocao.model import Language, Text

_INDEX = "index.html"  # the list of a folder of pages

_LIBREOFFICE = Text(
    "hãy mở bản này bằng Word: LibreOffice hiện sai chú thích cuối trang khi tệp có cả chú thích và lời bình.",
    "open this copy in Word: LibreOffice shows wrong notes when a file has notes and comments both.",
)

Output = Callable[[desk.Result, Language], None]

_EXISTS = Text(
    "{file} đã có sẵn; hãy chọn tên khác, hoặc thêm --force nếu đó là tệp baocao đã ghi trước đây.",
    "{file} exists already; choose another name, or add --force if baocao wrote it before.",
)
_NOT_OURS = Text(
    "{file} không phải do baocao ghi nên không bị ghi đè, kể cả khi có --force; hãy chọn tên khác.",
    "{file} was not written by baocao and is not replaced, even with --force; choose another name.",
)
_NOT_A_FOLDER = Text(
    "{file} là tệp; khi soát nhiều báo cáo, hãy chỉ ra một thư mục.",
    "{file} is a file; for several reports name a folder.",
)
_NO_WORD = Text(
    "--docx chỉ ghi lời bình vào tệp Word (.docx); trong các tệp đã nêu không có tệp nào như vậy.",
    "--docx writes comments into Word files (.docx); there is none among the given files.",
)
_NO_TARGET = Text(
    "{option} không nêu tên tệp; hãy ghi tên tệp hoặc thư mục, hoặc bỏ {option}.",
    "{option} names no file; name a file or a folder, or leave {option} away.",
)
_OTHER_SUFFIX = Text(
    "{option} {file}: tên cần có đuôi {suffix}; hãy thêm đuôi đó, hoặc nêu thư mục với dấu / ở cuối.",
    "{option} {file}: the name must end with {suffix}; add that, or name a folder with / at its end.",
)
_SAME = Text(
    "--html và --docx cùng ghi vào {file}; hãy chọn hai tên khác nhau.",
    "--html and --docx both go to {file}; choose two names.",
)
_NOT_WRITTEN = Text(
    "{file}: không ghi được ({seen}); hãy kiểm tra thư mục, quyền ghi và dung lượng đĩa.",
    "{file}: cannot be written ({seen}); check the folder, the right to write and the room on the disk.",
)
_PAGE = Text("Trang xem: {file}", "Page: {file}")
_LIST = Text("Danh sách các trang: {file}", "List of the pages: {file}")
_COPY = Text("Bản Word có lời bình: {file}", "Word copy with comments: {file}")


def outputs(call: Namespace, paths: Sequence[Path]) -> list[Output]:
    """What is to be written besides. A target that may not be written is refused before any work is done."""
    for option, out in (("--html", call.html), ("--docx", call.docx)):
        if out is None:
            continue
        if not out:
            raise WrongCall(_NO_TARGET.fill(option=option))
        try:
            Path(out).resolve()
            Path(out).exists()
        except (OSError, RuntimeError, ValueError) as error:  # links that lead in a circle, too long a name
            raise WrongCall(reasons.because(_NOT_WRITTEN, error, file=out)) from error
    return _outputs(call, paths)


def _outputs(call: Namespace, paths: Sequence[Path]) -> list[Output]:
    made: list[Output] = []
    several = len(call.files) > 1 or len(paths) > 1
    pages: set[Path] = set()
    if call.html:
        targets = _targets(call.html, paths, ".html", several=several)
        _admit_suffix("--html", targets, (".html", ".htm"))
        pages = {real(target) for target in targets.values()}
        _admit(targets, force=call.force, is_ours=_is_our_page)
        made.append(lambda result, lang: _write_pages(result, targets, lang))
        if len(targets) > 1:
            first = Path(call.html) / _INDEX
            _admit({paths[0]: first}, force=call.force, is_ours=_is_our_page)
            made.append(lambda result, lang: _write_index(result, targets, first, lang))
    if call.docx:
        words = [path for path in paths if path.suffix.lower() in (".docx", ".docm")]
        if not words:
            raise WrongCall(_NO_WORD)
        copies = _targets(call.docx, words, ".docx", several=several)
        _admit_suffix("--docx", copies, (".docx", ".docm"))
        if any(real(copy) in pages for copy in copies.values()):
            raise WrongCall(_SAME.fill(file=call.docx))
        _admit(copies, force=call.force, is_ours=_is_our_copy)
        made.append(lambda result, lang: _write_copies(result, copies, lang, replace=call.force))
    return made


def _targets(out: str, paths: Sequence[Path], suffix: str, *, several: bool) -> dict[Path, Path]:
    """Where each report's output goes: the file named, or for several reports a file each in the folder named."""
    place = Path(out)
    if not several and not place.is_dir() and not out.endswith(("/", os.sep)):
        return dict.fromkeys(paths, place)
    if place.exists() and not place.is_dir():
        raise WrongCall(_NOT_A_FOLDER.fill(file=place))
    targets: dict[Path, Path] = {}
    taken: set[str] = {_INDEX}
    for path in paths:
        name = path.stem + suffix
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{path.stem}-{number}{suffix}"
        taken.add(name.casefold())
        targets[path] = place / name
    return targets


def _admit_suffix(option: str, targets: dict[Path, Path], suffixes: tuple[str, ...]) -> None:
    for target in targets.values():
        if target.suffix.lower() not in suffixes:
            raise WrongCall(_OTHER_SUFFIX.fill(option=option, file=target, suffix=suffixes[0]))


def _admit(targets: dict[Path, Path], *, force: bool, is_ours: Callable[[Path, Path], bool]) -> None:
    sources = {real(source) for source in targets}
    for source, target in targets.items():
        if not os.path.lexists(target):
            continue
        if not force and real(target) not in sources:
            raise WrongCall(_EXISTS.fill(file=target))
        if real(target) in sources or not target.is_file() or not is_ours(source, target):
            raise WrongCall(_NOT_OURS.fill(file=target))


def real(path: Path) -> Path:
    """A path without links; one that leads in a circle stays as it is."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path


def _is_our_page(_: Path, page: Path) -> bool:
    from baocao.showing.page import GENERATOR

    try:
        with page.open("rb") as file:
            return GENERATOR in file.read(2048)
    except OSError:
        return False


def _is_our_copy(source: Path, copy: Path) -> bool:
    """Whether a Word file carries our comments, or is a copy of the report to which there was nothing to say."""
    try:
        with zipfile.ZipFile(copy) as package:
            if "word/comments.xml" in package.namelist():
                return b'w:author="baocao"' in package.read("word/comments.xml")
            return _parts(copy) == _parts(source)
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False


def _parts(file: Path) -> set[tuple[str, int]]:
    with zipfile.ZipFile(file) as package:
        return {(part.filename, part.CRC) for part in package.infolist()}


def _write_pages(result: desk.Result, targets: dict[Path, Path], lang: Language) -> None:
    from baocao.showing.page import page

    titles = {rule.id: rule.title for rule in desk.rules()}
    for report in result.reports:
        shown = page(report.place, report.findings, result.documents, titles, lang, report.accepted)
        write(targets[report.path], shown.encode("utf-8", "replace"))
        tell(_PAGE.fill(file=targets[report.path]), lang)


def _write_index(result: desk.Result, targets: dict[Path, Path], first: Path, lang: Language) -> None:
    from baocao.showing.index import Entry, index

    entries = [
        Entry(result.documents[report.place], report.findings, report.accepted, targets[report.path].name)
        for report in result.reports
    ]
    shown = index(entries, [(str(unread.path), unread.text) for unread in result.unread], lang)
    write(first, shown.encode("utf-8", "replace"))
    tell(_LIST.fill(file=first), lang)


def _write_copies(result: desk.Result, targets: dict[Path, Path], lang: Language, *, replace: bool) -> None:
    from baocao.showing.word import annotate

    titles = {rule.id: rule.title for rule in desk.rules()}
    for report in result.reports:
        target = targets.get(report.path)
        if target is None:
            continue
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            notes_too = annotate(report.path, target, report.findings, result.documents, titles, lang, replace=replace)
        except OSError as error:
            raise WrongCall(reasons.because(_NOT_WRITTEN, error, file=target)) from error
        except Unreadable as error:
            raise WrongCall(error.text) from error
        tell(_COPY.fill(file=target), lang)
        if notes_too:
            tell(_LIBREOFFICE, lang, target)


def write(target: Path, content: bytes) -> None:
    """Put a whole file in its place at once, so that a full disk or a kill leaves no half of it."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".baocao-", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, target)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise WrongCall(reasons.because(_NOT_WRITTEN, error, file=target)) from error


def _umask() -> int:
    """The rights that new files do not get; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
