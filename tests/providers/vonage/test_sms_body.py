"""Does the body itself tell whether it is JSON or a form, and is it masked as it is?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.match import Span
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.vonage.sms_body import fields_of, is_json, redacted

LABELLED = (("Content-Type", "application/json"),)


def raw(body: bytes) -> RawRequest:
    return RawRequest("POST", "/sms/json", LABELLED, body, "rest")


def test_a_form_under_any_label_is_a_form() -> None:
    assert fields_of(raw(b"to=1&text=a+b")) == {"to": "1", "text": "a b"}
    assert fields_of(raw(b' {"to": "1"}')) == {"to": "1"}
    assert (is_json(raw(b"\n{}")), is_json(raw(b"a={}"))) == (True, False)


@pytest.mark.parametrize("body", [b"to=1&to=2", b"to", b'{"to": 1, "to": 2}', b"to=%ff"])
def test_a_body_with_two_meanings_is_refused(body: bytes) -> None:
    with pytest.raises(AmbiguousRequest):
        fields_of(raw(body))


def test_a_text_is_masked_in_either_form() -> None:
    span = [Span("text", 2, 4)]
    masked = [redacted(raw(body), span) for body in (b"to=1&text=a+12", b'{"text":"a 12"}')]
    assert [each.body for each in masked if each] == [b"to=1&text=a+**", b'{"text":"a **"}']
    assert redacted(raw(b"to=1&text=a"), [Span("body(decoded)", 0, 1)]) is None


def test_json_under_the_label_of_a_form_has_two_meanings() -> None:
    form = (("Content-Type", "application/x-www-form-urlencoded"),)
    body = b'{"to":"1","text":"&to=2&text=another"}'
    with pytest.raises(AmbiguousRequest, match="application/json"):
        fields_of(RawRequest("POST", "/sms/json", form, body, "rest"))
