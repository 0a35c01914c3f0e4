"""This report beside the one of the year before: what that one printed, and what this one says of that time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from baocao.model.draft import Draft, Number, Reckoning
from baocao.model.observation import Address, Scenario
from baocao.model.period import Period
from baocao_web.documents import draft_json, drafting, writing_parts
from baocao_web.documents.models import Edition, Report


@dataclass(frozen=True, slots=True)
class Row:
    """One figure in both reports. ``said_now`` is what this report says of the year before, where it does."""

    address: Address
    now: str
    said_now: str
    printed_then: str
    place: int

    @property
    def is_at_odds(self) -> bool:
        """Whether this report says of the year before otherwise than that year's report printed."""
        return bool(self.said_now and self.printed_then and self.said_now != self.printed_then)


@dataclass(frozen=True, slots=True)
class Beside:
    """A written part in both reports."""

    heading: str
    now: str
    then: str


def report_before(report: Report) -> Report | None:
    """The report of the same unit by the same outline, a year earlier."""
    period = Period.parse(report.period).last_year.code
    found: Report | None = Report.objects.filter(unit=report.unit, outline=report.outline, period=period).first()
    return found if found is not None and found.drafted else None


def edition_of(report: Report) -> Edition | None:
    """The last edition of a report, which is what was printed; none where it was never issued."""
    found: Edition | None = report.editions.order_by("-ordinal").first()
    return found


def draft_then(before: Report) -> Draft:
    """What the report of the year before said: as issued, else as it stands."""
    edition = edition_of(before)
    if edition is not None:
        return draft_json.kept(edition.sha256["drafted"], edition.drafted)
    return drafting.as_it_stands(before)


def rows(now: Draft, then: Draft) -> list[Row]:
    """Every figure of this report that either report tells for the year before; those at odds first."""
    here, there = _values(now), _values(then)
    found = list(_rows(here, there))
    return sorted(found, key=lambda row: (not row.is_at_odds, row.place))


def _rows(here: dict[Address, tuple[int, Number]], there: dict[Address, tuple[int, Number]]) -> Iterator[Row]:
    for address, (place, number) in here.items():
        last = replace(address, period=address.period.last_year)
        if last in here or last in there:
            said = here[last][1].text if last in here else ""
            printed = there[last][1] if last in there else None
            if said and printed is not None:  # one value in two forms of print is no contradiction
                printed_then = said if here[last][1].value == printed.value else printed.text
            else:
                printed_then = printed.text if printed is not None else ""
            yield Row(address, number.text, said, printed_then, place)


def _values(draft: Draft) -> dict[Address, tuple[int, Number]]:
    """The results that a draft prints as they are, by address, the first time each."""
    found: dict[Address, tuple[int, Number]] = {}
    for place, number in enumerate(draft.numbers):
        source = number.source
        is_plain = source.reckoning is Reckoning.VALUE and not source.argument and source.addresses
        if is_plain and source.addresses[0].scenario is not Scenario.TARGET:
            found.setdefault(source.addresses[0], (place, number))
    return found


def parts(report: Report, before: Report) -> Sequence[Beside]:
    """The written parts of both reports, side by side."""
    then = {place.key: place.text for place in writing_parts.places(before)}
    return [Beside(one.heading, one.text, then[one.key]) for one in writing_parts.places(report) if one.key in then]
