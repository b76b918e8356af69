"""What does the provider's refusal of a send tell of the recipient's will, and who writes it down?

A refusal that means "opted out" is recorded off the reply path: the app has its answer already,
and nothing was sent. If the ledger is away it is tried again for a while; after that the next
send to that person is refused by the provider again, and learned then.
"""

from __future__ import annotations

import asyncio

import structlog

from gatekeeper.domain.registry import Caller
from gatekeeper.domain.reply import ReplyReading
from gatekeeper.errors import GatekeeperError
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.inbound import addressee
from gatekeeper.pipeline.inbound_record import Recorder
from gatekeeper.pipeline.inbound_will import Addressee, Word
from gatekeeper.providers.contract import Reply
from gatekeeper.providers.webhook import InboundEvent, Meaning

log = structlog.get_logger(__name__)

PAUSES_S = (0.0, 0.5, 2.0, 10.0, 30.0, 60.0)
"""Before each try."""
MAX_WAITING = 1_000
"""So many refusals may wait to be recorded; a further one is learned at the next send."""
DRAIN_S = 5.0


class Learner:
    """Records what refused sends tell; it is bound to its recorder once that exists."""

    def __init__(self) -> None:
        self.recorder: Recorder | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def learn_soon(self, flight: Flight, reply: Reply) -> None:
        """Record in a while, if the provider's answer to this send says "opted out"."""
        if flight.provider.told(reply) is not Meaning.OPTED_OUT or flight.case is None:
            return
        if self.recorder is None or len(self._tasks) >= MAX_WAITING:
            log.error("opt_out_not_learned", why="too many wait", request=flight.id)
            return
        task = asyncio.create_task(self._learn(self.recorder, flight))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Let what waits be recorded, for some seconds; then give up, and say so."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=DRAIN_S)
            for task in late:
                log.error("opt_out_not_learned", why="the gate stopped")
                task.cancel()

    async def _learn(self, recorder: Recorder, flight: Flight) -> None:
        told = _told(flight)
        if told is None:
            return
        caller, word, to = told
        for pause in PAUSES_S:
            await asyncio.sleep(pause)
            try:
                await recorder.hear(caller, word, to, "answer")
                return
            except GatekeeperError as error:
                log.warning("opt_out_late", error=type(error).__name__, request=flight.id)
        log.error("opt_out_not_learned", why="the ledger was away", request=flight.id)


def _told(flight: Flight) -> tuple[Caller, Word, Addressee] | None:
    """The word of a send's one recipient; an answer about several names nobody."""
    case = flight.case
    if case is None or flight.caller is None or len(case.request.recipients) != 1:
        return None
    event = InboundEvent(
        id=flight.id,
        meaning=Meaning.OPTED_OUT,
        channel=case.request.channel,
        person=case.request.recipients[0],
        senders=(case.request.sender,),
    )
    to = addressee(event, flight.caller, flight.snapshot, flight.at)
    if to is None:
        return None
    account = flight.caller.application.account
    return flight.caller, Word(event, ReplyReading(), flight.provider.name, account), to
