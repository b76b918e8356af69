"""Which credential does a MessageBird SDK send, and how is it replaced? (`AccessKey KEY`)"""

from __future__ import annotations

from gatekeeper.providers.authorization import keyed, under
from gatekeeper.providers.contract import Credential, RawRequest

SCHEME = "AccessKey"


def credential(raw: RawRequest) -> Credential | None:
    """The key, which alone tells whose it is; None if there is no one."""
    key = keyed(raw, SCHEME)
    return Credential("", key) if key else None


def swap(raw: RawRequest, credential: Credential) -> RawRequest:
    """The same request under another key."""
    return under(raw, f"{SCHEME} {credential.secret}")
