"""How does an HTTP request become a RawRequest, within bounds of size and time?"""

from __future__ import annotations

import asyncio

from aiohttp import HttpVersion10, HttpVersion11, web
from aiohttp.web_request import BaseRequest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest, Reply

BODY_DEADLINE_S = 15.0
"""A body that is not whole by then is refused; a slow client costs one small task."""

_ENCODED = frozenset({"", "identity"})
_VERSIONS = frozenset({HttpVersion10, HttpVersion11})
_TOO_LARGE = "the request body is too large"


async def read_raw(request: BaseRequest) -> RawRequest:
    """The request with its whole body; AmbiguousRequest carries the status of what is wrong."""
    target = request.raw_path
    if request.version not in _VERSIONS:
        raise AmbiguousRequest("the request must be HTTP/1.0 or HTTP/1.1")
    if not target.startswith("/"):
        raise AmbiguousRequest("the request must name a path, not a whole URL")
    codings = request.headers.getall("Content-Encoding", ())
    if any(coding.strip().lower() not in _ENCODED for coding in codings):
        raise AmbiguousRequest("an encoded (compressed) request body is not read", status=415)
    return RawRequest(
        method=request.method,
        target=target,
        headers=tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in request.raw_headers),
        body=await _body(request),
    )


async def _body(request: BaseRequest) -> bytes:
    if not request.can_read_body:
        return b""
    if (request.content_length or 0) > request.client_max_size:
        raise AmbiguousRequest(_TOO_LARGE, status=413)
    try:
        async with asyncio.timeout(BODY_DEADLINE_S):
            return await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise AmbiguousRequest(_TOO_LARGE, status=413) from None
    except TimeoutError:
        raise AmbiguousRequest("the request body came too slowly") from None


def to_response(reply: Reply) -> web.Response:
    """The reply as aiohttp sends it; the length is aiohttp's own to set."""
    response = web.Response(status=reply.status, body=reply.body)
    for name, value in reply.headers:
        if name.lower() == "content-type":
            response.headers["Content-Type"] = value
        elif name.lower() not in _OWN:
            response.headers.add(name, value)
    response.headers["Server"] = "gatekeeper"
    return response


_OWN = frozenset({"content-length", "transfer-encoding", "connection", "keep-alive", "server"})
