"""Which of Twilio's error codes say something of the recipient's will?

From Twilio's error dictionary (twilio.com/docs/api/errors). What is not listed says nothing of
it: an unreachable handset (30003), an unknown one (30005), a landline (30006) and a filtered text
(30007) are no opt-out, and neither is a blocked message (30004), which has many causes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from gatekeeper.providers.contract import Reply
from gatekeeper.providers.webhook import Meaning

MEANINGS: Mapping[str, Meaning] = {
    "21610": Meaning.OPTED_OUT,  # the recipient has replied with STOP
    "63014": Meaning.OPTED_OUT,  # the user has blocked the sender (WhatsApp, Messenger)
}
"""Twilio has no code for a reassigned number: its toolkit tells of those as an opt-out."""


def meaning_of(code: str) -> Meaning:
    """What an error code of a delivery says of the recipient's will."""
    return MEANINGS.get(code, Meaning.OTHER)


def told(reply: Reply) -> Meaning:
    """What the answer to a send says of it; only a refusal with a code says anything."""
    if not 400 <= reply.status < 500:
        return Meaning.OTHER
    try:
        said = json.loads(reply.body)
    except (ValueError, RecursionError):
        return Meaning.OTHER
    code = said.get("code") if isinstance(said, dict) else None
    return meaning_of(str(code)) if isinstance(code, int) else Meaning.OTHER
