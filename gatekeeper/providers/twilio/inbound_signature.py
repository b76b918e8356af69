"""How does Twilio sign a webhook, and how is one signed for another URL?

X-Twilio-Signature is the base64 of an HMAC over the URL and, for a form, each parameter's name and
value in the order of the names (twilio.com/docs/usage/security). The hash is SHA-1 under the
account's auth token, or the one that X-Twilio-Webhooks-Signature-Settings names under a shared
key. A JSON body is not among the parameters: its SHA-256 stands in the URL as `bodySHA256`.
Twilio signs no time.
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.form_body import Form, read_form

SIGNATURE = "X-Twilio-Signature"
SETTINGS = "X-Twilio-Webhooks-Signature-Settings"
BODY_HASH = "bodySHA256"

_HASHES = {"HMAC_SHA1": "sha1", "HMAC_SHA256": "sha256"}
_PORTS = {"https": 443, "http": 80}


def signature(url: str, form: Form, secret: str, algorithm: str = "sha1") -> str:
    """The signature for a URL and a form; a value given twice for one name counts once."""
    said = url + "".join(name + value for name in sorted(form) for value in sorted(set(form[name])))
    return b64encode(hmac.digest(secret.encode(), said.encode(), algorithm)).decode()


def verify(raw: RawRequest, url: str, secret: str) -> bool:
    """Whether the signature holds; Twilio signs the URL with or without its port."""
    given, algorithm = _one_header(raw, SIGNATURE), _algorithm(raw)
    if given is None or algorithm is None or not secret:
        return False
    try:
        form = _signed_form(raw)
    except AmbiguousRequest:
        return False
    made = [signature(each, form, secret, algorithm) for each in _spellings(url)]
    # Every candidate is compared, whatever the first one says.
    held = [hmac.compare_digest(one.encode(), given.encode()) for one in made]
    return any(held) and _body_holds(raw, url)


def resign(raw: RawRequest, url: str, secret: str) -> RawRequest:
    """The webhook for another URL, under another secret: by auth token, as every SDK checks it."""
    if is_json(raw):
        url = _with_body_hash(url, raw.body)
    form = _signed_form(raw)
    dropped = {SIGNATURE.lower(), SETTINGS.lower(), "host"}
    kept = tuple((k, v) for k, v in raw.headers if k.lower() not in dropped)
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    signed = (*kept, (SIGNATURE, signature(url, form, secret)))
    return RawRequest(raw.method, target, signed, raw.body, raw.service)


def is_json(raw: RawRequest) -> bool:
    """Whether the body is JSON, by its type."""
    kind = (raw.header("Content-Type") or "").partition(";")[0].strip().lower()
    return kind in ("application/json", "application/cloudevents+json",
                    "application/cloudevents-batch+json")  # fmt: skip


def _signed_form(raw: RawRequest) -> Form:
    return {} if is_json(raw) else read_form(raw)


def _algorithm(raw: RawRequest) -> str | None:
    """The hash to check by; None for one that is not known, or named twice."""
    settings = _headers(raw, SETTINGS)
    if not settings:
        return "sha1"
    if len(settings) > 1:
        return None
    pairs = [part.partition("=") for part in settings[0].split(",")]
    named = [value.strip() for name, _, value in pairs if name.strip() == "algorithm"]
    if len(named) > 1:
        return None
    return _HASHES.get(named[0].upper()) if named and named[0] else "sha1"


def _body_holds(raw: RawRequest, url: str) -> bool:
    """A JSON body is bound to the signature by its hash alone, so without one nothing holds."""
    if not is_json(raw):
        return True
    hashes = [v for k, v in parse_qsl(urlsplit(url).query) if k == BODY_HASH]
    if len(hashes) != 1:
        return False
    return hmac.compare_digest(sha256(raw.body).hexdigest().encode(), hashes[0].lower().encode())


def _spellings(url: str) -> tuple[str, str]:
    """The URL with its port and without: Twilio's own servers are not of one mind."""
    parts = urlsplit(url)
    bare = parts.netloc
    port = parts.port
    if port is not None:
        bare = bare.rpartition(":")[0]
    else:
        port = _PORTS.get(parts.scheme, 443)
    with_port = parts._replace(netloc=f"{bare}:{port}")
    return parts._replace(netloc=bare).geturl(), with_port.geturl()


def _with_body_hash(url: str, body: bytes) -> str:
    parts = urlsplit(url)
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != BODY_HASH]
    query = urlencode([*pairs, (BODY_HASH, sha256(body).hexdigest())])
    return parts._replace(query=query, fragment="").geturl()


def _one_header(raw: RawRequest, name: str) -> str | None:
    values = _headers(raw, name)
    return values[0] if len(values) == 1 else None


def _headers(raw: RawRequest, name: str) -> list[str]:
    return list(_values(raw.headers, name.lower()))


def _values(headers: Iterable[tuple[str, str]], wanted: str) -> Iterator[str]:
    return (value.strip() for name, value in headers if name.lower() == wanted)
