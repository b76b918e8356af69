"""What do tests of the spine's parts start from? Plain values, or a flight on a real gate."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.registry import Application, Caller, Tenant
from gatekeeper.ledger.documents import Document, encode, key_of, kind_of, registry_of
from gatekeeper.pipeline.case import Case, Hints, open_case
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.inbound_learn import Learner
from gatekeeper.pipeline.inbound_record import Recorder
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.pipeline.snapshot import Snapshot, take
from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.proxy.books import Books
from gatekeeper.proxy.foundation import now
from tests.support.acme import ACCOUNT, ANA, NEWS, TENANT, documents
from tests.support.gate import FORM, MESSAGES, Stand
from tests.support.shipped import shipped
from tests.support.twilio_requests import message

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
"""Twelve o'clock in New York."""

SHOP = Application("shop", TENANT, "twilio", ACCOUNT)
CALLER = Caller(SHOP, Tenant(TENANT, "Acme"))


def snapshot(*more: Document) -> Snapshot:
    """Acme's registry and the shipped policy, with further documents."""
    named = {f"{kind_of(each)}:{key_of(each)}": encode(each) for each in (*documents(), *more)}
    judge = shipped()
    return take(registry_of(1, named), judge.policy, judge.screener, judge.replies, sandbox=False)


@cache
def plain_snapshot() -> Snapshot:
    """Acme's registry and the shipped policy."""
    return snapshot()


def case(
    request: OutboundRequest | None = None,
    hints: Hints | None = None,
    seen: Snapshot | None = None,
    caller: Caller = CALLER,
) -> Case:
    """A case of Acme's at noon in New York; without a request, order news to ANA."""
    asked = request or message(To=ANA, From=NEWS)
    return open_case("r1", NOON, caller, asked, hints or Hints(), seen or plain_snapshot())


def raw(stand: Stand, path: str = MESSAGES, method: str = "POST", **fields: Any) -> RawRequest:
    """A request of Acme's app: order news to ANA, but for the fields named."""
    form = {"To": ANA, "From": NEWS, "Body": "Your order."} | fields
    headers = (("Authorization", stand.basic()), ("Content-Type", FORM))
    body = urlencode(form).encode() if method == "POST" else b""
    return RawRequest(method, path, headers, body)


def rooms(stand: Stand, **changes: Any) -> Rooms:
    """The parts of a running gate, some of them replaced."""
    gate = stand.gate
    learner = Learner()
    real = Rooms(
        journal=gate.ground.journal,
        store=gate.ground.store,
        keys=gate.ground.keyring,
        configured=gate.configuration,
        upstreams=gate.upstreams.by_service,
        watch=gate.observer.metrics,
        learner=learner,
        clock=now,
        random=secrets.token_bytes,
        consent=gate.ground.consent,
        upstream_timeout_s=5.0,
    )
    made = replace(real, **changes)
    learner.recorder = Recorder(made, Books(gate.ground.ledger, gate.ground.store))
    return made


def flight(parts: Rooms, request: RawRequest, **hints: str) -> Flight:
    """A request at its start."""
    operation = TWILIO.match(request)
    assert isinstance(operation, Operation)
    return Flight(parts, TWILIO, operation, request, Hints(**hints))
