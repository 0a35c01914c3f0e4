"""All rules of the decree's layout, in the order of a page."""

from __future__ import annotations

from baocao.formats import decree_30_head, decree_30_pages, decree_30_text

_OF_REPORTS = ("kind", "summary")

RULES = (*decree_30_pages.RULES, *decree_30_head.RULES, *decree_30_text.RULES)

# a letter (công văn) prints no kind: its summary stands below its number
LETTER_RULES = (
    *decree_30_pages.RULES,
    *(rule for rule in decree_30_head.RULES if rule.key.partition("-")[0] not in _OF_REPORTS),
    *decree_30_head.LETTER_RULES,
    *decree_30_text.RULES,
)
