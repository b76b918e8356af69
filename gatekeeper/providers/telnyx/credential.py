"""Which credential does a Telnyx SDK send, and how is it replaced by the provider's own?

An API key as a bearer token (developers.telnyx.com, "Authentication"); it names no account.
"""

from __future__ import annotations

from gatekeeper.providers.authorization import as_bearer, bearer, under
from gatekeeper.providers.contract import Credential, RawRequest


def credential(raw: RawRequest) -> Credential | None:
    """The API key, None if there is no one."""
    key = bearer(raw)
    return Credential("", key) if key else None


def swap(raw: RawRequest, credential: Credential) -> RawRequest:
    """The same request under another API key; every other byte stays."""
    return under(raw, as_bearer(credential.secret))
