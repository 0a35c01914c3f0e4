"""However a report was edited, each changed number is told and no other, and a refresh leaves what people wrote."""

from __future__ import annotations

import pytest

from bench.coming_back import come_back


@pytest.mark.parametrize("seed", range(3))
def test_random_edits_of_words_xml(seed: int) -> None:
    made = come_back(seed + 1000, edits=60)
    assert (made.missed, made.false, made.faults) == ([], [], [])
    assert made.expected > 20
    assert made.refreshed > 100
