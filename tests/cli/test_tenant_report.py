"""Is a tenant told what enforcing would have stopped, from what was recorded?"""

from __future__ import annotations

from datetime import UTC, datetime

from gatekeeper.cli.tenant_report import told
from gatekeeper.rollout.observed import Observed
from tests.support.commands import Command
from tests.support.shops import shop

__all__ = ["shop"]


def test_an_observe_time_is_begun_shown_and_ended(gatekeeper: Command, shop: str) -> None:
    words = ("--until", "2026-12-31", "--why", "onboarding")
    day = datetime.now(UTC).date()
    begun = gatekeeper("tenant", "observe", shop, *words)
    if day.isoformat() < "2026-12-31":
        assert (begun.status, begun.out) == (0, f"tenant {shop}: registered\n")
        kept = gatekeeper("tenant", "show", shop, "--json").document["observe"]
        assert (kept["reason"], kept["until"]) == ("onboarding", "2026-12-31T00:00:00Z")
        assert "onboarding" in gatekeeper("tenant", "show", shop).out
    assert gatekeeper("tenant", "observe", shop, "--end").status == 0
    assert gatekeeper("tenant", "show", shop, "--json").document["observe"] is None


def test_an_end_and_a_reason_are_asked_for(gatekeeper: Command, shop: str) -> None:
    for words in ((), ("--until", "2026-12-31"), ("--why", "x"), ("--end", "--why", "x")):
        refused = gatekeeper("tenant", "observe", shop, *words)
        assert refused.status == 1
        assert "give --until and --why, or --end" in refused.err


def test_a_tenant_that_never_observed_has_nothing_to_report(gatekeeper: Command, shop: str) -> None:
    assert "no message was decided in an observe time" in gatekeeper("tenant", "report", shop).out
    found = gatekeeper("tenant", "report", shop, "--since", "2026-11-01", "--json").document
    assert (found["tenant"], found["messages"], found["rules"]) == (shop, 0, {})


def test_the_report_for_machines_says_all_that_was_counted() -> None:
    report = Observed(messages=3, would_stop=1)
    assert told("acme", None, report) | {"examples": {}} == told("acme", None, report)
