"""What if one HTTP request sends further messages, each with a text, sender or channel of its own?

A failover, a batch: each is judged by itself, with a flight and a record of its own, and all of
them leave with the one request or none does.
"""

from __future__ import annotations

from collections.abc import Sequence

from gatekeeper.domain.decision import Decision, strictest
from gatekeeper.domain.message import OutboundRequest
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.judge import judge
from gatekeeper.pipeline.settle import settle_with
from gatekeeper.providers.contract import Reply
from gatekeeper.store.contract import End


async def judge_also(flight: Flight, first: Decision, also: Sequence[OutboundRequest]) -> Decision:
    """The strictest decision of all messages; what is masked in any is masked in the request."""
    decisions = [first]
    for place, request in enumerate(also, 1):
        part = flight.part(place)
        decision = await judge(part, request)
        if isinstance(decision, Reply):
            raise TypeError("a message within a request has no twin of its own")
        flight.outgoing, flight.masked = part.outgoing, (*flight.masked, *part.masked)
        part.decision = decision
        decisions.append(decision)
    return strictest(tuple(decisions))


def settle_also(flight: Flight, end: End) -> None:
    """The others end as the request ended that all of them came in."""
    for part in flight.parts:
        if part.decision is not None:
            settle_with(part, part.decision, end)
