"""Is this message one of the two answers that a stop still permits?

The one confirmation of an opt-out, within five minutes of it (47 CFR 64.1200(a)(12)), and the
reply to a request for help. Both answer the recipient's own message, so the rules of will,
consent, lists, hours and frequency do not speak of them.
"""

from __future__ import annotations

from datetime import timedelta

from gatekeeper.domain.facts import Facts

CONFIRMATION_TIME = timedelta(minutes=5)


def answers_recipient(facts: Facts) -> bool:
    """Whether the message is a help reply, or the confirmation of an opt-out just given."""
    if facts.kind == "help_reply":
        return True
    if facts.kind != "opt_out_confirmation" or not facts.consent.revoked:
        return False
    stopped = facts.consent.ended_at
    return stopped is None or facts.at - stopped <= CONFIRMATION_TIME
