"""Where does the app's key stand in a request of a mapped provider, and how is it replaced?"""

from __future__ import annotations

from gatekeeper.providers import authorization
from gatekeeper.providers.contract import Credential, RawRequest
from gatekeeper.providers.mapped.file_shape import CredentialShape


def credential_of(raw: RawRequest, where: CredentialShape, account: str) -> Credential | None:
    """The key, with the account that the path or HTTP Basic names; None if there is no one."""
    if where.kind == "bearer":
        token = authorization.bearer(raw)
        return Credential(account, token) if token else None
    if where.kind == "basic":
        pair = authorization.basic(raw)
        return Credential(account or pair[0], pair[1]) if pair else None
    secret = _header(raw, where)
    return Credential(account, secret) if secret else None


def swapped(raw: RawRequest, where: CredentialShape, credential: Credential) -> RawRequest:
    """The same request under another key; every other byte stays."""
    if where.kind == "bearer":
        return authorization.under(raw, authorization.as_bearer(credential.secret))
    if where.kind == "basic":
        pair = authorization.as_basic(credential.account, credential.secret)
        return authorization.under(raw, pair)
    wanted = (where.header or "").lower()
    value = where.prefix + credential.secret
    headers = tuple([(k, value if k.lower() == wanted else v) for k, v in raw.headers])
    return RawRequest(raw.method, raw.target, headers, raw.body, raw.service)


def _header(raw: RawRequest, where: CredentialShape) -> str | None:
    wanted = (where.header or "").lower()
    values = [value for name, value in raw.headers if name.lower() == wanted]
    if len(values) != 1 or not values[0].startswith(where.prefix):
        return None
    secret = values[0][len(where.prefix) :]
    return secret if secret.isprintable() and secret.isascii() else None
