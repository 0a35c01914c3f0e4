"""What each act upon an entry asks of the one who does it: the policy's answer, put to the entry held."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from baocao_web.collecting.forms_kept import Kept
from baocao_web.collecting.hands import Turn, barred, demand_other
from baocao_web.collecting.keeping import Held, Permission
from baocao_web.collecting.moulds import Use
from baocao_web.collecting.sheets import Sheet
from baocao_web.collecting.states import State
from baocao_web.people.policies import demand, has_role, may
from baocao_web.people.roles import Action, Role


def permit(user: object, action: Action) -> Permission:
    """Lets pass who may do this with the entry's unit and the form's sector. Raises ``PermissionDenied``."""

    def check(held: Held, kept: Kept) -> None:
        demand(user, action, held.unit, kept.sector or None)

    return check


def permit_turn(user: object, action: Action) -> Permission:
    """The same, and only the role whose turn it is in the round; who approves had it in his hands never before.

    Raises ``PermissionDenied``, and ``NotTaken`` where somebody else must approve it.
    """

    def check(held: Held, kept: Kept) -> None:
        demand(user, action, held.unit, kept.sector or None)
        if held.state is not State.SUBMITTED or held.step >= len(kept.steps):
            return  # it is nobody's turn: the act says so itself, and it is no trespass
        if not is_turn(user, held.unit, kept, held.step):
            raise PermissionDenied
        if action is Action.APPROVE:
            demand_other(user, Turn(held.id, held.unit, kept, held.step))

    return check


def is_turn(user: object, unit: str, kept: Kept, step: int) -> bool:
    """Whether the role whose turn it is at a step is somebody's own."""
    return step < len(kept.steps) and has_role(user, Role(kept.steps[step]), unit, kept.sector or None)


@dataclass(frozen=True, slots=True)
class Acts:
    """What somebody may do with an entry as it stands: what the page offers. The act itself asks again."""

    may_enter: bool
    may_submit: bool
    may_approve: bool
    may_return: bool
    may_correct: bool
    may_comment: bool

    @property
    def use(self) -> Use:
        """What the table of the form is there for."""
        if self.may_enter:
            return Use.ENTER
        return Use.CHOOSE if self.may_return or self.may_correct else Use.READ


def acts_of(user: object, sheet: Sheet) -> Acts:
    """What the page of an entry offers somebody."""
    unit, sector = sheet.unit, sheet.kept.sector or None
    is_open = sheet.state.may_be_filled and not sheet.is_locked
    is_his = sheet.state is State.SUBMITTED and is_turn(user, unit, sheet.kept, sheet.step)
    return Acts(
        may_enter=is_open and may(user, Action.ENTER, unit, sector),
        may_submit=is_open and may(user, Action.SUBMIT, unit, sector),
        may_approve=is_his and may(user, Action.APPROVE, unit, sector) and not _is_barred(user, sheet),
        may_return=is_his and may(user, Action.RETURN, unit, sector),
        may_correct=sheet.state is State.APPROVED and may(user, Action.CORRECT, unit, sector),
        may_comment=may(user, Action.COMMENT, unit, sector),
    )


def _is_barred(user: object, sheet: Sheet) -> bool:
    return bool(barred(user, [Turn(sheet.id, sheet.unit, sheet.kept, sheet.step)]))
