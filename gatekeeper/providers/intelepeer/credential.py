"""Which credential does an app send to IntelePeer, and how is it replaced?

A user and password when it logs in, a token from then on; no request names the account. The token
that the gate gives is the password itself, so both are the app's own key.
"""

from __future__ import annotations

import json

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.authorization import as_bearer, bearer, under
from gatekeeper.providers.contract import Credential, RawRequest, Reply, Token
from gatekeeper.providers.intelepeer.paths import AUTHENTICATE, CUSTOMER
from gatekeeper.providers.json_body import read_object

DAY_S = 86_400.0
"""How long a token lasts (docs.intelepeer.com, "API Authentication")."""

_JSON = (("Content-Type", "application/json"), ("Accept", "application/json"))


def credential(raw: RawRequest) -> Credential | None:
    """The user and password of a log-in, or the token of any other request."""
    if raw.target == AUTHENTICATE:
        return _pair(raw)
    token = bearer(raw)
    return Credential("", token) if token else None


def _pair(raw: RawRequest) -> Credential | None:
    try:
        given = read_object(raw)
    except AmbiguousRequest:
        return None
    user, password = given.get("username"), given.get("password")
    if not (isinstance(user, str) and isinstance(password, str) and user and password):
        return None
    return Credential(user, password)


def swap(raw: RawRequest, credential: Credential) -> RawRequest:
    """The same request under another token."""
    return under(raw, as_bearer(credential.secret))


class Authenticate:
    """How tokens are had: POST /_rest/v4/authenticate, `{"username", "password"}`."""

    def grant(self, raw: RawRequest, credential: Credential) -> Reply:
        """The app's own key, as a token."""
        return Reply(200, _JSON[:1], json.dumps({"token": credential.secret}).encode())

    def token_request(self, credential: Credential) -> RawRequest | None:
        """The log-in with the real password."""
        body = {"username": credential.account, "password": credential.secret}
        return RawRequest("POST", AUTHENTICATE, _JSON, json.dumps(body).encode(), CUSTOMER)

    def read_token(self, reply: Reply) -> Token | None:
        """The token of an answer, good for a day."""
        try:
            token = json.loads(reply.body)["token"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        return Token(token, DAY_S) if isinstance(token, str) and token else None
