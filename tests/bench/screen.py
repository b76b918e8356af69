"""What does screening cost, what does it find, and what does it stop in error?

    python -m tests.bench.screen [FILE]

FILE holds real messages, one JSON object with `text` per line, gzipped or not; without it (or
`GATEKEEPER_REAL_MESSAGES`) the personal figures are null. Prints one JSON object. Growth over a
million messages is measured by `tests.bench.growth`, Presidio by `tests.bench.against`.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from gatekeeper.domain.words import Likelihood
from gatekeeper.policy.model import Detector
from gatekeeper.screening.issuers import issuer
from gatekeeper.screening.screener import Screener
from tests.support.business import CODES, messages
from tests.support.cards import DISGUISES, cards
from tests.support.content_rules import ruled
from tests.support.detectors import body, shipped_detectors, shipped_screener
from tests.support.doubled import doubled, joined_by_others, least_ratio
from tests.support.hostile import worst_ms
from tests.support.identities import WRITTEN

SEED = 2026
MOST_LINES = 40
"""Lines told of what is stopped in error."""


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
    """p50 and p99 in microseconds of CPU time over texts, each screened once."""
    taken = []
    for part in [(body(text),) for text in texts]:
        begin = time.thread_time_ns()
        screener.screen(part)
        taken.append((time.thread_time_ns() - begin) / 1000)
    return {"p50_us": statistics.median(taken), "p99_us": statistics.quantiles(taken, n=100)[98]}


def spacy_share(screener: Screener, texts: Sequence[str]) -> float | None:
    """Share of texts that reach the spaCy tier; None if there are none."""
    return (
        sum(screener.reaches_grammar(body(text)) for text in texts) / len(texts) if texts else None
    )


def recall(screener: Screener, written: Sequence[str]) -> float:
    """Share of card texts found as a payment match that blocks."""
    return sum("card" in blocked(screener, text) for text in written) / len(written)


def found_of(screener: Screener, kind: str, source: random.Random, count: int = 1_000) -> float:
    """Share of texts with such a number in which its family has a match that is sure enough."""
    family, least, texts = WRITTEN[kind]
    return (
        sum(
            any(
                m.family is family and m.likelihood >= least for m in screener.screen((body(text),))
            )
            for text in islice(texts(source), count)
        )
        / count
    )


def false_alarms(screener: Screener, texts: Iterable[str]) -> tuple[int, dict[str, int]]:
    """Texts that would be blocked, and by which detectors."""
    count, by = 0, dict[str, int]()
    for text in texts:
        if found := blocked(screener, text):
            count += 1
            for name in found:
                by[name] = by.get(name, 0) + 1
    return count, by


def alarms(screener: Screener, texts: Sequence[str]) -> dict[str, Any]:
    """What would be blocked or held by the content rules: how many, by what, on which lines."""
    lines, by = dict[int, str](), Counter[str]()
    for number, text in enumerate(texts, 1):
        if screener.screen((body(text),)) and (stopping := ruled(text).stopping()):
            lines[number] = "+".join(sorted({match.detector for match in stopping}))
            by.update(match.detector for match in stopping)
    return {
        "stopped": len(lines),
        "per_10000": round(len(lines) * 10_000 / len(texts), 2) if texts else None,
        "by_detector": dict(by.most_common()),
        "lines": dict(list(lines.items())[:MOST_LINES]),
    }


def traffic(screener: Screener, name: str, texts: Sequence[str]) -> dict[str, Any]:
    """Cost, share that spaCy reads, and false alarms of one kind of traffic."""
    cost = timings(screener, texts) if texts else {"p50_us": None, "p99_us": None}
    stopped = alarms(screener, texts)
    figures = {
        "messages": len(texts),
        **cost,
        "spacy_share": spacy_share(screener, texts),
        "stopped_in_error": stopped["stopped"],
        "stopped_per_10000": stopped["per_10000"],
        "false_alarms": stopped,
    }
    return {f"{name}_{figure}": value for figure, value in figures.items()}


def by_form(screener: Screener, numbers: Sequence[str], template: str) -> dict[str, float]:
    """Card recall in each of the written forms."""
    return {
        name: recall(screener, [template.format(write(number)) for number in numbers])
        for name, write in DISGUISES.items()
    }


def plain(screener: Screener, source: random.Random) -> dict[str, float]:
    """Recall of valid numbers as people write them."""
    sample = list(cards(source, 10))
    return {
        "card_recall": recall(screener, [f"my card is {n}" for n in sample]),
        "card_recall_bare": recall(screener, [f"use {n} please" for n in sample if not weak(n)]),
        **{f"{kind}_recall": found_of(screener, kind, source) for kind in WRITTEN},
    }


def disguised(screener: Screener, source: random.Random) -> dict[str, Any]:
    """Recall of cards in every disguise, beside a cue and bare of any."""
    hidden = [n for n in cards(source, 10) if len(n) in (15, 16) and not weak(n)][:200]
    named = by_form(screener, hidden, "Here is my card: {} thanks")
    bare = by_form(screener, hidden, "Send it to {} now")
    return {
        "disguises": len(named),
        "disguise_recall": statistics.mean(named.values()),
        "disguise_recall_bare": statistics.mean(bare.values()),
        "disguise_recall_by_form": named,
    }


def cost_of_more(detectors: Sequence[Detector], texts: Sequence[str]) -> dict[str, Any]:
    """What twice the detectors cost: others of the same make, and copies that find the same."""
    one, two = Screener(list(joined_by_others(detectors))), Screener(list(doubled(detectors)))
    others, copies = (least_ratio(Screener(detectors), more, texts) for more in (one, two))
    return {
        "detectors": len(detectors),
        "doubled_ratio": others["p50"],
        "doubled_ratio_mean": others["mean"],
        "doubled_by_copies_ratio": copies["p50"],
        "doubled_by_copies_ratio_mean": copies["mean"],
    }


def measure(screener: Screener, real: Path | None) -> dict[str, Any]:
    """All figures."""
    source = random.Random(SEED)
    business = list(messages(8, source))
    codes = [text for section, text in business if section == CODES]
    others = [text for section, text in business if section != CODES]
    personal = list(real_messages(real)) if real else []
    stopped = alarms(screener, codes)
    worst, which = worst_ms(screener, shipped_detectors())
    return {
        **traffic(screener, "personal", personal),
        **traffic(screener, "business", others),
        "one_time_codes": len(codes),
        "one_time_codes_stopped": stopped["stopped"],
        "one_time_code_false_alarms": stopped,
        **plain(screener, source),
        **disguised(screener, source),
        **cost_of_more(shipped_detectors(), [*others[::4], *personal[::10]]),
        "hostile_worst_ms": round(worst, 1),
        "hostile_worst": which,
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
