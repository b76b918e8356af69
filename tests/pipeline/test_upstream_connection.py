"""How does one request go over one connection, and how does its reply come back?

Every test speaks to a real socket on loopback whose other end follows a script.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from gatekeeper.pipeline.upstream import Outcome, Unknown
from gatekeeper.pipeline.upstream_connection import Connection, ReplyLimits
from gatekeeper.providers.contract import Reply
from tests.support.scripted_upstream import Script, ScriptedUpstream, replies, scripted_upstream

BOTH_LOOPS = True
OK = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok"
ASK = b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx"
SMALL = ReplyLimits(head=1_000, whole=5_000)


@asynccontextmanager
async def connected(server: ScriptedUpstream) -> AsyncIterator[Connection]:
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(
        lambda: Connection(SMALL), "127.0.0.1", server.port
    )
    try:
        yield connection
    finally:
        connection.drop()


async def ask(connection: Connection, seconds: float = 5, *, head: bool = False) -> Outcome:
    deadline = asyncio.get_running_loop().time() + seconds
    return await connection.exchange(ASK, deadline, head=head)


async def outcome_of(answer: bytes, *, close: bool = False, head: bool = False) -> Outcome:
    script = replies(answer, close=close)
    async with scripted_upstream(script) as server, connected(server) as connection:
        return await ask(connection, head=head)


@pytest.mark.parametrize(
    ("answer", "close", "status", "body"),
    [
        (OK, False, 201, b"ok"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nT: 1\r\n\r\n",
         False, 200, b"ok"),
        (b"HTTP/1.1 200 OK\r\n\r\nuntil close", True, 200, b"until close"),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", False, 200, b"ok"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", False, 204, b""),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", False, 304, b""),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK,
         False, 201, b"ok"),
        (b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n",
         False, 302, b""),
    ],
)  # fmt: skip
async def test_each_framing_of_a_reply_is_read(
    answer: bytes, close: bool, status: int, body: bytes
) -> None:
    reply = await outcome_of(answer, close=close)
    assert isinstance(reply, Reply)
    assert (reply.status, reply.body) == (status, body)


async def test_a_reply_to_head_has_no_body_whatever_it_states() -> None:
    reply = await outcome_of(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", head=True)
    assert reply == Reply(200, (), b"")


async def test_headers_of_an_informational_reply_and_trailers_are_not_handed_on() -> None:
    reply = await outcome_of(
        b"HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\nHTTP/1.1 200 OK\r\nX-Kept: 1\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\nX-Late: 1\r\n\r\n"
    )
    assert reply == Reply(200, (("X-Kept", "1"),), b"")


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"\x00\xff\x13garbage",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 2\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 2_000,
        b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + b"a" * 6_000,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 2_000,
        b"HTTP/1.1 100 Continue\r\n\r\n" * 9,
    ],
)
async def test_garbage_and_excess_are_unknown_and_end_the_connection(answer: bytes) -> None:
    async with scripted_upstream(replies(answer)) as server, connected(server) as connection:
        assert isinstance(await ask(connection), Unknown)
        assert not connection.open


@pytest.mark.parametrize(
    "part",
    [
        b"",
        b"HTTP/1.1 201 Cre",
        OK[:-1],
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n",
    ],
)
async def test_a_reply_cut_short_is_unknown(part: bytes) -> None:
    assert isinstance(await outcome_of(part, close=True), Unknown)


@pytest.mark.parametrize("before", [b"", b"HTTP/1.1 200 OK\r\n\r\nhalf of a body until close"])
async def test_a_reset_is_unknown_even_within_a_reply_that_ends_by_closing(before: bytes) -> None:
    def script(seen: ScriptedUpstream) -> Script:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await seen.read_request(reader)
            writer.write(before)
            await asyncio.sleep(0.02)
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

        return play

    async with scripted_upstream(script) as server, connected(server) as connection:
        assert isinstance(await ask(connection), Unknown)


async def test_a_reply_after_the_deadline_is_unknown_and_the_connection_is_gone() -> None:
    def script(seen: ScriptedUpstream) -> Script:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await seen.read_request(reader)
            writer.write(OK[:-1])
            await asyncio.sleep(30)

        return play

    async with scripted_upstream(script) as server, connected(server) as connection:
        assert await ask(connection, 0.05) == Unknown("no reply before the deadline")
        assert not connection.open


@pytest.mark.parametrize(("first", "pause", "second"), [(30.0, 0.0, 0.05), (0.05, 0.1, 0.1)])
async def test_each_request_on_a_connection_has_a_deadline_of_its_own(
    first: float, pause: float, second: float
) -> None:
    def script(seen: ScriptedUpstream) -> Script:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await seen.read_request(reader)
            writer.write(OK)
            await asyncio.sleep(30)

        return play

    async with scripted_upstream(script) as server, connected(server) as connection:
        assert isinstance(await ask(connection, first), Reply)
        await asyncio.sleep(pause)
        assert connection.reusable
        began = asyncio.get_running_loop().time()
        assert await ask(connection, second) == Unknown("no reply before the deadline")
        assert second - 0.01 <= asyncio.get_running_loop().time() - began < second + 1


async def test_a_deadline_that_passes_while_another_runs_ends_nothing() -> None:
    def script(seen: ScriptedUpstream) -> Script:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            for wait in (0, 0.2):
                await seen.read_request(reader)
                await asyncio.sleep(wait)
                writer.write(OK)

        return play

    async with scripted_upstream(script) as server, connected(server) as connection:
        assert isinstance(await ask(connection, 0.1), Reply)
        assert isinstance(await ask(connection, 5), Reply)


async def test_a_cancelled_request_drops_its_connection_so_no_other_gets_its_reply() -> None:
    def script(seen: ScriptedUpstream) -> Script:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await seen.read_request(reader)
            await asyncio.sleep(30)

        return play

    async with scripted_upstream(script) as server, connected(server) as connection:
        task = asyncio.create_task(ask(connection))
        await server.asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not connection.open


@pytest.mark.parametrize(
    "answer", [OK + OK, OK + b"garbage", OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")]
)
async def test_extra_bytes_or_an_announced_end_spoil_the_connection_not_the_reply(
    answer: bytes,
) -> None:
    async with scripted_upstream(replies(answer)) as server, connected(server) as connection:
        reply = await ask(connection)
        assert isinstance(reply, Reply)
        assert reply.body == b"ok"
        assert not connection.open


async def test_bytes_that_nobody_asked_for_make_a_connection_unfit() -> None:
    def script(seen: ScriptedUpstream) -> Script:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await seen.read_request(reader)
            writer.write(OK)
            await asyncio.sleep(0.02)
            writer.write(b"unasked")
            await asyncio.sleep(30)

        return play

    async with scripted_upstream(script) as server, connected(server) as connection:
        await ask(connection)
        assert connection.reusable
        await asyncio.sleep(0.05)
        assert not connection.open


async def test_a_connection_carries_one_request_after_the_other() -> None:
    async with scripted_upstream(replies(OK)) as server, connected(server) as connection:
        for _ in range(3):
            assert isinstance(await ask(connection), Reply)
            assert connection.reusable
        assert (server.connections, len(server.requests)) == (1, 3)


async def test_a_reply_before_the_request_was_taken_in_is_kept_but_ends_the_connection() -> None:
    """A 413 may come while most of the body is still in our buffer."""

    def script(seen: ScriptedUpstream) -> Script:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(10)
            writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
            await asyncio.sleep(30)

        return play

    async with scripted_upstream(script) as server, connected(server) as connection:
        huge = ASK[:-4].replace(b"Length: 1", b"Length: 20000000") + b"\r\n\r\n" + b"x" * 20_000_000
        deadline = asyncio.get_running_loop().time() + 5
        outcome = await connection.exchange(huge, deadline)
        assert isinstance(outcome, Reply)
        assert outcome.status == 413
        assert not connection.open


async def test_a_close_that_the_loop_has_not_read_yet_makes_a_connection_unfit() -> None:
    """The kernel knows of it before our loop does; no request is wasted on such a connection."""
    async with scripted_upstream(replies(OK)) as server, connected(server) as connection:
        assert isinstance(await ask(connection), Reply)
        assert connection.reusable
        server.close_last()
        assert connection.open
        assert not connection.reusable
