"""What does a request get that another one with its idempotency key has come before?"""

from __future__ import annotations

from gatekeeper.pipeline import refusals
from gatekeeper.pipeline.answers import unseal_reply
from gatekeeper.pipeline.flight import Flight
from gatekeeper.providers.contract import Reply
from gatekeeper.store.contract import Answer, Turn


def twin_reply(flight: Flight, answer: Answer) -> Reply:
    """The first one's answer, unknown if it is still under way; never a second send."""
    if flight.ask is None:
        raise ValueError("a twin has made its trip")
    ask, flight.ask = flight.ask, None
    if answer.turn is Turn.MISMATCH:
        return flight.refuse(refusals.mismatch(flight.id, flight.channel))
    if answer.stored is not None:
        return unseal_reply(flight.rooms.keys, answer.stored, ask.idempotency)
    return flight.refuse(refusals.unknown_outcome(flight.id, flight.channel))
