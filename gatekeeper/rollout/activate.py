"""Which policy judges now, and how does a changed folder take its place?

A new folder is loaded and proved beside the active policy and then swapped in whole. If it has
any fault the last good policy goes on judging, and the state says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gatekeeper.errors import GatekeeperError, PolicyError
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.ready import Judge, ready

POLL_SECONDS = 2.0
Fingerprint = frozenset[tuple[str, int, int]]
Announce = Callable[[Policy], Awaitable[None]]
"""Called before a policy becomes active, to record it; if it raises, the policy does not."""


@dataclass(frozen=True, slots=True)
class PolicyState:
    """What an operator must know of the active policy."""

    hash: str
    since: datetime
    faults: tuple[str, ...] = ()
    """Why the folder as it is now was not taken, empty if it was."""
    failed_at: datetime | None = None
    differs: bool = False
    """Whether the folder says something else than the active policy."""


class PolicyHolder:
    """The one place that the active policy is read from; a reader keeps what it read."""

    def __init__(
        self,
        folder: Path,
        judge: Judge,
        clock: Callable[[], datetime],
        announce: Announce | None = None,
    ) -> None:
        self._folder, self._clock, self._announce = folder, clock, announce
        self._current = judge
        self._state = PolicyState(judge.policy.hash, clock())
        self._tried: Fingerprint = frozenset()
        self._turn = asyncio.Lock()

    @classmethod
    async def open(
        cls, folder: Path, clock: Callable[[], datetime], announce: Announce | None = None
    ) -> PolicyHolder:
        """Load and prove the folder; raises PolicyError, since no gate runs without a policy."""
        seen = fingerprint(folder)
        judge = await asyncio.to_thread(ready, folder)
        if announce is not None:
            await announce(judge.policy)
        holder = cls(folder, judge, clock, announce)
        holder._tried = seen
        return holder

    @property
    def current(self) -> Judge:
        """The policy and screener that judge now."""
        return self._current

    @property
    def state(self) -> PolicyState:
        """Hash and age of the active policy, and what is wrong with the folder, if anything."""
        return self._state

    async def reload(self) -> PolicyState:
        """Take the folder as it is now, or keep the last good policy and say why."""
        async with self._turn:
            # Taken before reading: a write that comes in between is seen by the next poll.
            self._tried = fingerprint(self._folder)
            try:
                await self._take(await asyncio.to_thread(ready, self._folder))
            except PolicyError as error:
                self._refuse(error.faults)
            except (GatekeeperError, OSError) as error:
                self._refuse((f"{self._folder.name}: {error}",))
            except Exception as error:  # noqa: BLE001 - the old policy outlives whatever goes wrong
                self._refuse((f"{self._folder.name}: failed with {type(error).__name__}",))
            return self._state

    async def watch(self, every: float = POLL_SECONDS) -> None:
        """Reload whenever a file of the folder has changed; runs until it is cancelled.

        Polled, since file events do not come from mounted volumes and network folders.
        """
        while True:
            await asyncio.sleep(every)
            if fingerprint(self._folder) != self._tried:
                await self.reload()

    async def _take(self, judge: Judge) -> None:
        since = self._state.since
        if judge.policy.hash != self._state.hash:
            if self._announce is not None:
                await self._announce(judge.policy)
            self._current, since = judge, self._clock()
        self._state = PolicyState(self._current.policy.hash, since)

    def _refuse(self, faults: tuple[str, ...]) -> None:
        active = self._state
        self._state = PolicyState(active.hash, active.since, faults, self._clock(), differs=True)


def fingerprint(folder: Path) -> Fingerprint:
    """Names, times and sizes of the policy files: equal as long as nobody writes."""
    return frozenset(seen for path in folder.rglob("*.y*ml") if (seen := _seen(path)))


def _seen(path: Path) -> tuple[str, int, int] | None:
    try:
        status = path.stat()
    except OSError:  # it went away between being listed and being looked at
        return None
    return (str(path), status.st_mtime_ns, status.st_size)
