"""``baocao rollup``: figures added up along the units, with how many stand behind each and which are missing."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from baocao.cli.figures import admit, book_of, day_of, guarded, put_out, words_of
from baocao.cli.talk import FOUND, WrongCall
from baocao.model import Language, Text

_TWO_VIEWS = Text("--on và --as-was không dùng cùng lúc.", "--on and --as-was exclude each other.")


def run(call: Namespace, asked: Language | None) -> int:
    """Print the table; 1 when a figure is incomplete, refused, or differs from what a unit states."""
    return guarded(_run, call, asked)


def _run(call: Namespace, lang: Language) -> int:
    admit(call)
    on = day_of("--on", call.on)
    if on is not None and call.as_was:
        raise WrongCall(_TWO_VIEWS)
    from baocao.figures.questions import Against
    from baocao.ledger.book import listed, period_of
    from baocao.ledger.rolled import View
    from baocao.ledger.rolling import Asked, roll_up
    from baocao.model.observation import Scenario
    from baocao.model.org_unit import Level
    from baocao.model.period import CutOff

    periods = tuple(period_of(seen, CutOff(call.cut_off)) for seen in call.period)
    with book_of(call) as book:
        day: date = on or max(period.end for period in periods)
        question = Asked(
            periods,
            tuple(one.code for one in listed(book, words_of(call.indicator))),
            tuple(book.unit(seen, day).key for seen in call.unit or ()),
            Level(call.level) if call.level else None,
            View(on, call.as_was, Level(call.base)),
            tuple(dict.fromkeys(map(Against, call.against or ()))),
            Scenario(call.scenario),
        )
        grid = roll_up(book, question)
    put_out(grid, call, lang)
    return 0 if grid.is_clean else FOUND
