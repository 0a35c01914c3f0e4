"""The rules, one a file with its page beside it, in the order in which their findings are told."""

from __future__ import annotations

from baocao.rules.annex import annex
from baocao.rules.attachment import attachment
from baocao.rules.change import change
from baocao.rules.citation import citation
from baocao.rules.citation_across import citation_across
from baocao.rules.citation_agreement import citation_agreement
from baocao.rules.citation_date import citation_date
from baocao.rules.count import count
from baocao.rules.cutoff import cutoff
from baocao.rules.date import date
from baocao.rules.date_range import date_range
from baocao.rules.direction import direction
from baocao.rules.footnote_numbering import footnote_numbering
from baocao.rules.heading_numbering import heading_numbering
from baocao.rules.level_or_change import level_or_change
from baocao.rules.malformed_number import malformed_number
from baocao.rules.note_total import note_total
from baocao.rules.opening_balance import opening_balance
from baocao.rules.plan_across import plan_across
from baocao.rules.plausible_range import plausible_range
from baocao.rules.product import product
from baocao.rules.rating import rating
from baocao.rules.ratio import ratio
from baocao.rules.rule import Rule
from baocao.rules.said_twice import said_twice
from baocao.rules.same_period import same_period
from baocao.rules.school_level import school_level
from baocao.rules.share import share
from baocao.rules.stated_across import stated_across
from baocao.rules.stated_twice import stated_twice
from baocao.rules.stray_number import stray_number
from baocao.rules.table_numbering import table_numbering
from baocao.rules.total import total
from baocao.rules.two_plans import two_plans
from baocao.rules.unit_slip import unit_slip

RULES: tuple[Rule, ...] = (
    ratio,
    two_plans,
    total,
    count,
    change,
    level_or_change,
    product,
    share,
    rating,
    annex,
    date,
    date_range,
    cutoff,
    same_period,
    attachment,
    citation,
    citation_agreement,
    citation_date,
    citation_across,
    heading_numbering,
    footnote_numbering,
    table_numbering,
    malformed_number,
    stray_number,
    school_level,
    direction,
    said_twice,
    note_total,
    plausible_range,
    stated_twice,
    stated_across,
    opening_balance,
    plan_across,
    unit_slip,
)

__all__ = ["RULES", "Rule"]
