"""What passes, what is judged, and what is never sent on? The cases of `meta.yaml` say the most."""

from __future__ import annotations

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Handling, RawRequest
from gatekeeper.providers.meta.paths import match, only_whatsapp

JSON = (("Content-Type", "application/json"),)


def handled(method: str, target: str, body: bytes = b"", *headers: tuple[str, str]) -> Handling:
    return match(RawRequest(method, target, (*JSON, *headers), body)).handling


@pytest.mark.parametrize(
    "target", ["/me/messages", "/v21.0/123456/messages", "/v21.0/1234/marketing_messages"]
)
def test_a_message_is_judged_in_every_version(target: str) -> None:
    assert handled("POST", target) is Handling.DECIDE


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("PUT", "/me/messages"),
        ("POST", "/me/mess%61ges"),
        ("POST", "/me/messages/"),
        ("POST", "//me/messages"),
        ("POST", "/v21.0/me/calls"),
        ("POST", "/v21.0/me/message_templates"),
        ("POST", "/v21.0/me/messages?recipient=1"),
        ("GET", "/v21.0/me/messages?METHOD=post"),
        ("GET", "/v21.0/?batch[0]=x"),
        ("GET", "/oauth/access_token?client_secret=x"),
        ("GET", "/v21.0/me?fields=id,accounts"),
    ],
)
def test_whatever_could_send_or_show_a_token_is_refused(method: str, target: str) -> None:
    assert handled(method, target) is Handling.REFUSE


def test_a_header_that_asks_for_another_method_is_refused() -> None:
    other = ("X-HTTP-Method-Override", "POST")
    assert handled("POST", "/me/messages", b"", other) is Handling.REFUSE
    assert handled("GET", "/me", b"", other) is Handling.REFUSE


def test_reads_pass() -> None:
    assert handled("GET", "/v21.0/123/phone_numbers?access_token=t") is Handling.PASS


@pytest.mark.parametrize(
    "body",
    [
        b'{"messaging_product":"whatsapp","status":"delivered","message_id":"a"}',
        b'{"messaging_product":"whatsapp","status":"read","message_id":"two words"}',
        b'{"messaging_product":"whatsapp","status":"read"}',
        b'{"recipient":{"id":"1"},"sender_action":"react"}',
        b'{"recipient":"1","sender_action":"typing_on"}',
        b'{"recipient":{"id":1},"sender_action":"typing_on"',
    ],
)
def test_what_is_not_quite_a_receipt_is_judged(body: bytes) -> None:
    assert handled("POST", "/v21.0/1234/messages", body) is Handling.DECIDE


def test_the_channel_is_told_by_the_product() -> None:
    body = b'{"messaging_product":"whatsapp"}'
    assert match(RawRequest("POST", "/1234/messages", JSON, body)).channel is Channel.WHATSAPP
    assert match(RawRequest("POST", "/1234/messages", JSON, b"{}")).channel is Channel.MESSENGER
    assert only_whatsapp("/v21.0/1234/marketing_messages")
    assert not only_whatsapp("/v21.0/1234/messages")
