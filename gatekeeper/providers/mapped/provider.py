"""Which functions make up a provider that a mapping file describes?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gatekeeper.domain.match import Span
from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import (
    Carrier,
    Credential,
    Operation,
    RawRequest,
    Refusal,
    Reply,
    Service,
    Simulated,
)
from gatekeeper.providers.form_body import placed, read_form
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.mapped.credential import credential_of, swapped
from gatekeeper.providers.mapped.fields import reader_of
from gatekeeper.providers.mapped.file_shape import MappingShape, OperationShape
from gatekeeper.providers.mapped.paths import Paths
from gatekeeper.providers.mapped.refuse import refuse
from gatekeeper.providers.mapped.template import filled
from gatekeeper.providers.places import by_path, masked
from gatekeeper.providers.plain import Plain
from gatekeeper.providers.shape import Found, read
from gatekeeper.providers.webhook import InboundEvent, InboundOperation

_JSON = (("Content-Type", "application/json"),)


class Mapped(Plain):
    """One provider; it sends, and its webhooks are not read."""

    def __init__(self, mapping: MappingShape) -> None:
        """ValueError for pointers or paths that make no sense."""
        self.name = mapping.provider
        self.services: tuple[Service, ...] = (Service("", (mapping.host,)),)
        self.carrier: Carrier | None = _Carrier(mapping)
        self._mapping = mapping
        self._paths = Paths(mapping.operations)
        self._operations = {each.name: each for each in mapping.operations}
        self._readers = {
            each.name: reader_of(each.fields, each.need) for each in mapping.operations
        }

    def match(self, raw: RawRequest) -> Operation | None:
        """The operation of the file; reads pass, all else is refused."""
        return self._paths.match(raw)

    def credential(self, raw: RawRequest) -> Credential | None:
        """The key where the file says that it stands."""
        return credential_of(raw, self._mapping.credential, self._paths.match(raw).account)

    def parse(self, raw: RawRequest, operation: Operation) -> OutboundRequest:
        """The message as the file's fields read it; raises AmbiguousRequest otherwise."""
        known = self._operations[operation.name]
        found = read(self._readers[known.name], _body(raw, known))
        if not found.recipients:
            raise AmbiguousRequest("The request names no recipient.")
        if len(found.senders) > 1:
            raise AmbiguousRequest("The request names more than one sender.")
        return _request(self.name, operation, found)

    def swap(self, raw: RawRequest, credential: Credential) -> RawRequest:
        """The same request under another key; every other byte stays."""
        return swapped(raw, self._mapping.credential, credential)

    def redact(self, raw: RawRequest, spans: Sequence[Span]) -> RawRequest | None:
        """The same JSON or form with these spans of its texts masked; None where that fails."""
        operation = self._operations.get(self._paths.match(raw).name)
        if operation is None or operation.body == "json":
            return super().redact(raw, spans)
        body = raw.body
        for path, inside in by_path(spans):
            found = placed(body, path)
            written = masked(body, found, inside) if found else None
            if written is None:
                return None
            body = written
        return RawRequest(raw.method, raw.target, raw.headers, body, raw.service)

    def refuse(self, refusal: Refusal) -> Reply:
        """The refusal in the file's words."""
        return refuse(refusal, self._mapping.refusal)

    def inbound(self, raw: RawRequest) -> InboundOperation:
        """Raises AmbiguousRequest: a mapping file describes no webhooks."""
        raise AmbiguousRequest("Webhooks of this provider are not read.", status=404)

    def verify(self, raw: RawRequest, url: str, secret: str, now: datetime) -> bool:
        """Nobody is believed."""
        return False

    def events(self, raw: RawRequest) -> tuple[InboundEvent, ...]:
        """None."""
        return ()

    def resign(self, raw: RawRequest, url: str, secret: str) -> RawRequest:
        """The webhook as it is: there is none that could come here."""
        return raw


class _Carrier:
    """The sandbox's words for it."""

    def __init__(self, mapping: MappingShape) -> None:
        self._success = {each.name: each.success for each in mapping.operations}

    def accepted(
        self, raw: RawRequest, operation: Operation, request: OutboundRequest, sid: str
    ) -> Reply:
        """The file's success."""
        success = self._success[operation.name]
        values = {"id": sid, "to": request.recipients[0].value, "from": request.sender.value}
        return Reply(success.status, _JSON, json.dumps(filled(success.body, values)).encode())

    def passed(self, raw: RawRequest, operation: Operation) -> Reply:
        """An empty object."""
        return Reply(200, _JSON, b"{}")

    def wrote(self, message: Simulated) -> RawRequest:
        """A webhook that nobody will read."""
        return RawRequest("POST", "/", _JSON, b"{}")

    def delivered(self, state: Simulated) -> RawRequest:
        """A webhook that nobody will read."""
        return RawRequest("POST", "/", _JSON, b"{}")


def _body(raw: RawRequest, operation: OperationShape) -> dict[str, Any]:
    if operation.body == "json":
        return read_object(raw)
    form = read_form(raw)
    return {name: values[0] if len(values) == 1 else list(values) for name, values in form.items()}


def _request(name: str, operation: Operation, found: Found) -> OutboundRequest:
    sender = found.senders[0] if found.senders else Address(AddressKind.UNKNOWN, "", "")
    return OutboundRequest(
        provider=name,
        operation=operation.name,
        channel=operation.channel,
        sender=sender,
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        media=tuple(found.media),
        opaque=tuple(found.opaque),
        claims=tuple(found.claims),
    )
