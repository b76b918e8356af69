"""How does an HTTP request become a RawRequest, within bounds of size and time?"""

from __future__ import annotations

import asyncio
from functools import lru_cache

from aiohttp import HttpVersion10, HttpVersion11
from aiohttp.web_request import BaseRequest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest

BODY_DEADLINE_S = 15.0
"""A body that is not whole by then is refused; a slow client costs one small task."""

_ENCODED = frozenset({"", "identity"})
_VERSIONS = frozenset({HttpVersion10, HttpVersion11})
_TOO_LARGE = "the request body is too large"


def head_of(request: BaseRequest) -> RawRequest:
    """The request without its body, of which nothing is read."""
    target = request.raw_path
    if request.version not in _VERSIONS:
        raise AmbiguousRequest("the request must be HTTP/1.0 or HTTP/1.1")
    if not target.startswith("/"):
        raise AmbiguousRequest("the request must name a path, not a whole URL")
    codings = request.headers.getall("Content-Encoding", ())
    if any(coding.strip().lower() not in _ENCODED for coding in codings):
        raise AmbiguousRequest("an encoded (compressed) request body is not read", status=415)
    headers = tuple([(_name(name), value.decode("latin-1")) for name, value in request.raw_headers])
    return RawRequest(request.method, target, headers, b"")


async def read_raw(request: BaseRequest, longest: int | None = None) -> RawRequest:
    """The request with its whole body; AmbiguousRequest carries the status of what is wrong.

    `longest` are the bytes of a body that may be larger than the listener's bound.
    """
    head, content = head_of(request), request.content
    bound = longest or request.client_max_size
    arrived = content.is_eof() and content.total_bytes <= bound
    body = content.read_nowait() if arrived else await _body(request, bound)
    return RawRequest(head.method, head.target, head.headers, body)


@lru_cache(maxsize=1024)
def _name(raw: bytes) -> str:
    """A header's name as text; the same few come all the time."""
    return raw.decode("latin-1")


async def _body(request: BaseRequest, bound: int) -> bytes:
    """A body that is still under way, or too large."""
    if (request.content_length or 0) > bound:
        raise AmbiguousRequest(_TOO_LARGE, status=413)
    whole = bytearray()
    try:
        async with asyncio.timeout(BODY_DEADLINE_S):
            async for chunk in request.content.iter_any():
                whole += chunk
                if len(whole) > bound:
                    raise AmbiguousRequest(_TOO_LARGE, status=413)
            return bytes(whole)
    except TimeoutError:
        raise AmbiguousRequest("the request body came too slowly") from None
