"""Is exactly the masked text what changes in a request, byte for byte?"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as altered

from gatekeeper.domain.match import Span
from gatekeeper.domain.message import TextPart
from gatekeeper.domain.words import Role
from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import RawRequest
from tests.support.twilio_requests import CALLS, MESSAGES, SMS, form, parsed, request

TEXT = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=40
)
SID = "HX" + "0c" * 16
HEAD = b"To=%2B12122000123&From=%2B13122000100"


def redacted(raw: RawRequest, *spans: tuple[str, int, int]) -> RawRequest | None:
    return TWILIO.redact(raw, [Span(*span) for span in spans])


def body_of(raw: RawRequest, *spans: tuple[str, int, int]) -> bytes:
    out = redacted(raw, *spans)
    assert out is not None
    assert altered(out, body=raw.body) == raw
    return out.body


def text_of(raw: RawRequest, path: str) -> str:
    return next(part.text for part in parsed(raw).parts if part.path == path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"&Body=Order+4111+is+here", b"&Body=Order+****+is+here"),
        (b"&Body=Order%204111%20is%20here", b"&Body=Order%20****%20is%20here"),
        (b"&Bo%64y=Order+4111&MediaUrl=https://x.example/a%20b", b"&Bo%64y=Order+****"
         b"&MediaUrl=https://x.example/a%20b"),
        (b"&&Body=Order+%34%31%31%31+%f0%9f%98%80+caf%C3%A9&SmartEncoded=&",
         b"&&Body=Order+****+%f0%9f%98%80+caf%C3%A9&SmartEncoded=&"),
    ],
)  # fmt: skip
def test_every_byte_outside_the_value_stays_as_it_came(before: bytes, after: bytes) -> None:
    assert body_of(request(MESSAGES, HEAD + before), ("Body", 6, 10)) == HEAD + after


@given(TEXT, st.data())
def test_the_redacted_request_says_the_masked_text_and_all_else_as_before(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    raw = form(MESSAGES, {"MediaUrl": ["https://x.example/a b", "y"], **SMS, "Body": text})
    out = redacted(raw, ("Body", start, end))
    assert out is not None
    said = TextPart("Body", Role.BODY, text[:start] + "*" * (end - start) + text[end:])
    before = parsed(raw)
    parts = tuple(said if part.path == "Body" else part for part in before.parts)
    assert parsed(out) == altered(before, parts=parts)


@given(st.dictionaries(st.sampled_from(["1", "2", "name"]), TEXT, min_size=1), st.data())
def test_a_templates_variables_are_masked_one_by_one(
    said: dict[str, str], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(said)))
    end = data.draw(st.integers(1, len(said[name])))
    fields: dict[str, object] = {
        **SMS,
        "Body": "",
        "ContentSid": SID,
        "ContentVariables": json.dumps(said),
    }
    raw = form(MESSAGES, fields)
    out = redacted(raw, (f"ContentVariables/{name}", 0, end))
    assert out is not None
    wanted = said | {name: "*" * end + said[name][end:]}
    got = {part.path: part.text for part in parsed(out).parts}
    assert got == {f"ContentVariables/{key}": value for key, value in wanted.items()}
    assert [p.path for p in parsed(out).parts] == [p.path for p in parsed(raw).parts]


def test_several_spans_of_one_text_and_of_several_variables_are_masked_together() -> None:
    raw = form(MESSAGES, {**SMS, "Body": "a 12 b 34"})
    out = redacted(raw, ("Body", 2, 4), ("Body", 7, 9))
    assert out is not None
    assert text_of(out, "Body") == "a ** b **"
    variables = quote('{"1":"ab","2":"cd"}')
    raw = request(MESSAGES, HEAD + f"&ContentVariables={variables}&ContentSid={SID}".encode())
    out = redacted(raw, ("ContentVariables/1", 0, 1), ("ContentVariables/2", 1, 2))
    assert out is not None
    assert [part.text for part in parsed(out).parts] == ["*b", "c*"]


@pytest.mark.parametrize(
    "path",
    ["MediaUrl[1]", "StatusCallback", f"content_sid:{SID}[0]", "To", "joined", "Body/1", "Body[1]",
     "ContentVariables", "ContentVariables/1", ""],
)  # fmt: skip
def test_what_is_no_plain_text_of_this_message_cannot_be_masked(path: str) -> None:
    fields: dict[str, Any] = {**SMS, "MediaUrl": "https://x.example", "StatusCallback": "https://y"}
    raw = form(MESSAGES, fields)
    assert redacted(raw, (path, 0, 1)) is None
    assert redacted(raw, ("Body", 0, 1), (path, 0, 1)) is None


def test_a_span_past_the_text_cannot_be_masked() -> None:
    assert redacted(form(MESSAGES, dict(SMS)), ("Body", 0, len(SMS["Body"]) + 1)) is None


def test_a_variable_that_is_not_there_cannot_be_masked() -> None:
    fields: dict[str, object] = {
        **SMS,
        "Body": "",
        "ContentSid": SID,
        "ContentVariables": '{"1":"ab"}',
    }
    assert redacted(form(MESSAGES, fields), ("ContentVariables/2", 0, 1)) is None


def test_variables_keep_every_byte_that_is_not_masked() -> None:
    variables = '{ "1" : "\\u0034\\u0031 caf\\u00e9 \\ud83d\\ude00", "2":"cd" }'
    raw = request(
        MESSAGES, HEAD + f"&ContentSid={SID}&ContentVariables={quote(variables)}".encode()
    )
    out = body_of(raw, ("ContentVariables/1", 0, 1), ("ContentVariables/1", 8, 9))
    wanted = variables.replace("\\u0034", "*").replace("\\ud83d\\ude00", "*")
    assert out == HEAD + f"&ContentSid={SID}&ContentVariables={quote(wanted, safe='/*')}".encode()


def call(twiml: str) -> RawRequest:
    said = {"To": "+12122000123", "From": "+13122000100", "Twiml": twiml, "CallReason": "4111"}
    return request(CALLS, urlencode(said).encode())


SPOKEN = (
    "<Response><Say> Order <emphasis>41</emphasis>&#49;1 is <![CDATA[<ready>]]>.</Say>"
    "<Dial><Number>+12122000124</Number></Dial><Message>Pin &amp; 4111</Message></Response>"
)


def test_what_a_call_says_is_left_unsaid_and_what_it_texts_is_masked() -> None:
    out = redacted(
        call(SPOKEN), ("Twiml/Response/Say[1]", 6, 10), ("Twiml/Response/Message[1]", 4, 10)
    )
    wanted = SPOKEN.replace(">41<", ">  <").replace("&#49;1", "  ").replace("&amp; 4111", "******")
    assert out is not None
    assert out.body == call(wanted).body.replace(b"%2A", b"*").replace(b"++is", b"++is")


def test_what_a_call_dials_plays_or_passes_on_cannot_be_masked() -> None:
    for part in parsed(call(SPOKEN)).parts:
        if part.role not in (Role.TTS, Role.BODY):
            assert redacted(call(SPOKEN), (part.path, 0, 1)) is None
    number = "Twiml/Response/Dial[1]/Number[1]"
    for path in (number, "Twiml/Response/Say[2]", "Twiml/Response", "Twiml"):
        assert redacted(call(SPOKEN), (path, 0, 1)) is None
