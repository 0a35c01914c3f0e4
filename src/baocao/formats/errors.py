"""Why a file could not be read: raised by readers, shown as one line, exit code 3."""

from __future__ import annotations

from baocao.model import Problem, Text


class Unreadable(Problem):
    """A file that cannot be read. ``text`` says what was seen and what to do; the path is added by who shows it."""


class NeedsProgram(Unreadable):
    """A file that needs a program which is not installed; ``package`` is its Debian package."""

    def __init__(self, text: Text, package: str) -> None:
        super().__init__(text)
        self.package = package
