"""What does the start of a SmartFlow say, to whom and from whom?

From docs.intelepeer.com, "Trigger a Flow": ANI is the number that the flow writes to or calls,
DNIS the caller id, though the names suggest the reverse. Every other member is a variable of the
flow, so it is text. What the flow says beside them stands at IntelePeer: its id is registered
together with its texts, or the start is refused. Whether it writes or calls cannot be seen either,
so it must be allowed to do both: it is judged as a text and as a call.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Channel, Role
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import anything, members, opaque, person, read, sender, wrong

FLOW = "flow"
"""What kind of content is registered under a flow's id."""

_NAMED = {"flowId": opaque(FLOW), "ANI": person(), "DNIS": sender()}
_START = members(_NAMED, need=tuple(_NAMED))
_VARIABLES = anything(Role.TEMPLATE_VAR)


def parse_flow(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The start of a flow as a text and, beside it, as a call; AmbiguousRequest otherwise."""
    body = read_object(raw)
    found = read(_START, {name: body[name] for name in _NAMED if name in body})
    read(_VARIABLES, _variables(body), found)
    text = OutboundRequest(
        provider="intelepeer",
        operation=operation.name,
        channel=Channel.SMS,
        sender=found.senders[0],
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        opaque=tuple(found.opaque),
    )
    return replace(text, also=(replace(text, channel=Channel.VOICE),))


def _variables(body: dict[str, Any]) -> dict[str, Any]:
    """All other members; one that is spelled almost like a named one may be taken for it."""
    meant = {name.lower() for name in _NAMED}
    for name in body:
        if name not in _NAMED and name.strip("$ _").lower() in meant:
            raise wrong(name, "is spelled almost like ANI, DNIS or flowId: write it exactly so")
    return {name: value for name, value in body.items() if name not in _NAMED}
