"""One meaning or none: how are form bodies read?"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.form_body import FORM_TYPE, MAX_FIELDS, Form, placed, read_form
from tests.support.twilio_requests import MESSAGES, request

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
PAIRS = st.lists(st.tuples(TEXT, TEXT), max_size=20)


def read(body: bytes, kind: str = FORM_TYPE) -> Form:
    return read_form(request(MESSAGES, body, kind=kind))


def flat(form: Form) -> dict[str, list[str]]:
    return {name: list(values) for name, values in form.items()}


def grouped(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    form: dict[str, list[str]] = {}
    for name, value in pairs:
        form.setdefault(name, []).append(value)
    return form


@given(PAIRS)
def test_well_formed_bodies_read_as_urllib_reads_them(pairs: list[tuple[str, str]]) -> None:
    body = urlencode(pairs)
    assert flat(read(body.encode())) == grouped(parse_qsl(body, keep_blank_values=True))


@given(PAIRS)
def test_what_an_sdk_encodes_is_what_we_read(pairs: list[tuple[str, str]]) -> None:
    assert flat(read(urlencode(pairs).encode())) == grouped(pairs)


async def test_an_aiohttp_server_reads_the_same_fields() -> None:
    """The sandbox carrier, like any upstream, must see what the gate saw."""
    body = urlencode([("Body", "100% \\x41 + & = é😀\r\n"), ("MediaUrl", "a"), ("MediaUrl", "b")])
    mocked = make_mocked_request("POST", "/", headers={"Content-Type": FORM_TYPE})
    mocked._read_bytes = body.encode()
    seen = await web.Request.post(mocked)
    assert grouped([(k, str(v)) for k, v in seen.items()]) == flat(read(body.encode()))


@given(st.binary(max_size=200), st.sampled_from([FORM_TYPE, "text/plain", ""]))
def test_arbitrary_bytes_are_read_or_refused(body: bytes, kind: str) -> None:
    """Nothing but AmbiguousRequest comes out of any body."""
    try:
        form = read(body, kind)
    except AmbiguousRequest:
        return
    assert all(isinstance(value, str) for values in form.values() for value in values)


@pytest.mark.parametrize(
    "body",
    [
        b"Body=a%00b",
        b"Body=a\0b",
        b"Body=%ED%A0%80",
        b"Body=%ff",
        b"Body=\xc3",
        b"Body=%C3&To=%A9",
        b"Body=100%",
        b"Body=%4",
        b"Body=%zz",
        b"Body=a;To=%2B19005550123",
        b"Body",
        b"&".join([b"A=1"] * (MAX_FIELDS + 1)),
    ],
)
def test_a_body_with_two_readings_is_refused(body: bytes) -> None:
    with pytest.raises(AmbiguousRequest) as refused:
        read(body)
    assert refused.value.status == 400


@pytest.mark.parametrize(
    "kind",
    ["application/json", "multipart/form-data; boundary=x", "", f"{FORM_TYPE}; charset=utf-16"],
)
def test_another_content_type_is_refused_as_unsupported(kind: str) -> None:
    with pytest.raises(AmbiguousRequest) as refused:
        read(b"To=1", kind)
    assert refused.value.status == 415


@pytest.mark.parametrize("kind", [f"{FORM_TYPE}; charset=UTF-8", FORM_TYPE.upper()])
def test_the_form_type_may_name_utf8_in_any_case(kind: str) -> None:
    assert read(b"To=1", kind) == {"To": ("1",)}


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (("Content-Type", FORM_TYPE), ("content-type", FORM_TYPE)),
        (("Content-Type", FORM_TYPE), ("Content-Encoding", "gzip")),
    ],
)
def test_a_missing_or_doubled_type_or_an_encoded_body_is_refused(
    headers: tuple[tuple[str, str], ...],
) -> None:
    with pytest.raises(AmbiguousRequest):
        read_form(RawRequest("POST", MESSAGES, headers, b"To=1"))


def test_an_empty_body_has_no_fields() -> None:
    assert read(b"") == {}
    assert read(b"&&") == {}


@given(PAIRS, TEXT)
def test_each_character_of_a_value_is_found_where_it_is_written(
    pairs: list[tuple[str, str]], text: str
) -> None:
    others = [(name, value) for name, value in pairs if name != "Body"]
    body = b"&".join((urlencode(others).encode(), urlencode({"Body": text}).encode(), b"Last=+"))
    found = placed(body, "Body")
    assert found is not None
    assert found.text == text
    written = [body[start:end] for start, end in found.spans]
    assert [read(b"x=" + each)["x"] for each in written] == [(character,) for character in text]
    assert b"".join(written) == urlencode({"Body": text}).encode().removeprefix(b"Body=")


def test_a_value_that_is_not_there_has_no_place() -> None:
    assert placed(b"To=1&Bodyx=2", "Body") is None
    assert placed(b"To=1&B%6fdy=%C3%A9+2", "Body") == (
        "é 2",
        [(12, 18), (18, 19), (19, 20)],
    )
