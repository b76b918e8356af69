"""Does each API get the shape that its SDK makes its exception from?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.providers.contract import Refusal
from gatekeeper.providers.sinch.codes import RPC_NAMES, SMS_CODES, STATUSES
from gatekeeper.providers.sinch.refuse import refuse


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("service", ["", "eu", "project"])
def test_sms_gets_a_code_and_a_text(reason: Reason, service: str) -> None:
    reply = refuse(Refusal(reason, Verdict.BLOCK, "Blocked: so.", service=service))
    status = STATUSES[reason]
    assert json.loads(reply.body) == {"code": SMS_CODES[status], "text": "Blocked: so."}
    assert (status in (429, 503)) == ("Retry-After" in dict(reply.headers))


@pytest.mark.parametrize("reason", Reason)
def test_conversation_gets_an_rpc_status(reason: Reason) -> None:
    reply = refuse(Refusal(reason, Verdict.BLOCK, "Blocked: so.", service="conversation-eu"))
    status = STATUSES[reason]
    assert json.loads(reply.body) == {
        "error": {
            "code": status,
            "message": "Blocked: so.",
            "status": RPC_NAMES[status],
            "details": [],
        }
    }


def test_a_log_in_gets_an_oauth_error() -> None:
    reply = refuse(Refusal(Reason.CREDENTIAL_INVALID, Verdict.BLOCK, "No.", service="auth"))
    body = json.loads(reply.body)
    assert (reply.status, body["error"], body["error_description"]) == (
        401,
        "invalid_client",
        "No.",
    )


def test_only_a_bad_credential_makes_an_app_log_in_anew() -> None:
    anew = {reason for reason, status in STATUSES.items() if status == 401}
    assert anew == {Reason.CREDENTIAL_INVALID}
