"""Does a mapped provider do all that a provider does?"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from gatekeeper.domain.match import Span
from gatekeeper.domain.message import AddressKind
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Credential, Handling, Operation, RawRequest, Simulated
from gatekeeper.providers.form_body import FORM_TYPE
from gatekeeper.providers.mapped.provider import Mapped

PATH = "/v1/accounts/a1/messages"
HEADERS = (("Content-Type", "application/json"), ("Authorization", "Bearer gk_1"))


def raw(body: object, path: str = PATH, method: str = "POST") -> RawRequest:
    return RawRequest(method, path, HEADERS, json.dumps(body).encode())


def at(provider: Mapped, asked: RawRequest) -> Operation:
    operation = provider.match(asked)
    assert operation is not None
    return operation


def test_a_message_is_read_with_all_that_it_has(acmetel: Mapped) -> None:
    links = {"media": ["https://a.example/x"], "callback": "https://app.example"}
    asked = raw({"to": ["12122000211"], "text": "Hi", "flow": "f1", **links})
    operation = at(acmetel, asked)
    assert (operation.name, operation.account) == ("message", "a1")
    request = acmetel.parse(asked, operation)
    assert [each.value for each in request.recipients] == ["+12122000211"]
    assert (request.sender.kind, request.media) == (AddressKind.UNKNOWN, ("https://a.example/x",))
    assert [(each.kind, each.ref) for each in request.opaque] == [("flow", "f1")]
    assert [part.path for part in request.parts] == ["text", "media/0", "callback"]


@pytest.mark.parametrize(
    ("body", "why"),
    [({"text": "Hi"}, "names no recipient"), ({"to": "1", "text": []}, "text"), ([], "object")],
)
def test_what_has_no_one_meaning_is_refused(acmetel: Mapped, body: object, why: str) -> None:
    asked = raw(body)
    with pytest.raises(AmbiguousRequest, match=why):
        acmetel.parse(asked, at(acmetel, asked))


def test_a_form_is_read_and_masked(acmetel: Mapped) -> None:
    body = b"To=%2B12122000211&To=12122000212&Body=pin+1234"
    asked = RawRequest("POST", "/v1/forms", (("Content-Type", FORM_TYPE),), body)
    request = acmetel.parse(asked, at(acmetel, asked))
    assert [each.value for each in request.recipients] == ["+12122000211", "+12122000212"]
    masked = acmetel.redact(asked, [Span("Body", 4, 8)])
    assert masked is not None
    assert masked.body == body.replace(b"1234", b"****")
    assert acmetel.redact(asked, [Span("Nothing", 0, 1)]) is None


def test_json_is_masked(acmetel: Mapped) -> None:
    masked = acmetel.redact(raw({"text": "pin 1"}), [Span("text", 4, 5)])
    assert masked is not None
    assert json.loads(masked.body) == {"text": "pin *"}


def test_the_key_is_read_and_replaced(acmetel: Mapped) -> None:
    asked = raw({})
    assert acmetel.credential(asked) == Credential("a1", "gk_1")
    swapped = acmetel.swap(asked, Credential("a1", "real"))
    assert swapped.header("Authorization") == "Bearer real"


def test_the_sandbox_answers_as_the_file_says(acmetel: Mapped) -> None:
    asked, carrier = raw({"to": "12122000211", "text": "Hi"}), acmetel.carrier
    operation = at(acmetel, asked)
    assert carrier is not None
    reply = carrier.accepted(asked, operation, acmetel.parse(asked, operation), "s1")
    told = {"id": "s1", "to": "+12122000211", "status": "queued"}
    assert (reply.status, json.loads(reply.body)) == (202, told)
    assert carrier.passed(asked, operation).status == 200
    simulated = Simulated("1", operation.channel, "+1", "+2")
    assert carrier.wrote(simulated).body == carrier.delivered(simulated).body == b"{}"


def test_no_webhook_is_read_or_believed(acmetel: Mapped) -> None:
    asked = raw({})
    with pytest.raises(AmbiguousRequest):
        acmetel.inbound(asked)
    assert acmetel.verify(asked, "", "secret", datetime(2026, 1, 1, tzinfo=UTC)) is False
    assert acmetel.events(asked) == ()
    assert acmetel.resign(asked, "", "") is asked


def test_an_unknown_path_is_closed_but_for_reads(acmetel: Mapped) -> None:
    assert at(acmetel, raw({}, "/v1/other")).handling is Handling.REFUSE
    assert at(acmetel, RawRequest("GET", "/v1/o", HEADERS, b"")).handling is Handling.PASS
