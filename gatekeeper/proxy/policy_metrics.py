"""What do the metrics tell of the policy?"""

from __future__ import annotations

from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge

from gatekeeper.rollout.activate import PolicyState


class PolicyMetrics:
    """The figures of the active policy, and of the folder beside it."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.age = Gauge(
            "gatekeeper_policy_age_seconds",
            "Time since the active policy came into force.",
            registry=registry,
        )
        self.info = Gauge(
            "gatekeeper_policy_info",
            "1, with the digest of the active policy.",
            ("digest",),
            registry=registry,
        )
        self.differs = Gauge(
            "gatekeeper_policy_differs",
            "1 while the files on disk are not the active policy.",
            registry=registry,
        )
        self.pinned = Gauge(
            "gatekeeper_policy_pinned",
            "1 while the folder stays out until it changes, since another version was chosen.",
            registry=registry,
        )
        self.faults = Gauge(
            "gatekeeper_policy_faults",
            "Faults of the folder as it is now; above 0, the last good policy goes on judging.",
            registry=registry,
        )
        self.failures = Counter(
            "gatekeeper_policy_reload_failures_total",
            "Looks at the folder that ended in faults.",
            registry=registry,
        )
        self.took = Gauge(
            "gatekeeper_policy_reload_seconds",
            "How long the last look at the folder took: copy, load and proof.",
            registry=registry,
        )
        self._digest = ""
        self._counted = 0

    def note(self, state: PolicyState, at: datetime) -> None:
        """Tell how it stands now."""
        self.age.set((at - state.since).total_seconds())
        self.differs.set(state.differs)
        self.pinned.set(state.pinned)
        self.faults.set(len(state.faults))
        self.took.set(state.took_s)
        self.failures.inc(state.failures - self._counted)
        self._counted = state.failures
        if state.hash != self._digest:
            self.info.clear()
            self.info.labels(state.hash).set(1)
            self._digest = state.hash
