"""Which parts hear what people and providers say? Composed once, for webhooks and for commands."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass

from gatekeeper.pipeline.inbound import Inbound
from gatekeeper.pipeline.inbound_record import Recorder
from gatekeeper.pipeline.inbound_relay import Relay
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.providers import PROVIDERS
from gatekeeper.proxy.books import Books
from gatekeeper.proxy.foundation import Foundation
from gatekeeper.proxy.inbound import PublicUrl, Webhooks
from gatekeeper.settings import Settings


@dataclass(frozen=True, slots=True)
class Inward:
    """The parts that take what comes from outside about people's will."""

    public: PublicUrl
    recorder: Recorder
    webhooks: Webhooks


def open_inward(
    settings: Settings, ground: Foundation, rooms: Rooms, stack: AsyncExitStack
) -> Inward:
    """Make them; connections to apps are closed with the stack."""
    public = PublicUrl(settings.public_url)
    recorder = Recorder(rooms, Books(ground.ledger, ground.store))
    relay = Relay(allow_private=settings.relay_private)
    stack.push_async_callback(relay.close)
    webhooks = Webhooks(Inbound(rooms, recorder, relay), PROVIDERS, public, rooms.watch)
    return Inward(public, recorder, webhooks)
