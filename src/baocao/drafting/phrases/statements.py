"""What a report can say: small statements over figures, each of which ``say`` puts into words."""

from __future__ import annotations

from dataclasses import dataclass

from baocao.drafting.phrases.told import Told
from baocao.model.indicator import Aim
from baocao.model.observation import NoValue
from baocao.model.target import TargetKind


@dataclass(frozen=True, slots=True)
class Level:
    """A figure is what it is, or there is none. ``is_reached`` says that more of it is better ("đạt", not "là")."""

    told: Told
    is_reached: bool = True
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What an authority asks for. ``noun`` is what it is called there: kế hoạch, dự toán, chỉ tiêu.

    ``upper`` is the other bound of a range, whose lower bound ``plan`` is.
    """

    plan: Told
    by: str = ""
    noun: str = "kế hoạch"
    upper: Told | None = None


@dataclass(frozen=True, slots=True)
class PlanAndLastYear:
    """A result beside what each authority asked for and beside the same period of the year before.

    With ``are_bases_told`` the plans and last year's figure are printed too. ``since`` names the earlier time.
    """

    told: Told
    plans: tuple[Asked, ...] = ()
    last_year: Told | None = None
    since: str = "cùng kỳ năm trước"
    are_bases_told: bool = False
    is_reached: bool = True
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure rose, fell or stayed since an earlier time, which ``since`` names ("cùng kỳ năm 2024", "đầu năm")."""

    now: Told
    before: Told
    since: str = "cùng kỳ năm trước"
    is_reached: bool = True


@dataclass(frozen=True, slots=True)
class TotalWithParts:
    """A total and its parts; with ``is_whole`` the parts are all there are, so that they make the total."""

    total: Told
    parts: tuple[Told, ...]
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """A figure is so much of a whole. ``whole.name`` is what the whole is called in the sentence ("tổng số hộ")."""

    part: Told
    whole: Told
    is_whole_told: bool = True


@dataclass(frozen=True, slots=True)
class Structure:
    """How a whole is made up, in per cent ("Cơ cấu kinh tế"); ``name`` says of what. The parts are all there are."""

    name: str
    parts: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class CropLine:
    """A crop's area, yield and output; area and output beside their plans and those of the year before.

    ``harvested`` is the area that the yield is of, where that is not the sown one. ``since`` names the earlier time.
    """

    crop: str
    area: Told
    crop_yield: Told
    output: Told
    plan: Asked | None = None
    harvested: Told | None = None
    area_before: Told | None = None
    output_plan: Asked | None = None
    output_before: Told | None = None
    since: str = "cùng kỳ năm trước"


@dataclass(frozen=True, slots=True)
class Funds:
    """What was spent of the money of one source. ``spent.name`` names the source."""

    spent: Told
    plan: Told


@dataclass(frozen=True, slots=True)
class Disbursement:
    """What was disbursed of a plan, in all and by source."""

    spent: Told
    plan: Told
    sources: tuple[Funds, ...] = ()
    noun: str = "kế hoạch vốn"


@dataclass(frozen=True, slots=True)
class Flow:
    """What came in, what was dealt with, early, on time or late, and what remains. ``noun`` is what is counted."""

    noun: str
    received: Told
    resolved: Told
    pending: Told
    early: Told | None = None
    on_time: Told | None = None
    late: Told | None = None
    carried: Told | None = None
    fresh: Told | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """So many units of a kind do something, and these are they. ``whole`` is how many units there are."""

    count: Told
    noun: str
    doing: str
    names: tuple[str, ...]
    whole: Told | None = None

    @property
    def are_all(self) -> bool:
        """Whether all of several units do it."""
        return self.whole is not None and len(self.names) > 1 and self.count.value == self.whole.value


@dataclass(frozen=True, slots=True)
class Ratings:
    """How many indicators are exceeded, met, missed, rated at the year's end, and without figures to rate."""

    total: Told
    exceeded: Told
    met: Told
    missed: Told
    pending: Told
    missed_names: tuple[str, ...] = ()
    unknown: Told | None = None
    incomplete: Told | None = None


@dataclass(frozen=True, slots=True)
class Tasks:
    """How many key tasks are done, under way, late, and not begun."""

    total: Told
    done: Told
    ongoing: Told
    late: Told
    waiting: Told


@dataclass(frozen=True, slots=True)
class YearEnd:
    """An indicator that is rated only at the year's end, with what is asked for."""

    name: str
    plans: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Lacking:
    """An indicator without a figure, with what is asked for; ``mark`` says why (None: nothing was ever told)."""

    name: str
    plans: tuple[Asked, ...] = ()
    mark: NoValue | None = None


@dataclass(frozen=True, slots=True)
class Uncompared:
    """A statement that sets nothing against its figure, as units are missing from it, or from its base (``is_base``).

    ``plans`` are told beside it as what they are, without a percentage.
    """

    said: PlanAndLastYear | Moved | Level | CropLine
    plans: tuple[Asked, ...] = ()
    is_base: bool = False


@dataclass(frozen=True, slots=True)
class MissingUnits:
    """Units whose figures are not in a total yet; ``whole`` is how many should report."""

    count: Told
    noun: str
    names: tuple[str, ...]
    whole: Told | None = None


@dataclass(frozen=True, slots=True)
class Aimed:
    """What one authority asks for, as it is meant: ``low`` is the figure, None where it is to be assured only."""

    by: str
    kind: TargetKind
    low: Told | None = None
    high: Told | None = None
    is_strict: bool = False


@dataclass(frozen=True, slots=True)
class Objective:
    """What is asked for in a year to come, beside an earlier result, which ``since`` names.

    With ``is_named`` each authority is named; of one alone the plan says once whose targets these are.
    """

    name: str
    asked: tuple[Aimed, ...]
    before: Told | None = None
    since: str = "thực hiện năm trước"
    aim: Aim = Aim.HIGHER
    is_named: bool = True


Statement = (
    Level
    | PlanAndLastYear
    | Moved
    | TotalWithParts
    | Share
    | Structure
    | CropLine
    | Disbursement
    | Flow
    | Names
    | Ratings
    | Tasks
    | YearEnd
    | Lacking
    | Uncompared
    | MissingUnits
    | Objective
)
