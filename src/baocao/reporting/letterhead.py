"""In whose name a unit's reports are written: its own table of the project file, never that of another unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from baocao.model.listed import joined
from baocao.model.office import Office
from baocao.model.org_unit import OrgUnit
from baocao.model.text import Text
from baocao.project import Project

_OF_ANOTHER = Text(
    "bảng [report] của {file} là của {other}, không dùng cho {unit}: phần đầu, chữ ký và nơi nhận ghi theo tên đơn vị, "
    "còn để trống {blank}; hãy ghi ở bảng [report.{code}] của tệp đó.",
    "the table [report] of {file} is of {other} and not used for {unit}: head, signature and recipients follow from "
    "the unit's name, with no {blank}; write these in a table [report.{code}] of that file.",
)
_BLANKS = {
    "signer": Text("tên người ký", "name of who signs"),
    "addressed_to": Text("nơi kính gửi", "body addressed"),
    "tasks": Text("nhiệm vụ trọng tâm", "key tasks"),
}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The office, its file of key tasks, and what of them is left blank because only another unit's is known."""

    office: Office
    tasks: Path | None
    remarks: tuple[Text, ...] = ()


def of_unit(folder: Project, unit: OrgUnit, under: OrgUnit | None) -> Letterhead:
    """The letterhead of a unit. ``under`` is the unit whose folder it is; a folder of none in particular is anybody's.

    A unit's own table is named by its code, its key or its name.
    """
    own = (folder.reports_of.get(one) for one in (unit.code, unit.key, unit.name))
    ours = next((found for found in own if found is not None), None)
    if ours is None and (under is None or under.key == unit.key):
        ours = folder.reports
    if ours is not None:
        return Letterhead(ours.office, ours.tasks)
    remarks = tuple(_left_blank(folder, unit, under)) if under is not None else ()
    return Letterhead(Office(), None, remarks)


def _left_blank(folder: Project, unit: OrgUnit, under: OrgUnit) -> Iterator[Text]:
    """What the other unit's table gives and nothing can be derived from: no word where it gives none of it."""
    theirs = folder.reports.office
    told = {"signer": theirs.signer, "addressed_to": theirs.addressed_to, "tasks": folder.reports.tasks}
    blanks = [name for key, name in _BLANKS.items() if told[key]]
    if blanks and folder.file is not None:
        facts = {"file": folder.file.name, "other": under.name, "unit": unit.name, "code": unit.code}
        blank = joined(blanks, ", ")
        yield Text(
            _OF_ANOTHER.say("vi", blank=blank.vi, **facts),
            _OF_ANOTHER.say("en", blank=blank.en, **facts),
        )
