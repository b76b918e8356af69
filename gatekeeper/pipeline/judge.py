"""The middle of the spine: what is decided about a message that was read, whoever wants to send it.

screen, gather, evaluate, journal. An app's request and an answer to a provider's webhook come
through here alike: there is no second way by which a message could leave.
"""

from __future__ import annotations

from gatekeeper.domain.decision import Decision, strictest
from gatekeeper.domain.message import OutboundRequest
from gatekeeper.errors import CredentialInvalid
from gatekeeper.evaluate import evaluate
from gatekeeper.pipeline import assembly, gather
from gatekeeper.pipeline.case import open_case
from gatekeeper.pipeline.dropping import drop
from gatekeeper.pipeline.effects import effects
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.inbound_texts import in_context
from gatekeeper.pipeline.present import present
from gatekeeper.pipeline.reads_as import reads_as
from gatekeeper.pipeline.record import Changed, commit, decision_body
from gatekeeper.pipeline.redaction import redact
from gatekeeper.pipeline.twins import twin_reply
from gatekeeper.pipeline.unrecorded import unrecord
from gatekeeper.providers.contract import Reply
from gatekeeper.store.contract import Turn


async def judge(flight: Flight, request: OutboundRequest) -> Decision | Reply:
    """The decision, on record when it returns; or the answer that a twin of the request got."""
    rooms, snapshot = flight.rooms, flight.snapshot
    if flight.caller is None:
        raise CredentialInvalid("only an identified caller's message is judged")
    case = open_case(flight.id, flight.at, flight.caller, request, flight.hints, snapshot)
    case = in_context(case, flight.answering, snapshot.registry)
    flight.passed("parse")
    contents, unread = gather.split_opaque(case, snapshot)
    parts = gather.parts_of(case, contents)
    names = gather.names_of(case, snapshot.registry)
    matches = snapshot.screener.screen(parts, names)
    told = snapshot.screener.told(parts, names)
    likeness = reads_as(case, parts, snapshot)
    flight.passed("screen")
    if flight.hints.consent is not None:
        await present(rooms.consent, case, flight.hints.consent)
    people = gather.targets(case, rooms.keys, snapshot.policy.trust)
    answer = await flight.gather(case, people, assembly.kept(case, people, parts, rooms))
    flight.passed("gather")
    if answer.turn is not Turn.MINE:
        return twin_reply(flight, answer)
    seen = gather.Seen(matches, contents, unread, told, likeness)
    facts = gather.facts_of(case, people, answer, seen, snapshot)
    facts = assembly.assembled(flight, parts, people, answer, facts)
    decisions = tuple([evaluate(each, snapshot.policy) for each in facts])
    facts, decisions = unrecord(flight, facts, decisions)
    dropped = drop(flight, decisions)
    decisions = redact(flight, facts, decisions)
    flight.passed("evaluate")
    judged = tuple(zip(people, facts, decisions, strict=True))
    digest = commit(rooms.keys, case.caller.tenant.id, flight.raw.body)
    changed = Changed(flight.masked, dropped, flight.unrecorded)
    body = decision_body(case, judged, rooms.keys, digest, snapshot.asked, changed)
    await rooms.journal.append("decision", case.id, case.caller.tenant.id, body)
    flight.passed("journal")
    for decision in decisions:
        if decision.findings:
            rooms.watch.found(effects(decision.findings, case.caller.tenant.id))
    return strictest(tuple([each for at, each in enumerate(decisions) if at not in dropped]))
