"""What does the start of a Studio flow do? The flow may call or text, so it is judged as both.

What a flow says stands in Studio: nobody here has seen it unless a policy author registered it.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from gatekeeper.domain.message import Opaque, OutboundRequest
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.form_body import read_form
from gatekeeper.providers.twilio import address
from gatekeeper.providers.twilio.fields import one, sort_fields
from gatekeeper.providers.twilio.form_json import texts_in
from gatekeeper.providers.twilio.product_fields import EXECUTION_FIELDS

_FLOW = re.compile(r"/Flows/(FW[0-9a-fA-F]{32})/")


def parse_execution(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The flow as a call and, beside it, as a text; as one message where To names a channel."""
    form = read_form(raw)
    aside = sort_fields(form, EXECUTION_FIELDS)
    to, own, flow = one(form, "To"), one(form, "From"), _FLOW.search(raw.path)
    if to is None or own is None or flow is None:
        raise AmbiguousRequest("A flow needs both To and From.")
    channel, person = address.channel_of(to, "To")
    own_channel, sender = address.channel_of(own, "From")
    if channel is not own_channel:
        raise AmbiguousRequest("To and From name different channels.")
    text = OutboundRequest(
        provider="twilio",
        operation=operation.name,
        channel=channel,
        sender=address.message_sender(channel, sender),
        recipients=(address.message_recipient(channel, person),),
        parts=texts_in(form, "Parameters", Role.TEMPLATE_VAR),
        opaque=(Opaque("flow", flow[1], "Flow"),),
        claims=tuple(aside.claims),
    )
    if channel is not Channel.SMS:
        return text
    return replace(text, channel=Channel.VOICE, also=(text,))
