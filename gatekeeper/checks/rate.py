"""Did a limiter ask to wait?"""

from __future__ import annotations

from datetime import timedelta

from gatekeeper.checks import edges_time
from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class Rate(Params):
    """No parameters: the limits themselves stand beside the rules, under `limits`."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """The limiter with the longest wait is told."""
    if not any(limit.retry_after for limit in facts.limits):
        return None
    longest = max(facts.limits, key=lambda limit: limit.retry_after)
    return rule.finding(
        Reason.RATE_LIMITED,
        f"Limit {longest.name} is used up for another {longest.retry_after:.1f} s.",
        until=facts.at + timedelta(seconds=longest.retry_after),
    )


def compared(facts: Facts, rule: Rule) -> Compared:
    """The longest wait that a limiter asks for."""
    wait = max((limit.retry_after for limit in facts.limits), default=0.0)
    return Compared(f"wait {wait:.1f} s", "no limiter asks to wait")


def asks(_: Rate) -> tuple[str, ...]:
    """That the limiters count."""
    return ("limits",)


CHECK = Check(
    "rate",
    Rate,
    run,
    edges=edges_time.rate,
    stage=10,
    compared=compared,
    needs=("at", "limits"),
    asks=asks,
)
