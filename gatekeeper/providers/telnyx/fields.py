"""Which fields do Telnyx's send operations share, and what is each of them for?

Their names are those that the `telnyx` SDK (4.189) can send; a test compares them with what it
has put on the wire. A field that is not listed is refused: it might carry text or a recipient.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.words import Role
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.fields import later
from gatekeeper.providers.numbers import BSUID
from gatekeeper.providers.shape import (
    Found,
    Reader,
    each,
    maybe_none,
    media,
    reference,
    setting,
    string,
    text,
    wrong,
)

_ID = re.compile(r"[A-Za-z0-9_:=-]{1,200}")
_SIP = re.compile(r"sips?:.*", re.IGNORECASE | re.DOTALL)

_TRIES = re.compile(r"[0-9]{1,4}")

TRIES = "x-stainless-retry-count"
"""Header in which the SDKs count: they send again without a key (`telnyx` 4.189, _base_client)."""

MOST_MEDIA = 10


def attempt_of(raw: RawRequest) -> int | None:
    """Which try of the SDK this is, 0 for the first; None if nobody counts."""
    told = raw.header(TRIES)
    return int(told) if told is not None and _TRIES.fullmatch(told) else None


def identifier() -> Reader:
    """An id of something at Telnyx. Nobody gets to see it, and a wrong one only fails."""

    def reader(value: Any, path: str, found: Found) -> None:
        if not _ID.fullmatch(string(value, path)):
            raise wrong(path, "must be an id")
        found.words[path] = value

    return reader


def dialled() -> Reader:
    """A recipient as it is written: E.164, else a SIP address or a WhatsApp user's id.

    Telnyx asks for the plus, so digits without one are not made an international number here.
    """

    def reader(value: Any, path: str, found: Found) -> None:
        found.recipients.append(Address(_kind(string(value, path)), value, path))

    return reader


def _kind(value: str) -> AddressKind:
    if _SIP.fullmatch(value):
        return AddressKind.SIP
    return AddressKind.BSUID if BSUID.fullmatch(value) else AddressKind.PHONE


WEBHOOKS: Mapping[str, Reader] = {
    "webhook_url": reference(),
    "webhook_failover_url": reference(),
    "use_profile_webhooks": setting(),
}

TEXTS: Mapping[str, Reader] = {
    "text": text(Role.BODY),
    "subject": text(Role.SUBJECT),
    "media_urls": maybe_none(each(media(), MOST_MEDIA)),
}

OPTIONS: Mapping[str, Reader] = {
    "type": setting(),
    "auto_detect": setting(),
    "encoding": setting(),
    "send_at": later(),
}
