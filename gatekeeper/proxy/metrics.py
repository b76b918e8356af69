"""What do the metrics tell? Closed sets of labels only: no tenant, no number, no text."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_BUCKETS = (0.00002, 0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.25, 1, 5)

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """All figures of one worker; each has its own registry, so tests do not share them."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.decisions = Counter(
            "gatekeeper_decisions_total",
            "Requests decided.",
            ("channel", "verdict", "reason"),
            registry=self._registry,
        )
        self.outcomes = Counter(
            "gatekeeper_outcomes_total",
            "Forwarded requests ended.",
            ("end",),
            registry=self._registry,
        )
        self.stages = Histogram(
            "gatekeeper_stage_seconds",
            "Time spent in a stage of the spine.",
            ("stage",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self.list_age = Gauge(
            "gatekeeper_list_age_seconds",
            "Age of the active version of a list.",
            ("list",),
            registry=self._registry,
        )
        self.policy_age = Gauge(
            "gatekeeper_policy_age_seconds",
            "Time since the active policy was loaded.",
            registry=self._registry,
        )
        self.policy_differs = Gauge(
            "gatekeeper_policy_differs",
            "1 while the files on disk are not the active policy.",
            registry=self._registry,
        )
        self.ready = Gauge(
            "gatekeeper_dependency_ready",
            "1 while a dependency is ready.",
            ("dependency",),
            registry=self._registry,
        )
        self._stages = {name: self.stages.labels(name) for name in STAGES}

    def stage(self, name: str, seconds: float) -> None:
        """One stage of the spine took so long."""
        self._stages[name].observe(seconds)

    def decided(self, channel: str, verdict: str, reason: str) -> None:
        """One request was decided."""
        self.decisions.labels(channel, verdict, reason or "none").inc()

    def ended(self, end: str) -> None:
        """One forwarded request ended so."""
        self.outcomes.labels(end).inc()

    def render(self) -> bytes:
        """The exposition text that Prometheus reads."""
        rendered: bytes = generate_latest(self._registry)
        return rendered


STAGES = ("parse", "screen", "gather", "evaluate", "journal", "forward")
"""The measured stages of the spine, in order."""
