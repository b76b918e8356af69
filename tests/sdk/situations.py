"""In which situations is every SDK tried? What is so, and what must then reach the provider.

A situation is told once for all SDKs: it changes the person, the sender or the text of a send
wherever they stand in its arguments, in whatever spelling (`+12122000211`, `12122000211`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.support.acme import ANA, NEWS, OFFERS, STOPPED, STRANGER, asleep
from tests.support.gate import WORD

TEXT = re.compile(r"Your order is ready\.(?: Ça va\?)?|\bA-1001\b")
"""What the sends say, and what stands in their templates."""
PSID = "5551234567890123"
"""To whom they go on Messenger."""


@dataclass(frozen=True, slots=True)
class Situation:
    """One way in which a send goes."""

    reason: str | None = None
    """The gate's reason, None where it forwards."""
    person: str = ""
    """Who is written to instead of the SDK's own person."""
    sender: str = ""
    text: str = ""
    carrier: str = "accepts"
    loses: int = 0
    """How many of the gate's answers do not reach the app: its connection ends instead."""
    sent: int | None = 0
    """How many requests reach the provider, whatever the SDK does; None: what was told tells."""


SITUATIONS: Mapping[str, Situation] = {
    "allowed": Situation(sent=1),
    "wrong_key": Situation("credential.invalid"),
    "opted_out": Situation("consent.revoked", person=STOPPED),
    "no_consent": Situation("consent.missing", person=STRANGER, sender=OFFERS),
    "invalid_number": Situation("destination.invalid", person="+1212555"),
    "fictional_number": Situation("destination.fictional", person="+12125550123"),
    "foreign_sender": Situation("sender.not_owned", sender="+14152000199"),
    "card": Situation("content.payment", text="Card 4111 1111 1111 1111 exp 04/29"),
    "ssn": Situation("content.government_id", text="Your SSN is 219-09-9998"),
    "unread": Situation("content.uninspectable"),
    "not_answering": Situation("window.closed"),
    "night": Situation(
        "quiet_hours", person="asleep", sender=OFFERS, text="Acme: 20% off. Reply STOP."
    ),
    "too_fast": Situation("rate.limited", sent=None),
    "store_lost": Situation("dependency.unavailable", sent=None),
    "hangs_up": Situation("dependency.unavailable", carrier="hangs_up", sent=1),
    "half": Situation("dependency.unavailable", carrier="half", sent=1),
    "silent": Situation("dependency.unavailable", carrier="silent", sent=1),
    "answer_lost": Situation(loses=1, sent=1),
    "answers_lost": Situation(loses=9, sent=1),
    "fails": Situation("dependency.unavailable", carrier="fails", sent=1),
}


def changed(arguments: Mapping[str, Any], when: str, person: str) -> dict[str, Any]:
    """The arguments of a send in a situation, to this person if that names no other."""
    situation = SITUATIONS[when]
    to = reached(when, person)
    text = json.dumps(arguments, ensure_ascii=False).replace(_digits(ANA), _digits(to))
    text = text.replace(PSID, psid_of(to))
    if situation.sender:
        text = text.replace(_digits(NEWS), _digits(situation.sender))
    text = TEXT.sub(situation.text or rf"\g<0> {WORD} {when}", text)
    made: dict[str, Any] = json.loads(text)
    return made


def reached(when: str, person: str) -> str:
    """Whom a send is for in a situation; this person if that names no other."""
    named = SITUATIONS[when].person
    return asleep() if named == "asleep" else named or person


def psid_of(person: str) -> str:
    """The id that somebody has on Messenger."""
    return f"555123{_digits(person)[1:]}"


def _digits(number: str) -> str:
    """A number as every SDK writes it, with a plus before it or without."""
    return number.removeprefix("+")
