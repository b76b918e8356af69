"""Whatever comes over the wire: is it answered in words, is nothing sent, does the gate go on?

Each case speaks raw bytes. After every one the same gate serves a good message, and at the end
neither its log nor its journal holds the canary that stood in every request.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from gatekeeper.proxy import listener, logs, raw
from tests.support.acme import ANA, NEWS
from tests.support.gate import FORM, MESSAGES, WORD, Stand

pytestmark = pytest.mark.asyncio(loop_scope="module")

CRLF = b"\r\n"
SHORT_S = 0.4


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it came over the wire."""

    status: int
    headers: dict[str, str]
    text: bytes

    @property
    def body(self) -> dict[str, Any]:
        """The JSON of it."""
        decoded: dict[str, Any] = json.loads(self.text)
        return decoded


@pytest.fixture(scope="module", autouse=True)
def logged() -> Iterator[list[str]]:
    """Every line that the gate logs, at the lowest level; none may hold a canary."""
    lines: list[str] = []
    yield lines


@pytest_asyncio.fixture(loop_scope="module", autouse=True)
async def unharmed(
    acme: Stand, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    """Deadlines are short; afterwards the gate serves and has logged nothing of the request."""
    monkeypatch.setattr(listener, "HEAD_DEADLINE_S", SHORT_S)
    monkeypatch.setattr(raw, "BODY_DEADLINE_S", SHORT_S)
    logs.configure("debug")
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    yield
    acme.carrier.forget()
    sent = await acme.post()
    assert sent.status == 201, sent
    assert len(acme.carrier.requests) == 1
    text = "".join(capfd.readouterr())
    leaked = [canary for canary in acme.canaries if canary in text]
    assert not leaked, text
    assert "Traceback" not in text
