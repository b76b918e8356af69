"""What does Messenger tell? Messages and taps of people, and who stopped marketing messages.

Each entry of a page has `messaging`, or `standby` while another app answers
(developers.facebook.com/docs/messenger-platform/reference/webhook-events). What the page itself
wrote comes back as an echo, and says nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.providers.meta.told import Fields, event_name, instant, member, named, objects, word
from gatekeeper.providers.webhook import InboundEvent, Meaning

_CHOICES = {
    "STOP_NOTIFICATIONS": Meaning.OPTED_OUT,
    "STOP NOTIFICATIONS": Meaning.OPTED_OUT,
    "RESUME_NOTIFICATIONS": Meaning.RESUMED,
    "RESUME NOTIFICATIONS": Meaning.RESUMED,
}
_MS = 1000


def of_page(entry: Fields) -> Iterator[InboundEvent]:
    """What an entry about a page says."""
    for told in (*objects(entry, "messaging"), *objects(entry, "standby")):
        person = word(member(told.get("sender")), "id")
        page = word(member(told.get("recipient")), "id")
        if person and page:
            yield from _event(told, person, page)


def _event(told: Fields, person: str, page: str) -> Iterator[InboundEvent]:
    message, tapped = member(told.get("message")), member(told.get("postback"))
    if message and not message.get("is_echo"):
        name = event_name(named(message, "mid"))
        yield _said(told, person, page, name, word(message, "text"))
    elif tapped:
        name = event_name(word(tapped, "mid") or (person, told.get("timestamp")))
        yield _said(told, person, page, name, word(tapped, "title"))
    elif told.get("optin"):
        yield from _chosen(told, member(told["optin"]), person, page)


def _said(told: Fields, person: str, page: str, name: str, text: str) -> InboundEvent:
    return InboundEvent(
        id=name,
        meaning=Meaning.MESSAGE,
        channel=Channel.MESSENGER,
        person=Address(AddressKind.PSID, person, "sender"),
        senders=(Address(AddressKind.PAGE, page, "recipient"),),
        text=text,
        at=instant(told.get("timestamp"), _MS),
    )


def _chosen(told: Fields, optin: Fields, person: str, page: str) -> Iterator[InboundEvent]:
    meaning = _CHOICES.get(word(optin, "notification_messages_status").upper())
    if meaning is not None:
        yield InboundEvent(
            id=event_name(person, meaning, told.get("timestamp")),
            meaning=meaning,
            channel=Channel.MESSENGER,
            person=Address(AddressKind.PSID, person, "sender"),
            senders=(Address(AddressKind.PAGE, page, "recipient"),),
            purpose=Purpose.MARKETING,
            at=instant(told.get("timestamp"), _MS),
        )
