"""Do the figures of the policy follow its state?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from prometheus_client import CollectorRegistry, generate_latest

from gatekeeper.proxy.policy_metrics import PolicyMetrics
from gatekeeper.rollout.activate import PolicyState

AT = datetime(2026, 11, 20, 17, tzinfo=UTC)


def test_every_figure_follows_and_one_digest_is_named_at_a_time() -> None:
    registry = CollectorRegistry()
    metrics = PolicyMetrics(registry)
    metrics.note(PolicyState("a" * 64, AT), AT)
    later = PolicyState(
        "b" * 64, AT, faults=("x", "y"), differs=True, pinned=True, failures=2, took_s=0.5
    )
    for _ in range(2):
        metrics.note(later, AT + timedelta(seconds=90))
    text = generate_latest(registry).decode()
    for line in (
        f'gatekeeper_policy_info{{digest="{"b" * 64}"}} 1.0',
        "gatekeeper_policy_age_seconds 90.0",
        "gatekeeper_policy_differs 1.0",
        "gatekeeper_policy_pinned 1.0",
        "gatekeeper_policy_faults 2.0",
        "gatekeeper_policy_reload_failures_total 2.0",
        "gatekeeper_policy_reload_seconds 0.5",
    ):
        assert line in text
    assert "a" * 64 not in text
