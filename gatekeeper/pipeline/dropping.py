"""Which recipients are left out of a request, if only some of them may get the message?

None, unless the tenant's policy file says so (`recipients: some`) and the provider's form permits
it: then the others get the message, and the record and a header tell who did not.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.message import OutboundRequest
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.pipeline.answers import within
from gatekeeper.pipeline.flight import Flight
from gatekeeper.providers.contract import RawRequest
from gatekeeper.store.contract import End, Settlement

_NOT_A_MESSAGE = 1 << 20
"""Names the release of those left out, beside the messages of a request."""


def drop(flight: Flight, decisions: Sequence[Decision]) -> tuple[int, ...]:
    """Leave those out of `flight.outgoing` who may not get the message; their places.

    Empty if all may, if none may, or if the request stands or falls as a whole.
    """
    stopped = tuple([at for at, each in enumerate(decisions) if not each.verdict.forwards])
    case = flight.case
    if case is None or not 0 < len(stopped) < len(decisions) or flight.place:
        return ()
    if case.caller.tenant.id not in flight.snapshot.policy.drops or case.request.also:
        return ()
    raw = flight.provider.drop(flight.outgoing, flight.operation, stopped)
    if raw is None or _read(flight, raw) != _without(case.request, stopped):
        return ()
    flight.outgoing, flight.dropped = raw, stopped
    return stopped


def _read(flight: Flight, raw: RawRequest) -> list[str]:
    try:
        request = flight.read_again(raw)
    except AmbiguousRequest:
        return []
    return [each.value for each in request.recipients]


def _without(request: OutboundRequest, stopped: Sequence[int]) -> list[str]:
    return [each.value for at, each in enumerate(request.recipients) if at not in stopped]


def release_dropped(flight: Flight) -> None:
    """What was reserved for those left out is theirs again."""
    if flight.ask is None or not flight.dropped:
        return
    idem = within(flight.ask.idempotency, _NOT_A_MESSAGE)
    ask = replace(flight.ask, idempotency=idem, buckets=())
    flight.rooms.store.settle_soon(Settlement(ask, End.REFUSED, only=flight.dropped))
