"""What a rule is: one plain function from the dossier to findings, with its severity and its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from baocao.model import Dossier, Finding, Severity, Span, Text, in_its_unit

Check = Callable[[Dossier], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``id`` is the function's name, and the name of its page beside it.

    ``says`` is the message's template; ``across`` marks the rules that compare documents and look
    at a dossier of several only.
    """

    id: str
    severity: Severity
    title: Text
    says: Text
    check: Check
    across: bool = False

    @property
    def page(self) -> Path:
        """The manual page, which is the test suite too."""
        return Path(__file__).with_name(f"{self.id}.md")

    def finding(
        self,
        at: Span,
        *,
        says: Text | None = None,
        severity: Severity | None = None,
        also: tuple[Span, ...] = (),
        marked: tuple[Span, ...] = (),
        stated: str = "",
        expected: str = "",
        arithmetic: str = "",
        **facts: object,
    ) -> Finding:
        """A finding of this rule; ``stated``, ``expected``, ``arithmetic`` and ``facts`` fill the message's slots."""
        template = says or self.says
        names_unit = not arithmetic or "{expected}%" in template.en
        shown = expected if names_unit else in_its_unit(expected, stated)
        message = template.fill(stated=stated, expected=shown, arithmetic=arithmetic, **facts)
        return Finding(self.id, severity or self.severity, at, message, also, marked, stated, expected, arithmetic)


def rule(severity: Severity, *, title: Text, says: Text, across: bool = False) -> Callable[[Check], Rule]:
    """Make a rule of a function. Inside the function its own name is the rule, so it yields ``name.finding(...)``."""

    def decorate(check: Check) -> Rule:
        return Rule(check.__name__, severity, title, says, check, across)

    return decorate
