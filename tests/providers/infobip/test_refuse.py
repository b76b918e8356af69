"""Is a refusal told for each destination, or for the whole request in the API's own words?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.providers.contract import Refusal, Reply
from gatekeeper.providers.infobip.refuse import refuse


def refused(reason: Reason, operation: str, **more: Any) -> Reply:
    return refuse(Refusal(reason, Verdict.BLOCK, "Blocked.", operation=operation, **more))


@pytest.mark.parametrize("operation", ["sms", "sms_single", "messages", "voice_multi"])
def test_each_destination_has_its_status_and_no_number_is_repeated(operation: str) -> None:
    reply = refused(Reason.CONSENT_REVOKED, operation, recipients=2, decision="d1")
    status = {
        "groupId": 5,
        "groupName": "REJECTED",
        "id": 10,
        "name": "REJECTED_DND",
        "description": "Blocked.",
    }
    assert reply.status == 200
    assert json.loads(reply.body) == {"messages": [{"messageId": "d1", "status": status}] * 2}


def test_one_whatsapp_message_has_one_status() -> None:
    body = json.loads(refused(Reason.DNC_LISTED, "whatsapp_text").body)
    assert body["status"]["name"] == "REJECTED_DESTINATION_NOT_REGISTERED"
    assert "messages" in json.loads(refused(Reason.DNC_LISTED, "whatsapp_template").body)


def test_an_error_of_the_request_has_the_shape_of_its_api() -> None:
    newer = json.loads(refused(Reason.RATE_LIMITED, "sms").body)
    assert newer.keys() == {"errorCode", "description", "action", "violations", "resources"}
    older = json.loads(refused(Reason.RATE_LIMITED, "voice_single").body)
    said = {"messageId": "TOO_MANY_REQUESTS", "text": "Blocked."}
    assert older == {"requestError": {"serviceException": said}}


def test_a_code_that_may_not_be_sent_is_forbidden() -> None:
    reply = refused(Reason.CONSENT_REVOKED, "code")
    assert reply.status == 403
    assert json.loads(reply.body)["requestError"]["serviceException"]["messageId"] == "FORBIDDEN"
