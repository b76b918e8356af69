"""What does an app send with Sinch's Python SDK?"""

from __future__ import annotations

from typing import Any

from sinch import SinchClient

from tests.sdk.scenario import Calls, Gate


def connect(gate: Gate) -> Calls:
    """The calls of two clients: one by a service plan's token, one by a project's keys."""
    by_plan = SinchClient(service_plan_id=gate.account, sms_api_token=gate.secret, sms_region="us")
    by_plan.configuration.sms_origin_with_service_plan_id = f"{gate.url}/sinch"
    by_project = SinchClient(
        project_id=gate.account,
        key_id=gate.more.get("key_id", "the-key-id"),
        key_secret=gate.secret,
        sms_region="us",
        conversation_region="us",
    )
    origins = by_project.configuration
    origins.sms_origin = f"{gate.url}/sinch-project"
    origins.conversation_origin = f"{gate.url}/sinch-conversation"
    origins.auth_origin = f"{gate.url}/sinch-auth"
    return {
        "sms": by_plan.sms.batches.send_sms,
        "mms": by_plan.sms.batches.send_mms,
        "binary": by_plan.sms.batches.send_binary,
        "update": by_plan.sms.batches.update_sms,
        "project_sms": by_project.sms.batches.send_sms,
        "conversation": by_project.conversation.messages.send,
        "conversation_text": by_project.conversation.messages.send_text_message,
    }


def read(error: Any) -> dict[str, Any]:
    """Status and code as an app reads them: of the two APIs, each has its own shape."""
    body = error.http_response.body
    code = body["error"]["status"] if "error" in body else body["code"]
    return {"status": error.response_status_code, "code": code, "says": body}
