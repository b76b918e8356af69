"""Which facts and rules do the tests of checks start from? A clean noon in New York."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from gatekeeper.checks.contract import Check
from gatekeeper.domain.consent import Basis, Consent
from gatekeeper.domain.facts import Facts, Listing, SenderFacts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.number import Number, Places, Reading
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel, ListAnswer, SenderKind, SenderState, Technology
from gatekeeper.policy.model import Rule

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
"""Twelve o'clock in New York."""

CLEAN = Facts(
    at=NOON,
    channel=Channel.SMS,
    technology=Technology.AUTODIALED,
    sender=SenderFacts(
        SenderKind.LONG_CODE,
        SenderState.ACTIVE,
        "C123",
        Reading(Number("+13122000100", "US", "312")),
    ),
    recipient=Reading(Number("+12122000123", "US", "212")),
    places=Places(frozenset({"US-NY"}), ("America/New_York",), "area_code"),
    consent=Consent(basis=Basis.EXPRESS_WRITTEN, given_at=datetime(2026, 1, 1, tzinfo=UTC)),
    listings={"us-national": Listing(ListAnswer.CLEAR, "v1", NOON)},
)


def facts(**changes: Any) -> Facts:
    """The clean facts but for what is named."""
    return replace(CLEAN, **changes)


def rule(
    check: Check, verdict: Verdict = Verdict.BLOCK, name: str = "t.rule", **params: Any
) -> Rule:
    """A rule of one check with these parameters, which binds every message."""
    return Rule(
        id=name,
        pack="t",
        title="A rule of a test",
        citation="none",
        check=check.name,
        params=check.params.model_validate(params),
        verdict=verdict,
    )


def ask(check: Check, given: Facts, **params: Any) -> Finding | None:
    """What the check says of these facts."""
    return check.run(given, rule(check, **params))


def reason(check: Check, given: Facts, **params: Any) -> str | None:
    """The reason that the check gives, None if the rule is met."""
    finding = ask(check, given, **params)
    return finding.reason if finding else None
