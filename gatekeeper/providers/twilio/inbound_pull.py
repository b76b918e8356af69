"""Who has opted out at Twilio? Those whose messages it refused with such a code.

Twilio keeps no list that can be read, but every message that it refused after a STOP stands in the
account's messages with its error code; they are read page by page, over a window of dates.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest, Reply
from gatekeeper.providers.twilio import address
from gatekeeper.providers.twilio.inbound_codes import meaning_of
from gatekeeper.providers.twilio.paths import ACCOUNT
from gatekeeper.providers.webhook import InboundEvent, Meaning, OptOutPage

PAGE = 1000
_PATH = re.compile(rf"/2010-04-01/Accounts/{ACCOUNT}/Messages\.json\?[!-~]{{1,2000}}")
_HEADERS = (("Accept", "application/json"), ("Authorization", ""))
"""The credential is put in as into any request, by `swap`."""
_NOT_READ = "The provider's list of messages cannot be read."


def opt_outs(account: str, since: datetime, page: str | None = None) -> RawRequest:
    """The request for a page of the account's messages since a day (UTC)."""
    day = since.astimezone(UTC).date().isoformat()
    query = urlencode({"DateSent>": day, "PageSize": PAGE})
    target = page or f"/2010-04-01/Accounts/{account}/Messages.json?{query}"
    if not _PATH.fullmatch(target):
        raise AmbiguousRequest(_NOT_READ)
    return RawRequest("GET", target, _HEADERS, b"")


def read_opt_outs(reply: Reply) -> OptOutPage:
    """The refused messages of a page whose code says that the recipient opted out."""
    if reply.status != 200:
        raise AmbiguousRequest(f"The provider answered {reply.status} to the request for its list.")
    try:
        said = json.loads(reply.body)
        messages, following = said["messages"], said.get("next_page_uri")
        found = tuple(event for each in messages if (event := _event(each)) is not None)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise AmbiguousRequest(_NOT_READ) from None
    if following is not None and not (isinstance(following, str) and _PATH.fullmatch(following)):
        raise AmbiguousRequest(_NOT_READ)
    return OptOutPage(found, len(messages), following)


def _event(message: dict[str, Any]) -> InboundEvent | None:
    code = str(message.get("error_code") or "")
    if meaning_of(code) is not Meaning.OPTED_OUT:
        return None
    channel, person = address.channel_of(str(message["to"]), "to")
    _, sender = (
        address.channel_of(str(message["from"] or ""), "from") if message["from"] else (channel, "")
    )
    senders = [address.message_sender(channel, sender)] if sender else []
    if service := message.get("messaging_service_sid"):
        senders.append(address.service(str(service)))
    return InboundEvent(
        id=str(message["sid"]),
        meaning=Meaning.OPTED_OUT,
        channel=channel,
        person=address.message_recipient(channel, person),
        senders=tuple(senders),
        code=code,
        at=_instant(message.get("date_sent") or message.get("date_created")),
    )


def _instant(text: Any) -> datetime | None:
    """Twilio writes these dates as e-mail does (RFC 2822)."""
    if not isinstance(text, str):
        return None
    try:
        read = parsedate_to_datetime(text)
    except ValueError:
        return None
    return read.astimezone(UTC) if read.tzinfo else None
