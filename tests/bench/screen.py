"""What does screening cost, what does it find, and what does it flag in error?

    python -m tests.bench.screen [FILE]

FILE holds real messages, one JSON object with `text` per line, gzipped or not; without it (or
`GATEKEEPER_REAL_MESSAGES`) the personal figures are null. Prints one JSON object.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from gatekeeper.domain.words import Likelihood
from gatekeeper.screening.issuers import issuer
from gatekeeper.screening.screener import Screener
from tests.support.business import messages
from tests.support.cards import DISGUISES, cards
from tests.support.detectors import body, shipped_screener

SEED = 2026


def real_messages(path: Path) -> Iterator[str]:
    """The texts of a file of real messages."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def blocked(screener: Screener, text: str) -> list[str]:
    """Detectors that would block the text: likely or surer."""
    found = screener.screen((body(text),))
    return [match.detector for match in found if match.likelihood >= Likelihood.LIKELY]


def timings(screener: Screener, texts: Iterable[str]) -> dict[str, float]:
    """p50 and p99 in microseconds over texts, each screened once."""
    taken = []
    for part in [(body(text),) for text in texts]:
        begin = time.perf_counter_ns()
        screener.screen(part)
        taken.append((time.perf_counter_ns() - begin) / 1000)
    return {"p50_us": statistics.median(taken), "p99_us": statistics.quantiles(taken, n=100)[98]}


def spacy_share(screener: Screener, texts: Sequence[str]) -> float | None:
    """Share of texts that reach the spaCy tier; None if there are none."""
    return (
        sum(screener.reaches_grammar(body(text)) for text in texts) / len(texts) if texts else None
    )


def recall(screener: Screener, written: Sequence[str]) -> float:
    """Share of card texts found as a payment match that blocks."""
    return sum("card" in blocked(screener, text) for text in written) / len(written)


def false_alarms(screener: Screener, texts: Iterable[str]) -> tuple[int, dict[str, int]]:
    """Texts that would be blocked, and by which detectors."""
    count, by = 0, dict[str, int]()
    for text in texts:
        if found := blocked(screener, text):
            count += 1
            for name in found:
                by[name] = by.get(name, 0) + 1
    return count, by


def alarms(screener: Screener, texts: Iterable[str]) -> dict[str, Any]:
    """The false alarms as they are printed."""
    count, by = false_alarms(screener, texts)
    return {"blocked": count, "by_detector": by}


def traffic(screener: Screener, name: str, texts: Sequence[str]) -> dict[str, Any]:
    """Cost, share that spaCy reads, and false alarms of one kind of traffic."""
    cost = timings(screener, texts) if texts else {"p50_us": None, "p99_us": None}
    figures = {
        "messages": len(texts),
        **cost,
        "spacy_share": spacy_share(screener, texts),
        "false_alarms": alarms(screener, texts),
    }
    return {f"{name}_{figure}": value for figure, value in figures.items()}


def by_form(screener: Screener, numbers: Sequence[str], template: str) -> dict[str, float]:
    """Card recall in each of the written forms."""
    return {
        name: recall(screener, [template.format(write(number)) for number in numbers])
        for name, write in DISGUISES.items()
    }


def measure(screener: Screener, real: Path | None) -> dict[str, Any]:
    """All figures."""
    source = random.Random(SEED)
    business = list(messages(20, source))
    codes = [text for section, text in business if section == "one-time codes"]
    sample = list(cards(source, 10))
    hidden = [n for n in sample if len(n) in (15, 16) and not weak(n)][:200]
    named = by_form(screener, hidden, "Here is my card: {} thanks")
    bare = by_form(screener, hidden, "Send it to {} now")
    return {
        **traffic(screener, "personal", list(real_messages(real)) if real else []),
        **traffic(screener, "business", [text for _, text in business]),
        "one_time_code_false_alarms": alarms(screener, codes),
        "card_recall": recall(screener, [f"my card is {n}" for n in sample]),
        "card_recall_bare": recall(screener, [f"use {n} please" for n in sample if not weak(n)]),
        "disguise_recall": statistics.mean(named.values()),
        "disguise_recall_bare": statistics.mean(bare.values()),
        "disguise_recall_by_form": named,
    }


def weak(number: str) -> bool:
    """Whether the number's range is evidence only beside a context word."""
    found = issuer(number)
    return found is None or found.weak


def main() -> None:
    """Print the figures."""
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("GATEKEEPER_REAL_MESSAGES")
    print(json.dumps(measure(shipped_screener(), Path(named) if named else None), indent=2))


if __name__ == "__main__":
    main()
