"""Is a refusal worded in the shape of the API that was asked?"""

from __future__ import annotations

import json

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel
from gatekeeper.providers.bandwidth.refuse import refuse
from gatekeeper.providers.contract import Refusal


def told(reason: Reason, operation: str, message: str = "Blocked.") -> dict[str, object]:
    refusal = Refusal(reason, Verdict.BLOCK, message, operation=operation, decision="d1")
    found: dict[str, object] = json.loads(refuse(refusal).body)
    return found


def test_a_multi_channel_refusal_is_a_list_of_errors() -> None:
    message = "The field channelList.0.channel is not a word that the gate knows."
    body = told(Reason.REQUEST_AMBIGUOUS, "multi_channel", message)
    source = {"field": "channelList.0.channel"}
    kind = "request-validation"
    assert body == {"errors": [{"type": kind, "description": message, "source": source}]}


def test_a_code_is_refused_in_the_words_of_its_own_api() -> None:
    body = told(Reason.CONSENT_REVOKED, "code")
    assert body == {"error": "Blocked. (errorCode 4775)", "requestId": "d1"}
    assert told(Reason.CREDENTIAL_INVALID, "code_call") == {"message": "Blocked."}


def test_a_call_is_refused_with_an_id() -> None:
    refusal = Refusal(Reason.DNC_LISTED, Verdict.BLOCK, "Blocked.", Channel.VOICE, decision="d1")
    assert json.loads(refuse(refusal).body)["id"] == "d1"
