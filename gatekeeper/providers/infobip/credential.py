"""Which credential does an Infobip SDK send, and how is it replaced?

An API key (`App KEY`), or a user's name and password by HTTP Basic. Neither names the account: the
key alone tells whose it is.
"""

from __future__ import annotations

from gatekeeper.providers.authorization import as_basic, basic, keyed, under
from gatekeeper.providers.contract import Credential, RawRequest

SCHEME = "App"


def credential(raw: RawRequest) -> Credential | None:
    """The key, or the password of a user; None if there is no one such."""
    key = keyed(raw, SCHEME)
    if key is not None:
        return Credential("", key)
    pair = basic(raw)
    return Credential("", pair[1]) if pair else None


def swap(raw: RawRequest, credential: Credential) -> RawRequest:
    """The same request under another key, or under another password of the same user."""
    pair = basic(raw)
    if pair is not None:
        return under(raw, as_basic(pair[0], credential.secret))
    return under(raw, f"{SCHEME} {credential.secret}")
