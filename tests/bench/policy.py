"""What does it cost to compile the shipped policy, to reload it, and to judge a message by it?

    python -m tests.bench.policy

Prints one JSON object. Compiling means files -> policy, screener and replies, the first time with
spaCy's import; reloading adds the proof of every example, one file having changed. The ratios say
what a message pays when as many jurisdictions again are there: `hot` is a kind of message that was
seen before, `cold` one that was not, whose rules are looked up first.
"""

from __future__ import annotations

import gc
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from statistics import median, quantiles
from string import ascii_uppercase
from typing import Any

from gatekeeper.domain.facts import Facts
from gatekeeper.evaluate import evaluate
from gatekeeper.policy.model import Policy, Rule
from gatekeeper.rollout.ready import loaded, ready
from tests.support.shipped import FOLDER, facts, shipped

COMPILES = 7
RELOADS = 3
ROUNDS = 400
BLOCK = 25
"""Rounds that are timed as one, so that the clock costs nothing."""

ORDINARY: tuple[dict[str, Any], ...] = (
    {},
    {"to": "+13052000123", "listings": {"us-national": "clear", "us-fl": "clear"}},
    {"to": "+12142000123", "listings": {"us-national": "clear", "us-tx": "clear"}},
    {"to": "+14152000123"},
    {"to": "+14162000123", "listings": {"ca-national": "clear"}},
    {"to": "+447400123456", "listings": {"gb-national": "clear"}},
    {"to": "+4915112345678", "at": "2026-11-20T12:00:00+01:00"},
    {"message": {"purpose": "transactional", "text": "Acme: your order has left."}},
    {"message": {"purpose": "authentication", "text": "Acme: your code is 4821."}},
    {"message": {"purpose": "healthcare", "text": "Acme: see you on Tuesday at ten."}},
    {"message": {"channel": "voice", "technology": "live", "text": "Hello"}},
    {"message": {"channel": "mms"}, "to": "+16022000123"},
)
"""Messages as they are sent by day, by what each changes in the clean row."""


def timed(act: Callable[[], object]) -> float:
    """Milliseconds."""
    begin = time.perf_counter_ns()
    act()
    return (time.perf_counter_ns() - begin) / 1e6


def compiling() -> dict[str, Any]:
    """How long a folder takes, from files that nobody has read before to what judges by them."""
    with tempfile.TemporaryDirectory() as name:
        folder = shutil.copytree(FOLDER, Path(name) / "policies")
        files = [file for file in folder.rglob("*.yaml") if "tests" not in file.parts]
        taken = []
        for n in range(COMPILES):
            for file in files:
                file.write_text(f"{file.read_text()}\n# {n}\n")
            gc.collect()
            taken.append(timed(lambda: loaded(folder)))
        size = sum(file.stat().st_size for file in files)
    return {
        "policy_compile_ms": round(median(taken)),
        "policy_compile_first_ms": round(taken[0]),
        "policy_kilobytes": round(size / 1024),
    }


def reloading() -> dict[str, Any]:
    """How long a folder takes in which one file has changed, its examples proved."""
    with tempfile.TemporaryDirectory() as name:
        folder = shutil.copytree(FOLDER, Path(name) / "policies")
        ready(folder)
        changed = folder / "floor" / "us.yaml"
        taken = []
        for n in range(RELOADS):
            changed.write_text(f"{changed.read_text()}\n# {n}\n")
            taken.append(timed(lambda: ready(folder)))
    return {"policy_reload_ms": round(median(taken))}


def doubled(policy: Policy) -> Policy:
    """The same with a copy of every jurisdiction's rules under a jurisdiction that is none."""
    places = sorted({rule.applies.jurisdiction for rule in policy.rules} - {None}, key=str)
    invented = dict(zip(places, _invented(), strict=False))
    copies = tuple(_moved(rule, invented) for rule in policy.rules if rule.applies.jurisdiction)
    return replace(policy, rules=(*policy.rules, *copies), by_check={})


def _invented() -> Iterator[str]:
    """User-assigned codes of ISO 3166: no country will ever have them."""
    return (f"X{letter}-{number}" for letter, number in product(ascii_uppercase, range(100)))


def _moved(rule: Rule, places: dict[str | None, str]) -> Rule:
    applies = replace(rule.applies, jurisdiction=places[rule.applies.jurisdiction])
    return replace(rule, id=f"{rule.id}.copy", applies=applies)


def judging(policy: Policy, messages: Sequence[Facts]) -> list[float]:
    """Microseconds for each message of a kind seen before, the clock's own cost taken off."""
    idle = median(timed(lambda: None) for _ in range(1000)) * 1000
    taken = []
    for _ in range(ROUNDS):
        for message in messages:
            begin = time.perf_counter_ns()
            evaluate(message, policy)
            taken.append((time.perf_counter_ns() - begin) / 1000 - idle)
    return taken


def hot(policy: Policy, messages: Sequence[Facts]) -> float:
    """Microseconds a message over many at once."""
    begin = time.perf_counter_ns()
    for _ in range(BLOCK):
        for message in messages:
            evaluate(message, policy)
    return (time.perf_counter_ns() - begin) / 1000 / BLOCK / len(messages)


def cold(policy: Policy, messages: Sequence[Facts]) -> float:
    """Microseconds a message, each of a kind that the policy has not seen."""
    fresh = replace(policy, by_check=policy.by_check)
    begin = time.perf_counter_ns()
    for message in messages:
        evaluate(message, fresh)
    return (time.perf_counter_ns() - begin) / 1000 / len(messages)


def compared(policy: Policy, messages: Sequence[Facts]) -> dict[str, Any]:
    """What a message costs with twice the jurisdictions, over what it costs now."""
    twice = doubled(policy)
    found: dict[str, Any] = {}
    for name, measure in (("hot", hot), ("cold", cold)):
        pairs = [(measure(policy, messages), measure(twice, messages)) for _ in range(40)]
        found[f"evaluate_{name}_us"] = round(median(now for now, _ in pairs), 1)
        ratio = median(later / now for now, later in pairs)
        found[f"evaluate_{name}_doubled_ratio"] = round(ratio, 3)
    return found


def measure() -> dict[str, Any]:
    """All figures."""
    found = compiling() | reloading()
    policy, messages = shipped().policy, [facts(**row) for row in ORDINARY]
    judging(policy, messages)
    taken = judging(policy, messages)
    places = {rule.applies.jurisdiction for rule in policy.rules} - {None}
    return {
        **found,
        "rules": len(policy.rules),
        "jurisdictions": len(places),
        "evaluate_p50_us": round(median(taken), 1),
        "evaluate_p99_us": round(quantiles(taken, n=100)[98], 1),
        **compared(policy, messages),
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
