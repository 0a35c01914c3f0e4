"""How property tests run: without a clock, and on a build machine always with the same examples."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("desk", deadline=None, max_examples=100)
settings.register_profile("build", deadline=None, max_examples=60, derandomize=True, database=None)
settings.load_profile("build" if os.environ.get("CI") else "desk")
