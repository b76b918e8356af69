"""How does Twilio word a refusal?

    {"code": 21610, "message": "...", "more_info": "...", "status": 400}

Never with both `type` and `title`: from those the SDKs make a TwilioServiceException, which is not
the TwilioRestException that apps catch (twilio-python, base/version.py).
"""

from __future__ import annotations

import json

from gatekeeper.providers.contract import Refusal, Reply
from gatekeeper.providers.twilio.codes import ANSWERS, FIXED
from gatekeeper.providers.verdict_headers import HELP, fixed_status, verdict_headers


def refuse(refusal: Refusal) -> Reply:
    """The refusal in Twilio's own error shape, with the gate's verdict in headers."""
    answer = ANSWERS[refusal.reason]
    status = fixed_status(refusal, answer.status)
    code = answer.code(refusal.channel)
    body = {
        "code": code if status == answer.status else FIXED.get(status, code),
        "message": refusal.message,
        "more_info": HELP + refusal.reason,
        "status": status,
    }
    headers = verdict_headers(refusal, status, 'Basic realm="Twilio API"')
    return Reply(status, headers, json.dumps(body).encode())
