"""Requests and webhooks as Plivo's SDK and Plivo itself write them, built by hand."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers import PLIVO
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.plivo.signature import V3, V3_NONCE, signature_v3

ACCOUNT = "MA" + "X" * 18
ROOT = f"/v1/Account/{ACCOUNT}/"
SECRET = "the-auth-token"
NONCE = "05429567804466091622"
URL = "https://gate.example/v1/inbound/plivo/plivo-app"
CAPTURED = Path(__file__).parents[1] / "providers" / "captured" / "plivo"


def request(path: str, body: Any = None, *, method: str = "POST", **headers: str) -> RawRequest:
    """A request below the account; `body` is JSON, or bytes as they are."""
    raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    pair = b64encode(f"{ACCOUNT}:{SECRET}".encode()).decode()
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    given = (("Authorization", f"Basic {pair}"), ("Content-Type", "application/json"), *named)
    return RawRequest(method, ROOT + path, given, raw)


def parsed(raw: RawRequest) -> OutboundRequest:
    """The request as the gate reads it."""
    operation = PLIVO.match(raw)
    assert isinstance(operation, Operation)
    return PLIVO.parse(raw, operation)


def form(fields: dict[str, str], *headers: tuple[str, str]) -> RawRequest:
    """A webhook with these headers."""
    kind = ("Content-Type", "application/x-www-form-urlencoded")
    target = "/v1/inbound/plivo/plivo-app"
    return RawRequest("POST", target, (kind, *headers), urlencode(fields).encode())


def signed(fields: dict[str, str], url: str = URL, secret: str = SECRET) -> RawRequest:
    """A webhook under Plivo's third signature."""
    made = signature_v3(url, {name: [value] for name, value in fields.items()}, NONCE, secret)
    return form(fields, (V3, made), (V3_NONCE, NONCE))


def came_in(text: str, person: str, sender: str, **more: str) -> dict[str, str]:
    """A message that a person sent; numbers stand without their plus."""
    return {
        "From": person.removeprefix("+"), "To": sender.removeprefix("+"), "Text": text,
        "Type": "sms", "MessageUUID": "5b40a428-bfc7-4daf-9d06-726c558bf3b8",
    } | more  # fmt: skip


def state(status: str, code: str, person: str, sender: str, **more: str) -> dict[str, str]:
    """What became of a message."""
    return {
        "From": sender.removeprefix("+"), "To": person.removeprefix("+"), "Status": status,
        "ErrorCode": code, "MessageUUID": "5b40a428-bfc7-4daf-9d06-726c558bf3b9",
    } | more  # fmt: skip


def captured() -> dict[str, RawRequest]:
    """What the real SDKs put on the wire, by the name of the send."""
    found = {}
    for file in sorted(CAPTURED.glob("*.json")):
        asked = json.loads(file.read_text(encoding="utf-8"))["requests"][0]
        headers = tuple(tuple(line.split(": ", 1)) for line in asked["headers"])
        found[file.stem] = RawRequest(
            asked["method"], asked["target"], headers, asked["body"].encode()
        )
    return found
