"""How are connections to an upstream kept, shared and bounded?"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from gatekeeper.pipeline.upstream import NotSent, Outcome, Unknown, Upstream
from gatekeeper.pipeline.upstream_origin import Origin
from gatekeeper.pipeline.upstream_pool import PoolLimits, UpstreamPool
from gatekeeper.providers.contract import RawRequest, Reply
from tests.support.certificates import certificate
from tests.support.scripted_upstream import Script, ScriptedUpstream, replies, scripted_upstream

BOTH_LOOPS = True
OK = b"HTTP/1.1 201 Created\r\nX-Request-Id: 7\r\nContent-Length: 2\r\n\r\nok"
ASK = RawRequest("POST", "/M.json", (("X-A", "1"),), b"To=1")


@asynccontextmanager
async def pool_to(port: int, limits: PoolLimits | None = None) -> AsyncIterator[UpstreamPool]:
    pool = UpstreamPool(Origin("http", "127.0.0.1", port), limits)
    try:
        yield pool
    finally:
        await pool.close()


async def send(pool: Upstream, seconds: float = 5, request: RawRequest = ASK) -> Outcome:
    return await pool.send(request, asyncio.get_running_loop().time() + seconds)


def silent(seen: ScriptedUpstream) -> Script:
    """Take every request and never answer."""

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await seen.read_request(reader):
            pass

    return play


async def test_a_request_is_sent_once_and_its_reply_handed_over() -> None:
    async with scripted_upstream(replies(OK)) as server, pool_to(server.port) as pool:
        assert await send(pool) == Reply(201, (("X-Request-Id", "7"),), b"ok")
        host = f"Host: 127.0.0.1:{server.port}".encode()
        assert server.requests == [
            b"POST /M.json HTTP/1.1\r\n" + host + b"\r\nX-A: 1\r\nContent-Length: 4\r\n\r\nTo=1"
        ]


async def test_a_connection_is_used_again_after_a_reply() -> None:
    async with scripted_upstream(replies(OK)) as server, pool_to(server.port) as pool:
        for _ in range(5):
            assert isinstance(await send(pool), Reply)
        assert server.connections == 1


async def test_a_connection_that_rested_too_long_is_not_used_again() -> None:
    limits = PoolLimits(idle_s=0.01)
    async with scripted_upstream(replies(OK)) as server, pool_to(server.port, limits) as pool:
        await send(pool)
        await asyncio.sleep(0.03)
        assert isinstance(await send(pool), Reply)
        assert server.connections == 2


async def test_a_peer_that_closes_at_rest_costs_a_new_connection_not_a_message() -> None:
    async with scripted_upstream(replies(OK, close=True)) as server, pool_to(server.port) as pool:
        for _ in range(3):
            assert isinstance(await send(pool), Reply)
            await asyncio.sleep(0.01)
        assert (server.connections, len(server.requests)) == (3, 3)


async def test_a_close_that_crosses_the_request_is_unknown_and_never_resent() -> None:
    """The keep-alive race: the peer has our bytes, or has not; nobody can tell."""

    def script(seen: ScriptedUpstream) -> Script:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await seen.read_request(reader)
            writer.write(OK)
            await reader.readexactly(1)

        return play

    async with scripted_upstream(script) as server, pool_to(server.port) as pool:
        assert isinstance(await send(pool), Reply)
        assert isinstance(await send(pool), Unknown)
        assert (server.connections, len(server.requests)) == (1, 1)


async def test_a_refused_connection_and_an_unknown_name_are_surely_not_sent() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        async with pool_to(unused.getsockname()[1]) as pool:
            assert isinstance(await send(pool), NotSent)
    nowhere = UpstreamPool(Origin("https", "no-such-host.invalid", 443))
    assert isinstance(await send(nowhere), NotSent)


async def test_a_connection_that_does_not_come_up_in_time_is_surely_not_sent() -> None:
    """A listener whose queue is full answers no SYN."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(full.getsockname())
        async with pool_to(full.getsockname()[1], PoolLimits(connect_s=0.05)) as pool:
            assert await send(pool) == NotSent("no connection: timed out")
        for filler in fillers:
            filler.close()


async def test_what_cannot_be_written_on_the_wire_is_surely_not_sent() -> None:
    async with scripted_upstream(replies(OK)) as server, pool_to(server.port) as pool:
        injected = RawRequest("POST", "/", (("X-A", "1\r\nX-B: 2"),), b"")
        assert isinstance(await send(pool, request=injected), NotSent)
        assert server.connections == 0


async def test_a_deadline_that_has_passed_already_is_surely_not_sent() -> None:
    async with scripted_upstream(replies(OK)) as server, pool_to(server.port) as pool:
        assert isinstance(await send(pool), Reply)
        assert isinstance(await send(pool, -1), NotSent)
        assert len(server.requests) == 1


async def test_a_public_name_that_resolves_inwards_is_surely_not_sent() -> None:
    async with scripted_upstream(replies(OK)) as server:
        pool = UpstreamPool(Origin("http", "127.0.0.1", server.port), allow_private=False)
        assert isinstance(await send(pool), NotSent)
        assert server.connections == 0


async def test_the_number_of_connections_is_bounded_and_waiting_ends_at_the_deadline() -> None:
    limits = PoolLimits(connections=2, waiting=3)
    async with scripted_upstream(silent) as server, pool_to(server.port, limits) as pool:
        ends = await asyncio.gather(*(send(pool, 0.3 if n < 2 else 0.1) for n in range(6)))
        assert server.connections == 2
    assert [type(end) for end in ends] == [Unknown, Unknown, NotSent, NotSent, NotSent, NotSent]
    assert ends[5] == NotSent("too many requests wait for a connection")


async def test_waiting_requests_share_the_connections_in_turn() -> None:
    limits = PoolLimits(connections=2)
    async with scripted_upstream(replies(OK)) as server, pool_to(server.port, limits) as pool:
        ends = await asyncio.gather(*(send(pool) for _ in range(50)))
        assert all(isinstance(end, Reply) for end in ends)
        assert server.connections <= 2


async def test_a_cancelled_request_gives_its_place_free() -> None:
    limits = PoolLimits(connections=1)
    async with scripted_upstream(silent) as server, pool_to(server.port, limits) as pool:
        task = asyncio.create_task(send(pool))
        await server.asked.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert isinstance(await send(pool, 0.05), Unknown)
        assert server.connections == 2


async def test_closing_ends_what_is_under_way_as_unknown() -> None:
    async with scripted_upstream(silent) as server, pool_to(server.port) as pool:
        task = asyncio.create_task(send(pool))
        await server.asked.wait()
        await pool.close()
        assert isinstance(await task, Unknown)
        assert isinstance(await send(pool), NotSent)


async def test_tls_is_spoken_with_a_peer_whose_certificate_names_it(tmp_path: Path) -> None:
    server_tls, client_tls = certificate(tmp_path, "127.0.0.1")
    async with scripted_upstream(replies(OK), server_tls) as server:
        pool = UpstreamPool(Origin("https", "127.0.0.1", server.port), tls=client_tls)
        for _ in range(3):
            assert isinstance(await send(pool), Reply)
        assert server.connections == 1
        await pool.close()


async def test_a_certificate_of_another_name_is_surely_not_sent(tmp_path: Path) -> None:
    server_tls, client_tls = certificate(tmp_path, "elsewhere.example")
    async with scripted_upstream(replies(OK), server_tls) as server:
        pool = UpstreamPool(Origin("https", "127.0.0.1", server.port), tls=client_tls)
        assert await send(pool) == NotSent("no connection: its certificate does not hold")
        assert server.requests == []


async def test_a_certificate_of_no_known_authority_is_surely_not_sent(tmp_path: Path) -> None:
    server_tls, _ = certificate(tmp_path, "127.0.0.1")
    async with scripted_upstream(replies(OK), server_tls) as server:
        pool = UpstreamPool(Origin("https", "127.0.0.1", server.port))
        assert await send(pool) == NotSent("no connection: its certificate does not hold")
        assert server.requests == []
