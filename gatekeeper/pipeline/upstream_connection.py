"""How does one request go over one connection, and how does its reply come back?"""

from __future__ import annotations

import asyncio
import select
from dataclasses import dataclass
from typing import cast

import httptools

from gatekeeper.pipeline.upstream import Outcome, Unknown
from gatekeeper.pipeline.upstream_wire import reply_headers
from gatekeeper.providers.contract import Reply

INFORMATIONAL_MAX = 8
"""More 1xx replies than this before the real one are an attack."""

_FRAMING = frozenset({b"content-length", b"transfer-encoding"})


@dataclass(frozen=True, slots=True)
class ReplyLimits:
    """How much of a reply is taken in, in bytes as they come over the wire."""

    head: int = 65_536
    whole: int = 1_048_576


class Connection(asyncio.Protocol):
    """One connection to an upstream: at most one request at a time, dropped at any doubt."""

    def __init__(self, limits: ReplyLimits) -> None:
        self._limits = limits
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport
        self._waiting: asyncio.Future[Outcome] | None = None
        self._spent = False
        self._until_close = False
        self._deadline = 0.0
        self._expiry: asyncio.TimerHandle | None = None
        self.idle_since = 0.0
        """When the last reply was complete, by the event loop's clock."""

    # --- asking -----------------------------------------------------------------------------

    async def exchange(self, request: bytes, deadline: float, *, head: bool = False) -> Outcome:
        """Write a request once and await its reply; `head` if a reply can have no body.

        From here on nothing is "not sent": whatever goes wrong is Unknown. If the caller is
        cancelled the connection is dropped, so that its late reply can meet no other request.
        """
        self._begin(head)
        waiting: asyncio.Future[Outcome] = self._loop.create_future()
        self._waiting = waiting
        self._expire_at(deadline)
        self._transport.write(request)
        try:
            return await waiting
        finally:
            self._waiting = None
            if not waiting.done() or waiting.cancelled():
                self.drop()

    @property
    def open(self) -> bool:
        """Whether nothing has ended the connection yet."""
        return not (self._spent or self._transport.is_closing())

    @property
    def reusable(self) -> bool:
        """Whether another request may follow: the peer asked for no end and has said nothing since.

        A closed or talking peer shows as readable; asking the kernel narrows the race between
        its closing and our next write to the time of flight.
        """
        return self.open and not self._poll.poll(0)

    def drop(self) -> None:
        """Close at once; nothing that is still buffered is sent."""
        self._spent = True
        self._transport.abort()

    # --- the transport's side ---------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called once, when the connection (and TLS) stands."""
        self._transport = cast(asyncio.Transport, transport)
        self._poll = select.poll()
        self._poll.register(transport.get_extra_info("socket").fileno(), select.POLLIN)

    def data_received(self, data: bytes) -> None:
        """Feed the parser; bytes that nobody asked for end the connection."""
        if self._waiting is None or self._waiting.done():
            self.drop()
            return
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._fail("the reply is not HTTP")
        self._seen += len(data)
        if self._seen > (self._limits.whole if self._headers_done else self._limits.head):
            self._fail("the reply is too long")
        if self._waiting.done() and self._spent:
            self.drop()

    def eof_received(self) -> None:
        """A reply without a stated length ends here (RFC 9112 section 6.3); others are cut."""
        if self._until_close:
            self._complete()
        self._fail("the upstream closed the connection before its reply was whole")

    def connection_lost(self, exc: Exception | None) -> None:
        """A close or reset, by either side."""
        if self._expiry is not None:
            self._expiry.cancel()
        self._fail("the connection was lost before the reply was whole")

    # --- the parser's side ------------------------------------------------------------------

    def _begin(self, head: bool) -> None:
        """Forget the last reply."""
        self._parser = httptools.HttpResponseParser(self)
        self._head = head
        self._informational = 0
        self._seen = 0
        self._until_close = False
        self._start_reply()

    def _start_reply(self) -> None:
        """The next head is the reply's, as far as we know."""
        self._headers: list[tuple[bytes, bytes]] = []
        self._body: list[bytes] = []
        self._headers_done = False

    def on_message_begin(self) -> None:
        """A second reply to one request is one too many."""
        if self._waiting is None or self._waiting.done():
            self._spent = True

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header; trailers are not handed on."""
        if not self._headers_done:
            self._headers.append((name, value))

    def on_headers_complete(self) -> None:
        """The head is whole: is there a body, and does the connection outlive it?"""
        self._headers_done = True
        if self._parser.get_status_code() < 200:
            return
        self._until_close = _FRAMING.isdisjoint([name.lower() for name, _ in self._headers])
        self._spent = self._spent or self._head or not self._parser.should_keep_alive()
        if self._head:
            self._complete()

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._body.append(body)

    def on_message_complete(self) -> None:
        """The reply is whole, or was one of the 1xx before it."""
        if self._parser.get_status_code() >= 200:
            self._complete()
            return
        self._informational += 1
        if self._informational > INFORMATIONAL_MAX:
            self._fail("too many informational replies")
        self._start_reply()

    # --- the end ----------------------------------------------------------------------------

    def _expire_at(self, deadline: float) -> None:
        """Watch the deadline; one timer outlives many requests, since each deadline is later."""
        self._deadline = deadline
        if self._expiry is not None and self._expiry.when() <= deadline:
            return
        if self._expiry is not None:
            self._expiry.cancel()
        self._expiry = self._loop.call_at(deadline, self._expire)

    def _expire(self) -> None:
        """The timer's instant: the deadline of the request under way may be a later one."""
        self._expiry = None
        if self._waiting is None:
            return
        if self._loop.time() < self._deadline:
            self._expire_at(self._deadline)
        else:
            self._fail("no reply before the deadline")

    def _complete(self) -> None:
        """Hand over the reply, unless the request has already ended otherwise."""
        if self._waiting is None or self._waiting.done():
            return
        # A peer that answers before it has read the whole request will not read the next one.
        self._spent = self._spent or self._transport.get_write_buffer_size() > 0
        self.idle_since = self._loop.time()
        status = self._parser.get_status_code()
        self._waiting.set_result(Reply(status, reply_headers(self._headers), b"".join(self._body)))

    def _fail(self, why: str) -> None:
        """End the request as unknown, if it has not ended, and drop the connection."""
        self._spent = True
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(Unknown(why))
            self._transport.abort()
