"""``baocao compare``: the annex of a unit: targets of each authority, results, percentages, ratings."""

from __future__ import annotations

from argparse import Namespace

from baocao.cli.figures import admit, book_of, day_of, guarded, put_out, words_of
from baocao.cli.talk import FOUND
from baocao.model import Language


def run(call: Namespace, asked: Language | None) -> int:
    """Print the annex; 1 when an indicator is not met, has no figure, or a total lacks units."""
    return guarded(_run, call, asked)


def _run(call: Namespace, lang: Language) -> int:
    admit(call)
    on = day_of("--on", call.on)
    from baocao.figures.compare_earlier import Earlier
    from baocao.ledger.annexing import Asked, annex
    from baocao.ledger.book import listed, period_of
    from baocao.model.org_unit import Level
    from baocao.model.period import CutOff

    period = period_of(call.period, CutOff(call.cut_off))
    with book_of(call) as book:
        question = Asked(
            book.unit(call.unit, period.end),
            period,
            tuple(words_of(call.authority)),
            tuple(one.code for one in listed(book, words_of(call.indicator))),
            on,
            Level(call.base),
            tuple(Earlier(word) for word in dict.fromkeys(words_of(call.against) or ["last_year"])),
        )
        grid = annex(book, question)
    put_out(grid, call, lang)
    return 0 if grid.is_clean else FOUND
