"""Who may do what: roles as sets of actions. What a role may do is written here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _


class Role(Enum):
    """What somebody is for one unit and those below it."""

    REPORTER = "reporter"  # người nhập số liệu
    APPROVER = "approver"  # người duyệt của đơn vị
    COMPILER = "compiler"  # chuyên viên tổng hợp
    LEADER = "leader"  # lãnh đạo
    REVIEWER = "reviewer"  # HĐND, thanh tra: đọc và soát
    ADMINISTRATOR = "administrator"  # quản trị tài khoản


class Action(Enum):
    """Everything that somebody can do here, by what is done."""

    SEE = "see"  # figures and reports of a unit
    ENTER = "enter"  # cells of a form
    COMMENT = "comment"
    SUBMIT = "submit"  # a form to the level above
    APPROVE = "approve"  # a submitted form
    RETURN = "return"  # a submitted form, or cells of it
    CORRECT = "correct"  # what was approved, as a new revision
    EXTEND = "extend"  # a unit's due date
    DESIGN = "design"  # forms
    OPEN = "open"  # rounds of collecting
    ASSIGN = "assign"  # targets
    CHASE = "chase"
    TRACK = "track"  # key tasks: their progress
    DRAFT = "draft"
    PROOF_READ = "proof_read"
    ISSUE = "issue"  # a report
    GRANT = "grant"  # roles to people
    AUDIT = "audit"  # read the record


MAY: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.REPORTER: frozenset({Action.SEE, Action.ENTER, Action.COMMENT, Action.SUBMIT, Action.TRACK}),
        Role.APPROVER: frozenset(
            {Action.SEE, Action.ENTER, Action.COMMENT, Action.SUBMIT, Action.APPROVE, Action.RETURN, Action.TRACK}
        ),
        Role.COMPILER: frozenset(Action) - {Action.ENTER, Action.SUBMIT, Action.GRANT, Action.AUDIT, Action.ISSUE},
        Role.LEADER: frozenset(
            {Action.SEE, Action.COMMENT, Action.APPROVE, Action.RETURN, Action.EXTEND, Action.ISSUE}
        ),
        Role.REVIEWER: frozenset({Action.SEE, Action.COMMENT, Action.PROOF_READ}),
        Role.ADMINISTRATOR: frozenset({Action.GRANT, Action.AUDIT}),
    }
)

NAMES: Mapping[Role, object] = MappingProxyType(
    {
        Role.REPORTER: _("Người nhập số liệu"),
        Role.APPROVER: _("Người duyệt của đơn vị"),
        Role.COMPILER: _("Chuyên viên tổng hợp"),
        Role.LEADER: _("Lãnh đạo"),
        Role.REVIEWER: _("Người xem và soát"),
        Role.ADMINISTRATOR: _("Quản trị"),
    }
)
