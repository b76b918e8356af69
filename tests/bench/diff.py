"""How many recorded decisions a second does `policy diff` judge by two policies?

    python -m tests.bench.diff [--count N] [--processes N]

Prints one JSON object. The journal is made by the real record builder, by day, so that most of it
went out; the new policy has other hours for the United States. The time is that of the whole
comparison, the start of its processes and the loading of both folders in each included.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

from gatekeeper.policy.load import load
from gatekeeper.rollout.compare import Comparison, Version, compare
from gatekeeper.rollout.ready import check_kinds
from gatekeeper.rollout.traffic import Span, pieces
from tests.support.shipped import FOLDER
from tests.support.traffic import with_hours, working_hours, write

MADE = 10_000
"""Decisions that are made; the stream is then there as often as is needed."""


def version(folder: Path) -> Version:
    """The folder with the hash of what it says."""
    return Version(folder, load(folder, check_kinds()).hash)


def measure(count: int = 200_000, processes: int = 2) -> dict[str, Any]:
    """Decisions a second, by the clock and of one processor."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, working_hours(min(MADE, count)))
        (stream,) = (folder / "streams").iterdir()
        for n in range(2, count // MADE + 1):
            copy = stream.with_name(f"{n:06d}{stream.name[6:]}")
            copy.mkdir()
            for segment in stream.iterdir():
                (copy / segment.name).hardlink_to(segment)
        asked = Comparison(
            version(FOLDER), version(with_hours(folder / "new", "09:00-20:00")), Span()
        )
        found = pieces(folder, Span())
        begin = time.perf_counter()
        tally = compare(asked, found, lambda _: None, processes)
        taken = time.perf_counter() - begin
        cpu = time.process_time()
        alone = compare(asked, found[:3], lambda _: None, 1)
        cpu = time.process_time() - cpu
    assert tally.total.newly_blocked and not tally.total.unjudged
    return {
        "diff_decisions": tally.decisions,
        "diff_decisions_per_s": round(tally.decisions / taken),
        "diff_decisions_per_cpu_s": round(alone.decisions / cpu),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    print(json.dumps(measure(options.count, options.processes), indent=2))
