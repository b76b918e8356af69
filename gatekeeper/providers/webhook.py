"""What does a provider tell the gate by webhook? People's replies, and what became of messages.

Every provider's webhooks become these values. The functions that make them are those of
`contract.Webhooks`; they are pure, and nothing in them is believed before `verify` has said yes.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from gatekeeper.domain.message import Address
from gatekeeper.domain.reply import ReplyKind
from gatekeeper.domain.words import Channel, Purpose


class Meaning(StrEnum):
    """What an event says of the person's will."""

    MESSAGE = "message"
    """The person wrote: what it means is for the words to tell."""
    OPTED_OUT = "opted_out"
    """The provider knows that this person does not want messages."""
    RESUMED = "resumed"
    """The person takes messages of that purpose again, which they had stopped at the provider."""
    REASSIGNED = "reassigned"
    """The number belongs to somebody else now."""
    OTHER = "other"
    """Nothing about consent: delivered, undeliverable, filtered."""


class InboundOperation(Struct, frozen=True, gc=False):
    """Whose webhook this is, as it says itself; believed only once the signature holds."""

    account: str
    """The provider's account, to be that of the application whose URL was called; empty if
    nothing in the webhook concerns anybody."""
    answered: bool = True
    """Whether the provider sends to the person what it is answered."""


class InboundEvent(Struct, frozen=True, gc=False):
    """One thing that happened; a webhook may tell of several."""

    id: str
    """The provider's id of the message: the same event told twice has the same one."""
    meaning: Meaning
    channel: Channel
    person: Address
    """Who wrote, or who was written to."""
    senders: tuple[Address, ...]
    """Our side, by every name that it may be registered under (a number, a service's pool)."""
    text: str = ""
    said: ReplyKind | None = None
    """What the provider itself took the message for, where it tells (Twilio's `OptOutType`)."""
    purpose: Purpose | None = None
    """What an opt-out at the provider is limited to, None if to nothing."""
    code: str = ""
    """The provider's error code."""
    weak: bool = False
    """Whether only a code vouches for it that stands in every webhook: such a one takes consent
    away, but what it says cannot give any."""
    at: datetime | None = None
    """When it happened, only where the provider signs a time; else the first receipt counts."""


class OptOutPage(Struct, frozen=True, gc=False):
    """One page of a provider's list of people who have opted out there."""

    events: tuple[InboundEvent, ...]
    seen: int
    """Entries on the page, whatever they say."""
    next: str | None = None
    """What `opt_outs` takes for the page after it; None: this was the last."""
