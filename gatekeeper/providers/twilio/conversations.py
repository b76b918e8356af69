"""What does a message to a Twilio conversation say? Whom it reaches, Twilio has to tell."""

from __future__ import annotations

from gatekeeper.domain.message import OutboundRequest, TextPart
from gatekeeper.domain.words import Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.form_body import read_form
from gatekeeper.providers.twilio.fields import one, sort_fields
from gatekeeper.providers.twilio.form_json import texts_in
from gatekeeper.providers.twilio.lookup import NOBODY
from gatekeeper.providers.twilio.messages import template_of, text_of
from gatekeeper.providers.twilio.product_fields import CONVERSATION_FIELDS

WEBHOOK_HEADER = "X-Twilio-Webhook-Enabled"


def parse_conversation(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The message with its one meaning, to nobody yet; raises AmbiguousRequest otherwise."""
    form = read_form(raw)
    aside = sort_fields(form, CONVERSATION_FIELDS)
    _require_unhooked(raw)
    media = tuple(filter(None, form.get("MediaSid", ())))
    subject = one(form, "Subject")
    return OutboundRequest(
        provider="twilio",
        operation=operation.name,
        channel=operation.channel,
        sender=NOBODY,
        recipients=(),
        parts=(
            *text_of(form, media=bool(media)),
            *((TextPart("Subject", Role.SUBJECT, subject),) if subject else ()),
            *texts_in(form, "Attributes", Role.REFERENCE),
            *aside.references,
        ),
        media=media,
        opaque=template_of(form),
        claims=tuple(aside.claims),
    )


def _require_unhooked(raw: RawRequest) -> None:
    """Before it sends, Conversations would call the app's webhook, which may give other words."""
    asked = [value for name, value in raw.headers if name.lower() == WEBHOOK_HEADER.lower()]
    if any(value.strip().lower() != "false" for value in asked):
        raise AmbiguousRequest(
            f"{WEBHOOK_HEADER} lets the app change the message after it was judged."
        )
