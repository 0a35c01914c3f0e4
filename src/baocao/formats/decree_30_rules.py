"""All rules of the decree's layout, in the order of a page."""

from __future__ import annotations

from baocao.formats import decree_30_head, decree_30_pages, decree_30_text

RULES = (*decree_30_pages.RULES, *decree_30_head.RULES, *decree_30_text.RULES)
