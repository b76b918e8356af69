"""How do the store's tests word a question?"""

from __future__ import annotations

import itertools
from typing import Any

from gatekeeper.domain.words import Purpose
from gatekeeper.store.contract import Ask, Bucket, End, IdempotencyAsk, Person, Settlement
from gatekeeper.store.store import Store

NOW = 1_790_000_000_000
"""An instant in milliseconds; tests move it, the server's own clock does not matter."""
ALICE = bytes(range(16))
_ids = itertools.count()


def person(subject: bytes = ALICE, number: str | None = "+12122000123", *lists: str) -> Person:
    """A recipient."""
    return Person(subject, number, lists)


def question(*persons: Person, key: str | None = None, **changes: Any) -> Ask:
    """An ask with a request id of its own, at NOW, without limits."""
    values: dict[str, Any] = {
        "request": f"r{next(_ids)}",
        "tenant": "t1",
        "now_ms": NOW,
        "purpose": Purpose.MARKETING,
        "persons": persons or (person(),),
        "buckets": (),
        "idempotency": IdempotencyAsk(key, changes.pop("fingerprint", "f")),
    }
    return Ask(**{**values, **changes})


def limit(rate: float, burst: int, cost: int = 1, key: str = "t1:app") -> Bucket:
    """A token bucket."""
    return Bucket("app", key, rate, burst, cost)


async def end(store: Store, ask: Ask, how: End, at: int = NOW) -> None:
    """Settle a request."""
    await store.settle(Settlement(ask, how, b"\xffanswer", at_ms=at))
