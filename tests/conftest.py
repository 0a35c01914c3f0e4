"""How property tests run: without a clock, and on a build machine always with the same examples."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("desk", deadline=None, max_examples=100)
settings.register_profile("build", deadline=None, max_examples=60, derandomize=True, database=None)
settings.load_profile("build" if os.environ.get("CI") else "desk")

# what takes a minute or more begins first, so that no processor is left with it at the end
_LONG = (
    "tests/web/test_looks.py",
    "tests/web/test_api_described.py",
    "tests/web/test_story.py",
    "tests/unit/test_cli_draft.py",
    "tests/web/test_entry_page.py",
    "tests/web/test_running_full_disk.py",
    "tests/house/test_wheel.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, the others in their order."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONG))
