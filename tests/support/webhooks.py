"""How do tests call the gate as Twilio does? Signed by the real SDK's own validator."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp
from twilio.request_validator import RequestValidator

from tests.support.acme import ACCOUNT, ANA, NEWS, UPSTREAM_SECRET
from tests.support.gate import FORM, Stand

PUBLIC = "https://gate.example"
PATH = "/v1/inbound/twilio/shop"


@dataclass(frozen=True, slots=True)
class Answered:
    """What Twilio heard."""

    status: int
    headers: dict[str, str]
    text: str


def sid(kind: str = "SM") -> str:
    """A message id that nobody had before."""
    return kind + secrets.token_hex(16)


def came_in(body: str, person: str = ANA, sender: str = NEWS, **more: str) -> dict[str, str]:
    """The form of a message that came in."""
    return {
        "AccountSid": ACCOUNT, "MessageSid": sid(), "SmsStatus": "received", "NumMedia": "0",
        "From": person, "To": sender, "Body": body,
    } | more  # fmt: skip


def delivery(code: str, person: str = ANA, sender: str = NEWS, **more: str) -> dict[str, str]:
    """The form of a status callback about a message that was not delivered."""
    return {
        "AccountSid": ACCOUNT, "MessageSid": sid(), "MessageStatus": "undelivered",
        "From": sender, "To": person, "ErrorCode": code,
    } | more  # fmt: skip


def sign(form: dict[str, str], path: str = PATH, secret: str = UPSTREAM_SECRET) -> str:
    """The signature that Twilio's own SDK makes."""
    made: str = RequestValidator(secret).compute_signature(PUBLIC + path, form)
    return made


async def call(stand: Stand, form: dict[str, str], *, path: str = PATH, **headers: Any) -> Answered:
    """Twilio calls; without `X_Twilio_Signature` it signs with the account's token."""
    named = {name.replace("_", "-"): str(value) for name, value in headers.items()}
    sent = {"Content-Type": FORM, "X-Twilio-Signature": sign(form, path)} | named
    return await post(stand, path, urlencode(form).encode(), sent)


async def post(stand: Stand, path: str, body: bytes, headers: dict[str, str]) -> Answered:
    """One request to the apps' address, as it is."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(stand.url + path, data=body, headers=headers) as got,
    ):
        return Answered(got.status, dict(got.headers), await got.text())


async def register(stand: Stand, **more: Any) -> dict[str, Any]:
    """Register where the app takes webhooks, as the command does."""
    connector = aiohttp.UnixConnector(str(stand.settings.admin_socket))
    async with (
        aiohttp.ClientSession(connector=connector) as session,
        session.post("http://admin/applications/shop/webhook", json=more) as got,
    ):
        assert got.status == 200, await got.text()
        answer: dict[str, Any] = await got.json()
        return answer
