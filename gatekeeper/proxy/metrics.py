"""What do the metrics tell? Closed sets of labels only: no tenant, no number, no text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import accumulate

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.core import HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel
from gatekeeper.proxy.policy_metrics import PolicyMetrics
from gatekeeper.store.contract import End

_BUCKETS = (0.00002, 0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.25, 1, 5)

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class _Tally:
    """The counts of one histogram: adding costs a tenth of what the library's locks cost."""

    __slots__ = ("counts", "total")

    def __init__(self) -> None:
        self.counts = [0] * (len(_BUCKETS) + 1)
        self.total = 0.0

    def add(self, seconds: float) -> None:
        """Count one observation; only the event loop's thread does."""
        self.counts[bisect_left(_BUCKETS, seconds)] += 1
        self.total += seconds


class _Histogram(Collector):
    """Turns tallies, one for each value of a label, into Prometheus' histogram when asked."""

    def __init__(self, name: str, help: str, label: str, tallies: Mapping[str, _Tally]) -> None:  # noqa: A002
        self._about = (name, help, label)
        self._tallies = tallies

    def collect(self) -> Iterable[Metric]:
        """One histogram with the label's values."""
        name, told, label = self._about
        family = HistogramMetricFamily(name, told, labels=(label,))
        for name, tally in self._tallies.items():
            bounds = (*map(str, _BUCKETS), "+Inf")
            family.add_metric(
                (name,),
                list(zip(bounds, accumulate(tally.counts), strict=True)),
                sum_value=tally.total,
            )
        yield family


_STAGE = ("gatekeeper_stage_seconds", "Time spent in a stage of the spine.", "stage")
_LAG = (
    "gatekeeper_opt_out_lag_seconds",
    "From the arrival of an opt-out until it binds every decision.",
    "way",
)


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
        self.findings = Counter(
            "gatekeeper_findings_total",
            "Findings by rule and effect: enforce, shadow, observe, waiver.",
            ("rule", "effect"),
            registry=self._registry,
        )
        self.outcomes = Counter(
            "gatekeeper_outcomes_total",
            "Forwarded requests ended.",
            ("end",),
            registry=self._registry,
        )
        self._stages = {name: _Tally() for name in STAGES}
        self._lags = {way: _Tally() for way in WAYS}
        self._registry.register(_Histogram(*_STAGE, self._stages))
        self._registry.register(_Histogram(*_LAG, self._lags))
        self.webhooks = Counter(
            "gatekeeper_webhooks_total",
            "Webhooks of providers, by what became of them.",
            ("outcome",),
            registry=self._registry,
        )
        self._gauges()

        # The label look-up of the library costs ten times the counting.
        self._decision = lru_cache(LABELS)(self._decision_of)
        self._outcome = lru_cache(LABELS)(self._outcome_of)
        self._finding = lru_cache(LABELS)(self.findings.labels)

    def _gauges(self) -> None:
        """What is looked at again every few seconds."""
        self.list_age = Gauge(
            "gatekeeper_list_age_seconds",
            "Age of the active version of a list.",
            ("list",),
            registry=self._registry,
        )
        self.policy = PolicyMetrics(self._registry)
        self.ready = Gauge(
            "gatekeeper_dependency_ready",
            "1 while a dependency is ready.",
            ("dependency",),
            registry=self._registry,
        )
        self.observing = Gauge(
            "gatekeeper_tenants_observing",
            "Tenants whose observe time is running: most rules stop nothing of theirs.",
            registry=self._registry,
        )

    def stage(self, name: str, seconds: float) -> None:
        """One stage of the spine took so long."""
        self._stages[name].add(seconds)

    def decided(self, channel: str, verdict: str, reason: str) -> None:
        """One request was decided; `reason` is empty for a clean allow."""
        self._decision(channel, verdict, reason).inc()

    def found(self, effects: tuple[tuple[str, str], ...]) -> None:
        """Rules had findings: each by its id, and what came of it."""
        for rule, effect in effects:
            self._finding(rule, effect).inc()

    def ended(self, end: str) -> None:
        """One forwarded request ended so."""
        self._outcome(end).inc()

    def heard(self, outcome: str) -> None:
        """One webhook came, and this became of it."""
        self.webhooks.labels(_one_of(WEBHOOKS, outcome)).inc()

    def bound(self, way: str, seconds: float) -> None:
        """An opt-out came this way, and bound so many seconds after it came."""
        self._lags[way].add(seconds)

    def render(self) -> bytes:
        """The exposition text that Prometheus reads."""
        rendered: bytes = generate_latest(self._registry)
        return rendered

    def _decision_of(self, channel: str, verdict: str, reason: str) -> Counter:
        words = (_one_of(CHANNELS, channel), _one_of(VERDICTS, verdict), _one_of(REASONS, reason))
        return self.decisions.labels(*words)

    def _outcome_of(self, end: str) -> Counter:
        return self.outcomes.labels(_one_of(ENDS, end))


CHANNELS = frozenset(map(str, Channel))
VERDICTS = frozenset(verdict.label for verdict in Verdict)
REASONS = frozenset(map(str, Reason))
ENDS = frozenset(map(str, End))
LABELS = 1024
"""Combinations of words whose counters are kept at hand."""


def _one_of(known: frozenset[str], word: str) -> str:
    """A word of a closed set; `none` for no word, `other` for any that is not in it."""
    return word if word in known else "other" if word else "none"


WAYS = ("webhook", "status", "answer", "api", "cli", "import", "pull")
"""How an opt-out may arrive: a person's message, a delivery status, the answer to a send, ..."""
WEBHOOKS = frozenset(
    {"recorded", "again", "nothing", "forged", "malformed", "unavailable", "failed", "unjudged",
     "held_back"}
)  # fmt: skip
"""What became of a webhook, and of an app's answer that was not passed on."""
STAGES = ("parse", "screen", "gather", "evaluate", "journal", "forward")
"""The measured stages of the spine, in order."""
