"""Which tokens has the gate been given by providers that take no other credential?

In memory only: after a restart they are asked for anew.
"""

from __future__ import annotations

import asyncio

from msgspec import Struct

from gatekeeper.providers.contract import Token

EARLY_S = 60.0
"""A token is replaced this long before its end: a request under way must not outlive it."""


class _Kept(Struct, frozen=True):
    value: str
    until: float
    """An instant of the event loop's clock."""
    secret: str | None
    """The sealed secret that it was given for: another one needs another token."""


class Tokens:
    """The tokens of one gate, by application."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    def lock(self, application: str) -> asyncio.Lock:
        """Held while a token is asked for, so that one request asks and the others wait."""
        return self._locks.setdefault(application, asyncio.Lock())

    def live(self, application: str, secret: str | None, now: float) -> str | None:
        """The token at this instant; None if there is none, or one for another secret."""
        kept = self._kept.get(application)
        if kept is None or kept.until <= now or kept.secret != secret:
            return None
        return kept.value

    def keep(self, application: str, secret: str | None, token: Token, now: float) -> str:
        """Remember a token until shortly before its end."""
        until = now + max(0.0, token.expires_s - EARLY_S)
        self._kept[application] = _Kept(token.value, until, secret)
        return token.value

    def forget(self, application: str) -> None:
        """The provider no longer takes it."""
        self._kept.pop(application, None)
