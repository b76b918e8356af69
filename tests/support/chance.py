"""By which seed does a test draw its cases? The same each time, but for `EXPLORE=1`."""

from __future__ import annotations

import os
import random


def seed() -> int:
    """The seed of this run; a test prints it, so that a case can be had again."""
    return random.randrange(2**32) if os.environ.get("EXPLORE") == "1" else 20261125
