"""What does an app send with Bandwidth's Python SDK? Its `host` alone is ignored."""

from __future__ import annotations

import json
from typing import Any

import bandwidth
from bandwidth.api.calls_api import CallsApi
from bandwidth.api.messages_api import MessagesApi
from bandwidth.api.multi_channel_api import MultiChannelApi
from bandwidth.models import CreateCall, MessageRequest, MultiChannelMessageRequest

from tests.sdk.scenario import Calls, Gate


def connect(gate: Gate) -> Calls:
    """The calls of a client that is pointed at the gate; `host_alone` is set as its manual says."""
    return {
        "sms": lambda **fields: MessagesApi(_client(gate, "/api/v2")).create_message(
            gate.account, MessageRequest(**fields)
        ),
        "multi_channel": lambda **fields: MultiChannelApi(
            _client(gate, "/api/v2")
        ).create_multi_channel_message(gate.account, MultiChannelMessageRequest.from_dict(fields)),
        "call": lambda **fields: CallsApi(_client(gate, "-voice/api/v2")).create_call(
            gate.account, CreateCall(**fields)
        ),
        "bxml": lambda call, body: CallsApi(_client(gate, "-voice/api/v2")).update_call_bxml(
            gate.account, call, body
        ),
        "host_alone": lambda **fields: MessagesApi(
            _client(gate, "/api/v2", ignore_operation_servers=False)
        ).create_message(gate.account, MessageRequest(**fields)),
    }


def _client(gate: Gate, path: str, **options: Any) -> Any:
    settings = {"ignore_operation_servers": True, **options}
    made = bandwidth.Configuration(
        host=f"{gate.url}/bandwidth{path}",
        username=gate.more.get("user", gate.account),
        password=gate.secret,
        **settings,
    )
    return bandwidth.ApiClient(made)


def read(error: Any) -> dict[str, Any]:
    """Status and type as an app reads them; of a server's error there is the body alone."""
    told = {"status": error.status}
    if error.data is None:
        return told | {"code": json.loads(error.body)["type"]}
    first = getattr(error.data, "errors", [error.data])[0]
    return told | {"code": first.type, "description": first.description}
