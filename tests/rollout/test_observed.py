"""Is counted what enforcing would have stopped, each message once, and each use of a waiver?"""

from __future__ import annotations

from typing import Any

import msgspec

from gatekeeper.journal.record import Line
from gatekeeper.rollout.observed import observed, uses


def finding(rule: str, verdict: str, reason: str = "quiet_hours", **more: Any) -> dict[str, Any]:
    return {"rule": rule, "verdict": verdict, "reason": reason, "mode": "shadow", **more}


def recipient(verdict: str, *findings: dict[str, Any], observed: bool = True) -> dict[str, Any]:
    return {"verdict": verdict, "findings": list(findings), "facts": {"observed": observed}}


def line(name: str, *people: dict[str, Any], tenant: str = "acme", **more: Any) -> Line:
    body = {"recipients": list(people), "campaign": "spring", **more}
    raw = msgspec.Raw(msgspec.json.encode(body))
    return Line(1, "s", 1, "", "2026-11-20T12:00:00.000000Z", "decision", name, tenant, raw)


LATE = finding("us.hours", "defer", observed=True)
LISTED = finding("us.dnc", "block", "dnc.listed", observed=True)
TRIAL = finding("us.trial", "block")


def test_a_message_counts_once_by_its_strictest_finding() -> None:
    report = observed([line("r1", recipient("allow", LISTED, LATE))], "acme")
    assert (report.messages, report.would_stop, report.stopped) == (1, 1, 0)
    assert report.verdicts == {"block": 1}
    assert report.reasons == {"dnc.listed": 1}
    assert report.rules == {"us.dnc": 1, "us.hours": 1}
    assert report.days == {"2026-11-20": 1}
    assert report.campaigns == {"spring": 1}
    assert report.examples == {"us.dnc": ["r1"], "us.hours": ["r1"]}


def test_a_rule_that_is_on_trial_would_have_stopped_nothing() -> None:
    report = observed([line("r1", recipient("allow", TRIAL))], "acme")
    assert (report.messages, report.would_stop, report.rules) == (1, 0, {})


def test_what_did_stop_and_what_would_only_be_marked_are_counted_apart() -> None:
    marked = finding("content.link", "flag", "content.link", observed=True)
    people = (recipient("block", LATE), recipient("allow", marked), recipient("flag", marked))
    report = observed([line("r1", *people)], "acme")
    assert (report.messages, report.stopped) == (3, 1)
    assert (report.would_stop, report.would_change) == (0, 1)


def test_other_tenants_and_other_times_do_not_count() -> None:
    lines = [
        line("r1", recipient("allow", LATE), tenant="other"),
        line("r2", recipient("allow", LATE, observed=False)),
        line("r3", recipient("allow", LATE), campaign=None),
    ]
    report = observed(lines, "acme")
    assert (report.messages, report.campaigns) == (1, {"(none)": 1})


def test_a_few_examples_are_kept() -> None:
    report = observed([line(f"r{n}", recipient("allow", LATE)) for n in range(9)], "acme")
    assert report.rules == {"us.hours": 9}
    assert report.examples == {"us.hours": ["r0", "r1", "r2"]}


def test_each_use_of_a_waiver_counts_once_a_message() -> None:
    waived = finding("us.hours", "defer", waiver="w1")
    also = finding("us-fl.hours", "defer", waiver="w1")
    lines = [
        line("r1", recipient("allow", waived, also), recipient("allow", waived)),
        line("r2", recipient("allow", LATE)),
        line("r3", recipient("allow", waived), tenant="other"),
    ]
    found = uses(lines)
    assert {key: use.times for key, use in found.items()} == {("acme", "w1"): 2, ("other", "w1"): 1}
    assert found["acme", "w1"].last == "2026-11-20T12:00:00.000000Z"
