"""The spine: what happens to one outbound request, read aloud.

identify, parse, judge (screen, gather, evaluate, journal: `pipeline.judge`), forward or refuse,
settle. No byte goes upstream before its decision is durable, and any error on the way refuses.
"""

from __future__ import annotations

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.pipeline.dropping import release_dropped
from gatekeeper.pipeline.flight import Flight, OutdatedSnapshot
from gatekeeper.pipeline.forward import forward
from gatekeeper.pipeline.identify import identify
from gatekeeper.pipeline.judge import judge
from gatekeeper.pipeline.login import grant
from gatekeeper.pipeline.lookup import read_request
from gatekeeper.pipeline.passing import pass_through
from gatekeeper.pipeline.settle import fail, settle_forwarded, settle_refused
from gatekeeper.pipeline.several import judge_also, settle_also
from gatekeeper.providers.contract import Handling, Reply
from gatekeeper.store.contract import End


async def outbound(flight: Flight) -> Reply:
    """The provider's answer, or a refusal in the provider's own shape; never an exception."""
    try:
        while True:
            try:
                return await _decide(flight)
            except OutdatedSnapshot as newer:
                flight = await flight.again(newer.version)
    except Exception as error:  # noqa: BLE001 - promise 4: whatever it is, it refuses
        return await fail(flight, error)


async def _decide(flight: Flight) -> Reply:
    provider, raw = flight.provider, flight.raw
    keys, credential = flight.rooms.keys, provider.credential(raw)
    flight.caller = identify(flight.snapshot, credential, provider.name, keys, flight.at)
    operation = flight.operation
    if operation.handling is Handling.REFUSE:
        raise AmbiguousRequest(operation.detail, status=operation.status or 400)
    if operation.handling is Handling.PASS:
        return await pass_through(flight)
    if operation.handling is Handling.LOGIN:
        return grant(flight, credential)

    request = await read_request(flight)
    decision = await judge(flight, request)
    if isinstance(decision, Reply):
        return decision
    if request.also:
        decision = await judge_also(flight, decision, request.also)
    if not decision.verdict.forwards:
        settle_also(flight, End.REFUSED)
        return settle_refused(flight, decision)
    forwarded = await forward(flight)
    flight.passed("forward")
    settle_also(flight, forwarded.end)
    release_dropped(flight)
    return await settle_forwarded(flight, decision, forwarded)
