"""What would be decided now for this tenant? The same way as a send, with nothing used up."""

from __future__ import annotations

import asyncio
from datetime import datetime

from msgspec.structs import replace

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.registry import Caller
from gatekeeper.domain.words import Channel, Technology
from gatekeeper.evaluate import evaluate
from gatekeeper.pipeline import gather
from gatekeeper.pipeline.case import Case, Hints, open_case
from gatekeeper.pipeline.inbound_texts import in_context
from gatekeeper.pipeline.present import present
from gatekeeper.pipeline.reads_as import reads_as
from gatekeeper.pipeline.recipient import statement_of
from gatekeeper.pipeline.redaction import foresee
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.pipeline.snapshot import Snapshot
from gatekeeper.rollout.explain_tree import explain
from gatekeeper.rollout.given import apply_assume, text_parts
from gatekeeper.rollout.whatif import CheckRequest, CheckResponse, answer
from gatekeeper.store.contract import Ask, IdempotencyAsk


async def what_if(rooms: Rooms, caller: Caller, question: CheckRequest) -> CheckResponse:
    """The decision that a send would get, from the tenant's own registry, consent and lists."""
    snapshot = rooms.configured.current
    case = case_of(rooms, caller, question, snapshot)
    if question.consent is not None:
        await present(rooms.consent, replace(case, at=rooms.clock()), question.consent)
    trust = snapshot.policy.trust
    people = gather.targets(case, rooms.keys, trust)
    asked = _unreserved(gather.ask(case, people, snapshot, _NO_KEY), rooms.clock())
    told = await rooms.store.gather(asked)
    if told.registry_version > snapshot.registry.version:
        await rooms.configured.catch_up(told.registry_version)
        return await what_if(rooms, caller, question)
    seen = _seen(case, snapshot)
    facts = gather.facts_of(case, people, told, seen, snapshot)[0]
    if question.assume is not None:
        facts = apply_assume(facts, question.assume, snapshot.screener, trust)
    decision = evaluate(facts, snapshot.policy)
    if question.assume is None:
        decision = foresee(case, facts, decision, snapshot)
    tree = None
    if question.explain:  # beside the loop: it may judge a thousand changes of the message
        tree = await asyncio.to_thread(explain, facts, snapshot.policy, decision)
    told_of = answer(question, facts, decision, snapshot.policy, tree)
    return told_of.model_copy(update={"observe_until": caller.tenant.observes_until(case.at)})


def case_of(rooms: Rooms, caller: Caller, question: CheckRequest, snapshot: Snapshot) -> Case:
    """The case that a question opens, with what it states of the recipient."""
    case = in_context(_case(rooms, caller, question, snapshot), None, snapshot.registry)
    return replace(case, statement=statement_of(question.recipient))


def _seen(case: Case, snapshot: Snapshot) -> gather.Seen:
    parts, screener = case.request.parts, snapshot.screener
    names = gather.names_of(case, snapshot.registry)
    told, likeness = screener.told(parts, names), reads_as(case, parts, snapshot)
    return gather.Seen(screener.screen(parts, names), told=told, reads_as=likeness)


_NO_KEY = IdempotencyAsk(None, "")


def _unreserved(ask: Ask, now: datetime) -> Ask:
    return replace(ask, reserve=False, now_ms=int(now.timestamp() * 1000))


def _case(rooms: Rooms, caller: Caller, question: CheckRequest, snapshot: Snapshot) -> Case:
    channel = question.channel
    prefix = f"{channel}:"
    request = OutboundRequest(
        provider="native",
        operation="check",
        channel=channel,
        sender=Address(AddressKind.UNKNOWN, question.from_.removeprefix(prefix), "from"),
        recipients=(Address(_kind(channel), question.to.removeprefix(prefix), "to"),),
        parts=text_parts(channel, question.text),
        technology=question.technology or Technology.UNKNOWN,
    )
    hints = Hints(campaign=question.campaign, purpose=question.purpose)
    at = question.at or rooms.clock()
    return open_case(rooms.random(16).hex(), at, caller, request, hints, snapshot)


def _kind(channel: Channel) -> AddressKind:
    return AddressKind.PSID if channel is Channel.MESSENGER else AddressKind.PHONE
