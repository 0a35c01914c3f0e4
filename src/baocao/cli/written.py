"""The files that a call writes: none that it reads, no two of one name, and none that is there unless told to."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from baocao.cli.outputs import real, write
from baocao.cli.talk import WrongCall, tell
from baocao.model import Language, Text

_EXISTS = Text(
    "{file} đã có sẵn; hãy chọn tên khác, hoặc thêm --force để ghi đè.",
    "{file} exists already; choose another name, or add --force to replace it.",
)
_IN_USE = Text(
    "{file} đang được dùng làm đầu vào nên không bị ghi đè; hãy chọn tên khác.",
    "{file} is read by this call and is not replaced; choose another name.",
)
_FOLDER = Text("{file} là thư mục; hãy nêu tên một tệp.", "{file} is a folder; name a file.")
_SAME = Text(
    "{file} được nêu cho hai việc; hãy đặt mỗi tệp một tên.", "{file} is named for two things; give each its own name."
)
_NO_FOLDER = Text(
    "{file}: {folder} là tệp chứ không phải thư mục; hãy chọn chỗ ghi khác.",
    "{file}: {folder} is a file and no folder; choose another place.",
)
_NO_RIGHT = Text(
    "{file}: không có quyền ghi vào thư mục {folder}; hãy chọn thư mục khác, hoặc xin quyền ghi.",
    "{file}: the folder {folder} may not be written to; choose another one, or ask for the right to write.",
)
_SUFFIX = Text(
    "{option} {file}: tên cần có đuôi {suffix}; hãy thêm đuôi đó.",
    "{option} {file}: the name must end with {suffix}; add that.",
)
WRITTEN = Text("Đã ghi: {file}", "Written: {file}")


def admit_files(targets: Sequence[str | None], read: Iterable[str | None], *, is_forced: bool) -> None:
    """Refuse files that may not be written, before any work is done; None stands for none. Raises ``WrongCall``."""
    sources = {real(Path(name)) for name in read if name}
    taken: set[Path] = set()
    for name in filter(None, targets):
        target = Path(name)
        if real(target) in taken:
            raise WrongCall(_SAME.fill(file=name))
        if real(target) in sources:
            raise WrongCall(_IN_USE.fill(file=name))
        if target.is_dir():
            raise WrongCall(_FOLDER.fill(file=name))
        if os.path.lexists(target) and not is_forced:
            raise WrongCall(_EXISTS.fill(file=name))
        taken.add(real(target))
    closed = [_closed(Path(name)) for name in filter(None, targets)]
    if closed and all(closed):  # else those that can be written are, and the others are told
        raise WrongCall(next(filter(None, closed)))


def _closed(target: Path) -> Text | None:
    """Why nothing can be put in a place, None where it can: folders that lack are made when the file is."""
    there = next((folder for folder in target.absolute().parents if folder.exists()), None)
    if there is not None and not there.is_dir():
        return _NO_FOLDER.fill(file=target, folder=there)
    if there is not None and not os.access(there, os.W_OK):
        return _NO_RIGHT.fill(file=target, folder=there)
    return None


def admit_suffix(option: str, name: str | None, suffix: str) -> None:
    """Refuse a name that would hide what a file is. Raises ``WrongCall``."""
    if name is not None and Path(name).suffix.lower() != suffix:
        raise WrongCall(_SUFFIX.fill(option=option, file=name, suffix=suffix))


def put(name: str | Path, content: bytes, lang: Language) -> None:
    """Write a file whole and say so. Raises ``WrongCall``."""
    write(Path(name), content)
    tell(WRITTEN.fill(file=name), lang)
