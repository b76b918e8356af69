"""What does the sandbox carrier answer in IntelePeer's name?"""

from __future__ import annotations

import json

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest, Reply, Simulated

_JSON = (("Content-Type", "application/json"),)


class IntelePeerCarrier:
    """The success shapes of docs.intelepeer.com."""

    def accepted(
        self, raw: RawRequest, operation: Operation, request: OutboundRequest, sid: str
    ) -> Reply:
        """202: a message is queued, or a flow has begun."""
        if operation.name == "flow":
            return Reply(202, _JSON, b"true")
        body = {"state": "CREATED", "refid": f"SM{sid[:30].upper()}"}
        return Reply(202, _JSON, json.dumps(body).encode())

    def passed(self, raw: RawRequest, operation: Operation) -> Reply:
        """No message detail records."""
        return Reply(200, _JSON, b"[]")

    def wrote(self, message: Simulated) -> RawRequest:
        """The webhook of a message that came in; its code is put in by `resign`."""
        body = {
            "refid": message.id.upper(),
            "from": message.person,
            "to": message.sender,
            "message": message.text,
            "signature": "-",
        }
        return RawRequest("POST", "/", _JSON, json.dumps(body).encode())

    def delivered(self, state: Simulated) -> RawRequest:
        """Raises AmbiguousRequest: IntelePeer tells of no states, they are asked for."""
        raise AmbiguousRequest("IntelePeer sends no delivery reports: read its MDR.")
