"""What does Presidio take for the same messages? Run by an interpreter that has it installed.

    PRESIDIO_PYTHON -m tests.bench.presidio FILE [COUNT]

Prints the median in microseconds. It uses a blank pipeline, since model weights are not to be
had offline: that is some fourteen times faster than Presidio as shipped, so it flatters it.
"""

from __future__ import annotations

import gzip
import importlib
import json
import statistics
import sys
import time
from typing import Any


def engine() -> Any:
    """An analyzer with every recognizer that needs no model."""
    spacy = importlib.import_module("spacy")
    analyzer = importlib.import_module("presidio_analyzer")
    nlp = importlib.import_module("presidio_analyzer.nlp_engine").SpacyNlpEngine()
    nlp.nlp = {"en": spacy.blank("en")}
    return analyzer.AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"])


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    step = max(1, len(texts) // count)
    analyze, took = engine().analyze, []
    for text in texts[::step]:
        start = time.thread_time()
        analyze(text, language="en")
        took.append((time.thread_time() - start) * 1e6)
    print(round(statistics.median(took), 1))


if __name__ == "__main__":
    main()
