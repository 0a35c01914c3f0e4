"""The lines of a draft plan as they stand now: this year beside next year's target, by rule or as it was typed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from baocao.drafting.objectives import groups
from baocao.figures import compare_words, said
from baocao.figures.target_words import TargetWords
from baocao.model.indicator import Indicator
from baocao.model.observation import Address, Scenario
from baocao.model.period import Period
from baocao.model.target import Decision, Target
from baocao.model.text import Text
from baocao_web.pages import number
from baocao_web.places import office
from baocao_web.plans import growing, subjects
from baocao_web.plans.assigning import asked_at, measure, target_meant, target_of
from baocao_web.plans.growing import Growth, Proposed
from baocao_web.plans.models import Draft, Line
from baocao_web.plans.outlook import Ahead, Outlook, outlook
from baocao_web.plans.subjects import Subject

REST: Final = ""  # the group of indicators that are in none
_REST_NAME: Final = Text("Các chỉ tiêu khác", "Other indicators")
_NOT_LISTED: Final = Text(
    "chỉ tiêu không còn trong danh mục; hãy bỏ dòng này", "the catalogue has it no more; drop this line"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One line: this year, the rule that holds for it, and next year's target (None where ``why`` says why).

    Where ``look`` says so, the rule's own figure was not proposed and this year's stands for somebody to look at.
    """

    indicator: Indicator
    subject: Subject
    measure: Text
    line: Line
    ahead: Ahead
    growth: Growth
    words: TargetWords | None
    why: Text | None
    look: Text | None = None  # what of it people should look at

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def key(self) -> str:
        return self.subject.key

    @property
    def this_year(self) -> Text | None:
        target = self.ahead.base.target
        return compare_words.asked(target) if target else None

    @property
    def said(self) -> Text | None:
        """Next year's target as plans print it."""
        return None if self.words is None else compare_words.asked(_bare_target(self.words, self.code))

    def brief(self, value: Decimal | None) -> str:
        """A figure of this year to look at, with as many decimals as the indicator is told in."""
        if value is None:
            return ""
        target = self.ahead.base.target
        like = value if target is None or target.low is None else target.low
        return number(said.rounded(Fraction(value), growing.decimals(self.code, like)))

    @property
    def percent(self) -> Decimal | None:
        """Next year's figure in per cent of this year's."""
        before = self.ahead.base.target
        if self.words is None or self.words.low is None or before is None or before.low is None:
            return None
        return said.quotient(self.words.low, before.low) if self.words.kind is before.kind else None


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one group of indicators under the rule of the group."""

    code: str
    name: Text
    growth: Growth
    lines: tuple[Shown, ...]


def group_codes() -> list[str]:
    """The groups that rules are set for, those that belong to none last."""
    return [*groups(), REST]


@lru_cache(maxsize=1)
def _group_of() -> Mapping[str, str]:
    """Groups by sector, and by indicator under "=" and its code."""
    found: dict[str, str] = {}
    for code, group in groups().items():
        found |= dict.fromkeys(group["sectors"], code)
        found |= {f"={one}": code for one in group["codes"]}
    return found


def group_of(indicator: Indicator) -> str:
    """The group of year plans that an indicator belongs to; "" for none."""
    return _group_of().get(f"={indicator.code}") or _group_of().get(indicator.sector, REST)


def rule_of(draft: Draft, group: str) -> Growth:
    """The rule of a group; that of all others where it has none of its own, and to keep where there is none at all."""
    told: list[str] | None = draft.rules.get(group) or draft.rules.get(REST)
    return growing.kept(told) if told else Growth()


def looked_ahead(draft: Draft, lines: Sequence[Line]) -> Outlook:
    """The year before the one that a draft is for."""
    return outlook(draft.unit, draft.year - 1, draft.authority, [line.subject for line in lines], draft.until)


def shown(draft: Draft, ahead: Outlook | None = None) -> list[Shown]:
    """The lines of a draft, group by group in the order of the catalogue."""
    lines = {line.subject: line for line in draft.lines.all()}
    found = ahead or looked_ahead(draft, list(lines.values()))
    listed = office.catalogue()
    places = {code: place for place, code in enumerate(group_codes())}
    known = sorted(subjects.in_order(set(lines)), key=lambda one: places[group_of(listed[one.indicator])])
    return [_shown(draft, one, lines[one], found.of[one]) for one in known]


def grouped(draft: Draft, lines: Sequence[Shown]) -> list[Group]:
    """The lines by their groups; groups without lines are left out."""
    made = []
    names: Mapping[str, Any] = groups()
    for code in group_codes():
        of = tuple(line for line in lines if group_of(line.indicator) == code)
        name = Text(names[code]["vi"], names[code]["en"]) if code else _REST_NAME
        if of:
            made.append(Group(code, name, rule_of(draft, code), of))
    return made


def digest_of(lines: Sequence[Shown]) -> str:
    """What binds a decision to the targets that were looked at."""
    told = [(line.key, str(line.words)) for line in lines]
    return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _shown(draft: Draft, subject: Subject, line: Line, ahead: Ahead) -> Shown:
    indicator = office.catalogue()[subject.indicator]
    own = growing.growth(line.rule, line.amount) if line.rule else None
    growth = own or rule_of(draft, group_of(indicator))
    found = _typed(indicator.code, line.typed) if line.typed else growing.proposed(indicator.code, ahead.base, growth)
    told = (found.words, found.why, found.look)
    return Shown(indicator, subject, measure(indicator.code), line, ahead, growth, *told)


def _typed(code: str, words: str) -> Proposed:
    found = target_meant(code, words)
    return Proposed(found) if isinstance(found, TargetWords) else Proposed(None, found)


def targets(draft: Draft, lines: Sequence[Shown], decision: Decision) -> list[Target]:
    """What a draft would ask for, for it to be compared with a plan; ``decision`` names what it is."""
    period = Period.part(draft.year)
    return [
        target_of(line.words, asked_at(draft.unit, line.subject, period, draft.authority), decision, period.end)
        for line in lines
        if line.words is not None
    ]


def _bare_target(words: TargetWords, code: str) -> Target:
    """A target of nobody, for its words alone."""
    day = Period.part(2000).end
    return target_of(words, Address("", code, Period.part(2000), Scenario.TARGET, "-"), Decision("-", day), day)
