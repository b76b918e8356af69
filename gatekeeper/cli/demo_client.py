"""How does the demo send? With the real Twilio SDK, pointed at the gate by its one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from gatekeeper.errors import InputRejected


class _Remembering(TwilioHttpClient):  # type: ignore[misc]
    """The SDK's own HTTP client, which keeps the headers that the SDK throws away."""

    def __init__(self) -> None:
        super().__init__(timeout=30)
        self.headers: dict[str, str] = {}

    def request(self, *args: Any, **kwargs: Any) -> Response:
        response = super().request(*args, **kwargs)
        self.headers = dict(response.headers or {})
        return response


@dataclass(frozen=True, slots=True)
class Told:
    """What the app got: a code where the SDK raised, and the gate's request id."""

    code: str
    request: str


class DemoClient:
    """Sends one message or call after the other."""

    def __init__(self, url: str, account: str, key: str) -> None:
        self._http = _Remembering()
        self._http.session.trust_env = False
        self._client = Client(account, key, http_client=self._http, environment={"-": "-"})
        self._client.api.base_url = url

    def send(self, channel: str, arguments: dict[str, Any]) -> Told:
        """Send, and tell what the SDK made of the answer."""
        resource = self._client.calls if channel == "voice" else self._client.messages
        try:
            resource.create(**arguments)
            code = "sent"
        except TwilioRestException as error:
            code = str(error.code)
        except OSError:  # every error of the SDK's own HTTP client is one
            raise InputRejected(
                f"nobody answers at {self._client.api.base_url}: run the demo with the gate's "
                "GATEKEEPER_LISTEN"
            ) from None
        return Told(code, self._http.headers.get("Gatekeeper-Decision", ""))
