"""How do all rooms become one running gate? The composition root: nothing else knows them all."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from gatekeeper import __version__
from gatekeeper.errors import DependencyUnavailable
from gatekeeper.numbering import zones
from gatekeeper.pipeline.inbound_learn import Learner
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.pipeline.tier import tier_of
from gatekeeper.policy.model import Policy, Rule
from gatekeeper.proxy.admin import Desk, admin_app
from gatekeeper.proxy.admin_inbound import InboundDesk
from gatekeeper.proxy.admin_policy import PolicyEndpoints
from gatekeeper.proxy.configured import Configuration
from gatekeeper.proxy.consent_api import AskTier
from gatekeeper.proxy.dispatch import Dispatcher
from gatekeeper.proxy.doors import Ports, open_doors
from gatekeeper.proxy.foundation import Foundation, Say, lay, now
from gatekeeper.proxy.health import readiness
from gatekeeper.proxy.inward import open_inward, simulator
from gatekeeper.proxy.metrics import Metrics
from gatekeeper.proxy.native import Native
from gatekeeper.proxy.ops import Observer, ops_app
from gatekeeper.proxy.person_api import People
from gatekeeper.proxy.policies import open_policies, policy_endpoints
from gatekeeper.proxy.recovery import close_intents, resume_imports
from gatekeeper.proxy.registry_api import RegistryApi
from gatekeeper.proxy.registry_desk import RegistryDesk
from gatekeeper.proxy.sites import open_app, open_private
from gatekeeper.proxy.speaks import providers_of
from gatekeeper.proxy.upstreams import Upstreams, open_upstreams
from gatekeeper.rollout.activate import PolicyHolder
from gatekeeper.settings import Settings
from gatekeeper.vault.randomness import Randomness


@dataclass(frozen=True, slots=True)
class Gate:
    """A running gate; `start` makes it, `stop` ends it."""

    settings: Settings
    ground: Foundation
    policies: PolicyHolder
    configuration: Configuration
    upstreams: Upstreams
    observer: Observer
    ports: Ports
    ops_port: int
    stack: AsyncExitStack

    @property
    def port(self) -> int:
        """Where apps come in without TLS."""
        return self.ports.plain

    async def stop(self) -> None:
        """Stop accepting, let what is under way end, and close every part in order."""
        await self.stack.aclose()


async def start(settings: Settings, say: Say) -> Gate:
    """Start everything, or nothing: whatever was opened is closed if a later part fails."""
    async with AsyncExitStack() as stack:
        ground = await lay(settings, stack, say)
        say("proving the policy")
        policies = await open_policies(settings, ground)
        await close_intents(settings.journal_folder, ground.journal)
        with suppress(DependencyUnavailable):
            await ground.lists.versions.sweep()
        resume_imports(ground.importer, stack)
        providers = providers_of(settings)
        upstreams = await open_upstreams(settings, providers, stack)
        configuration = Configuration(policies, ground.store.documents, sandbox=upstreams.sandbox)
        await configuration.load()
        observer = Observer(ground, policies, Metrics(), configuration.registry)
        observer.watch(stack)
        registry = RegistryDesk(
            ground.registrar, configuration.registry, configuration.load, providers
        )
        learner = Learner()
        rooms = _rooms(settings, ground, configuration, upstreams, observer.metrics, learner)
        inward = open_inward(settings, ground, rooms, learner, stack)
        playing = simulator(inward, configuration.registry, sandbox=upstreams.sandbox)
        about_inbound = inward.desk(registry, playing, relay_private=settings.relay_private)
        ask_tier = partial(tier_of, rooms)
        about_policy = policy_endpoints(policies, configuration)
        desk = _desk(about_policy, registry, observer, about_inbound, ask_tier)
        await open_private(admin_app(desk), settings.admin_socket, stack)
        about = RegistryApi(registry, now)
        native = Native(rooms, ground.consent, People(ground.rights), about, observer.probes)
        dispatcher = Dispatcher(rooms, providers, native.handlers(), inward.webhooks)
        _settle_memory()
        ports = await open_doors(settings, dispatcher, stack)
        if upstreams.sandbox and inward.public.base is None:
            inward.public.base = f"http://127.0.0.1:{ports.plain}"  # who calls is on this machine
        ops_port = await open_app(ops_app(observer), settings.ops_listen, stack)
        return Gate(
            settings=settings,
            ground=ground,
            policies=policies,
            configuration=configuration,
            upstreams=upstreams,
            observer=observer,
            ports=ports,
            ops_port=ops_port,
            stack=stack.pop_all(),
        )


def _rooms(
    settings: Settings,
    ground: Foundation,
    configuration: Configuration,
    upstreams: Upstreams,
    metrics: Metrics,
    learner: Learner,
) -> Rooms:
    return Rooms(
        journal=ground.journal,
        store=ground.store,
        keys=ground.keyring,
        configured=configuration,
        upstreams=upstreams.by_service,
        watch=metrics,
        learner=learner,
        clock=now,
        random=Randomness(),
        consent=ground.consent,
        upstream_timeout_s=settings.upstream_timeout_s,
        assembly_s=settings.assembly_s,
    )


def _desk(
    policy: PolicyEndpoints,
    registry: RegistryDesk,
    observer: Observer,
    inbound: InboundDesk,
    ask_tier: AskTier,
) -> Desk:
    ground, policies = observer.ground, observer.policies

    async def status() -> dict[str, Any]:
        return {
            "version": __version__,
            "tzdata": zones.version(),
            "stream": ground.journal.stream,
            "policy": asdict(policies.state),
            "health": readiness(observer.probes()).model_dump(),
            "store": asdict(await ground.store.health()),
            "observing": observer.observing(),
            "lists": [asdict(status) for status in await observer.lists()],
            "lists_required": required_lists(policies.current.policy),
            "lists_limits": list_limits(policies.current.policy),
            "lists_lost": list(observer.lost),
        }

    return Desk(
        registrar=registry,
        consent=ground.consent,
        importer=ground.importer,
        lists=ground.lists,
        answers=ground.answers,
        rights=ground.rights,
        registry=lambda: registry.registry,
        status=status,
        inbound=inbound,
        ask_tier=ask_tier,
        policy=policy,
    )


def required_lists(policy: Policy) -> list[str]:
    """The lists that some rule blocks without: what was never imported is not checked."""
    asking = (rule.params for rule in _of_all(policy) if getattr(rule.params, "required", False))
    return sorted({name for params in asking for name in params.lists})


def _of_all(policy: Policy) -> Iterator[Rule]:
    """What one tenant asks of its own messages says nothing of everybody's lists."""
    return (rule for rule in policy.rules if not rule.applies.tenants)


def list_limits(policy: Policy) -> dict[str, int]:
    """The days that a version of each list may be used for, by the strictest rule that says so."""
    limits: dict[str, int] = {}
    for rule in _of_all(policy):
        days: int | None = getattr(rule.params, "max_age_days", None)
        if days is None:
            continue
        for name in getattr(rule.params, "lists", ()):
            limits[name] = min(days, limits.get(name, days))
    return limits


def _settle_memory() -> None:
    """What was loaded for good need not be looked at by every garbage collection."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
