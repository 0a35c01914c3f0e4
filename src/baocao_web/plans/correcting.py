"""A target that was mistyped is put right under its own decision: the line that was meant supersedes the former one.

Nothing is changed: the ledger keeps both, with the reason, and only the latter stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from django.db import transaction

from baocao.figures import compare_words, store_targets
from baocao.figures.store_rows import Refused
from baocao.figures.store_targets import CorrectedTarget
from baocao.figures.targets import TargetConflict, plan
from baocao.model.target import Target
from baocao.model.text import Problem, Text
from baocao_web.figures.feeding_in import raw
from baocao_web.people.policies import demand
from baocao_web.people.recording import Done, Replayed, append, demand_new
from baocao_web.people.roles import Action
from baocao_web.places.signs import sentence
from baocao_web.plans import subjects
from baocao_web.plans.assigning import NotAssigned, target_meant
from baocao_web.plans.slips import slips

_LONGEST_REASON: Final = 300

_NO_REASON = Text("hãy ghi lý do sửa, như “gõ thiếu một số 0”.", "say why it is corrected, as “a nought was left out”.")
_GONE = Text(
    "dòng này không còn là chỉ tiêu đang lưu (có người đã sửa trước); hãy xem lại lịch sử rồi sửa.",
    "this line stands no more (somebody has corrected it before you); look at the history again.",
)
_SAME = Text(
    "“{seen}” đúng như đang lưu; hãy ghi số cần sửa thành.", "“{seen}” is what stands already; type what was meant."
)


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody types in the place of a line: which one, the target in words, and why."""

    line: str  # ``name_of`` the target
    words: str
    reason: str
    request: str
    is_sure: bool = False


def name_of(target: Target) -> str:
    """What a page calls a line of the ledger."""
    return store_targets.identity_of(target).hex()


def correct(unit: str, indicator: str, typed: Correction, user: Any) -> None:
    """Put a mistyped target right. Raises ``NotAssigned``, ``Problem``, ``PermissionDenied``."""
    demand(user, Action.ASSIGN, unit)
    reason = sentence(typed.reason, _LONGEST_REASON)
    if not reason:
        raise Problem(_NO_REASON)
    stream, by = f"plan:{unit}", user.get_username()
    try:
        with transaction.atomic():
            demand_new(stream, typed.request)
            former, latter = _meant(unit, indicator, typed)
            store_targets.record_correction(raw(), former, latter, reason, datetime.now(UTC), by)
            kept = store_targets.kept_of_unit(raw(), unit)
            plan(kept, max(latter.holds_from, latter.address.period.end))  # no two that contradict
            append(Done(stream, by, "assign_corrected", unit, _told(former, latter, reason), typed.request))
    except Replayed:
        return
    except (TargetConflict, Refused) as problem:
        raise NotAssigned(problem.text) from problem


def _meant(unit: str, indicator: str, typed: Correction) -> tuple[Target, Target]:
    """The line as it stands and as it was meant. Raises ``NotAssigned``, ``Problem``."""
    kept = store_targets.kept_of_unit(raw(), unit)
    of = (one for one in kept if one.address.indicator == indicator)
    former = next((one for one in of if name_of(one) == typed.line), None)
    if former is None:
        raise Problem(_GONE)
    found = target_meant(indicator, typed.words.strip())
    if isinstance(found, Text):
        raise NotAssigned(found)
    latter = replace(
        former,
        kind=found.kind,
        low=found.low,
        high=found.high,
        is_strict=found.is_strict,
        rated_at_year_end=found.is_rated_at_year_end,
    )
    if name_of(latter) == typed.line:
        raise NotAssigned(_SAME.fill(seen=compare_words.asked(latter).vi))
    doubts = {} if typed.is_sure else slips([latter], [one for one in kept if one != former])
    if doubts:
        raise NotAssigned(next(iter(doubts.values())), doubts)
    return former, latter


def _told(former: Target, latter: Target, reason: str) -> dict[str, object]:
    return {
        "year": former.address.period.year,
        "authority": former.address.authority,
        "decision": former.decision.number,
        "indicator": subjects.of(former).key,
        "before": compare_words.asked(former).vi,
        "after": compare_words.asked(latter).vi,
        "reason": reason,
    }


def corrected(unit: str, indicator: str) -> list[CorrectedTarget]:
    """What was put right among the lines of one indicator, the latest first."""
    return store_targets.corrections_of(raw(), unit, indicator)[::-1]
