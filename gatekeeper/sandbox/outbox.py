"""What has the sandbox carrier accepted? The last thousand messages and calls, in Twilio's form."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

from gatekeeper.domain.segments import segments

KEPT = 1000
"""Resources kept of each kind; older ones are forgotten."""

Resource = dict[str, object]


class Outbox:
    """Everything accepted, by id, bounded; it lives and dies with the carrier."""

    def __init__(self, account: str) -> None:
        self.account = account
        self.messages: OrderedDict[str, Resource] = OrderedDict()
        self.calls: OrderedDict[str, Resource] = OrderedDict()
        self.accepted = 0
        """Messages and calls accepted since the start, forgotten ones included."""

    def add_message(self, fields: Mapping[str, str], media: int) -> Resource:
        """Accept a message and answer with its resource."""
        body = fields.get("Body", "")
        message: Resource = {
            **self._common("MM" if media else "SM", "Messages", fields),
            "body": body,
            "num_segments": str(segments(body).count),
            "num_media": str(media),
            "messaging_service_sid": fields.get("MessagingServiceSid"),
            "date_sent": None,
            "error_code": None,
            "error_message": None,
        }
        return self._keep(self.messages, message)

    def add_call(self, fields: Mapping[str, str]) -> Resource:
        """Accept a call and answer with its resource."""
        call: Resource = {
            **self._common("CA", "Calls", fields),
            "to_formatted": fields.get("To"),
            "from_formatted": fields.get("From"),
            "start_time": None,
            "end_time": None,
            "duration": None,
            "answered_by": None,
        }
        return self._keep(self.calls, call)

    def _common(self, prefix: str, kind: str, fields: Mapping[str, str]) -> Resource:
        sid = prefix + secrets.token_hex(16)
        now = format_datetime(datetime.now(UTC))
        return {
            "sid": sid,
            "account_sid": self.account,
            "api_version": "2010-04-01",
            "status": "queued",
            "direction": "outbound-api",
            "to": fields.get("To"),
            "from": fields.get("From"),
            "date_created": now,
            "date_updated": now,
            "price": None,
            "price_unit": "USD",
            "uri": f"/2010-04-01/Accounts/{self.account}/{kind}/{sid}.json",
            "subresource_uris": {},
        }

    def _keep(self, kept: OrderedDict[str, Resource], resource: Resource) -> Resource:
        kept[str(resource["sid"])] = resource
        self.accepted += 1
        if len(kept) > KEPT:
            kept.popitem(last=False)
        return resource
