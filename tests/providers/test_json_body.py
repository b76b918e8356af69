"""Is a JSON body read with one meaning, and masked in its own bytes only?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.match import Span
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.json_body import masked_json, read_array, read_object

JSON = ("Content-Type", "application/json")


def raw(body: bytes, *headers: tuple[str, str]) -> RawRequest:
    return RawRequest("POST", "/v2/messages", headers or (JSON,), body, "s")


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=utf-8", "application/vnd.api+json"]
)
def test_an_object_is_read_under_every_json_type(kind: str) -> None:
    assert read_object(raw(b'{"a": "\xc3\xa9"}', ("content-type", kind))) == {"a": "é"}


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "well-formed"),
        (b'{"to": "1', "well-formed"),
        (b'{"to": 1, "to": 2}', "a key is given twice"),
        (b'{"to": NaN}', "not a JSON number"),
        (b'{"to": ' + b"[" * 99_999, "too deep"),
        (b"[]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b'{"to": "\xff"}', "not UTF-8"),
        ("{}".encode("utf-16"), "not UTF-8"),
        (b"\xef\xbb\xbf{}", "well-formed"),
    ],
)
def test_a_body_without_one_meaning_is_refused_and_repeats_nothing(body: bytes, why: str) -> None:
    with pytest.raises(AmbiguousRequest, match=why) as caught:
        read_object(raw(body))
    assert caught.value.status == 400


@pytest.mark.parametrize(
    "headers",
    [
        (("Content-Type", "application/x-www-form-urlencoded"),),
        (JSON, JSON),
        (("X", "y"),),
        (JSON, ("Content-Encoding", "gzip")),
        (("Content-Type", "application/json; charset=utf-16"),),
    ],
)
def test_another_type_or_coding_is_refused_as_such(headers: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(AmbiguousRequest) as caught:
        read_object(raw(b"{}", *headers))
    assert caught.value.status == 415


def test_where_the_provider_does_not_look_at_the_type_the_body_tells() -> None:
    labelled = raw(b'{"a": 1}', ("Content-Type", "text/plain"))
    assert read_object(labelled, any_type=True) == {"a": 1}


def test_what_is_masked_changes_its_own_bytes_and_no_other() -> None:
    body = b'{"m":[{"text":"pin \\u0031\\u0032 \xe2\x82\xac"}],  "to":"x"}'
    masked = masked_json(raw(body), [Span("m/0/text", 4, 6)])
    assert masked is not None
    assert masked.body == b'{"m":[{"text":"pin ** \xe2\x82\xac"}],  "to":"x"}'
    assert masked.service == "s"


def test_what_stands_in_no_string_cannot_be_masked() -> None:
    assert masked_json(raw(b'{"n": 12}'), [Span("n", 0, 1)]) is None
    assert masked_json(raw(b'{"n": "1"}'), [Span("n", 0, 2)]) is None


def test_a_link_with_escapes_cannot_be_masked_in_place() -> None:
    raw = RawRequest("POST", "/", (), b'{"url": "https://a.example/a%20secret", "text": "20% off"}')
    assert masked_json(raw, [Span("url", 20, 26)]) is None
    assert masked_json(raw, [Span("text", 0, 2)]) is not None


def test_an_array_is_read_whatever_its_type_and_not_beyond_its_length() -> None:
    raw = RawRequest("POST", "/", (), b"[1,2]")
    assert read_array(raw, most=2) == [1, 2]
    with pytest.raises(AmbiguousRequest, match="more than 1"):
        read_array(raw, most=1)
    with pytest.raises(AmbiguousRequest, match="not a JSON array"):
        read_array(RawRequest("POST", "/", (), b"{}"), most=1)
