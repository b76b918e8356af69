"""Which tokens has the gate been given by providers that take no other credential?

In memory only, never in the store, the journal or a log: after a restart they are asked for anew.
One request asks, and all that need the same token wait for its answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from msgspec import Struct

from gatekeeper.providers.contract import Token

EARLY_S = 60.0
"""A token is replaced this long before its end: a request under way must not outlive it."""
PAUSE_S = 4.0
"""Seconds after a log-in that failed until the next is made: many in a row lock an account."""


class Holder(Struct, frozen=True):
    """Whose token it is: another account or secret needs another one."""

    application: str
    account: str
    secret: str
    """As it is sealed: never the secret itself."""


class _Kept(Struct, frozen=True):
    value: str
    until: float
    """An instant of the event loop's clock."""
    holder: Holder


Ask = Callable[[], Awaitable[Token | None]]
"""Logs in at the provider; None if that gave no token."""


class Tokens:
    """The tokens of one gate, by application."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._asking: dict[Holder, asyncio.Task[str | None]] = {}
        self._failed: dict[Holder, float] = {}

    async def get(self, holder: Holder, ask: Ask, within_s: float) -> str | None:
        """The token, asked for if there is none; None if the provider gives none in time.

        Whoever waits may give up: the question itself goes on for the others.
        """
        now = asyncio.get_running_loop().time()
        kept = self._kept.get(holder.application)
        if kept is not None and kept.holder == holder and now < kept.until:
            return kept.value
        if now < self._failed.get(holder, now):
            return None
        asking = self._asking.get(holder)
        if asking is None:
            asking = self._asking[holder] = asyncio.create_task(self._asked(holder, ask))
            asking.add_done_callback(lambda _: self._asking.pop(holder, None))
        done, _ = await asyncio.wait((asking,), timeout=within_s)
        return asking.result() if done else None

    def forget(self, application: str, token: str) -> None:
        """The provider no longer takes this token; one that replaced it meanwhile stays."""
        kept = self._kept.get(application)
        if kept is not None and kept.value == token:
            del self._kept[application]

    async def _asked(self, holder: Holder, ask: Ask) -> str | None:
        now = asyncio.get_running_loop().time()
        token = await ask()
        if token is None:
            self._failed[holder] = asyncio.get_running_loop().time() + PAUSE_S
            return None
        self._failed.pop(holder, None)
        lasts = max(token.expires_s - EARLY_S, token.expires_s / 2)
        self._kept[holder.application] = _Kept(token.value, now + lasts, holder)
        return token.value
