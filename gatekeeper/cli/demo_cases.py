"""Which messages and calls show every verdict, at any hour of the day?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gatekeeper.numbering.zones import local
from gatekeeper.proxy.demo import (
    CLINIC,
    CODES,
    FRIENDS,
    LISTED,
    MASKS,
    NEIGHBOUR,
    SERVICE,
    SHOP,
    STOPPED,
    STRANGER,
    SUSPENDED,
    TEMPLATE,
    WHATSAPP,
)

OFFER = "Demo Shop: 20% off today. Reply STOP to opt out."
ORDER = "Booking for 4111111111111111 is ready."
"""Passes a card's check digit, but is called a booking: possibly a card number, no more."""
FRIEND = FRIENDS["America/New_York"]

RUNS = timedelta(minutes=1)
"""The demo is over by then."""
Hours = Callable[[datetime, str], bool]
"""Whether a local time in a zone is one of them."""


@dataclass(frozen=True, slots=True)
class Case:
    """One send: its name for the table (masked), what the SDK is called with, what is expected."""

    name: str
    verdict: str
    channel: str
    arguments: dict[str, Any]

    @property
    def masked(self) -> str:
        """The recipient, a number without its middle."""
        to = str(self.arguments["to"])
        return to if len(to) < len("+1212555") else f"{to[:-7]}...{to[-4:]}"


def cases(now: datetime) -> Iterator[Case]:
    """About twenty sends; the recipients of the offers are chosen by their local time.

    For an hour of each Sunday (from 11:00 UTC) no friend may be sent an offer; that case is left
    out then.
    """
    awake, asleep = _somebody(now, _day), _somebody(now, _night) or FRIEND
    if awake is not None:
        yield _sms("offer, with written consent, by day", "allow", SHOP, awake, OFFER)
    yield _sms("offer, with written consent, by night", "defer", SHOP, asleep, OFFER)
    yield _sms("offer to one who said STOP", "block", SHOP, STOPPED, OFFER)
    yield _sms("offer without consent", "block", SHOP, STRANGER, OFFER)
    yield _sms("offer to one on the internal list", "block", SHOP, LISTED, OFFER)
    claim = _sms("order news that claim to be a code", "flag", SERVICE, FRIEND, "Parcel today.")
    claim.arguments["message_intent"] = "otp"
    yield claim
    code = "Demo: 481 516 is your sign-in code. Do not share it."
    yield _sms("one-time code, at any hour", "allow", CODES, asleep, code)
    yield _sms("order news", "allow", SERVICE, FRIEND, "Your parcel arrives today.")
    card = "Your card 4111 1111 1111 1111 was charged."
    yield _sms("card number", "block", SERVICE, FRIEND, card)
    yield _sms("what may be a card number, masked", "redact", MASKS, FRIEND, ORDER)
    ssn = "Your SSN 536-22-8726 is on file."
    yield _sms("social security number", "block", SERVICE, FRIEND, ssn)
    password = "Your new password is Tr0ub4dor&3."
    yield _sms("password", "block", SERVICE, FRIEND, password)
    result = "Ann, your HIV test result is positive."
    yield _sms("health, not from a clinic", "block", SERVICE, FRIEND, result)
    yield _sms("health, from a clinic", "hold", CLINIC, FRIEND, result)
    yield _sms("to 911", "block", SERVICE, "911", "Help is on its way.")
    yield _sms("to a number that is none", "block", SERVICE, "+1212555", "Hello.")
    yield _sms("sender of somebody else", "block", "+14152000199", FRIEND, "Hello.")
    yield _sms("suspended sender", "block", SUSPENDED, FRIEND, OFFER)
    picture = _sms("picture of an order", "flag", SERVICE, NEIGHBOUR, "Your receipt.")
    picture.arguments["media_url"] = ["https://demo.example/receipt.png"]
    yield picture
    yield from _whatsapp()
    yield from _calls()


def _whatsapp() -> Iterator[Case]:
    to = f"whatsapp:{NEIGHBOUR}"
    template = {"from_": WHATSAPP, "to": to, "content_sid": TEMPLATE}
    template["content_variables"] = '{"1":"A-1001"}'
    yield Case("WhatsApp, approved template", "allow", "whatsapp", template)
    free = {"from_": WHATSAPP, "to": to, "body": "Any questions?"}
    yield Case("WhatsApp, free text out of the window", "block", "whatsapp", free)


def _calls() -> Iterator[Case]:
    say = "<Response><Say>{}</Say></Response>"
    good = say.format("Your parcel arrives today.")
    yield _call("call with a spoken text", "allow", NEIGHBOUR, {"twiml": good})
    bad = say.format("Your card number is 4 1 1 1, 1 1 1 1, 1 1 1 1, 1 1 1 1.")
    yield _call("call that speaks a card number", "block", NEIGHBOUR, {"twiml": bad})
    dial = "<Response><Dial><Number>911</Number></Dial></Response>"
    yield _call("call that dials 911 on", "block", NEIGHBOUR, {"twiml": dial})
    unread = {"url": "https://demo.example/not-registered.xml"}
    yield _call("call with words nobody has read", "block", NEIGHBOUR, unread)


def _sms(name: str, verdict: str, sender: str, to: str, text: str) -> Case:
    return Case(name, verdict, "sms", {"from_": sender, "to": to, "body": text})


def _call(name: str, verdict: str, to: str, content: dict[str, str]) -> Case:
    return Case(name, verdict, "voice", {"from_": SERVICE, "to": to, **content})


def _somebody(now: datetime, hours: Hours) -> str | None:
    """A friend whose local time lies in those hours, now and while the demo runs."""
    for zone, number in FRIENDS.items():
        if all(hours(local(now + later, zone), zone) for later in (timedelta(), RUNS)):
            return number
    return None


def _day(at: datetime, zone: str) -> bool:
    """Whether an offer may arrive: the shipped rules' hours for the friends' places."""
    if zone == "Europe/London":
        return at.isoweekday() < 7 and 10 <= at.hour < 17
    return 8 <= at.hour < 21


def _night(at: datetime, _zone: str) -> bool:
    return at.hour < 8 or at.hour >= 21
