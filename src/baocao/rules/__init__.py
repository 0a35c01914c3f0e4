"""The rules, one a file with its page beside it, in the order in which their findings are told."""

from __future__ import annotations

from baocao.rules.rule import Rule

RULES: tuple[Rule, ...] = ()

__all__ = ["RULES", "Rule"]
