"""Which policy judges now, and how does another one take its place?

A new one is loaded and proved beside the active policy, put on record, and then swapped in whole:
one reference. If anything is wrong the last good policy goes on judging, and the state says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from time import perf_counter

from gatekeeper.domain.fault_codes import Code
from gatekeeper.errors import GatekeeperError, PolicyError
from gatekeeper.rollout.examine import Found, examined
from gatekeeper.rollout.history import GATE, Activation, Actor, History, How, write_history
from gatekeeper.rollout.notary import ACTIVATED, Notary
from gatekeeper.rollout.opening import Opened, opened
from gatekeeper.rollout.ready import Judge
from gatekeeper.rollout.setup import Setup
from gatekeeper.rollout.watched import Fingerprint, being_written, fingerprint

POLL_SECONDS = 2.0
"""How often the folder is looked at; a change is taken once it has rested for so long."""
WRITERS_S = 30.0
"""A folder that somebody has open to write all this time is taken as it is."""
AGAIN_S = 30.0
"""After an error that is not of the files' making the folder is tried again."""
CHANGING = "-:1:1: the folder was changed while it was read; it is read again once it rests"

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class PolicyState:
    """What an operator must know of the active policy, and of the folder beside it."""

    hash: str
    since: datetime
    faults: tuple[str, ...] = ()
    """Why the folder as it is now was not taken, or could not be; empty if nothing is wrong."""
    failed_at: datetime | None = None
    differs: bool = False
    """Whether the folder says something else than the active policy."""
    pinned: bool = False
    """Whether the folder stays out until it changes, since another version was put in force."""
    candidate: str | None = None
    """What the folder says instead, if it is sound."""
    failures: int = 0
    """Looks at the folder that ended in faults, since the start."""
    took_s: float = 0.0
    """How long the last look took: copy, load and proof."""


@dataclass(frozen=True, slots=True)
class Change:
    """Why a version comes into force."""

    how: How
    who: Actor
    why: str
    approved_by: Actor | None = None


FOLDER_CHANGED = Change("watch", GATE, "the folder of policy files changed")
STARTED = Change("start", GATE, "the gate started")


class PolicyHolder:
    """The one place that the active policy is read from; a reader keeps what it read."""

    def __init__(self, setup: Setup, clock: Clock, notary: Notary, began: Opened) -> None:
        self.setup, self.clock, self.notary = setup, clock, notary
        self.turn = asyncio.Lock()
        """Held by whoever changes what is in force."""
        self._current = began.judge
        self._history = began.history
        self._state = PolicyState(began.judge.policy.hash, clock())
        self._tried: Fingerprint = frozenset()
        self._again_at: float | None = None

    @classmethod
    async def open(cls, setup: Setup, clock: Clock, notary: Notary) -> PolicyHolder:
        """Start with a policy, on record; raises, since no gate runs without one."""
        before = await asyncio.to_thread(fingerprint, setup.folder)
        began = await asyncio.to_thread(opened, setup, notary.attests)
        holder = cls(setup, clock, notary, began)
        await holder._start(began.found)
        if began.found is None:
            await holder.reload()
        holder._tried = before
        return holder

    @property
    def current(self) -> Judge:
        """The policy and screener that judge now."""
        return self._current

    @property
    def state(self) -> PolicyState:
        """Hash and age of the active policy, and what is wrong with the folder, if anything."""
        return self._state

    @property
    def history(self) -> History:
        """What came into force, and what waits for approval."""
        return self._history

    async def reload(self) -> PolicyState:
        """Look at the folder as it is now: take it if it is live, or keep the policy and say why.

        A folder that is a candidate only, or was left for another version, is proved all the same.
        """
        async with self.turn:
            # Taken before reading: a write that comes in between is seen by the next look.
            self._tried = await asyncio.to_thread(fingerprint, self.setup.folder)
            self._again_at = None
            began = perf_counter()
            try:
                await self._look()
            except PolicyError as error:
                unread = any(fault.code is Code.UNREADABLE for fault in error.found)
                self._refuse(error.faults, again=unread)
            except (GatekeeperError, OSError) as error:
                self._refuse((f"{self.setup.folder.name}: {error}",), again=True)
            except Exception as error:  # noqa: BLE001 - the old policy outlives whatever goes wrong
                told = f"{self.setup.folder.name}: failed with {type(error).__name__}"
                self._refuse((told,), again=True)
            self._state = replace(self._state, took_s=perf_counter() - began)
            return self._state

    async def watch(self, every: float = POLL_SECONDS) -> None:
        """Look at the folder whenever it has changed and is at rest; runs until it is cancelled.

        Polled, since file events do not come from mounted volumes and network folders.
        """
        seen, waited = self._tried, 0.0
        while True:
            await asyncio.sleep(every)
            before, seen = seen, await asyncio.to_thread(fingerprint, self.setup.folder)
            due = self._again_at is not None and perf_counter() >= self._again_at
            if seen == self._tried and not due:
                waited = 0.0
            elif seen == before:
                waited += every
                if waited >= WRITERS_S or not await self._being_written():
                    await self.reload()
                    waited = 0.0

    async def put_in_force(
        self, judge: Judge, change: Change, *, found: Found | None, left: tuple[str, ...] = ()
    ) -> Activation:
        """Put a proved policy on record and swap it in; the caller holds the turn.

        `found` is the copy to be kept, None if it is kept already. If this raises, nothing has
        changed but that the journal may hold one record more, which another one takes back.
        """
        digest = judge.policy.hash
        if found is not None:
            await asyncio.to_thread(self.setup.versions.keep, found.draft, digest)
        activation = await self._record(judge, change)
        history = self._history.activated(activation, left)
        try:
            await self.write(history)
        except OSError:
            await self._record(self._current, replace(change, why="history could not be written"))
            raise
        self._current = judge
        self._state = PolicyState(
            digest, activation.at, pinned=bool(left), failures=self._state.failures
        )
        return activation

    async def write(self, history: History) -> None:
        """Put a new history in place; versions that it no longer names are dropped."""
        await asyncio.to_thread(write_history, self.setup.history, history)
        self._history = history
        with suppress(OSError):  # what is not dropped now is dropped with the next change
            await asyncio.to_thread(self.setup.versions.keep_only, history.kept(self.setup.keep))

    def folder_is(self, found: Found | None, *, pinned: bool = False) -> None:
        """Note what the folder says: None for what the active policy says."""
        state = PolicyState(self._state.hash, self._state.since, failures=self._state.failures)
        if found is not None:
            state = replace(state, differs=True, candidate=found.digest, pinned=pinned)
        self._state = state

    async def _start(self, found: Found | None) -> None:
        """Say in the journal by what the gate judges from now on."""
        judge, active = self._current, self._history.active
        if active is None or active.digest != judge.policy.hash:
            await self.put_in_force(judge, STARTED, found=found)
            return
        if found is not None:
            await asyncio.to_thread(self.setup.versions.keep, found.draft, active.digest)
        await self._record(judge, STARTED)
        self._state = replace(self._state, since=active.at)

    async def _look(self) -> None:
        found = await asyncio.to_thread(examined, self.setup.folder, self.setup.versions)
        try:
            if await asyncio.to_thread(fingerprint, self.setup.folder) != self._tried:
                self._refuse((CHANGING,))  # the next looks find it changed, and then at rest
            elif found.digest == self._state.hash:
                if self._history.left:
                    await self.write(self._history.returned())
                self.folder_is(None)
            elif self.setup.promoted_only:
                self.folder_is(found)
            elif set(found.names) & set(self._history.left):
                self.folder_is(found, pinned=True)
            else:
                await self.put_in_force(found.judge, FOLDER_CHANGED, found=found)
        finally:
            await asyncio.to_thread(self.setup.versions.discard, found.draft)

    async def _record(self, judge: Judge, change: Change) -> Activation:
        policy, at, before = judge.policy, self.clock(), self._history.active
        body = {
            "hash": policy.hash,
            "rules": len(policy.rules),
            "detectors": len(policy.detectors),
            "how": change.how,
            "who": change.who,
            "why": change.why,
            "approved_by": change.approved_by,
            "before": before.digest if before is not None else None,
        }
        stream, seq = await self.notary.record(ACTIVATED, policy.hash, body)
        return Activation(
            policy.hash, at, change.how, change.who, change.why, stream, seq, change.approved_by
        )

    async def _being_written(self) -> bool:
        return await asyncio.to_thread(being_written, self.setup.folder)

    def _refuse(self, faults: tuple[str, ...], *, again: bool = False) -> None:
        self._again_at = perf_counter() + AGAIN_S if again else None
        self._state = replace(
            self._state,
            faults=faults,
            failed_at=self.clock(),
            differs=True,
            candidate=None,
            failures=self._state.failures + 1,
        )
