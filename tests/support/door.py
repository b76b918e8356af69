"""How do tests speak with a gate over its private socket, as a command does?"""

from __future__ import annotations

import json
import os
import pwd
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from gatekeeper.vault.apikeys import hash_of
from tests.support.acme import UPSTREAM_SECRET
from tests.support.gate import Stand

Reply = tuple[int, Any]


class Door:
    """A command's side of the private socket."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self.seen = ""
        """All that was answered."""

    async def __call__(self, method: str, path: str, body: Any = None, **query: str) -> Reply:
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        url = f"http://gate{path}"
        async with self._session.request(method, url, data=data, params=query) as got:
            text = await got.text()
            self.seen += text
            if got.content_type == "application/x-ndjson":
                return got.status, [json.loads(line) for line in text.splitlines()]
            return got.status, json.loads(text)


@asynccontextmanager
async def open_door(gate: Stand) -> AsyncIterator[Door]:
    """The door of a gate; afterwards nothing secret was shown there."""
    connector = aiohttp.UnixConnector(path=str(gate.settings.admin_socket))
    async with aiohttp.ClientSession(connector=connector) as session:
        speaks = Door(session)
        yield speaks
    assert UPSTREAM_SECRET not in speaks.seen
    assert gate.key not in speaks.seen
    assert hash_of(gate.key) not in speaks.seen and "fingerprint" not in speaks.seen


def user() -> str:
    """How the gate names who runs the tests."""
    return f"user:{pwd.getpwuid(os.getuid()).pw_name}"
