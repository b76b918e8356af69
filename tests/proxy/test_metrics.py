"""Do the metrics tell figures only, under labels from closed sets?"""

from __future__ import annotations

import re
from math import inf

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel
from gatekeeper.proxy.metrics import CONTENT_TYPE, STAGES, Metrics
from gatekeeper.store.contract import End


def samples(metrics: Metrics, name: str) -> dict[tuple[str, ...], float]:
    """The values of a figure by its labels, these in the order of their names."""
    families = text_string_to_metric_families(metrics.render().decode())
    return {
        tuple(value for _, value in sorted(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
        if sample.name == name
    }


def test_decisions_are_counted_by_channel_verdict_and_reason() -> None:
    metrics = Metrics()
    for reason in ("consent.revoked", "consent.revoked", ""):
        metrics.decided("sms", "block" if reason else "allow", reason)
    counted = samples(metrics, "gatekeeper_decisions_total")
    assert counted == {("sms", "consent.revoked", "block"): 2, ("sms", "none", "allow"): 1}


def test_every_word_of_the_field_is_a_label() -> None:
    metrics = Metrics()
    for reason in Reason:
        metrics.decided(Channel.VOICE, Verdict.BLOCK.label, reason)
    for end in End:
        metrics.ended(end)
    labels = {reason for _, reason, _ in samples(metrics, "gatekeeper_decisions_total")}
    assert labels == set(Reason)
    assert set(samples(metrics, "gatekeeper_outcomes_total")) == {(end,) for end in End}


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=30))
def test_whatever_comes_in_no_new_label_comes_out(words: list[tuple[str, str, str]]) -> None:
    metrics = Metrics()
    for channel, verdict, reason in words:
        metrics.decided(channel, verdict, reason)
        metrics.ended(reason)
    for labels in samples(metrics, "gatekeeper_decisions_total"):
        assert set(labels) <= {*Channel, *Reason, *(v.label for v in Verdict), "none", "other"}


def test_stages_are_measured_in_buckets() -> None:
    metrics = Metrics()
    for seconds in (0.000_03, 0.000_03, 0.3, 60.0):
        metrics.stage("gather", seconds)
    buckets = samples(metrics, "gatekeeper_stage_seconds_bucket")
    counts = {float(le): count for (le, stage), count in buckets.items() if stage == "gather"}
    assert (counts[0.000_02], counts[0.000_05], counts[1], counts[inf]) == (0, 2, 3, 4)
    assert samples(metrics, "gatekeeper_stage_seconds_count")["gather",] == 4
    assert {stage for _, stage in buckets} == set(STAGES)


def test_two_workers_do_not_share_figures() -> None:
    first, second = Metrics(), Metrics()
    first.ended("sent")
    assert samples(second, "gatekeeper_outcomes_total") == {}


def test_the_text_is_what_prometheus_reads() -> None:
    assert re.fullmatch(r"text/plain; version=0\.0\.4; charset=utf-8", CONTENT_TYPE)
    assert b"# TYPE gatekeeper_policy_age_seconds gauge" in Metrics().render()


def test_findings_are_counted_by_rule_and_by_what_came_of_them() -> None:
    metrics = Metrics()
    metrics.found((("us.hours", "enforce"), ("us.hours", "enforce"), ("tenant", "waiver")))
    counted = samples(metrics, "gatekeeper_findings_total")
    assert counted == {("enforce", "us.hours"): 2, ("waiver", "tenant"): 1}
