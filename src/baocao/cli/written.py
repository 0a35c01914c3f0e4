"""The files that a call writes: none that it reads, no two of one name, and none that is there unless told to."""

from __future__ import annotations

import os
from collections.abc import Iterable
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
WRITTEN = Text("Đã ghi: {file}", "Written: {file}")


def admit_files(targets: Iterable[str | None], read: Iterable[str | None], *, is_forced: bool) -> None:
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


def put(name: str | Path, content: bytes, lang: Language) -> None:
    """Write a file whole and say so. Raises ``WrongCall``."""
    write(Path(name), content)
    tell(WRITTEN.fill(file=name), lang)
