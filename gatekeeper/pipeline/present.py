"""What if an app brings its evidence of consent with the send? It is recorded first, then judged.

The event is the tenant's, as if it had been recorded a moment before; but since it comes from
whoever wants to send, it is never proof enough to undo an opt-out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.errors import AmbiguousRequest, InputRejected
from gatekeeper.ledger.consent_input import PresentedConsent, canonical_number
from gatekeeper.ledger.json_once import read_json
from gatekeeper.pipeline.addresses import reading_of
from gatekeeper.pipeline.case import Case

HEADER = "Gatekeeper-Consent"
MAX_BYTES = 8000
"""Longest header that is read, in bytes; a longer text shown is recorded by the API."""
ACTS = frozenset({ConsentAct.OPT_IN, ConsentAct.PURCHASE, ConsentAct.INQUIRY})


class Presents(Protocol):
    """What presenting needs of the ledger."""

    async def present(
        self, tenant: str, given: PresentedConsent, number: str, at: datetime
    ) -> ConsentEvent:
        """Record what an app presents with a send."""


async def present(desk: Presents, case: Case, said: str | PresentedConsent) -> ConsentEvent:
    """Record what came with the request; AmbiguousRequest if it has no meaning, or two."""
    try:
        given = _read(said) if isinstance(said, str) else said
        if given.event not in ACTS:
            raise InputRejected(f"{given.event} is recorded by the API, not presented with a send")
        number = _whose(given, case)
        return await desk.present(case.caller.tenant.id, given, number, case.at)
    except InputRejected as error:
        raise AmbiguousRequest(f"{HEADER}: {error}") from None


def _read(text: str) -> PresentedConsent:
    """A header's text comes as Latin-1, one character a byte."""
    raw = text.encode("latin-1", "replace")
    if len(raw) > MAX_BYTES:
        raise InputRejected(f"longer than {MAX_BYTES} bytes: record it by POST /v1/consents")
    return read_json(raw, PresentedConsent)


def _whose(given: PresentedConsent, case: Case) -> str:
    readings = [reading_of(address).number for address in case.request.recipients]
    numbers = {number.e164 for number in readings if number is not None}
    if given.number is None:
        if len(numbers) != 1 or len(readings) != 1:
            raise InputRejected("say by `number` whose consent it is: one recipient's")
        return numbers.pop()
    number = canonical_number(given.number)
    if number not in numbers:
        raise InputRejected("`number` is no recipient of this message")
    return number
