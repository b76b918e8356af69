"""What does a change of a live call say, and a message into it? Its people, Twilio has to tell."""

from __future__ import annotations

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.form_body import read_form
from gatekeeper.providers.twilio.calls import caller_ids, scripted, unseen
from gatekeeper.providers.twilio.fields import one, sort_fields
from gatekeeper.providers.twilio.form_json import texts_in
from gatekeeper.providers.twilio.lookup import NOBODY
from gatekeeper.providers.twilio.product_fields import LIVE_CALL_FIELDS, USER_MESSAGE_FIELDS


def parse_live_call(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The new script of a call; whoever it dials beside the call's own other end."""
    form = read_form(raw)
    aside = sort_fields(form, LIVE_CALL_FIELDS)
    if one(form, "Status"):
        raise AmbiguousRequest("Status ends a call: give it without any other parameter.")
    script = scripted(form)
    return OutboundRequest(
        provider="twilio",
        operation=operation.name,
        channel=Channel.VOICE,
        sender=NOBODY,
        recipients=tuple(script.recipients),
        parts=(*script.parts, *aside.references),
        media=tuple(script.media),
        opaque=(*unseen(form), *script.opaque),
        claims=(*aside.claims, *caller_ids(script)),
        technology=script.technology,
        record=script.record,
    )


def parse_user_message(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """What the app's own software at the other end of a call is told, and may show there."""
    form = read_form(raw)
    aside = sort_fields(form, USER_MESSAGE_FIELDS)
    parts = texts_in(form, "Content", Role.BODY)
    if not parts:
        raise AmbiguousRequest("The parameter Content is missing, or there is no text in it.")
    return OutboundRequest(
        provider="twilio",
        operation=operation.name,
        channel=Channel.VOICE,
        sender=NOBODY,
        recipients=(),
        parts=(*parts, *aside.references),
        claims=tuple(aside.claims),
        natural_key=one(form, "IdempotencyKey"),
    )
