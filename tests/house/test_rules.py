"""Every rule is listed, has its page, and stands in the documentation."""

from __future__ import annotations

from pathlib import Path

from baocao import rules
from baocao.rules.rule import Rule
from tests.house.rules_table import PAGE, table

FOLDER = Path(rules.__file__).parent


def test_every_rule_that_is_written_is_listed() -> None:
    written = {path.stem for path in FOLDER.glob("*.py") if "\n@rule(" in path.read_text(encoding="utf-8")}
    assert written == {rule.id for rule in rules.RULES}
    assert len(rules.RULES) == len(written)
    assert all(isinstance(rule, Rule) for rule in rules.RULES)


def test_every_page_belongs_to_a_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == {rule.id for rule in rules.RULES}


def test_the_table_in_the_docs_is_the_rules() -> None:
    assert PAGE.read_text(encoding="utf-8") == table(), "renew it: make rules"


def test_titles_are_said_in_both_languages() -> None:
    for rule in rules.RULES:
        assert rule.title.vi
        assert rule.title.en
        assert rule.title.vi != rule.title.en
