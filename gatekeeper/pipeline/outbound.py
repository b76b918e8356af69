"""The spine: what happens to one outbound request, read aloud.

identify, parse, screen, gather, evaluate, journal, forward or refuse, settle. No byte goes
upstream before its decision is durable, and any error on the way refuses.
"""

from __future__ import annotations

from gatekeeper.domain.decision import strictest
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.evaluate import evaluate
from gatekeeper.pipeline import gather
from gatekeeper.pipeline.case import open_case
from gatekeeper.pipeline.flight import Flight, OutdatedSnapshot
from gatekeeper.pipeline.forward import forward
from gatekeeper.pipeline.identify import identify
from gatekeeper.pipeline.passing import pass_through
from gatekeeper.pipeline.record import commit, decision_body
from gatekeeper.pipeline.redaction import redact
from gatekeeper.pipeline.settle import fail, settle_forwarded, settle_refused
from gatekeeper.pipeline.twins import twin_reply
from gatekeeper.providers.contract import Handling, Reply
from gatekeeper.store.contract import Turn


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
    rooms, provider, raw, snapshot = flight.rooms, flight.provider, flight.raw, flight.snapshot
    credential = provider.credential(raw)
    flight.caller = identify(snapshot, credential, provider.name, rooms.keys, flight.at)
    operation = flight.operation
    if operation.handling is Handling.REFUSE:
        raise AmbiguousRequest(operation.detail, status=operation.status or 400)
    if operation.handling is Handling.PASS:
        return await pass_through(flight)

    request = provider.parse(raw, operation)
    case = open_case(flight.id, flight.at, flight.caller, request, flight.hints, snapshot)
    flight.passed("parse")
    contents, unread = gather.split_opaque(case, snapshot)
    matches = snapshot.screener.screen(gather.parts_of(case, contents))
    flight.passed("screen")
    people = gather.targets(case, rooms.keys)
    answer = await flight.gather(case, people)
    flight.passed("gather")
    if answer.turn is not Turn.MINE:
        return twin_reply(flight, answer)
    seen = gather.Seen(matches, contents, unread)
    facts = gather.facts_of(case, people, answer, seen, snapshot)
    decisions = tuple([evaluate(each, snapshot.policy) for each in facts])
    decisions = redact(flight, facts, decisions)
    flight.passed("evaluate")
    judged = tuple(zip(people, facts, decisions, strict=True))
    digest = commit(rooms.keys, case.caller.tenant.id, raw.body)
    body = decision_body(case, judged, rooms.keys, digest, flight.masked)
    await rooms.journal.append("decision", case.id, case.caller.tenant.id, body)
    flight.passed("journal")
    decision = strictest(decisions)
    if not decision.verdict.forwards:
        return settle_refused(flight, decision)
    forwarded = await forward(flight)
    flight.passed("forward")
    return await settle_forwarded(flight, decision, forwarded)
