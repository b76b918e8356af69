"""What does an answer to Twilio's webhook send, and how is our own answer written?

Twilio reads an answer as TwiML, and a plain text as one message (twilio.com/docs/messaging/twiml).
Only `Message` with its text and media can be judged here. A `Redirect` or an `action` would fetch
more from elsewhere, and a verb that is not known could do anything: such an answer is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Reply
from gatekeeper.providers.twilio import address
from gatekeeper.providers.twilio.messages import link
from gatekeeper.providers.webhook import InboundEvent
from gatekeeper.providers.xml_document import MAX_BYTES, parse_document

MAX_MESSAGES = 10
_ATTRIBUTES = frozenset({"to", "from", "statuscallback", "method"})
_TYPE = (("Content-Type", "text/xml; charset=utf-8"),)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def reply(texts: Sequence[str] = ()) -> Reply:
    """TwiML that sends these texts back to who wrote; an empty response without any."""
    messages = "".join(f"<Message>{escape(text)}</Message>" for text in texts)
    return Reply(200, _TYPE, f"{_HEAD}<Response>{messages}</Response>".encode())


def answers(given: Reply, event: InboundEvent) -> tuple[OutboundRequest, ...]:
    """The messages that an app's answer would send; AmbiguousRequest if it does more than that."""
    if len(given.body) > MAX_BYTES:
        raise AmbiguousRequest("The answer is too large.")
    try:
        text = given.body.decode()
    except UnicodeDecodeError:
        raise AmbiguousRequest("The answer is not UTF-8.") from None
    if not text.strip():
        return ()
    if _kind(given) == "text/plain":
        return (_request(event, [TextPart("text", Role.BODY, text)], ()),)
    root = parse_document(text, "TwiML")
    if root.tag != "Response" or (root.text or "").strip() or root.attrib:
        raise AmbiguousRequest("The answer is no TwiML response.")
    return tuple(_messages(root, event))


def _kind(given: Reply) -> str:
    types = [value for name, value in given.headers if name.lower() == "content-type"]
    return types[0].partition(";")[0].strip().lower() if types else ""


def _messages(root: Element, event: InboundEvent) -> Iterator[OutboundRequest]:
    if len(root) > MAX_MESSAGES:
        raise AmbiguousRequest("The answer has too many messages.")
    for place, child in enumerate(root, 1):
        if child.tag not in ("Message", "Sms") or (child.tail or "").strip():
            raise AmbiguousRequest("The answer does something other than send a message.")
        yield _message(child, f"Message[{place}]", event)


def _message(element: Element, path: str, event: InboundEvent) -> OutboundRequest:
    said = {name.lower(): value.strip() for name, value in element.attrib.items()}
    if len(said) < len(element.attrib) or not said.keys() <= _ATTRIBUTES:
        raise AmbiguousRequest("A message of the answer has an attribute that cannot be judged.")
    parts, media = _content(element, path)
    if callback := said.get("statuscallback"):
        parts.append(TextPart(f"{path}/@statusCallback", Role.REFERENCE, callback))
    return _request(event, parts, media, said)


def _content(element: Element, path: str) -> tuple[list[TextPart], tuple[str, ...]]:
    """The text, whether it stands in the message or in its `Body`, and the media."""
    texts, media = [element.text or ""], []
    for child in element:
        if child.tag not in ("Body", "Media") or len(child) or child.attrib:
            raise AmbiguousRequest("A message of the answer holds what cannot be judged.")
        if child.tag == "Media":
            media.append((child.text or "").strip())
        else:
            texts.append(child.text or "")
        texts.append(child.tail or "")
    text = "".join(texts)
    parts = [TextPart(path, Role.BODY, text)] if text.strip() else []
    links = [link(f"{path}/Media[{place}]", url) for place, url in enumerate(media, 1)]
    if not (parts or links):
        raise AmbiguousRequest("A message of the answer is empty.")
    return [*parts, *links], tuple(media)


def _request(
    event: InboundEvent,
    parts: list[TextPart],
    media: tuple[str, ...],
    said: dict[str, str] | None = None,
) -> OutboundRequest:
    """One message: to who wrote, from what they wrote to, unless it says otherwise."""
    channel, recipient, sender = event.channel, event.person, event.senders[0]
    said = said or {}
    if said.get("to"):
        channel, value = address.channel_of(said["to"], "to")
        recipient = address.message_recipient(channel, value)
    if said.get("from"):
        sender = _sender(said["from"], channel)
    if channel is Channel.SMS and media:
        channel = Channel.MMS
    return OutboundRequest(
        provider="twilio",
        operation="answer",
        channel=channel,
        sender=sender,
        recipients=(recipient,),
        parts=tuple(parts),
        media=media,
    )


def _sender(value: str, channel: Channel) -> Address:
    of, plain = address.channel_of(value, "from")
    if of is not channel:
        raise AmbiguousRequest("A message of the answer names two channels.")
    sender = address.message_sender(of, plain)
    if sender.kind is AddressKind.UNKNOWN and channel is not Channel.RCS:
        raise AmbiguousRequest("A message of the answer names no sender.")
    return sender
