"""What does WhatsApp tell? Messages of people, what became of ours, and who stopped marketing.

Each change of an entry has a value with `metadata` (our number) and any of `messages`, `statuses`
and `user_preferences` (developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components). A
person may be told by number, by a user's id or by both; what is said holds for each of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.providers.meta.told import Fields, event_name, instant, member, named, objects, word
from gatekeeper.providers.numbers import international
from gatekeeper.providers.webhook import InboundEvent, Meaning

STOPPED_MARKETING = "131050"
"""A message that WhatsApp did not deliver, since the person stopped marketing messages."""

_WRITTEN = frozenset(
    {
        "text", "button", "interactive", "image", "audio", "video", "document", "sticker",
        "location", "contacts", "order",
    }
)  # fmt: skip
"""Types of messages that a person wrote; others tell of a reaction or of the system."""
_CHOICES = {"stop": Meaning.OPTED_OUT, "resume": Meaning.RESUMED}


def of_account(entry: Fields) -> Iterator[InboundEvent]:
    """What an entry about a business account says."""
    for change in objects(entry, "changes"):
        value = member(change.get("value"))
        senders = tuple(_ours(member(value.get("metadata"))))
        if senders:
            yield from _messages(value, senders)
            yield from _statuses(value, senders)
            yield from _preferences(entry, value, senders)


def _ours(metadata: Fields) -> Iterator[Address]:
    """Our number, by the id that it sends under and by itself."""
    if name := word(metadata, "phone_number_id"):
        yield Address(AddressKind.UNKNOWN, name, "phone_number_id")
    if number := word(metadata, "display_phone_number"):
        digits = "".join(each for each in number if each.isdecimal())
        yield Address(AddressKind.PHONE, international(digits), "display_phone_number")


def _messages(value: Fields, senders: tuple[Address, ...]) -> Iterator[InboundEvent]:
    for message in objects(value, "messages"):
        if word(message, "type") not in _WRITTEN or word(message, "group_id"):
            continue
        for person in _people(value, word(message, "from"), word(message, "from_user_id")):
            yield InboundEvent(
                id=event_name(named(message, "id"), person.kind),
                meaning=Meaning.MESSAGE,
                channel=Channel.WHATSAPP,
                person=person,
                senders=senders,
                text=_text(message),
                at=instant(message.get("timestamp")),
            )


def _statuses(value: Fields, senders: tuple[Address, ...]) -> Iterator[InboundEvent]:
    for status in objects(value, "statuses"):
        codes = [str(each.get("code", "")) for each in objects(status, "errors")]
        failed = word(status, "status") == "failed"
        stopped = failed and STOPPED_MARKETING in codes
        people = _people(value, word(status, "recipient_id"), word(status, "recipient_user_id"))
        for person in people:
            yield InboundEvent(
                id=event_name(named(status, "id"), person.kind),
                meaning=Meaning.OPTED_OUT if stopped else Meaning.OTHER,
                channel=Channel.WHATSAPP,
                person=person,
                senders=senders,
                code=STOPPED_MARKETING if stopped else next(iter(codes), "")[:12],
                purpose=Purpose.MARKETING if stopped else None,
                at=instant(status.get("timestamp")),
            )


def _preferences(
    entry: Fields, value: Fields, senders: tuple[Address, ...]
) -> Iterator[InboundEvent]:
    """Who stopped or resumed marketing messages in WhatsApp itself; it has no id of its own."""
    for chosen in objects(value, "user_preferences"):
        meaning = _CHOICES.get(word(chosen, "value"))
        if meaning is None or word(chosen, "category") != "marketing_messages":
            continue
        at = instant(chosen.get("timestamp"))
        for person in _people(value, word(chosen, "wa_id"), word(chosen, "user_id")):
            yield InboundEvent(
                id=event_name(word(entry, "id"), meaning, at, person.value),
                meaning=meaning,
                channel=Channel.WHATSAPP,
                person=person,
                senders=senders,
                purpose=Purpose.MARKETING,
                at=at,
            )


def _people(value: Fields, number: str, user: str) -> Iterator[Address]:
    """The person by each name that is told; one contact alone gives what the rest leaves out."""
    contacts = objects(value, "contacts")
    told = next((each for each in contacts if number and word(each, "wa_id") == number), None)
    if told is None and len(contacts) == 1 and not (number and user):
        told = contacts[0] if not number or not word(contacts[0], "wa_id") else None
    number = number or word(told or {}, "wa_id")
    user = user or word(told or {}, "user_id")
    if number:
        yield Address(AddressKind.PHONE, international(number), "from")
    if user:
        yield Address(AddressKind.BSUID, user, "from_user_id")


def _text(message: Fields) -> str:
    """What the person wrote or chose."""
    chosen = member(message.get("interactive"))
    shown = member(message.get(word(message, "type")))
    return (
        word(member(message.get("text")), "body")
        or word(member(message.get("button")), "text")
        or word(member(chosen.get("button_reply")), "title")
        or word(member(chosen.get("list_reply")), "title")
        or word(shown, "caption")
    )
