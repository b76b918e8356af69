"""Where do the rules turn that count time: caps, conversations, orders, limiters?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from gatekeeper.checks.contract import Edge, Start
from gatekeeper.checks.edges_tiers import lifting
from gatekeeper.domain.words import Purpose
from gatekeeper.policy.model import Rule

_SECOND = timedelta(seconds=1)


def frequency(start: Start, rule: Rule) -> Iterator[Edge]:
    """One send less than the cap, the cap, one more; the second at which a send leaves the span."""
    if not start.fires:
        return
    at, most = start.facts.at, int(rule.said["max"])
    span = timedelta(hours=int(rule.said["window_hours"]))
    counted = rule.said.get("purposes") or [str(start.facts.purpose)]
    for count in (most - 1, most, most + 1):
        sent = _sends(at, span, count, counted[0])
        yield Edge("max", f"{count} sends in the span", {"sent": sent}, count >= most)
    inside = _sends(at, span, most - 1, counted[0])
    for age, fires in ((span, False), (span - _SECOND, True)):
        oldest = {"at": at - age, "purpose": counted[0]}
        yield Edge("window_hours", f"the oldest {age} ago", {"sent": [oldest, *inside]}, fires)
    yield from _uncounted(rule, at, span, most)
    full = {"sent": _sends(at, span, most, counted[0])}
    yield from lifting(start, rule, full)


def _uncounted(rule: Rule, at: datetime, span: timedelta, most: int) -> Iterator[Edge]:
    purposes = rule.said.get("purposes")
    other = next((str(p) for p in Purpose if purposes and str(p) not in purposes), None)
    if other is not None:
        change = {"sent": _sends(at, span, most, other)}
        yield Edge("purposes", f"sends of purpose {other}", change, False)
    for purpose in purposes or ():
        change = {"sent": _sends(at, span, most, purpose)}
        yield Edge("purposes", f"sends of purpose {purpose}", change, True, at_boundary=False)


def _sends(at: datetime, span: timedelta, count: int, purpose: str) -> list[Mapping[str, Any]]:
    """So many sends, spread over the span and all within it, the newest last."""
    step = span // (count + 1)
    return [{"at": at - step * (count - i), "purpose": purpose} for i in range(count)]


def window(start: Start, rule: Rule) -> Iterator[Edge]:
    """The second at which the conversation's window closes, under each tag and under none."""
    if not start.fires:
        return
    spans = [(None, int(rule.said["hours"]), "hours")]
    spans += [(tag, int(hours), "tags") for tag, hours in (rule.said.get("tags") or {}).items()]
    for tag, hours, of in spans:
        for age, fires in (
            (timedelta(hours=hours), True),
            (timedelta(hours=hours) - _SECOND, False),
        ):
            message = {"last_inbound_at": start.facts.at - age, "template": None, "tag": tag,
                       "automated": False}  # fmt: skip
            name = f"the last message {age} ago" + (f" under {tag}" if tag else "")
            yield Edge(of, name, {"message": message}, fires)
    if rule.said.get("templates"):
        named = {"last_inbound_at": None, "template": {"name": "t", "status": "approved"}}
        yield Edge("templates", "with a template", {"message": named}, False)


def emergency_order(start: Start, rule: Rule) -> Iterator[Edge]:
    """The seconds at which an order comes into force and ends."""
    if not start.fires or not start.facts.orders:
        return
    at, region = start.facts.at, start.facts.orders[0].region
    for name, first, last, fires in (
        ("it begins now", at, None, True),
        ("it begins a second later", at + _SECOND, None, False),
        ("it ends now", at - timedelta(days=1), at, False),
        ("it ends a second later", at - timedelta(days=1), at + _SECOND, True),
    ):
        order = {"region": region, "from": first, "to": last}
        yield Edge("orders", name, {"orders": [order]}, fires)


def rate(start: Start, rule: Rule) -> Iterator[Edge]:
    """A limiter that lets in, and one that asks to wait."""
    if start.fires:
        for wait in (0.0, 0.1):
            yield Edge("limits", f"a wait of {wait} s", {"limits": {"tenant": wait}}, wait > 0)


def confirmation(start: Start, rule: Rule) -> Iterator[Edge]:
    """The five minutes within which an opt-out is confirmed (47 CFR 64.1200(a)(12))."""
    if not start.fires:
        return
    for age, fires in ((timedelta(minutes=5), True), (timedelta(minutes=5) + _SECOND, False)):
        stop = {"event": "opt_out", "at": start.facts.at - age}
        change = {"consent": {"basis": "express", "events": [stop]}}
        yield Edge("minutes", f"the opt-out {age} ago", change, fires)
