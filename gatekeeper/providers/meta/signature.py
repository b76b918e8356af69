"""How does Meta sign a webhook, and how is one signed for another URL?

`X-Hub-Signature-256: sha256=` and the HMAC-SHA256 in hexadecimal of the body, under the secret of
the Meta app (developers.facebook.com/docs/graph-api/webhooks/getting-started). Neither the URL nor
a time is signed; the times of the messages stand in the body.
"""

from __future__ import annotations

import hmac

from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.relayed import relayed

SIGNATURE = "x-hub-signature-256"
OLDER = "x-hub-signature"
"""The same with SHA-1: not believed, and not passed on."""
_SCHEME = "sha256="


def signature(body: bytes, secret: str) -> str:
    """The signature of a body, as the header has it."""
    return _SCHEME + hmac.digest(secret.encode(), body, "sha256").hex()


def verify(raw: RawRequest, secret: str) -> bool:
    """Whether whoever holds the secret signed this body."""
    given = [value.strip() for name, value in raw.headers if name.lower() == SIGNATURE]
    if not secret or len(given) != 1:
        return False
    return hmac.compare_digest(signature(raw.body, secret).encode(), given[0].encode())


def resign(raw: RawRequest, url: str, secret: str) -> RawRequest:
    """The webhook as it is, signed under another secret."""
    made = ("X-Hub-Signature-256", signature(raw.body, secret))
    return relayed(raw, url, (made,), (OLDER,))
