"""How much does a process grow while it screens a million messages of which none is like another?

    python -m tests.bench.growth [MESSAGES]

Prints the growth of the resident set after a warm-up of a tenth of them, and how many strings with
a digit spaCy keeps that were not in its rules. Linux: it reads `/proc`.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
from itertools import islice
from pathlib import Path

from gatekeeper.screening.screener import Screener
from tests.support.detectors import body, shipped_screener
from tests.support.varied import varied

MESSAGES = 1_000_000
SEED = 2026


def resident_mb() -> float:
    """Memory that the process holds now, garbage aside."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def numeric(screener: Screener) -> int:
    """Strings with a digit that spaCy keeps."""
    strings = screener.tier.strings if screener.tier else ()
    return sum(any(map(str.isdigit, string)) for string in strings)


def grow(messages: int, seed: int = SEED) -> dict[str, float]:
    """The growth over so many messages."""
    screener, texts = shipped_screener(), varied(seed)
    before = numeric(screener)
    for text in islice(texts, messages // 10):
        screener.screen((body(text),))
    begin = resident_mb()
    for text in islice(texts, messages - messages // 10):
        screener.screen((body(text),))
    return {
        "messages": messages,
        "growth_mb": round(resident_mb() - begin, 2),
        "digit_strings": numeric(screener) - before,
    }


def main() -> None:
    """Print the figures."""
    print(json.dumps(grow(int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES)))


if __name__ == "__main__":
    main()
