"""What does an IntelePeer webhook tell? A message that came in, and nothing else.

    {"refid": "...", "from": "+1...", "to": "+1...", "message": "...", "signature": "CODE"}

From docs.intelepeer.com, "Receiving SMS Messages". The signature is a code that is the same in
every webhook: whoever has seen one can write others. So it holds only for what takes consent away,
and a START under it restores nothing (`InboundEvent.weak`). The code is compared in constant time,
never passed on to the app, and it is not the password of the account.
"""

from __future__ import annotations

import hmac
import re
from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.intelepeer.messages import from_code
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.json_edit import with_text
from gatekeeper.providers.numbers import international
from gatekeeper.providers.relayed import relayed
from gatekeeper.providers.webhook import InboundEvent, InboundOperation, Meaning

SIGNATURE = "signature"

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def inbound(raw: RawRequest) -> InboundOperation:
    """No account is named: whose it is, only the address tells that it came to."""
    if raw.method != "POST":
        raise AmbiguousRequest("Have the provider call this address by POST.", status=405)
    _read(raw)
    return InboundOperation("", answered=False)


def verify(raw: RawRequest, secret: str) -> bool:
    """Whether the webhook has the code that was agreed."""
    try:
        code = _read(raw)[SIGNATURE]
    except AmbiguousRequest:
        return False
    return bool(secret) and hmac.compare_digest(code.encode(), secret.encode())


def events(raw: RawRequest) -> tuple[InboundEvent, ...]:
    """The message; raises AmbiguousRequest for what is not plain."""
    said = _read(raw)
    if not _ID.fullmatch(said["refid"]):
        raise AmbiguousRequest("The webhook names no message.")
    return (
        InboundEvent(
            id=said["refid"],
            meaning=Meaning.MESSAGE,
            channel=Channel.SMS,
            person=Address(AddressKind.PHONE, international(said["from"]), "from"),
            senders=(from_code(said["to"], "to"),),
            text=said["message"],
            weak=True,
        ),
    )


def resign(raw: RawRequest, url: str, secret: str) -> RawRequest:
    """The webhook for another URL, with that app's code in place of the provider's."""
    body = with_text(raw.body.decode(), (SIGNATURE,), secret).encode()
    return relayed(replace(raw, body=body), url, dropped=("content-length",))


def _read(raw: RawRequest) -> dict[str, str]:
    """The members that matter, each a text; what else a webhook has is left alone."""
    body: dict[str, Any] = read_object(raw, any_type=True)
    told = {name: body.get(name, "") for name in ("refid", "from", "to", "message", SIGNATURE)}
    if not all(isinstance(value, str) for value in told.values()):
        raise AmbiguousRequest("The webhook is not one that the gate can read.")
    if not told[SIGNATURE] or not told["from"] or not told["to"]:
        raise AmbiguousRequest("The webhook has no sender, recipient or signature.")
    return told
