"""How is a reply written to an app? Head and body in one piece, since both are known.

aiohttp's own response fills a dictionary of headers, sets defaults in it and hands it down through
three writers: more work than reading the request was.
"""

from __future__ import annotations

import re

from aiohttp import HttpVersion11, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.helpers import rfc822_formatted_time
from aiohttp.web_request import BaseRequest

from gatekeeper.providers.contract import Reply

_OWN = frozenset({"content-length", "transfer-encoding", "connection", "keep-alive", "server"})
_UNSAFE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


class Answer(web.StreamResponse):
    """A whole reply; framing, date, server and the connection's fate are stated here."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(status=reply.status)
        self._reply = reply
        self._wire = b""

    async def prepare(self, request: BaseRequest) -> AbstractStreamWriter:
        """Compose what is to be written; raises ValueError for a header that would break a line."""
        if self._keep_alive is None:
            self._keep_alive = request.keep_alive
        self._payload_writer = request.writer
        self._wire = self._head(request).encode() + self._content(request)
        return request.writer

    async def write_eof(self, data: bytes = b"") -> None:
        """Write it."""
        writer, self._payload_writer = self._payload_writer, None
        if writer is not None:
            await writer.write_eof(self._wire)
            self._eof_sent = True

    def _head(self, request: BaseRequest) -> str:
        version = "1.1" if request.version >= HttpVersion11 else "1.0"
        lines = [f"HTTP/{version} {self.status} {self.reason}", "Server: gatekeeper"]
        dated = False
        for name, value in self._reply.headers:
            folded = name.lower()
            if folded not in _OWN:
                lines.append(f"{name}: {value}")
                dated = dated or folded == "date"
        if not dated:
            lines.append(f"Date: {rfc822_formatted_time()}")
        if self._framed(request):
            lines.append(f"Content-Length: {len(self._reply.body)}")
        if self._keep_alive != (version == "1.1"):
            lines.append("Connection: keep-alive" if self._keep_alive else "Connection: close")
        return _joined(lines)

    def _framed(self, request: BaseRequest) -> bool:
        """Whether a length is stated: of HEAD only one that is known (RFC 9110 section 8.6)."""
        if self.status < 200 or self.status in (204, 304):
            return False
        return bool(self._reply.body) or request.method != "HEAD"

    def _content(self, request: BaseRequest) -> bytes:
        return self._reply.body if self._framed(request) and request.method != "HEAD" else b""


def _joined(lines: list[str]) -> str:
    text = "".join(lines)
    if not text.isprintable() and _UNSAFE.search(text):
        raise ValueError("a reply's header cannot be sent")
    return "\r\n".join(lines) + "\r\n\r\n"
