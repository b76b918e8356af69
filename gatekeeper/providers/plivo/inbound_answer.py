"""What does an answer to Plivo's webhook send?

Plivo reads an answer as its own XML (plivo.com/docs, "Message XML"). Only `Message` can be judged
here, and it names both its ends; a verb that is not known could do anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from gatekeeper.domain.message import OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Reply
from gatekeeper.providers.numbers import sender_of
from gatekeeper.providers.plivo.fields import DIVIDES, person
from gatekeeper.providers.xml_document import MAX_BYTES, parse_document

NOTHING = Reply(200, (("Content-Type", "text/xml; charset=utf-8"),), b"<Response></Response>")
"""An answer that sends nothing."""

MAX_MESSAGES = 10
_CHANNELS = {"sms": Channel.SMS, "whatsapp": Channel.WHATSAPP}
_ATTRIBUTES = frozenset({"src", "dst", "type", "callbackUrl", "callbackMethod"})


def answers(given: Reply) -> tuple[OutboundRequest, ...]:
    """The messages that an app's answer would send; AmbiguousRequest if it does more than that."""
    if len(given.body) > MAX_BYTES:
        raise AmbiguousRequest("The answer is too large.")
    try:
        text = given.body.decode()
    except UnicodeDecodeError:
        raise AmbiguousRequest("The answer is not UTF-8.") from None
    if "<" not in text:
        return ()
    root = parse_document(text, "The answer")
    if root.tag != "Response" or (root.text or "").strip() or root.attrib:
        raise AmbiguousRequest("The answer is no Plivo XML response.")
    return tuple(_messages(root))


def _messages(root: Element) -> Iterator[OutboundRequest]:
    if len(root) > MAX_MESSAGES:
        raise AmbiguousRequest("The answer has too many messages.")
    for place, child in enumerate(root, 1):
        if child.tag != "Message" or len(child) or (child.tail or "").strip():
            raise AmbiguousRequest("The answer does something other than send a message.")
        yield _message(child, f"Message[{place}]")


def _message(element: Element, path: str) -> OutboundRequest:
    said = element.attrib
    channel = _CHANNELS.get(said.get("type", "sms"))
    if channel is None or not said.keys() <= _ATTRIBUTES:
        raise AmbiguousRequest("A message of the answer has an attribute that cannot be judged.")
    text = element.text or ""
    if not (said.get("src") and said.get("dst") and text.strip()):
        raise AmbiguousRequest("A message of the answer lacks its src, its dst or its text.")
    parts = [TextPart(path, Role.BODY, text)]
    if callback := said.get("callbackUrl"):
        parts.append(TextPart(f"{path}/@callbackUrl", Role.REFERENCE, callback))
    people = [person(each, f"{path}/@dst") for each in said["dst"].split(DIVIDES)]
    return OutboundRequest(
        provider="plivo",
        operation="answer",
        channel=channel,
        sender=sender_of(said["src"], f"{path}/@src"),
        recipients=tuple(people),
        parts=tuple(parts),
    )
