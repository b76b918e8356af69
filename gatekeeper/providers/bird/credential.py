"""Which credential does Bird's SDK send, and how is it replaced? (`Bearer KEY`)"""

from __future__ import annotations

from gatekeeper.providers.authorization import as_bearer, bearer, under
from gatekeeper.providers.contract import Credential, RawRequest


def credential(raw: RawRequest) -> Credential | None:
    """The key, which alone tells whose it is; None if there is no one."""
    key = bearer(raw)
    return Credential("", key) if key else None


def swap(raw: RawRequest, credential: Credential) -> RawRequest:
    """The same request under another key."""
    return under(raw, as_bearer(credential.secret))
