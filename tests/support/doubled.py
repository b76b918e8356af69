"""Twice as many detectors, and what they cost beside the shipped ones."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gatekeeper.policy.model import Detector
from gatekeeper.screening.screener import Screener
from tests.support.detectors import body

LISTS = ("literals", "prefixes")
Ratio = dict[str, float]
"""Of the medians (`p50`) and of all texts together (`mean`)."""


def doubled(detectors: Sequence[Detector]) -> Iterator[Detector]:
    """Every detector, and a copy of each under a new id whose gate asks for the same."""
    for detector in detectors:
        yield detector
        yield replace(detector, id=f"{detector.id}_again")


def joined_by_others(detectors: Sequence[Detector]) -> Iterator[Detector]:
    """Every detector, and one of the same make for each that is about other words."""
    for detector in detectors:
        yield detector
        gate = {k: _turned(v) if k in LISTS else v for k, v in detector.gate.items()}
        find = {k: _sets(v) if k == "words" else v for k, v in detector.find.items()}
        yield replace(detector, id=f"{detector.id}_other", gate=gate, find=find)


def _sets(sets: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {name: _turned(words) for name, words in sets.items()}


def _turned(words: Sequence[str]) -> list[str]:
    """Words of the same length that no text holds."""
    return [word[::-1] + "q" for word in words]


def ratio(one: Screener, other: Screener, texts: Sequence[str]) -> Ratio:
    """How much longer the other takes: of the medians, and of all texts together.

    Each text is screened by both in turn, so that a slow minute slows both.
    """
    took: tuple[list[int], list[int]] = ([], [])
    for number, parts in enumerate([(body(text),) for text in texts]):
        for which in (0, 1) if number % 2 else (1, 0):
            screener = (one, other)[which]
            begin = time.thread_time_ns()
            screener.screen(parts)
            took[which].append(time.thread_time_ns() - begin)
    p50 = statistics.median(took[1]) / statistics.median(took[0])
    return {"p50": round(p50, 3), "mean": round(sum(took[1]) / sum(took[0]), 3)}


def least_ratio(one: Screener, other: Screener, texts: Sequence[str], tries: int = 4) -> Ratio:
    """The least of some tries after a first one: a busy machine only ever makes it more."""
    ratio(one, other, texts)
    found = [ratio(one, other, texts) for _ in range(tries)]
    return {"p50": min(each["p50"] for each in found), "mean": min(each["mean"] for each in found)}
