"""Rings of values are looked for again once such work is done, or has failed."""

from __future__ import annotations

import gc

import pytest

from baocao.undisturbed import undisturbed


@undisturbed()
def _failing() -> None:
    raise ValueError("seen" if gc.isenabled() else "unseen")


def test_rings_are_looked_for_again_afterwards() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="unseen"):
        _failing()
    assert gc.isenabled()


def test_what_was_switched_off_before_stays_so() -> None:
    gc.disable()
    try:
        with undisturbed():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
