"""``baocao recast``: figures as they were told, and in the units of today or of any other day."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from baocao.cli.figures import admit, book_of, day_of, guarded, key_day, put_out, words_of
from baocao.cli.talk import FOUND
from baocao.model import Language


def run(call: Namespace, asked: Language | None) -> int:
    """Print the table; 1 when something could not be re-cast or lacks a part."""
    return guarded(_run, call, asked)


def _run(call: Namespace, lang: Language) -> int:
    admit(call)
    on = day_of("--on", call.on)
    from baocao.ledger.book import listed, period_of
    from baocao.ledger.recasting import Asked, re_cast
    from baocao.model.observation import Scenario
    from baocao.model.org_unit import Level
    from baocao.model.period import CutOff

    periods = tuple(period_of(seen, CutOff(call.cut_off)) for seen in call.period)
    views: list[date | None] = [None] if call.as_was else []
    views += [date.today()] if call.today else []
    views += [on] if on else []
    with book_of(call) as book:
        day = max(period.end for period in periods)
        question = Asked(
            tuple(views or [None, date.today()]),
            tuple(one.code for one in listed(book, words_of(call.indicator))),
            periods,
            tuple(book.unit(seen, key_day(seen, day)).key for seen in call.unit or ()),
            Scenario(call.scenario),
            Level(call.level) if call.level else None,
            Level(call.base),
        )
        grid = re_cast(book, question)
    put_out(grid, call, lang)
    return 0 if grid.is_clean else FOUND
