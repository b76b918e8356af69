"""Is the token found in either place, and swapped without another byte changing?"""

from __future__ import annotations

import pytest

from gatekeeper.providers.contract import Credential, Headers, RawRequest
from gatekeeper.providers.meta.credential import credential, swap

BODY = b'{"messaging_product":"whatsapp"}'
BEARER: Headers = (("Authorization", "Bearer gk_1"), ("X-One", "1"))
REAL = Credential("acme", "EAA/b+c=")


def request(target: str = "/v21.0/me/messages", headers: Headers = ()) -> RawRequest:
    return RawRequest("POST", target, headers, BODY)


def test_a_bearer_token_is_found_and_swapped() -> None:
    raw = request(headers=BEARER)
    assert credential(raw) == Credential("", "gk_1")
    sent = swap(raw, REAL)
    assert sent.headers == (("Authorization", "Bearer EAA/b+c="), ("X-One", "1"))
    assert (sent.target, sent.body) == (raw.target, BODY)


def test_a_token_in_the_query_is_found_and_swapped_in_its_place() -> None:
    raw = request("/me/messages?a=%20&access_token=gk_1&b=2")
    assert credential(raw) == Credential("", "gk_1")
    sent = swap(raw, REAL)
    assert sent.target == "/me/messages?a=%20&access_token=EAA%2Fb%2Bc%3D&b=2"
    assert credential(sent) == Credential("", REAL.secret)
    assert sent.body == BODY


@pytest.mark.parametrize(
    ("target", "headers"),
    [
        ("/me/messages", ()),
        ("/me/messages?access_token=", ()),
        ("/me/messages?access_token=a&access_token=b", ()),
        ("/me/messages?access_token=a&access%5Ftoken=b", ()),
        ("/me/messages?access_token=gk_1", BEARER),
        ("/me/messages", (*BEARER, *BEARER)),
    ],
)
def test_no_token_or_two_of_them_are_no_credential(target: str, headers: Headers) -> None:
    assert credential(request(target, headers)) is None
