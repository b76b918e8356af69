"""What does it cost to read a send of each provider, and to word a refusal?

    python -m tests.bench.providers

Prints JSON: microseconds at the median, of a plain send that a case of the provider describes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from statistics import median
from time import perf_counter_ns
from typing import Any

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.contract import Handling, Provider, RawRequest, Refusal
from tests.providers.test_cases import cases, raw_of

RUNS = 5_000
REFUSAL = Refusal(Reason.CONSENT_REVOKED, Verdict.BLOCK, "Blocked: opted out.", decision="d" * 32)


def main() -> None:
    """Print the table."""
    print(json.dumps(measured(RUNS), indent=1))


def measured(runs: int) -> dict[str, float]:
    """The figures of every provider, by their fixed names."""
    found: dict[str, float] = {}
    for provider in PROVIDERS:
        raw = plain_send(provider)
        found[f"{provider.name}_parse_us"] = _median(_parsing(provider, raw), runs)
        found[f"{provider.name}_refuse_us"] = _median(_refusing(provider), runs)
    return found


def plain_send(provider: Provider) -> RawRequest:
    """The shortest of its cases that is read as a message to one person."""
    found: list[RawRequest] = []
    for case in cases("requests"):
        name, told = case.values
        if name == provider.name and "reads" in told and len(told["reads"]) == 1:
            found.append(raw_of(told["request"]))
    return min(filter(_decided(provider), found), key=lambda raw: len(raw.body))


def _decided(provider: Provider) -> Callable[[RawRequest], bool]:
    def decided(raw: RawRequest) -> bool:
        operation = provider.match(raw)
        return operation is not None and operation.handling is Handling.DECIDE

    return decided


def _parsing(provider: Provider, raw: RawRequest) -> Callable[[], Any]:
    """Where it goes, who calls, and what it says: all that the adapter does for one send."""

    def parse() -> None:
        operation = provider.match(raw)
        provider.credential(raw)
        if operation is not None:
            provider.parse(raw, operation)

    return parse


def _refusing(provider: Provider) -> Callable[[], Any]:
    return lambda: provider.refuse(REFUSAL)


def _median(work: Callable[[], Any], runs: int) -> float:
    times = []
    for _ in range(runs):
        begin = perf_counter_ns()
        work()
        times.append(perf_counter_ns() - begin)
    return round(median(times) / 1000, 2)


if __name__ == "__main__":
    main()
