"""What does each SDK really put on the wire? Captured on loopback, kept as golden requests.

    python -m tests.sdk.capture [NAME ...]     # writes tests/providers/captured/PROVIDER/NAME.json

A golden request is what the provider's module is handed: the target without the gate's prefix,
which is told as `service` (so is the first label of the Host, where an SDK knows hosts alone).
What differs from run to run or machine to machine stands in it as it was once, and is not compared.
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
import ssl
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from gatekeeper.providers.contract import RawRequest, Reply
from tests.sdk import sends as catalogue
from tests.sdk.app import app_with
from tests.sdk.environments import ROOT
from tests.sdk.sends import Sends
from tests.support.captured import Capture
from tests.support.certificates import certificate

FOLDER = ROOT / "tests" / "providers" / "captured"
HOSTS = ("vonage.gate.test", "vonage-rest.gate.test")
JSON = (("Content-Type", "application/json"),)
TOKEN = b'{"access_token":"made-up-token","expires_in":3600,"scope":"","token_type":"bearer"}'
"""What is answered to all: Sinch's SDK asks for a token first, and no other reads this."""
VOLATILE = re.compile(
    r"(?i)^(host|user-agent|accept-encoding|authorization|idempotency-key|x-stainless-"
    r"(?!retry-count|read-timeout)[^:]*|x-request-id|traceparent): .*"
)
CHANGING = re.compile(r"(?<=timestamp=)\d+|(?<=sig=)[0-9a-f]+")
Golden = dict[str, Any]


async def captured(sdk: Sends) -> dict[str, Golden]:
    """What the SDK sends for each of its sends, in one app as in life."""
    found: dict[str, Golden] = {}
    async with listening() as (capture, ports, authority):
        gate = sdk.gate(f"http://127.0.0.1:{ports[0]}")
        stand_ins = dict.fromkeys(HOSTS, ports[1])
        async with app_with(sdk.name, gate, stand_ins, REQUESTS_CA_BUNDLE=authority) as app:
            for name, send in sdk.sends.items():
                capture.requests.clear()
                told = await app.send(send["call"], **send.get("with", {}))
                assert capture.requests, (name, told)
                found[name] = _golden(sdk, name, capture.requests)
    return found


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[Capture, tuple[int, int], str]]:
    """A capture server on two ports, plain and TLS, and the authority file of the latter."""
    capture = Capture(Reply(200, JSON, TOKEN))
    with tempfile.TemporaryDirectory() as folder:
        tls, _ = certificate(Path(folder), *HOSTS)
        runner = web.AppRunner(capture.app())
        await runner.setup()
        try:
            ports = await _port(runner), await _port(runner, tls)
            yield capture, ports, str(Path(folder) / "cert.pem")
        finally:
            await runner.cleanup()


async def _port(runner: web.AppRunner, tls: ssl.SSLContext | None = None) -> int:
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    assert site._server is not None
    port: int = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    return port


def _golden(sdk: Sends, name: str, requests: list[RawRequest]) -> Golden:
    asked = [_request(raw) for raw in requests]
    return {"sdk": sdk.name, "send": name, "requests": asked}


def _request(raw: RawRequest) -> Golden:
    host = (raw.header("Host") or "").partition(".gate.test")
    service, target = (host[0], raw.target) if host[1] else _unprefixed(raw.target)
    told = {"service": service, "method": raw.method, "target": target}
    headers = [f"{k}: {'gate.test' if k.lower() == 'host' else v}" for k, v in raw.headers]
    try:
        return told | {"headers": headers, "body": raw.body.decode()}
    except UnicodeDecodeError:
        return told | {"headers": headers, "body_base64": base64.b64encode(raw.body).decode()}


def _unprefixed(target: str) -> tuple[str, str]:
    """The gate's prefix and the rest; Twilio's first service has none."""
    prefix, _, rest = target.removeprefix("/").partition("/")
    return ("twilio", target) if prefix == "2010-04-01" else (prefix, f"/{rest}")


def compared(golden: Golden) -> Golden:
    """A golden request without what differs from run to run."""
    return golden | {"requests": [_steady(request) for request in golden["requests"]]}


def _steady(request: Golden) -> Golden:
    headers = [VOLATILE.sub(r"\1: ...", header) for header in request["headers"]]
    return request | {"headers": headers, "body": CHANGING.sub("...", request.get("body", ""))}


def file_of(sdk: Sends, send: str) -> Path:
    """Where a golden request lies."""
    suffix = ".node" if sdk.name.endswith("-node") else ""
    return FOLDER / sdk.provider / f"{send}{suffix}.json"


def write(sdk: Sends, goldens: dict[str, Golden]) -> None:
    """Keep what is new or differs."""
    for name, golden in goldens.items():
        file = file_of(sdk, name)
        if file.exists() and compared(json.loads(file.read_text())) == compared(golden):
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(golden, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        print(file.relative_to(ROOT))


if __name__ == "__main__":
    for wanted in sys.argv[1:] or catalogue.names():
        chosen = catalogue.read(wanted)
        write(chosen, asyncio.run(captured(chosen)))
