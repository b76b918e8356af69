"""Does this message answer the recipient: the two answers that a stop still permits, or a talk?

The one confirmation of an opt-out, within five minutes of it (47 CFR 64.1200(a)(12)), and the
reply to a request for help. Both answer the recipient's own message, so the rules of will,
consent, lists, hours and frequency do not speak of them.
"""

from __future__ import annotations

from datetime import timedelta

from gatekeeper.domain.facts import Facts
from gatekeeper.domain.words import Purpose

CONFIRMATION, HELP = "opt_out_confirmation", "help_reply"
"""The kinds of message that are such an answer: their text is the registered one."""
CONFIRMATION_TIME = timedelta(minutes=5)
CONVERSATION_TIME = timedelta(hours=24)
"""How long after the recipient's last message a reply still belongs to it."""
ONCE = "confirmation"
"""Name of the limit that lets one confirmation through in that time."""


def answers_recipient(facts: Facts) -> bool:
    """Whether the message is a help reply, or the one confirmation of an opt-out just given."""
    return facts.kind == HELP or confirms_opt_out(facts)


def in_conversation(facts: Facts) -> bool:
    """Whether it replies to what the recipient began, and sells nothing.

    The hours that protect a person from calls do not keep the person waiting for an answer; a
    collector too may answer at the hour at which it was asked (comment 6(b)(1) to 12 CFR 1006.6).
    """
    heard = facts.last_inbound_at
    if heard is None or facts.purpose is Purpose.MARKETING:
        return False
    return heard <= facts.at < heard + CONVERSATION_TIME


def confirms_opt_out(facts: Facts) -> bool:
    """Whether it confirms the recipient's newest word, an opt-out, in time and for once."""
    if facts.kind != CONFIRMATION or not facts.consent.revoked:
        return False
    if any(limit.name == ONCE and limit.retry_after for limit in facts.limits):
        return False
    stopped = facts.consent.ended_at
    return stopped is None or facts.at - stopped <= CONFIRMATION_TIME
