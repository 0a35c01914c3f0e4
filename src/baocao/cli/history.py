"""``baocao history``: what was ever told of figures, by whom, when and in which cell; nothing of it is lost."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from baocao.cli.figures import admit, book_of, guarded, key_day, put_out, words_of
from baocao.cli.talk import WrongCall
from baocao.model import Language, Text

_TOO_WIDE = Text(
    "hãy nêu chỉ tiêu (--indicator) hoặc đơn vị (--unit) cần xem, hoặc --loads để xem các lần nạp.",
    "name the indicator (--indicator) or the unit (--unit) that is meant, or --loads for the files that were loaded.",
)


def run(call: Namespace, asked: Language | None) -> int:
    """Print the revisions, or the loads."""
    return guarded(_run, call, asked)


def _run(call: Namespace, lang: Language) -> int:
    admit(call)
    from baocao.ledger import tracing
    from baocao.ledger.book import listed, period_of
    from baocao.model.observation import Scenario
    from baocao.model.period import CutOff

    if not (call.loads or call.indicator or call.unit):
        raise WrongCall(_TOO_WIDE)
    periods = tuple(period_of(seen, CutOff(call.cut_off)) for seen in call.period or ())
    day = max((period.end for period in periods), default=date.today())
    with book_of(call) as book:
        if call.loads:
            grid = tracing.loads(book)
        else:
            question = tracing.Asked(
                tuple(one.code for one in listed(book, words_of(call.indicator))),
                tuple(book.unit(seen, key_day(seen, day)).key for seen in call.unit or ()),
                periods,
                tuple(Scenario(one) for one in call.scenario or ()),
                call.current,
            )
            grid = tracing.trace(book, question)
    put_out(grid, call, lang)
    return 0
