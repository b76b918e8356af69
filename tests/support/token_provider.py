"""A provider that takes only tokens, in Twilio's form: what does the spine make of log-ins?"""

from __future__ import annotations

import json

from gatekeeper.providers.contract import Credential, Login, RawRequest, Reply, Token
from gatekeeper.providers.twilio.provider import Twilio

JSON = (("Content-Type", "application/json"),)


class Logs:
    """Its log-in: the secret goes in, `token` comes out."""

    def grant(self, raw: RawRequest, credential: Credential) -> Reply:
        """The key as the token."""
        return Reply(200, JSON, json.dumps({"token": credential.secret}).encode())

    def token_request(self, credential: Credential) -> RawRequest | None:
        """The log-in of the gate."""
        return RawRequest("POST", "/login", JSON, json.dumps({"s": credential.secret}).encode())

    def read_token(self, reply: Reply) -> Token | None:
        """What came."""
        value = json.loads(reply.body).get("token")
        return Token(value, 3600.0) if value else None


class TokenProvider(Twilio):
    """Twilio, had it a log-in."""

    login: Login | None = Logs()
