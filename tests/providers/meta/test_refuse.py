"""Is a refusal in Graph's own shape? The cases of `meta.yaml` say the most."""

from __future__ import annotations

import json

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Refusal
from gatekeeper.providers.meta.refuse import refuse


def test_a_status_that_is_fixed_has_its_own_code() -> None:
    refusal = Refusal(
        Reason.DEPENDENCY_UNAVAILABLE, Verdict.BLOCK, "x", Channel.MESSENGER, status=504
    )
    reply = refuse(refusal)
    assert (reply.status, json.loads(reply.body)["error"]["code"]) == (504, 1)
    assert all(name != "Retry-After" for name, _ in reply.headers)


def test_a_bad_token_is_challenged() -> None:
    reply = refuse(Refusal(Reason.CREDENTIAL_INVALID, Verdict.BLOCK, "x", Channel.WHATSAPP))
    assert any(name == "WWW-Authenticate" for name, _ in reply.headers)


def test_what_a_page_asked_is_told_in_messengers_form_before_its_channel_is_known() -> None:
    lost = Refusal(Reason.DEPENDENCY_UNAVAILABLE, Verdict.BLOCK, "x", operation="page_message")
    assert json.loads(refuse(lost).body)["error"]["code"] == 2
