"""A process that screens for days does not grow, and keeps nothing of what it read."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tracemalloc
from itertools import islice
from pathlib import Path

import pytest

from gatekeeper.screening.screener import Screener
from gatekeeper.screening.views import normalise
from tests.bench.growth import numeric
from tests.support.detectors import body, shipped_detectors
from tests.support.varied import varied

ROOT = Path(__file__).parents[2]
MOST_MB = 5.0
"""Over a million messages."""
SAMPLED = 3_000


def test_thousands_of_varied_messages_leave_nothing_behind() -> None:
    screener, texts = Screener(shipped_detectors()), list(islice(varied(5), 2 * SAMPLED))
    assert screener.tier is not None
    normalise("".join(map(chr, range(sys.maxunicode + 1))))
    for text in texts[:SAMPLED]:
        screener.screen((body(text),))
    kept, digits = len(screener.tier.strings), numeric(screener)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for text in texts[SAMPLED:]:
        screener.screen((body(text),))
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    print(f"{grown} bytes after {SAMPLED} messages")
    assert (len(screener.tier.strings), numeric(screener)) == (kept, digits)
    assert grown < 200_000


@pytest.mark.full
def test_a_million_varied_messages_make_the_process_grow_little() -> None:
    command = [sys.executable, "-m", "tests.bench.growth"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    print(found)
    assert found["messages"] >= 1_000_000
    assert found["growth_mb"] <= MOST_MB
    assert found["digit_strings"] == 0
