"""How does Plivo sign a webhook, and how is one signed for another URL?

V3 (plivo.com/docs, "Validating requests"): the base64 of an HMAC-SHA256 under the auth token over
the URL, its query in order, the parameters in order of their names, and `.nonce`; one header may
list several signatures. V2 signs scheme, host and path with the nonce, so nothing of what is told.
Neither signs a time.
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.form_body import read_form
from gatekeeper.providers.relayed import relayed

V3, V3_MAIN = "X-Plivo-Signature-V3", "X-Plivo-Signature-Ma-V3"
V3_NONCE = "X-Plivo-Signature-V3-Nonce"
V2, V2_MAIN = "X-Plivo-Signature-V2", "X-Plivo-Signature-Ma-V2"
V2_NONCE = "X-Plivo-Signature-V2-Nonce"
"""`Ma`: by the main account's token, where a subaccount's number was called."""

_MOST = 10
"""Signatures in one header."""
_HEADERS = frozenset(name.lower() for name in (V3, V3_MAIN, V3_NONCE, V2, V2_MAIN, V2_NONCE))


def signature_v3(url: str, form: Mapping[str, Sequence[str]], nonce: str, secret: str) -> str:
    """The signature of a POST."""
    parts = urlsplit(url)
    query = parse_qs(parts.query, keep_blank_values=True)
    said = f"{parts.scheme}://{parts.netloc}{parts.path}"
    if query or form:
        said += "?" + "&".join(f"{k}={v}" for k in sorted(query) for v in sorted(query[k]))
    if query and form:
        said += "."
    said += "".join(f"{name}{value}" for name in sorted(form) for value in sorted(form[name]))
    return _hmac(f"{said}.{nonce}", secret)


def signature_v2(url: str, nonce: str, secret: str) -> str:
    """The older signature, of the address alone."""
    parts = urlsplit(url)
    return _hmac(f"{parts.scheme}://{parts.netloc}{parts.path}{nonce}", secret)


def verify(raw: RawRequest, url: str, secret: str) -> bool:
    """Whether a signature of the newest version that is there holds."""
    try:
        form = read_form(raw)
    except AmbiguousRequest:
        return False
    if not secret:
        return False
    if signs_what_is_told(raw):
        nonce, given = raw.header(V3_NONCE), _given(raw, V3, V3_MAIN)
        made = signature_v3(url, form, nonce or "", secret)
    else:
        nonce, given = raw.header(V2_NONCE), _given(raw, V2, V2_MAIN)
        made = signature_v2(url, nonce or "", secret)
    held = [hmac.compare_digest(made.encode(), each.encode()) for each in given]
    return bool(nonce) and any(held)


def signs_what_is_told(raw: RawRequest) -> bool:
    """Whether it comes under a V3 signature: then its parameters are as Plivo sent them."""
    return bool(_given(raw, V3, V3_MAIN))


def resign(raw: RawRequest, url: str, secret: str) -> RawRequest:
    """The webhook for another URL, under another secret, by both versions."""
    nonce = raw.header(V3_NONCE) or raw.header(V2_NONCE) or sha256(raw.body).hexdigest()[:20]
    signed = (
        (V3, signature_v3(url, read_form(raw), nonce, secret)),
        (V3_NONCE, nonce),
        (V2, signature_v2(url, nonce, secret)),
        (V2_NONCE, nonce),
    )
    return relayed(raw, url, signed, _HEADERS)


def _given(raw: RawRequest, *names: str) -> list[str]:
    wanted = {name.lower() for name in names}
    lists = [value for name, value in raw.headers if name.lower() in wanted]
    return [each.strip() for value in lists for each in value.split(",")][:_MOST]


def _hmac(text: str, secret: str) -> str:
    return b64encode(hmac.digest(secret.encode(), text.encode(), "sha256")).decode()
