"""``baocao compare``: the annex of a unit: targets of each authority, results, percentages, ratings."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from baocao.cli.figures import admit, book_of, day_of, guarded, put_out, words_of
from baocao.cli.talk import FOUND, WrongCall
from baocao.model import Language, Text

if TYPE_CHECKING:
    from baocao.ledger.grid import Grid

_NO_UNIT = Text(
    "cần --unit và --period (biểu của đơn vị nào, kỳ nào), hoặc --printed TỆP để tính lại một biểu đã in.",
    "give --unit and --period (whose annex, of when), or --printed FILE to work a printed annex out again.",
)
_ALONE = Text(
    "--printed tính lại biểu từ chính tệp, không dùng cùng --unit, --period hoặc --allocated.",
    "--printed works an annex out from its own file; it goes without --unit, --period and --allocated.",
)


def run(call: Namespace, asked: Language | None) -> int:
    """Print the annex; 1 when a target is not met, a figure or a unit is missing, or a printed cell disagrees."""
    return guarded(_run, call, asked)


def _run(call: Namespace, lang: Language) -> int:
    admit(call)
    grid = _printed(call) if call.printed is not None else _asked(call)
    put_out(grid, call, lang)
    return 0 if grid.is_clean else FOUND


def _printed(call: Namespace) -> Grid:
    """A printed annex worked out again: no store is needed."""
    from baocao.ledger.printed import checked

    if call.unit or call.period or call.allocated:
        raise WrongCall(_ALONE)
    return checked(Path(call.printed))


def _asked(call: Namespace) -> Grid:
    """The annex, or the allocation, of a unit and a period."""
    if not (call.unit and call.period):
        raise WrongCall(_NO_UNIT)
    on = day_of("--on", call.on)
    from baocao.figures.compare_earlier import Earlier
    from baocao.ledger import allocating
    from baocao.ledger.annexing import Asked, annex
    from baocao.ledger.book import listed, period_of
    from baocao.model.org_unit import Level
    from baocao.model.period import CutOff

    period = period_of(call.period, CutOff(call.cut_off))
    with book_of(call) as book:
        unit, authorities = book.unit(call.unit, period.end), tuple(words_of(call.authority))
        indicators = tuple(one.code for one in listed(book, words_of(call.indicator)))
        if call.allocated:
            return allocating.allocation(book, allocating.Asked(unit, period, authorities, indicators, on))
        question = Asked(
            unit,
            period,
            authorities,
            indicators,
            on,
            Level(call.base),
            tuple(Earlier(word) for word in dict.fromkeys(words_of(call.against) or ["last_year"])),
        )
        return annex(book, question)
