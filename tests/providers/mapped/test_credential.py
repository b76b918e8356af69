"""Is the key found where the file says, and nowhere else?"""

from __future__ import annotations

import pytest

from gatekeeper.providers.authorization import as_basic
from gatekeeper.providers.contract import Credential, Headers, RawRequest
from gatekeeper.providers.mapped.credential import credential_of, swapped
from gatekeeper.providers.mapped.file_shape import CredentialShape

BEARER = CredentialShape(kind="bearer")
BASIC = CredentialShape(kind="basic")
HEADER = CredentialShape(kind="header", header="X-Api-Key", prefix="key ")


def raw(*headers: tuple[str, str]) -> RawRequest:
    return RawRequest("POST", "/x", headers, b"")


@pytest.mark.parametrize(
    ("where", "headers", "found"),
    [
        (BEARER, (("authorization", "Bearer k1"),), Credential("", "k1")),
        (BASIC, (("Authorization", as_basic("u", "k1")),), Credential("u", "k1")),
        (HEADER, (("x-api-key", "key k1"),), Credential("", "k1")),
        (HEADER, (("X-Api-Key", "k1"),), None),
        (HEADER, (("X-Api-Key", "key a"), ("X-Api-Key", "key b")), None),
        (BEARER, (("X-Api-Key", "key k1"),), None),
        (BASIC, (("Authorization", "Bearer k1"),), None),
    ],
)
def test_the_key_has_one_place(
    where: CredentialShape, headers: Headers, found: Credential | None
) -> None:
    assert credential_of(raw(*headers), where, "") == found


@pytest.mark.parametrize(
    ("where", "before", "after"),
    [
        (BEARER, ("Authorization", "Bearer k1"), "Bearer real"),
        (BASIC, ("Authorization", as_basic("u", "k1")), as_basic("u", "real")),
        (HEADER, ("x-api-key", "key k1"), "key real"),
    ],
)
def test_only_the_key_is_replaced(
    where: CredentialShape, before: tuple[str, str], after: str
) -> None:
    sent = swapped(raw(("A", "b"), before), where, Credential("u", "real"))
    assert sent.headers == (("A", "b"), (before[0], after))
