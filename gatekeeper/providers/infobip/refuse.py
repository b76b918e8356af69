"""How does Infobip word a refusal? By the status of each destination, or as an error of all.

    200  {"messages": [{"messageId": "...", "status": {"groupId": 5, "groupName": "REJECTED",
          "id": 10, "name": "REJECTED_DND", "description": "..."}}, ...]}
    4xx  {"requestError": {"serviceException": {"messageId": "BAD_REQUEST", "text": "..."}}}
    4xx  {"errorCode": "E400", "description": "...", "action": "...", "violations": [...],
          "resources": []}                              (SMS of version 3, Messages API)

The statuses stand in the order of the destinations; a number is not repeated.
"""

from __future__ import annotations

import json
import re
from typing import Any

from gatekeeper.providers.contract import Refusal, Reply
from gatekeeper.providers.infobip.codes import ANSWERS, NAMES, WITHOUT_STATUS, Answer
from gatekeeper.providers.verdict_headers import fixed_status, verdict_headers

_FIELD = re.compile(r"[Ff]ield ([A-Za-z0-9_.]{1,100}?)\.?(?: |:|$)")
_NEWER = frozenset({"sms", "messages"})
_OLDER = frozenset({"sms_advanced", "sms_single", "voice_single", "voice_multi", "voice_advanced"})
_WHATSAPP = "whatsapp_"


def refuse(refusal: Refusal) -> Reply:
    """The refusal in the shape of the API that was asked, with the gate's verdict in headers."""
    answer = ANSWERS[refusal.reason]
    status = fixed_status(refusal, answer.status)
    if status == 200 and not _tells_each(refusal.operation):
        status = WITHOUT_STATUS
    body = _statuses(refusal, answer) if status == 200 else _error(refusal, status)
    headers = verdict_headers(refusal, status, 'Basic realm="Infobip"')
    return Reply(status, headers, json.dumps(body).encode())


def _tells_each(operation: str) -> bool:
    return operation in _NEWER or operation in _OLDER or operation.startswith(_WHATSAPP)


def _statuses(refusal: Refusal, answer: Answer) -> dict[str, Any]:
    status = {
        "groupId": 5,
        "groupName": "REJECTED",
        "id": answer.id,
        "name": answer.name,
        "description": refusal.message,
    }
    alone = refusal.operation.startswith(_WHATSAPP) and refusal.operation != "whatsapp_template"
    if alone:
        return {"messageCount": 1, "messageId": refusal.decision or "", "status": status}
    each = {"messageId": refusal.decision or "", "status": status}
    return {"messages": [each] * refusal.recipients}


def _error(refusal: Refusal, status: int) -> dict[str, Any]:
    named = _FIELD.search(refusal.message)
    older: dict[str, Any] = {"messageId": NAMES.get(status, "ERROR"), "text": refusal.message}
    if named:
        older["validationErrors"] = {named[1]: [refusal.message]}
    violations = [{"property": named[1], "violation": refusal.message}] if named else []
    newer = {
        "errorCode": f"E{status}",
        "description": refusal.message,
        "action": "Change the request as described before you send it again.",
        "violations": violations,
        "resources": [],
    }
    wrapped = {"requestError": {"serviceException": older}}
    if refusal.operation in _NEWER:
        return newer
    if _tells_each(refusal.operation) or refusal.operation.startswith("code"):
        return wrapped
    return {**newer, **wrapped}
