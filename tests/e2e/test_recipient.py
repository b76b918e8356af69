"""Does a send say where its recipient is, is that kept to itself, and believed as policy says?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.acme import ANA, NEWS
from tests.support.gate import FORM, MESSAGES, Stand, Told
from tests.support.wire import ask

pytestmark = pytest.mark.asyncio(loop_scope="module")

POSTAL = "75001"


async def send(acme: Stand, said: str) -> Told:
    acme.canaries |= {f"postal={POSTAL}", f'"{POSTAL}'}
    message = [("To", ANA), ("From", NEWS), ("Body", "Your order.")]
    return await acme.post(message, **{"Gatekeeper_Recipient": said})


async def recorded(acme: Stand, said: str) -> dict[str, Any]:
    assert (await send(acme, said)).status == 201
    (person,) = acme.records("decision")[-1].content["recipients"]
    found: dict[str, Any] = person
    return found


async def test_a_stated_place_is_on_record_as_what_it_names_and_who_says_so(acme: Stand) -> None:
    person = await recorded(acme, f"postal={POSTAL}; source=crm; as_of=2026-10-01")
    assert person["places"] == {
        "regions": ["US-NY", "US-TX"],
        "zones": ["America/Chicago", "America/Denver", "America/New_York"],
        "confidence": "area_code",
    }
    assert person["facts"]["stated"] == {"region": "US-TX", "source": "crm", "as_of": "2026-10-01"}
    assert acme.leaks() == []


async def test_what_is_stated_goes_nowhere_else(acme: Stand) -> None:
    await recorded(acme, f"postal={POSTAL}; source=crm; as_of=2026-10-01")
    sent = b"".join(acme.carrier.requests).lower()
    assert sent and b"gatekeeper-recipient" not in sent
    assert POSTAL.encode() not in sent


async def test_a_word_that_cannot_be_read_is_refused_before_anything_is_sent(acme: Stand) -> None:
    before = len(acme.carrier.requests)
    refused = await send(acme, f"postal={POSTAL}; state=TX")
    assert (refused.status, "there is no state" in str(refused.body)) == (400, True)
    assert POSTAL not in str(refused.body)
    assert len(acme.carrier.requests) == before
    assert acme.leaks() == []


async def test_two_headers_have_no_one_meaning(acme: Stand) -> None:
    body = b"To=%2B12122000111&From=%2B13122000201&Body=Your+order."
    lines = [
        f"POST {MESSAGES} HTTP/1.1",
        "Host: gate",
        f"Authorization: {acme.basic()}",
        f"Content-Type: {FORM}",
        f"Content-Length: {len(body)}",
        "Gatekeeper-Recipient: region=US-TX",
        "gatekeeper-recipient: source=crm",
    ]
    answer = await ask(acme.gate.port, "\r\n".join([*lines, "\r\n"]).encode() + body)
    assert answer is not None
    assert answer.headers["Gatekeeper-Reason"] == "request.ambiguous"


async def test_a_check_of_the_same_recipient_tells_the_same_places(acme: Stand) -> None:
    person = await recorded(acme, "region=US-TX; source=billing_address; as_of=2026-10-01")
    said = {"region": "US-TX", "source": "billing_address", "as_of": "2026-10-01"}
    question = {"channel": "sms", "from": NEWS, "to": ANA, "text": "Your order.", "recipient": said}
    check = (await acme.native("/v1/check", question)).body
    assert check["places"] == person["places"]
    assert check["places"]["confidence"] == "narrowed"
