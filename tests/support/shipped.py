"""How do the shipped policies judge? They are loaded once for all tests."""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec.structs import replace as renewed

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.facts import Facts, Listing
from gatekeeper.evaluate import evaluate
from gatekeeper.policy.row import overlay
from gatekeeper.rollout.given import facts_of
from gatekeeper.rollout.ready import Judge, loaded
from gatekeeper.settings import shipped_folder

FOLDER = shipped_folder("policies")
CLEAN: dict[str, Any] = {
    "to": "+12122000123",
    "at": "2026-11-20T12:00:00-05:00",
    "message": {
        "channel": "sms",
        "from": "+13122000100",
        "purpose": "marketing",
        "technology": "autodialed",
        "text": "Acme: 20% off today. Reply STOP to opt out.",
    },
    "sender": "owned",
    "consent": "express_written",
    "listings": {"us-national": "clear"},
}
"""A row of which no shipped rule finds anything: marketing at noon in New York, with consent."""


@cache
def shipped() -> Judge:
    """The shipped policy and its screener."""
    return loaded(FOLDER)


def facts(**row: Any) -> Facts:
    """The facts of the clean row but for what is named."""
    return facts_of(overlay(CLEAN, row), shipped().screener)


def judged(**row: Any) -> Decision:
    """What the shipped policy decides of the clean row but for what is named."""
    return evaluate(facts(**row), shipped().policy)


def asked_all(message: Facts) -> Facts:
    """The same, with an answer of every list that any rule asks: as a gate has them."""
    asked = (
        name
        for rule in shipped().policy.rules
        for name in (
            *getattr(rule.params, "lists", ()),
            *getattr(rule.params, "excused_by_list", ()),
        )
    )
    return renewed(message, listings=dict.fromkeys(asked, Listing()) | dict(message.listings))
