"""Requests and webhooks as Telnyx's SDK and Telnyx itself write them, built by hand."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers import TELNYX
from gatekeeper.providers.contract import Operation, RawRequest

JSON = "application/json"
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
PRIVATE = Ed25519PrivateKey.from_private_bytes(b"t" * 32)
PUBLIC = b64encode(PRIVATE.public_key().public_bytes_raw()).decode()
"""As Telnyx's portal shows its public key."""

CAPTURED = Path(__file__).parents[1] / "providers" / "captured" / "telnyx"


def request(path: str, body: Any = None, *, method: str = "POST", **headers: str) -> RawRequest:
    """A request of the SDK; `body` is JSON, or bytes as they are."""
    raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    given = (("Authorization", "Bearer KEY0123_abc"), ("Content-Type", JSON), *named)
    return RawRequest(method, path, given, raw)


def parsed(raw: RawRequest) -> OutboundRequest:
    """The request as the gate reads it."""
    operation = TELNYX.match(raw)
    assert isinstance(operation, Operation)
    return TELNYX.parse(raw, operation)


def event(kind: str, payload: dict[str, Any], at: datetime = NOW) -> RawRequest:
    """A webhook, signed by Telnyx at that time."""
    data = {"event_type": kind, "id": "e-1", "occurred_at": at.isoformat(), "payload": payload}
    return signed(json.dumps({"data": data, "meta": {"attempt": 1}}).encode(), at)


def signed(body: bytes, at: datetime = NOW) -> RawRequest:
    """A body under Telnyx's signature."""
    stamp = str(int(at.timestamp()))
    signature = b64encode(PRIVATE.sign(f"{stamp}|".encode() + body)).decode()
    headers = (
        ("Content-Type", JSON),
        ("Telnyx-Signature-Ed25519", signature),
        ("Telnyx-Timestamp", stamp),
    )
    return RawRequest("POST", "/v1/inbound/telnyx/telnyx-app", headers, body)


def came_in(text: str, person: str, sender: str, **more: Any) -> dict[str, Any]:
    """The payload of a message that a person sent."""
    return {
        "id": "m-in", "type": "SMS", "direction": "inbound", "text": text,
        "from": {"phone_number": person}, "to": [{"phone_number": sender}],
        "messaging_profile_id": "profile-1", "errors": [],
    } | more  # fmt: skip


def finalized(person: str, sender: str, **more: Any) -> dict[str, Any]:
    """The payload of a message that was not delivered."""
    return {
        "id": "m-out", "type": "SMS", "direction": "outbound", "from": {"phone_number": sender},
        "to": [{"phone_number": person, "status": "delivery_failed"}],
    } | more  # fmt: skip


def captured() -> dict[str, RawRequest]:
    """What the real SDK put on the wire, by the name of the send."""
    found = {}
    for file in sorted(CAPTURED.glob("*.json")):
        asked = json.loads(file.read_text(encoding="utf-8"))["requests"][0]
        headers = tuple(tuple(line.split(": ", 1)) for line in asked["headers"])
        found[file.stem] = RawRequest(
            asked["method"], asked["target"], headers, asked["body"].encode()
        )
    return found
