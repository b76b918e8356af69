"""Which parts hear what people and providers say? Composed once, for webhooks and for commands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

from gatekeeper.domain.registry import Registry
from gatekeeper.ledger.reviews import Reviews
from gatekeeper.pipeline.inbound import Inbound
from gatekeeper.pipeline.inbound_learn import Learner
from gatekeeper.pipeline.inbound_record import Recorder
from gatekeeper.pipeline.inbound_relay import Relay
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.providers import PROVIDERS
from gatekeeper.proxy.admin_inbound import InboundDesk
from gatekeeper.proxy.books import Books
from gatekeeper.proxy.foundation import Foundation, now
from gatekeeper.proxy.inbound import PublicUrl, Webhooks
from gatekeeper.proxy.registry_desk import RegistryDesk
from gatekeeper.proxy.simulator import Simulator
from gatekeeper.settings import Settings


@dataclass(frozen=True, slots=True)
class Inward:
    """The parts that take what comes from outside about people's will."""

    public: PublicUrl
    recorder: Recorder
    reviews: Reviews
    webhooks: Webhooks

    def desk(
        self, registry: RegistryDesk, playing: Simulator, *, relay_private: bool
    ) -> InboundDesk:
        """What commands may ask for."""
        return InboundDesk(
            registry, self.public, self.recorder, self.reviews, relay_private, playing
        )


def simulator(inward: Inward, registry: Callable[[], Registry], *, sandbox: bool) -> Simulator:
    """What plays webhooks of the built-in providers."""
    providers = {provider.name: provider for provider in PROVIDERS}
    return Simulator(inward.webhooks, providers, registry, now, sandbox)


def open_inward(
    settings: Settings,
    ground: Foundation,
    rooms: Rooms,
    learner: Learner,
    stack: AsyncExitStack,
) -> Inward:
    """Make them; connections to apps are closed with the stack."""
    public = PublicUrl(settings.public_url)
    books = Books(ground.ledger, ground.store)
    recorder = learner.recorder = Recorder(rooms, books)
    stack.push_async_callback(learner.close)
    relay = Relay(allow_private=settings.relay_private)
    stack.push_async_callback(relay.close)
    webhooks = Webhooks(Inbound(rooms, recorder, relay), PROVIDERS, public, rooms.watch)
    reviews = Reviews(settings.journal_folder, ground.journal, books.commit, rooms.clock)
    return Inward(public, recorder, reviews, webhooks)
