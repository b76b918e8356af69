"""How does a webhook look that is passed on to an app's own URL, under another signature?"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from gatekeeper.providers.contract import Headers, RawRequest


def relayed(
    raw: RawRequest, url: str, signed: Headers = (), dropped: Collection[str] = ()
) -> RawRequest:
    """The same webhook at another URL: these headers in place of those of their names.

    `dropped` are further headers that made up the old signature, in lower case.
    """
    left_out = {"host", *dropped, *(name.lower() for name, _ in signed)}
    kept = tuple(pair for pair in raw.headers if pair[0].lower() not in left_out)
    return RawRequest(raw.method, at_url(url), (*kept, *signed), raw.body, raw.service)


def at_url(url: str) -> str:
    """The target of a URL: its path and query."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
