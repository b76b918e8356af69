"""How does a command speak with the running gate? Over its private socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from gatekeeper.errors import InputRejected, PolicyError
from gatekeeper.settings import Settings

Json = dict[str, Any]


def call(
    method: str, path: str, body: object = None, *, as_key: str | None = None, **query: str
) -> Any:
    """One call to the gate of this data folder; its answer, decoded, or InputRejected.

    With an admin key it is that key's. PolicyError tells the faults of a policy, if the gate did.
    """
    try:
        return asyncio.run(_call(method, path, body, query, as_key))
    except aiohttp.ClientError:
        raise _silent() from None


async def _call(
    method: str, path: str, body: object, query: dict[str, str], key: str | None
) -> Any:
    async with _session(key) as session, _request(session, method, path, body, query) as response:
        raw = await response.read()
        answer = msgspec.json.decode(raw) if raw else {}
        if response.status >= 400:
            if "faults" in answer:
                raise PolicyError(tuple(answer["faults"]))
            raise InputRejected(answer.get("detail", f"the gate answered {response.status}"))
        return answer


async def lines(path: str, body: object) -> AsyncIterator[Json]:
    """The lines of JSON that a long call answers with, as they come."""
    try:
        async with _session() as session, _request(session, "POST", path, body, {}) as response:
            if response.status >= 400:
                answer = msgspec.json.decode(await response.read())
                raise InputRejected(answer.get("detail", f"the gate answered {response.status}"))
            async for line in response.content:
                yield msgspec.json.decode(line)
    except aiohttp.ClientError:
        raise _silent() from None


async def posted(path: str, body: bytes, query: Mapping[str, str]) -> AsyncIterator[Json]:
    """The lines of JSON that a body of another kind is answered with."""
    try:
        async with (
            _session() as session,
            session.post(f"http://gate{path}", data=body, params=query) as response,
        ):
            if response.status >= 400:
                answer = msgspec.json.decode(await response.read())
                raise InputRejected(answer.get("detail", f"the gate answered {response.status}"))
            async for line in response.content:
                yield msgspec.json.decode(line)
    except aiohttp.ClientError:
        raise _silent() from None


def _request(
    session: aiohttp.ClientSession, method: str, path: str, body: object, query: dict[str, str]
) -> Any:
    data = None if body is None else msgspec.json.encode(body)
    return session.request(method, f"http://gate{path}", data=data, params=query)


def _session(key: str | None = None) -> aiohttp.ClientSession:
    door = Settings().admin_socket
    if not door.exists():
        raise InputRejected(
            f"no gate is running on {door.parent} (there is no {door.name}): start it with "
            "`gatekeeper serve`, or set GATEKEEPER_DATA to its data folder"
        )
    connector = aiohttp.UnixConnector(path=str(_short(door)))
    headers = {"Authorization": f"Bearer {key}"} if key is not None else {}
    patience = aiohttp.ClientTimeout(total=None)
    return aiohttp.ClientSession(connector=connector, timeout=patience, headers=headers)


def _silent() -> InputRejected:
    return InputRejected(
        f"no gate answers on {Settings().admin_socket}: start it again with `gatekeeper serve`, "
        "as the same user"
    )


def _short(door: Path) -> Path:
    """The shorter of the relative and the absolute path: socket paths have a limit."""
    return min(door, door.resolve(), key=lambda path: len(str(path)))
