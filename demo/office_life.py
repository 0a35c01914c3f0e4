"""What the people of the fictional office have done so far: forms filled in, passed on, returned, forgotten.

Everything goes through the application's own actions, at the moment at which it is said to have happened: its record
and its boards tell the story as they would tell a real one. The story is drawn from a seed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from baocao_web.collecting import passing_on, submitting
from baocao_web.collecting.models import Entry, Round
from baocao_web.people.roles import Role
from demo.office_acts import act, anybody, clock_at, moment, somebody, texts_of, typed
from demo.office_villages import Below, take

SEED: Final = 2026
COMPILER: Final = "tong-hop"
_RETURNED: Final = "Sản lượng chưa khớp diện tích và năng suất, đề nghị kiểm tra lại."


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a unit's form, and how many days before it is due that is."""

    share: int  # per cent of its cells that are filled in
    days_before: int
    is_submitted: bool = True
    is_approved: bool = True
    is_accepted: bool = True  # by the office that collects it
    is_returned: bool = False


_OVER: Final = (
    Fate(100, 4), Fate(100, 3), Fate(100, 1), Fate(100, 0), Fate(100, 2), Fate(100, 5), Fate(100, 2),
    Fate(100, -2), Fate(100, 1, is_accepted=False), Fate(35, 6, is_submitted=False),
)  # fmt: skip
_NOW: Final = (
    Fate(60, 8, is_submitted=False), Fate(0, 9, is_submitted=False), Fate(100, 9), Fate(100, 10, is_accepted=False),
    Fate(100, 8, is_returned=True), Fate(100, 9, is_approved=False), Fate(40, 8, is_submitted=False),
)  # fmt: skip


def live(over: Round, now: Round) -> None:
    """Let every unit of a round that is over, and of one that is open, do what it does."""
    draw = random.Random(SEED)
    for its, fates in ((over, _OVER), (now, _NOW)):
        for turn, entry in enumerate(Entry.objects.filter(round=its).order_by("unit")):
            fate = fates[turn % len(fates)]
            below = Below(entry, its, is_one_late=not fate.is_submitted)
            if below.villages:
                below.live(texts_of(entry, its, 100, draw), fate.days_before)
            _do(entry, its, fate, draw)


def _do(entry: Entry, its: Round, fate: Fate, draw: random.Random) -> None:
    reporter, approver = (somebody(role, entry.unit) for role in (Role.REPORTER, Role.APPROVER))
    texts = texts_of(entry, its, fate.share, draw)
    with clock_at(moment(its.due_on - timedelta(days=fate.days_before), its.opens_on, draw)) as clock:
        if fate.is_submitted and (taken := take(entry, reporter)):
            texts = {cell: text for cell, text in texts.items() if cell not in taken}
            clock.forward(minutes=30)
        version = typed(entry, reporter, texts, clock, draw)
        if not fate.is_submitted:
            return
        clock.forward(minutes=20)
        if (refused := submitting.submit(act(entry, reporter, version), anybody).refused) is not None:
            raise RuntimeError(f"{entry.unit}: {refused.vi}")
        if not fate.is_approved:
            return
        clock.forward(hours=2)
        passing_on.approve(act(entry, approver, version), anybody)
        clock.forward(hours=3)
        if fate.is_returned:
            passing_on.send_back(act(entry, COMPILER, version), anybody, passing_on.Asked(_RETURNED))
        elif fate.is_accepted:
            passing_on.approve(act(entry, COMPILER, version), anybody)
