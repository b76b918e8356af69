"""May this answer go back to the provider? What it would send is judged as any message is.

The answer goes as a whole or not at all: a decision is on record for each message in it before it
leaves. What cannot be judged is not sent.
"""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.registry import Caller
from gatekeeper.domain.reply import ReplyKind
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.pipeline.case import Hints
from gatekeeper.pipeline.flight import Flight, OutdatedSnapshot
from gatekeeper.pipeline.inbound_record import Heard
from gatekeeper.pipeline.inbound_texts import Answering, help_text, speaker, stop_text
from gatekeeper.pipeline.judge import judge
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.pipeline.settle import settle_answer
from gatekeeper.providers.contract import Handling, Operation, Provider, RawRequest, Reply

log = structlog.get_logger(__name__)

Judged = tuple[Flight, Decision]


def own_answer(provider: Provider, heard: Heard) -> Reply | None:
    """The gate's answer to a certain STOP or a HELP, in the language of the keyword.

    None for anything else, and where the provider says that it has taken the word up itself.
    """
    reading, to = heard.reading, heard.to
    name = speaker(to.tenant, to.campaign, to.brand)
    if heard.event.said is not None or not reading.certain:
        return None
    if reading.kind is ReplyKind.STOP:
        return provider.reply([stop_text(name, to.brand, reading.language)])
    if reading.kind is ReplyKind.HELP:
        return provider.reply([help_text(name, to.brand, reading.language)])
    return None


async def permitted(
    rooms: Rooms, provider: Provider, caller: Caller, heard: Heard, answer: Reply
) -> tuple[Reply, int]:
    """The answer as it may go to the provider, and how many messages it sends.

    An empty one stands for an answer that sends what it may not, or that does what cannot be
    judged. Errors are raised: then the provider gets no answer, and tells the webhook again.
    """
    try:
        requests = provider.answers(answer, heard.event)
    except AmbiguousRequest as unclear:
        log.warning("answer_refused", application=caller.application.id, why=str(unclear))
        rooms.watch.heard("unjudged")
        return provider.reply(), 0
    answering = Answering(heard.event, heard.reading.kind)
    judged = [
        await _judged(_flight(rooms, provider, caller, answer, answering), request)
        for request in requests
    ]
    sent = all(decision.verdict.forwards and not flight.masked for flight, decision in judged)
    for flight, decision in judged:
        settle_answer(flight, decision, sent=sent)
    if not sent:
        log.warning("answer_refused", application=caller.application.id, why=_why(judged))
        rooms.watch.heard("held_back")
        return provider.reply(), 0
    return answer, len(judged)


def _flight(
    rooms: Rooms, provider: Provider, caller: Caller, answer: Reply, answering: Answering
) -> Flight:
    """An answer as a request of the app that gives it."""
    account = caller.application.account
    operation = Operation("answer", Handling.DECIDE, answering.event.channel, account)
    raw = RawRequest("POST", f"/answer/{answering.event.id}", answer.headers, answer.body)
    flight = Flight(rooms, provider, operation, raw, Hints())
    flight.caller, flight.answering = caller, answering
    return flight


async def _judged(flight: Flight, request: OutboundRequest) -> Judged:
    while True:
        try:
            decision = await judge(flight, request)
        except OutdatedSnapshot as newer:
            caller = flight.caller
            flight = await flight.again(newer.version)
            flight.caller = caller
            continue
        if isinstance(decision, Reply):
            raise AmbiguousRequest("an answer has no twin")
        return flight, decision


def _why(judged: Sequence[Judged]) -> str:
    reasons = {decision.reason or "masked" for _, decision in judged if decision.primary}
    return ", ".join(sorted(reasons)) or "masked"
