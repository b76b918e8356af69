"""What does an app send with Infobip's Python SDK?"""

from __future__ import annotations

import json
from typing import Any

from infobip_api_client import ApiClient, Configuration, SmsApi, VoiceApi
from infobip_api_client.api.messages_api import MessagesApi
from infobip_api_client.models import CallsSingleBody, MessagesApiRequest, SmsRequest

from tests.sdk.scenario import Calls, Gate


def connect(gate: Gate) -> Calls:
    """The calls of a client that is pointed at the gate."""
    client = ApiClient(Configuration(host=f"{gate.url}/infobip", api_key=gate.secret))
    return {
        "sms": lambda **fields: SmsApi(client).send_sms_messages(SmsRequest.from_dict(fields)),
        "messages": lambda **fields: MessagesApi(client).send_messages_api_message(
            MessagesApiRequest.from_dict(fields)
        ),
        "voice": lambda **fields: VoiceApi(client).send_single_voice_tts(
            CallsSingleBody.from_dict(fields)
        ),
    }


def read(error: Any) -> dict[str, Any]:
    """Status and code as an app reads them: of the two generations, each has its own shape."""
    body = json.loads(error.body)
    code = body.get("errorCode") or body["requestError"]["serviceException"]["messageId"]
    return {"status": error.status, "code": code}
