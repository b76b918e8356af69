"""Which credential does a Bandwidth SDK send, and how is it replaced?

HTTP Basic, of a user of the API and its password; the account stands in the path. The user stays:
what the gate swaps is the password.
"""

from __future__ import annotations

from gatekeeper.providers.authorization import as_basic, basic, under
from gatekeeper.providers.bandwidth.paths import ACCOUNT
from gatekeeper.providers.contract import Credential, RawRequest


def credential(raw: RawRequest) -> Credential | None:
    """The account of the path with the password of HTTP Basic; None if there is no one such."""
    pair = basic(raw)
    if pair is None:
        return None
    named = ACCOUNT.match(raw.target)
    return Credential(named[1] if named else "", pair[1])


def swap(raw: RawRequest, credential: Credential) -> RawRequest:
    """The same request under another password, and in another account if that is another."""
    pair = basic(raw)
    user = pair[0] if pair else credential.account
    named = ACCOUNT.match(raw.target)
    target = raw.target
    if named and named[1] != credential.account:
        target = target[: named.start(1)] + credential.account + target[named.end(1) :]
    return under(raw, as_basic(user, credential.secret), target)
