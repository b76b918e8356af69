"""What does an app send with Vonage's Python SDK? It knows hosts alone, and https alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vonage import Auth, HttpClientOptions, Vonage
from vonage_messages import models as messages
from vonage_sms import SmsMessage
from vonage_voice import CreateCallRequest
from vonage_voice.models import Talk, TtsStreamOptions

from tests.sdk.scenario import Calls, Gate


def connect(gate: Gate) -> Calls:
    """The calls of two clients: one by key and secret, one by an application's signed tokens."""
    options = HttpClientOptions(api_host=gate.more["api_host"], rest_host=gate.more["rest_host"])
    by_key = Vonage(Auth(api_key=gate.account, api_secret=gate.secret), options)
    calls: dict[str, Callable[..., Any]] = {
        "messages": lambda **fields: by_key.messages.send(**_message(**fields)),
        "sms": lambda **fields: by_key.sms.send(SmsMessage(**fields)),
    }
    if "signature_secret" in gate.more:
        signed = Auth(
            api_key=gate.account,
            signature_secret=gate.more["signature_secret"],
            signature_method="sha256",
        )
        by_signature = Vonage(signed, options)
        calls["signed_sms"] = lambda **fields: by_signature.sms.send(SmsMessage(**fields))
    if "private_key" in gate.more:
        by_token = Vonage(
            Auth(application_id=gate.more["application"], private_key=gate.more["private_key"]),
            options,
        )
        calls |= {
            "token_messages": lambda **fields: by_token.messages.send(**_message(**fields)),
            "call": lambda **fields: by_token.voice.create_call(CreateCallRequest(**fields)),
            "talk": lambda uuid, **fields: by_token.voice.play_tts_into_call(
                uuid, TtsStreamOptions(**fields)
            ),
            "transfer": lambda uuid, ncco: by_token.voice.transfer_call_ncco(
                uuid, [Talk(**each) for each in ncco]
            ),
        }
    return calls


def _message(
    model: str, failover: list[dict[str, Any]] | None = None, **fields: Any
) -> dict[str, Any]:
    made = getattr(messages, model)(**fields)
    if failover is None:
        return {"message": made}
    return {"message": made, "failover": [_message(**each)["message"] for each in failover]}


def read(error: Any) -> dict[str, Any]:
    """Status and code as an app reads them; an SmsError has a text alone."""
    response = error.response
    body = response.json()
    told = {"status": response.status_code}
    if "type" in body:
        return told | {"code": body["type"].rpartition("#")[2], "title": body["title"]}
    return told
