"""Reading a report back into figures: which unit, indicator, period, scenario and authority each printed figure is of.

``link`` gives every figure of a read document, tied to its address (``Link``) or told why it is tied to none
(``Unlinked``). An address is given only where the words leave no other; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from baocao.linking import counts
from baocao.linking.documents import link
from baocao.linking.lexicon import Lexicon
from baocao.linking.links import Link, Reading, Setting, Unlinked

__all__ = ["Lexicon", "Link", "Reading", "Setting", "Unlinked", "counts_known", "link"]


def counts_known(authorities: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The words behind counts, with what they count, for a lexicon."""
    yield from counts.phrases()
    for authority in authorities:
        yield from counts.of_authority(authority)
