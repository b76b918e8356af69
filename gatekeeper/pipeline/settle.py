"""How does a request end? Its outcome is recorded, its answer kept, its reservations settled."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from traceback import extract_tb
from typing import Any

import structlog

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.errors import DependencyUnavailable, GatekeeperError, RequestRefused
from gatekeeper.pipeline import refusals
from gatekeeper.pipeline.answers import seal_reply
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.forward import Forwarded
from gatekeeper.pipeline.record import refusal_body
from gatekeeper.providers.contract import Headers, Reply
from gatekeeper.store.contract import End, Settlement

log = structlog.get_logger(__name__)

_FORGOTTEN = {Verdict.DEFER, Verdict.HOLD}
"""Refusals that time or a person may lift: the key is forgotten, so that the app may try again."""
_LEFT = frozenset({End.SENT, End.UNKNOWN})
"""Ends after which what was reserved counts as used."""


def settle_refused(flight: Flight, decision: Decision) -> Reply:
    """Answer with the provider's own error; nothing was sent, so everything is released."""
    refusal = refusals.of_decision(decision, flight.channel, flight.id)
    refusal = replace(refusal, observe=_observe(flight))
    reply = flight.refuse(refusal)
    end = End.RETRYABLE if decision.verdict in _FORGOTTEN else End.REFUSED
    flight.rooms.watch.decided(flight.channel, decision.verdict.label, refusal.reason)
    _settle_soon(flight, end, reply)
    return reply


async def settle_forwarded(flight: Flight, decision: Decision, forwarded: Forwarded) -> Reply:
    """Pass the provider's answer on, and keep what became of it.

    After an unknown outcome the guard against a second send is written before the app hears of
    it; every other settling happens off the reply path.
    """
    reason = decision.reason or ""
    flight.rooms.watch.decided(flight.channel, decision.verdict.label, reason)
    reply = _reply(flight, decision, forwarded)
    if forwarded.reply is not None:
        flight.rooms.learner.learn_soon(flight, forwarded.reply)
    record_outcome(flight, forwarded, reply.status)
    if forwarded.end is End.UNKNOWN:
        await _settle_now(flight, End.UNKNOWN, reply)
    else:
        _settle_soon(flight, forwarded.end, reply)
    return reply


def settle_answer(flight: Flight, decision: Decision, *, sent: bool) -> None:
    """Keep what became of a message that was to leave in the answer to a webhook.

    Nobody tells whether the provider sends what it is answered: handed over is all that is known.
    What was held back, because of it or of another message in the answer, is released.
    """
    settle_with(flight, decision, End.SENT if sent else End.RETRYABLE)


def settle_with(flight: Flight, decision: Decision, end: End) -> None:
    """Keep what became of a message that had no HTTP request of its own."""
    flight.rooms.watch.decided(flight.channel, decision.verdict.label, decision.reason or "")
    left = end in _LEFT
    if decision.verdict.forwards:
        why = "handed to the provider with others" if left else "held back"
        record_outcome(flight, Forwarded(end, None, why), 200)
    if not left and flight.ask is not None:
        flight.rooms.store.settle_soon(Settlement(flight.ask, end))


def _reply(flight: Flight, decision: Decision, forwarded: Forwarded) -> Reply:
    if forwarded.end is End.UNKNOWN:
        return flight.refuse(refusals.unknown_outcome(flight.id, flight.channel))
    if forwarded.reply is None:
        lost = DependencyUnavailable("upstream", forwarded.why)
        return flight.refuse(refusals.of_error(lost, flight.id))
    upstream = forwarded.reply
    return Reply(upstream.status, (*upstream.headers, *_marks(flight, decision)), upstream.body)


def _marks(flight: Flight, decision: Decision) -> Headers:
    marks: list[tuple[str, str]] = [
        ("Gatekeeper-Decision", flight.id),
        ("Gatekeeper-Verdict", decision.verdict.label),
    ]
    observe = _observe(flight)
    if observe is not None:
        marks.append(("Gatekeeper-Observe", observe))
    if flight.dropped:
        marks.append(("Gatekeeper-Dropped", ",".join(map(str, flight.dropped))))
    if flight.unrecorded:
        marks.append(("Gatekeeper-Unrecorded", "1"))
    if decision.primary is not None:
        marks.append(("Gatekeeper-Reason", decision.primary.reason))
        marks.append(("Gatekeeper-Rule", decision.primary.rule))
    return tuple(marks)


def _observe(flight: Flight) -> str | None:
    """Told with every answer, so that nobody takes an observed tenant for a protected one."""
    until = flight.caller.tenant.observes_until(flight.at) if flight.caller else None
    return f"until={until.isoformat(timespec='seconds')}" if until else None


def record_outcome(flight: Flight, forwarded: Forwarded, status: int) -> None:
    """Queue the outcome record; it becomes durable with the next group commit."""
    if flight.caller is None:
        return
    body = {
        "request": flight.id,
        "end": forwarded.end,
        "status": status,
        "why": forwarded.why,
    }
    flight.rooms.watch.ended(forwarded.end)
    tenant = flight.caller.tenant.id
    queued = flight.rooms.journal.append_soon("outcome", flight.id, tenant, body)
    queued.add_done_callback(_told)


def _told(queued: asyncio.Future[Any]) -> None:
    if not queued.cancelled() and queued.exception() is not None:
        log.error("outcome_not_recorded", error=type(queued.exception()).__name__)


def _settle_soon(flight: Flight, end: End, reply: Reply) -> None:
    settlement = _settlement(flight, end, reply)
    if settlement is not None:
        flight.rooms.store.settle_soon(settlement)


async def _settle_now(flight: Flight, end: End, reply: Reply) -> None:
    settlement = _settlement(flight, end, reply)
    if settlement is None:
        return
    try:
        await flight.rooms.store.settle(settlement)
    except GatekeeperError as error:
        log.error("settlement_late", end=end, error=type(error).__name__)
        flight.rooms.store.settle_soon(settlement)


def _settlement(flight: Flight, end: End, reply: Reply) -> Settlement | None:
    """What to write, or None: a sent message without a key leaves nothing to settle."""
    ask = flight.ask
    if ask is None or (end is End.SENT and ask.idempotency.key is None):
        return None
    keep = end is End.UNKNOWN or (end is not End.RETRYABLE and ask.idempotency.key is not None)
    stored = seal_reply(flight.rooms.keys, reply, ask.idempotency) if keep else None
    return Settlement(ask, end, stored)


async def fail(flight: Flight, error: Exception) -> Reply:
    """Refuse for whatever went wrong; if bytes may have left, the outcome is unknown."""
    if not isinstance(error, GatekeeperError):
        log.error(
            "internal_error", error=type(error).__name__, where=_where(error), request=flight.id
        )
    if flight.may_have_left:
        return await _lost(flight, error)
    refusal = refusals.of_error(error, flight.id)
    reply = flight.refuse(refusal)
    for part in flight.parts:
        _settle_soon(part, End.RETRYABLE, reply)
    flight.rooms.watch.decided(flight.channel, refusal.verdict.label, refusal.reason)
    _settle_soon(flight, End.RETRYABLE, reply)
    await _record_refusal(flight, error, refusal.reason)
    return reply


def _where(error: Exception) -> str:
    """The innermost places of an error: code, never the values in it."""
    frames = extract_tb(error.__traceback__)[-3:]
    return " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))


async def _lost(flight: Flight, error: Exception) -> Reply:
    reply = flight.refuse(refusals.unknown_outcome(flight.id, flight.channel))
    with _answered_all_the_same(flight):
        record_outcome(flight, Forwarded(End.UNKNOWN, None, type(error).__name__), reply.status)
        await _settle_now(flight, End.UNKNOWN, reply)
    return reply


async def _record_refusal(flight: Flight, error: Exception, reason: Reason) -> None:
    """A refused request of a known caller leaves a record too, if the journal can be written."""
    if flight.caller is None:
        return
    detail = str(error) if isinstance(error, RequestRefused) else type(error).__name__
    body = refusal_body(flight.caller, flight.provider.name, flight.operation, reason, detail)
    with _answered_all_the_same(flight):
        await flight.rooms.journal.append(
            "decision", flight.id, flight.caller.tenant.id, body | {"request": flight.id}
        )


@contextmanager
def _answered_all_the_same(flight: Flight) -> Iterator[None]:
    """A refusal that cannot be kept is told to the app and to the log: nothing was permitted."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the app must hear of the first failure
        log.error("failure_not_recorded", error=type(error).__name__, request=flight.id)
