"""Where does a rule of consent turn: by tier, element, age, answer, class and length?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from gatekeeper.checks.contract import Edge, Start
from gatekeeper.domain.words import Channel
from gatekeeper.policy.model import Rule

TOLD = "Acme: a notice. Reply STOP to end. "
"""A text that tells what an exempt message has to tell."""
TIERS = ("none", "implied", "express", "express_written")
"""Weakest first, as a file writes them."""
_SECOND = timedelta(seconds=1)
_LONG = timedelta(days=7000)


def consent(start: Start, rule: Rule) -> Iterator[Edge]:
    """Each tier; what is needed without each element; the seconds at which it ends."""
    if not start.fires:
        yield from _lengths(start, rule)
        return
    need = _need(start, rule)
    if need == "none":
        return
    for tier in TIERS:
        fires = TIERS.index(tier) < TIERS.index(need)
        yield Edge("need", f"consent {tier}", {"consent": tier}, fires)
    for element in rule.said.get("elements") or ():
        lacking = {"consent": {"basis": need, "missing": [element]}}
        yield Edge("elements", f"without {element}", lacking, True)
    yield from _expiry(start, need)
    yield from _ages(start, rule, need)
    yield from _inbound(start, rule)
    for name in rule.said.get("except_classes") or ():
        classed = {"message": {"class": name}, "consent": "none"}
        yield Edge("except_classes", f"class {name}", classed, False)


def _need(start: Start, rule: Rule) -> str:
    unknown = rule.said.get("where_unknown")
    return str(unknown if unknown and not start.facts.places.regions else rule.said["need"])


def _expiry(start: Start, need: str) -> Iterator[Edge]:
    at = start.facts.at
    for end, fires in ((at, True), (at + _SECOND, False)):
        change = {"consent": {"basis": need, "at": at - timedelta(days=1), "expires": end}}
        yield Edge("expires", f"it expires at {end.isoformat()}", change, fires)


def _ages(start: Start, rule: Rule, need: str) -> Iterator[Edge]:
    """Implied consent of each source, to the second at which it has lasted as long as it may."""
    of = "implied_months" if need == "implied" else "accepts"
    for source, months in (rule.said.get(of) or {}).items():
        yield from ages(start, of, source, months, {}, lapsed=True)


def ages(
    start: Start, of: str, source: str, months: int | None, also: Mapping[str, Any], *, lapsed: bool
) -> Iterator[Edge]:
    """A relation of that source as old as counts and a second younger; `lapsed`: too old fires."""
    at = start.facts.at
    if months is None:
        consent = {"basis": "implied", "source": source, "at": at - _LONG}
        yield Edge(of, f"a {source} long ago", {**also, "consent": consent}, not lapsed)
        return
    since = months_before(at, months)
    if since is None:
        return
    for moment, fires in ((since, lapsed), (since + _SECOND, not lapsed)):
        consent = {"basis": "implied", "source": source, "at": moment}
        name = f"a {source} of {moment.isoformat()}"
        yield Edge(of, name, {**also, "consent": consent}, fires)


def lifting(start: Start, rule: Rule, also: Mapping[str, Any]) -> Iterator[Edge]:
    """The tier, and the age of each relation, from which what is held lifts the rule."""
    enough = rule.said.get("unless_consent")
    for tier in TIERS if enough else ():
        fires = TIERS.index(tier) < TIERS.index(enough)
        yield Edge("unless_consent", f"consent {tier}", {**also, "consent": tier}, fires)
    for source, months in (rule.said.get("excuse_months") or {}).items():
        yield from ages(start, "excuse_months", source, months, also, lapsed=True)


def months_before(at: datetime, months: int) -> datetime | None:
    """The day that lies so many months back; None from the 29th on, where months differ."""
    if at.day > 28:
        return None
    years, month = divmod(at.month - 1 - months, 12)
    return at.replace(year=at.year + years, month=month + 1)


def _inbound(start: Start, rule: Rule) -> Iterator[Edge]:
    hours = rule.said.get("unless_inbound_hours")
    if not hours:
        return
    for age, fires in ((timedelta(hours=hours), True), (timedelta(hours=hours) - _SECOND, False)):
        change = {"message": {"last_inbound_at": start.facts.at - age}, "consent": "none"}
        yield Edge("unless_inbound_hours", f"the last message {age} ago", change, fires)


def _lengths(start: Start, rule: Rule) -> Iterator[Edge]:
    """From a message that is exempt by its class: the longest text that still is."""
    facts = start.facts
    if facts.exemption is None or facts.channel is Channel.VOICE:
        return
    exempt = (each for each in rule.said.get("exempt") or () if facts.exemption in _classes(each))
    longest = max((each.get("max_length", 0) for each in exempt), default=0)
    for length in (longest, longest + 1) if longest else ():
        change = {"message": {"text": TOLD.ljust(length, "x")}, "consent": "none"}
        yield Edge("exempt", f"a text of {length} characters", change, length > longest)


def _classes(exempt: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(exempt.get("classes") or ())
