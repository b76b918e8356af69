"""Which credential does a Plivo SDK send, and how is it replaced by the provider's own?

HTTP Basic with the auth id and auth token; the id stands in the path as well.
"""

from __future__ import annotations

from gatekeeper.providers.authorization import as_basic, basic, under
from gatekeeper.providers.contract import Credential, RawRequest
from gatekeeper.providers.plivo.paths import ROOT


def credential(raw: RawRequest) -> Credential | None:
    """The account of the path with the token; None if the user is another than the path's."""
    pair, named = basic(raw), ROOT.match(raw.target)
    if pair is None or (named is not None and named[1] != pair[0]):
        return None
    return Credential(*pair)


def swap(raw: RawRequest, credential: Credential) -> RawRequest:
    """The same request under another credential: only its header and account name change."""
    named, target = ROOT.match(raw.target), raw.target
    if named is not None:
        target = target[: named.start(1)] + credential.account + target[named.end(1) :]
    return under(raw, as_basic(credential.account, credential.secret), target)
