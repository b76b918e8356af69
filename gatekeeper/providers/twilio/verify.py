"""What does a verification say, and to whom does Twilio Verify send it?

Without a TemplateSid the words are Twilio's own: a code, and the name that was given to the service
where it was set up. So the service is the sender, and has to be registered as one.
"""

from __future__ import annotations

import re

from gatekeeper.domain.message import Address, AddressKind, Opaque, OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role, Technology
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.form_body import Form, read_form
from gatekeeper.providers.twilio.calls import digits_of
from gatekeeper.providers.twilio.fields import one, sort_fields
from gatekeeper.providers.twilio.form_json import texts_in
from gatekeeper.providers.twilio.product_fields import VERIFICATION_FIELDS

_CHANNELS = {"sms": Channel.SMS, "call": Channel.VOICE, "whatsapp": Channel.WHATSAPP}
_SERVICE = re.compile(r"/Services/(VA[0-9a-fA-F]{32})/")
_SAID = {
    "CustomMessage": Role.BODY, "CustomFriendlyName": Role.TEMPLATE_VAR,
    "CustomCode": Role.TEMPLATE_VAR, "Amount": Role.TEMPLATE_VAR, "Payee": Role.TEMPLATE_VAR,
    "AppHash": Role.TEMPLATE_VAR,
}  # fmt: skip


def parse_verification(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The verification with its one meaning; raises AmbiguousRequest otherwise."""
    form = read_form(raw)
    aside = sort_fields(form, VERIFICATION_FIELDS)
    channel = _CHANNELS.get(one(form, "Channel") or "")
    if channel is None:
        raise AmbiguousRequest("The parameter Channel must be sms, call or whatsapp here.")
    service, to = _SERVICE.search(raw.path), one(form, "To")
    if to is None or service is None:
        raise AmbiguousRequest("The parameter To is missing.")
    template = one(form, "TemplateSid")
    return OutboundRequest(
        provider="twilio",
        operation=operation.name,
        channel=channel,
        sender=Address(AddressKind.SERVICE, service[1], "Service"),
        recipients=(Address(AddressKind.PHONE, to, "To"),),
        parts=(*_texts(form), *aside.references),
        opaque=(Opaque("verify_template", template, "TemplateSid"),) if template else (),
        claims=tuple(aside.claims),
        technology=Technology.ARTIFICIAL if channel is Channel.VOICE else Technology.UNKNOWN,
    )


def _texts(form: Form) -> list[TextPart]:
    parts = [
        TextPart(name, role, value) for name, role in _SAID.items() if (value := one(form, name))
    ]
    parts += digits_of(form)
    parts += texts_in(form, "TemplateCustomSubstitutions", Role.TEMPLATE_VAR)
    parts += texts_in(form, "RateLimits", Role.REFERENCE)
    return parts + list(texts_in(form, "Tags", Role.REFERENCE))
