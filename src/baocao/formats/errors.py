"""Why a file could not be read: raised by readers, shown as one line, exit code 3."""

from __future__ import annotations

from baocao.model import Text


class Unreadable(Exception):
    """A file that cannot be read. ``text`` says what was seen and what to do; the path is added by who shows it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class NeedsProgram(Unreadable):
    """A file that needs a program which is not installed; ``package`` is its Debian package."""

    def __init__(self, text: Text, package: str) -> None:
        super().__init__(text)
        self.package = package
