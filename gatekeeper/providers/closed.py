"""What becomes of a request that a provider's own list does not name?

A read passes, since it sends nothing. Everything else is refused: the gate cannot read it, so it
cannot tell whether it would send.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from gatekeeper.providers.contract import Handling, Operation, RawRequest

READS = frozenset({"GET", "HEAD"})
UNREAD = "The gate cannot tell what this operation would send, so it does not pass it on."
READINGS = "This path has more than one reading."
OVERRIDES = "This request asks for another method than its own."

_SHOWS = re.compile(
    r"/(?:[a-z0-9_-]*credentials?|webhooks?|security|api-?keys?|access-?tokens?)(?:/|$)",
    re.IGNORECASE,
)
"""Resources whose reading tells passwords, tokens or the secrets of webhooks."""
_OVERRIDES = frozenset({"x-http-method-override", "x-http-method", "x-method-override"})
_PLAIN = re.compile(
    r"(?:/(?!\.\.?(?:/|$))(?:[A-Za-z0-9._~:@!$&'()*+,=-]|%(?:2[BbCc]|3[Aa]|40))+)*/?"
)
"""A path with one reading: no doubled slash, dots or escapes, but those of `+`, `,`, `:`, `@`."""
_SHOWN = frozenset({"POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def showing(raw: RawRequest, account: str = "") -> Operation | None:
    """The refusal of a read that would show the app a secret that the gate keeps from it."""
    path = unquote(unquote(raw.path))
    if raw.method not in READS or not _SHOWS.search(path):
        return None
    return refused("This read would show a secret that the gate keeps.", account)


def unnamed(raw: RawRequest, account: str = "", why: str = UNREAD) -> Operation:
    """A read passes as it is if its path has one reading; else it is refused, with `why`."""
    if overridden(raw):
        return refused(OVERRIDES, account)
    if raw.method in READS and not _PLAIN.fullmatch(raw.path):
        return refused(READINGS, account, status=404)
    if raw.method in READS and not raw.body:
        return Operation("read", Handling.PASS, account=account)
    return refused(why, account)


def refused(why: str, account: str = "", status: int | None = None) -> Operation:
    """An operation that the gate does not pass on, whoever asks."""
    return Operation("refused", Handling.REFUSE, account=account, detail=why, status=status)


def not_here(raw: RawRequest, account: str = "") -> Operation:
    """A path that is known, asked for by a method that it does not have."""
    method = raw.method if raw.method in _SHOWN else "This method"
    return refused(f"{method} is not allowed here.", account, status=405)


def overridden(raw: RawRequest) -> bool:
    """Whether a header or the query asks the server to take this for another method."""
    if not _OVERRIDES.isdisjoint([name.lower() for name, _ in raw.headers]):
        return True
    query = raw.target.partition("?")[2]
    return bool(query) and "_method" in unquote(query).lower()
