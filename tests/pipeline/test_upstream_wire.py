"""Which bytes of a request and of its reply cross the gate?"""

from __future__ import annotations

import pytest

from gatekeeper.pipeline.upstream_wire import HOP_BY_HOP, reply_headers, request_bytes
from gatekeeper.providers.contract import Headers, RawRequest


def post(*headers: tuple[str, str], body: bytes = b"To=x") -> RawRequest:
    return RawRequest("POST", "/2010/M.json?a=%20b", tuple(headers), body)


def test_everything_but_the_hop_stays_byte_for_byte() -> None:
    """Order, case, doubled names and encodings of the app's headers and body are untouched."""
    request = post(
        ("user-AGENT", "twilio/9 (x)"),
        ("Accept-Encoding", "gzip, br"),
        ("X-Twice", "1"),
        ("X-Twice", "2"),
        ("Host", "gate.local"),
        ("Content-Length", "999"),
        body=b"\x00\xffTo=%2B1",
    )
    assert request_bytes(request, "api.twilio.com", "/base") == (
        b"POST /base/2010/M.json?a=%20b HTTP/1.1\r\nHost: api.twilio.com\r\n"
        b"user-AGENT: twilio/9 (x)\r\nAccept-Encoding: gzip, br\r\nX-Twice: 1\r\nX-Twice: 2\r\n"
        b"Content-Length: 9\r\n\r\n\x00\xffTo=%2B1"
    )


def test_undecodable_header_bytes_leave_as_they_came() -> None:
    raw = b"caf\xe9 \xc3\xa9"
    wire = request_bytes(post(("X-Name", raw.decode("latin-1"))), "h")
    assert b"X-Name: caf\xe9 \xc3\xa9\r\n" in wire


@pytest.mark.parametrize("name", sorted(HOP_BY_HOP))
def test_hop_by_hop_headers_are_dropped_both_ways(name: str) -> None:
    """RFC 9110 section 7.6.1."""
    cased = name.title()
    assert cased.encode() not in request_bytes(post((cased, "x")), "h")
    assert reply_headers([(cased.encode(), b"x"), (b"Date", b"d")]) == (("Date", "d"),)


def test_headers_that_connection_names_are_dropped_both_ways() -> None:
    named: Headers = (("Connection", "close, X-Hop"), ("x-hop", "1"), ("X-Stays", "2"))
    wire = request_bytes(post(*named), "h")
    assert b"x-hop" not in wire
    assert b"X-Stays: 2\r\n" in wire
    received = [(k.encode(), v.encode()) for k, v in named]
    assert reply_headers(received) == (("X-Stays", "2"),)


@pytest.mark.parametrize(
    "request_",
    [
        post(("X-A", "1\r\nX-B: 2")),
        post(("X-A", "1\nX-B: 2")),
        post(("X A", "1")),
        post(("X-A:", "1")),
        post(("X-A", "\x00")),
        post(("X-A", "no byte: \u2028")),
        RawRequest("POST", "/a b", (), b""),
        RawRequest("POST", "/a\r\nX: y", (), b""),
        RawRequest("POST", "http://else.where/", (), b""),
        RawRequest("PO ST", "/", (), b""),
    ],
)
def test_what_could_smuggle_a_line_is_refused_without_repeating_it(request_: RawRequest) -> None:
    with pytest.raises(ValueError, match="cannot be sent"):
        request_bytes(request_, "h")


def test_a_body_is_always_framed_and_a_bare_read_is_not() -> None:
    assert b"Content-Length: 0\r\n" in request_bytes(RawRequest("POST", "/", (), b""), "h")
    assert b"Content-Length" not in request_bytes(RawRequest("GET", "/", (), b""), "h")
    assert b"Content-Length: 1\r\n" in request_bytes(RawRequest("DELETE", "/", (), b"x"), "h")


def test_reply_headers_that_are_not_clean_text_are_dropped() -> None:
    received = [
        (b"X-Ok", b" spaced\t"),
        (b"X-Latin", b"\xe9"),
        (b"X-Control", b"a\x1bb"),
        (b"X \xff", b"a"),
        (b"Content-Length", b"5"),
        (b"Set-Cookie", b"a=1"),
        (b"Set-Cookie", b"b=2"),
    ]
    assert reply_headers(received) == (
        ("X-Ok", "spaced"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
    )


def test_evidence_of_consent_stays_with_the_gate() -> None:
    headers = (("Gatekeeper-Consent", '{"event": "opt_in"}'), ("X-App", "shop"))
    sent = request_bytes(RawRequest("POST", "/x", headers, b"a=1"), "carrier.example")
    assert b"opt_in" not in sent and b"X-App: shop" in sent
