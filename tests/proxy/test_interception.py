"""Is the proxy no relay: whatever is asked, does it lead to the gate or nowhere?"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.web_request import BaseRequest
from structlog.testing import capture_logs

from gatekeeper.proxy import interception
from gatekeeper.proxy.certificates import own_tls
from gatekeeper.proxy.interception import Interception
from gatekeeper.proxy.listener import Listener
from gatekeeper.proxy.secured import Secured
from gatekeeper.proxy.sites import open_secured
from gatekeeper.settings import Settings
from tests.support.tls import made, through_proxy, trusting
from tests.support.wire import ask, request, wire

KNOWN = "api.twilio.com"


@asynccontextmanager
async def standing(folder: Path) -> AsyncIterator[int]:
    async def handle(request: BaseRequest) -> web.StreamResponse:
        led_to = getattr(request.protocol, "led_to", "")
        return web.Response(text=f"led to {led_to}", headers={"Connection": "close"})

    listener = Listener(handle, max_body=9, bad_request=lambda s, t: web.Response(status=s, text=t))
    secured = Secured(own_tls(Settings(data=folder)), listener, Interception([KNOWN]))
    async with AsyncExitStack() as stack:
        yield await open_secured(secured, "127.0.0.1:0", stack)


@pytest.mark.parametrize("connect", ["api.twilio.com:443", "API.Twilio.Com.:443"])
async def test_a_vendors_host_is_answered_by_the_gate(tmp_path: Path, connect: str) -> None:
    files = made(tmp_path)
    async with standing(tmp_path) as port:
        asked = request("GET", "/", {"Host": KNOWN, "Connection": "close"})
        answer = await through_proxy(port, KNOWN, trusting(files), asked, connect)
    assert answer.endswith(b"led to api.twilio.com")


@pytest.mark.parametrize(
    "host",
    ["bank.example", "api.twilio.com.evil.example", "localhost", "127.0.0.1", "169.254.169.254"],
)
async def test_any_other_host_is_refused_and_named_in_the_log(tmp_path: Path, host: str) -> None:
    made(tmp_path)
    async with standing(tmp_path) as port:
        with capture_logs() as logs:
            answer = await ask(port, f"CONNECT {host}:443 HTTP/1.1\r\n\r\n".encode())
    assert answer is not None and answer.status == 403
    assert b"hosts of providers that the gate knows" in answer.text
    assert host.encode() not in answer.text
    assert [each["host"] for each in logs if each["event"] == "proxy_refused"] == [host]


@pytest.mark.parametrize(
    "head",
    [
        b"CONNECT api.twilio.com:80 HTTP/1.1\r\n\r\n",
        b"CONNECT api.twilio.com HTTP/1.1\r\n\r\n",
        b"CONNECT user@api.twilio.com:443 HTTP/1.1\r\n\r\n",
        b"CONNECT [::1]:443 HTTP/1.1\r\n\r\n",
        b"CONNECT api.twilio.com:443 HTTP/2.0\r\n\r\n",
        b"GET http://api.twilio.com/ HTTP/1.1\r\nHost: api.twilio.com\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: api.twilio.com\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
        b"CONNECT " + b"a" * 9000,
    ],
)
async def test_anything_else_is_refused(tmp_path: Path, head: bytes) -> None:
    made(tmp_path)
    async with standing(tmp_path) as port:
        answer = await ask(port, head)
    assert answer is not None and answer.status == 400
    assert b"takes CONNECT HOST:443 only" in answer.text


async def test_nothing_follows_before_the_answer(tmp_path: Path) -> None:
    made(tmp_path)
    async with standing(tmp_path) as port:
        smuggled = b"CONNECT api.twilio.com:443 HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n"
        answer = await ask(port, smuggled)
    assert answer is not None and answer.status == 403
    assert b"nothing may follow" in answer.text


async def test_a_head_must_be_whole_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path)
    monkeypatch.setattr(interception, "HEAD_DEADLINE_S", 0.1)
    async with standing(tmp_path) as port, wire(port) as line:
        await line.send(b"CONNECT api.twilio.com:443 HTTP/1.1\r\n", *[b"X: y\r\n"] * 6, pause=0.03)
        assert await line.closed(within=1)
