"""How does the sandbox answer for the other providers? By each one's own shapes; nothing is sent.

Every provider's `carrier` says what a success looks like; what fails, and how, is told by the
recipient's number as in `sandbox.faults`.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from aiohttp import hdrs, web

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import (
    Handling,
    Operation,
    Provider,
    RawRequest,
    Refusal,
    Reply,
    door_name,
)
from gatekeeper.sandbox.accounts import SANDBOX_SECRET
from gatekeeper.sandbox.faults import Fault, Silence, fault_of
from gatekeeper.sandbox.silence import STOPPING, half, hang_up, stop_waiting, wait

ACCEPTED: web.AppKey[deque[tuple[str, RawRequest]]] = web.AppKey("accepted", deque)
"""The last sends that were taken, each with the name of its provider's service."""
_KEPT = 1000

_REASONS = {
    21211: Reason.DESTINATION_INVALID,
    21408: Reason.DESTINATION_DENIED_COUNTRY,
    21610: Reason.CONSENT_REVOKED,
    21612: Reason.CONSENT_MISSING,
    21614: Reason.DESTINATION_INVALID,
    20429: Reason.RATE_LIMITED,
}
"""What the faults of `sandbox.faults`, which have Twilio's codes, are at other providers."""

_DROPPED = frozenset({"host", "content-length", "connection", "transfer-encoding"})


def carriers_app(providers: Sequence[Provider]) -> web.Application:
    """All providers' carriers, each below the name of its service; bind it to loopback only."""
    app = web.Application()
    app[ACCEPTED] = deque(maxlen=_KEPT)
    app[STOPPING] = asyncio.Event()
    app.on_shutdown.append(stop_waiting)
    for provider in providers:
        for service in provider.services:
            door = _Door(provider, service.name)
            app.router.add_route("*", f"/{door.name}/{{rest:.*}}", door.handle)
    return app


class _Door:
    """One service of one provider."""

    def __init__(self, provider: Provider, service: str) -> None:
        self._provider = provider
        self._service = service
        self.name = door_name(provider, service)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer as the provider would."""
        raw = await self._raw(request)
        operation = self._provider.match(raw)
        credential = self._provider.credential(raw)
        if operation is None:
            return _told(self._no(Operation("", Handling.REFUSE), "There is no such path.", 404))
        if credential is None or not hmac.compare_digest(
            credential.secret.encode(), SANDBOX_SECRET.encode()
        ):
            return _told(
                self._refuse(operation, Reason.CREDENTIAL_INVALID, "Authentication failed")
            )
        if operation.handling is Handling.LOGIN and self._provider.login is not None:
            return _told(self._provider.login.grant(raw, credential))
        if operation.handling is Handling.REFUSE:
            return _told(self._no(operation, operation.detail, operation.status or 400))
        carrier = self._provider.carrier
        if operation.handling is Handling.PASS and carrier is not None:
            return _told(carrier.passed(raw, operation))
        return await self._send(request, raw, operation)

    async def _raw(self, request: web.Request) -> RawRequest:
        target = request.raw_path.removeprefix(f"/{self.name}")
        headers = tuple((k, v) for k, v in request.headers.items() if k.lower() not in _DROPPED)
        return RawRequest(request.method, target, headers, await request.read(), self._service)

    async def _send(
        self, request: web.Request, raw: RawRequest, operation: Operation
    ) -> web.StreamResponse:
        try:
            asked = self._provider.parse(raw, operation)
        except AmbiguousRequest as unclear:
            return _told(self._no(operation, str(unclear), unclear.status))
        fault = next(filter(None, map(fault_of, _numbers(asked))), None)
        if isinstance(fault, Fault):
            return _told(self._fault(operation, fault))
        request.app[ACCEPTED].append((self.name, raw))
        if fault is Silence.HANGS:
            await wait(request.app)
        if fault in (Silence.HANGS, Silence.DROPS) or self._provider.carrier is None:
            hang_up(request)
            return web.Response(status=500)
        sid = secrets.token_hex(16)
        whole = _told(self._provider.carrier.accepted(raw, operation, asked, sid))
        return await half(request, whole) if fault is Silence.HALVES else whole

    def _fault(self, operation: Operation, fault: Fault) -> Reply:
        reason = _REASONS.get(fault.code)
        if reason is not None:
            return self._refuse(operation, reason, fault.message)
        body = json.dumps({"error": fault.message}).encode()
        return Reply(fault.status, ((hdrs.CONTENT_TYPE, "application/json"),), body)

    def _no(self, operation: Operation, why: str, status: int) -> Reply:
        return self._refuse(operation, Reason.REQUEST_AMBIGUOUS, why, status)

    def _refuse(
        self, operation: Operation, reason: Reason, message: str, status: int | None = None
    ) -> Reply:
        refusal = Refusal(reason, Verdict.BLOCK, message, status=status)
        asked = replace(refusal, operation=operation.name, service=self._service)
        return self._provider.refuse(asked)


def _numbers(asked: OutboundRequest) -> list[str]:
    every = (asked, *asked.also)
    return [recipient.value for each in every for recipient in each.recipients]


def _told(reply: Reply) -> web.Response:
    headers = [(name, value) for name, value in reply.headers if not name.startswith("Gatekeeper")]
    return web.Response(status=reply.status, headers=headers, body=reply.body)
