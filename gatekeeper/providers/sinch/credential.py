"""Which credential does an app send to Sinch, and how is it replaced?

By service plan: its API token, as a bearer. By project: a key's id and secret at `/oauth2/token`
for a token that lasts an hour. In the app the gatekeeper key stands for the API token or for the
key's secret; the gate's own secret is an API token, or `KEY_ID:KEY_SECRET`.
"""

from __future__ import annotations

import json

from gatekeeper.providers.authorization import as_basic, as_bearer, basic, bearer, under
from gatekeeper.providers.contract import Credential, RawRequest, Reply, Token
from gatekeeper.providers.sinch.paths import ACCOUNT, AUTH, TOKEN

HOUR_S = 3599
"""How long Sinch's tokens last, as it says of them."""

_JSON = (("Content-Type", "application/json"),)


def credential(raw: RawRequest) -> Credential | None:
    """The plan or project of the path with its token; of a log-in the key's secret alone."""
    pair = basic(raw)
    if raw.target == TOKEN:
        return Credential("", pair[1]) if pair else None
    named, secret = ACCOUNT.match(raw.target), pair[1] if pair else bearer(raw)
    return Credential(named[1], secret) if named and secret else None


def swap(raw: RawRequest, credential: Credential) -> RawRequest:
    """The same request under another token: only its header and the account's name change."""
    named = ACCOUNT.match(raw.target)
    target = raw.target
    if named and named[1] != credential.account:
        target = target[: named.start(1)] + credential.account + target[named.end(1) :]
    return under(raw, as_bearer(credential.secret), target)


class ClientCredentials:
    """OAuth 2.0 by a key's id and secret (developers.sinch.com, "OAuth 2.0")."""

    def grant(self, raw: RawRequest, credential: Credential) -> Reply:
        """The app's own key, as an access token."""
        body = {
            "access_token": credential.secret,
            "expires_in": HOUR_S,
            "scope": "",
            "token_type": "bearer",
        }
        return Reply(200, _JSON, json.dumps(body).encode())

    def token_request(self, credential: Credential) -> RawRequest | None:
        """The log-in with the real key; None for an API token, which is sent as it is."""
        key, colon, secret = credential.secret.partition(":")
        if not colon:
            return None
        headers = (
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Authorization", as_basic(key, secret)),
        )
        return RawRequest("POST", TOKEN, headers, b"grant_type=client_credentials", AUTH)

    def read_token(self, reply: Reply) -> Token | None:
        """The access token and the seconds that it is good for."""
        try:
            given = json.loads(reply.body)
            token, lasts = given["access_token"], given.get("expires_in", HOUR_S)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        if not (isinstance(token, str) and token and type(lasts) in (int, float)):
            return None
        return Token(token, float(lasts)) if 0 < lasts < 1e9 else None
