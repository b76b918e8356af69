"""The real Twilio SDK, held to loopback: how does a test send through it without the network?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class NetworkForbidden(AssertionError):
    """The SDK was about to speak to a host that is not this machine."""


class LoopbackOnly(TwilioHttpClient):  # type: ignore[misc]
    """The SDK's own HTTP client; any host but loopback fails before a byte leaves."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        if urlsplit(url).hostname not in LOOPBACK:
            raise NetworkForbidden(f"the SDK would call {urlsplit(url).hostname}")
        return super().request(method, url, *args, **kwargs)


def client_for(base_url: str, account: str, secret: str, *, timeout: float = 10.0) -> Client:
    """A real SDK client that speaks to `base_url`; TWILIO_REGION and TWILIO_EDGE are ignored."""
    client = Client(
        account, secret, http_client=LoopbackOnly(timeout=timeout), environment={"-": "-"}
    )
    client.http_client.session.trust_env = False
    client.api.base_url = base_url.rstrip("/")
    return client
