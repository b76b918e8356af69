"""What does each provider answer in the tests of SDKs? Its sandbox carrier's own words."""

from __future__ import annotations

import asyncio

from msgspec.structs import replace

from gatekeeper.providers.contract import (
    Credential,
    Handling,
    Operation,
    Provider,
    RawRequest,
    Reply,
)
from tests.support.recording_carrier import Script, accept, cut, fail

NEVER_S = 60.0
"""Longer than any gate of the tests waits."""


def accepting(provider: Provider) -> Script:
    """Take what comes, and say so as the provider would."""
    if provider.carrier is None:
        return accept

    async def script(request: bytes) -> bytes | None:
        return _wire(_answer(provider, _raw(request)))

    return script


def _answer(provider: Provider, asked: RawRequest) -> Reply:
    raw, operation = _understood(provider, asked)
    carrier = provider.carrier
    assert carrier is not None
    if operation.handling is Handling.LOGIN and provider.login is not None:
        return provider.login.grant(raw, Credential("", "the-token-of-the-provider"))
    if operation.handling is Handling.PASS:
        return carrier.passed(raw, operation)
    return carrier.accepted(raw, operation, provider.parse(raw, operation), "0" * 32)


def _understood(provider: Provider, asked: RawRequest) -> tuple[RawRequest, Operation]:
    """The request at the first of the provider's services that takes it."""
    for service in provider.services:
        raw = replace(asked, service=service.name)
        operation = provider.match(raw)
        if operation is not None and operation.handling is not Handling.REFUSE:
            return raw, operation
    raise AssertionError(f"{provider.name} takes no {asked.method} {asked.path}")


def misbehaving(kind: str, accepts: Script) -> tuple[Script, bool]:
    """How a carrier answers that takes a send and tells nobody; and whether it then hangs up."""
    if kind == "hangs_up":
        return cut, True
    if kind == "half":
        return _half_of(accepts), True
    if kind == "fails":
        return fail, False
    return _silent, False


def _half_of(accepts: Script) -> Script:
    async def script(request: bytes) -> bytes | None:
        whole = await accepts(request)
        return whole[:-1] if whole else None

    return script


async def _silent(_: bytes) -> bytes | None:
    await asyncio.sleep(NEVER_S)
    return None


def _raw(request: bytes) -> RawRequest:
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = tuple((name, value) for name, _, value in (line.partition(": ") for line in lines))
    return RawRequest(method, target, headers, body)


def _wire(reply: Reply) -> bytes:
    lines = [f"HTTP/1.1 {reply.status} X", *(f"{name}: {value}" for name, value in reply.headers)]
    head = "\r\n".join([*lines, f"Content-Length: {len(reply.body)}"])
    return head.encode() + b"\r\n\r\n" + reply.body
