"""For how long may a tenant only observe, from when, and who says why?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from gatekeeper.domain.standing import Observe
from gatekeeper.errors import InputRejected

LONGEST = timedelta(days=90)
"""From its beginning; it can be ended early, and within this be made longer."""
MAX_REASON = 300


def observing(stated: Observe | None, known: Observe | None, at: datetime) -> Observe | None:
    """The observe time to be registered at this instant; InputRejected says what is off.

    One that is running keeps its beginning, so that restating it never makes it longer than
    `LONGEST`.
    """
    if stated is None or stated == known:
        return stated
    if not stated.reason.strip() or len(stated.reason) > MAX_REASON:
        raise InputRejected(f"say why it only observes, in up to {MAX_REASON} characters")
    if not stated.reason.isprintable():
        raise InputRejected("say why it only observes in one line")
    since = known.at if known is not None and known.binds(at) else at
    if stated.until <= at:
        raise InputRejected("an observe time ends in the future")
    if stated.until > since + LONGEST:
        latest = (since + LONGEST).isoformat(timespec="seconds")
        raise InputRejected(f"an observe time lasts at most {LONGEST.days} days: until {latest}")
    return replace(stated, at=since)
