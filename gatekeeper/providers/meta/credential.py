"""Which credential does an app send to Graph, and how is it replaced by the provider's own?

An access token, as a bearer token (pywa) or as `access_token` in the query (fbmessenger,
pymessenger); it names no account. A request that has both, or one of them twice, has none.
"""

from __future__ import annotations

from urllib.parse import quote

from gatekeeper.providers.authorization import as_bearer, bearer, under
from gatekeeper.providers.contract import Credential, RawRequest
from gatekeeper.providers.meta.query import TOKEN, Parameter, parameters


def credential(raw: RawRequest) -> Credential | None:
    """The access token, None if there is no one."""
    in_query = _in_query(raw)
    if not in_query:
        token = bearer(raw)
    elif len(in_query) == 1 and raw.header("Authorization") is None:
        token = in_query[0].value
    else:
        return None
    return Credential("", token) if token else None


def swap(raw: RawRequest, credential: Credential) -> RawRequest:
    """The same request under another token, which stands where the old one did."""
    in_query = _in_query(raw)
    if not in_query:
        return under(raw, as_bearer(credential.secret))
    old = in_query[0]
    target = raw.target[: old.start] + quote(credential.secret, safe="") + raw.target[old.end :]
    return RawRequest(raw.method, target, raw.headers, raw.body, raw.service)


def _in_query(raw: RawRequest) -> list[Parameter]:
    if TOKEN not in raw.target and "%" not in raw.target:
        return []
    return [each for each in parameters(raw.target) if each.name == TOKEN]
