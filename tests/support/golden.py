"""What does an app send with the provider's real SDK, under a key that a gate knows?

The golden requests (`tests/providers/captured`) were kept with a made-up key: here the key of an
application stands in its place.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from gatekeeper.domain.registry import InboundMode
from gatekeeper.ledger.webhooks import NewWebhook, register_webhook
from gatekeeper.providers.contract import RawRequest
from tests.support.front import Front
from tests.support.gate import Told

CAPTURED = Path(__file__).parent.parent / "providers" / "captured"
MADE_UP = "gk_made-up-key-of-no-application-000000000000000"

_OF_THE_WAY = frozenset({"host", "content-length", "accept-encoding", "connection"})


def golden(provider: str, send: str) -> dict[str, Any]:
    """The first request that the SDK makes for this send."""
    found: dict[str, Any] = json.loads((CAPTURED / provider / f"{send}.json").read_text())
    first: dict[str, Any] = found["requests"][0]
    return first


def golden_raw(provider: str, send: str) -> RawRequest:
    """The same as the provider's module is handed it, at the provider's first service."""
    kept = golden(provider, send)
    pairs = [line.split(": ", 1) for line in kept["headers"]]
    headers = tuple((name, value) for name, value in pairs)
    return RawRequest(kept["method"], kept["target"], headers, kept["body"].encode())


async def resend(front: Front, send: str, **more: str) -> Told:
    """The golden request of this send, under the application's key; `more` are headers beside."""
    kept = golden(front.provider.name, send)
    pairs = (line.split(": ", 1) for line in kept["headers"])
    headers = {n: _keyed(v, front.key) for n, v in pairs if n.lower() not in _OF_THE_WAY}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    target = f"/{kept['service']}{kept['target']}".replace(MADE_UP, front.key)
    return await front.stand.ask(kept["method"], target, kept["body"].encode(), headers)


async def listening(front: Front, secret: str) -> None:
    """Register that the provider's webhooks come under this secret, and are only listened to."""
    gate = front.stand.gate
    registry = gate.configuration.current.registry
    new = NewWebhook(mode=InboundMode.TAP, secret=secret)
    await register_webhook(gate.ground.registrar, front.application, new, registry, by="user:t")
    await gate.configuration.load()


def _keyed(value: str, key: str) -> str:
    scheme, _, rest = value.partition(" ")
    if scheme == "Basic":
        pair = b64decode(rest).decode().replace(MADE_UP, key)
        return f"Basic {b64encode(pair.encode()).decode()}"
    return value.replace(MADE_UP, key)
