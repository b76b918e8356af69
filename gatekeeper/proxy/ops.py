"""What do operators see? Health, readiness and metrics, from what the gate knows already."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog
from aiohttp import web

from gatekeeper.domain.registry import Registry
from gatekeeper.errors import DependencyUnavailable
from gatekeeper.proxy.foundation import Foundation, now
from gatekeeper.proxy.health import OK, OK_BUT, Probe, live_response, ready_response, well
from gatekeeper.proxy.metrics import CONTENT_TYPE, Metrics
from gatekeeper.rollout.activate import PolicyHolder
from gatekeeper.store.promise import Promise
from gatekeeper.store.status import ListStatus

log = structlog.get_logger(__name__)

JOURNAL_ONLY = "acknowledged changes rest on the journal alone (journal_only)"
FAULTY = "the folder has {} and the last good policy judges (gatekeeper policy status)"
LEFT = "another version than the folder was put in force (gatekeeper policy status)"
NOT_PROMOTED = "the folder differs and was not promoted (gatekeeper policy status)"
EVERY_S = 5.0
"""How often what ages (lists, policy, dependencies) is looked at."""


@dataclass(frozen=True, slots=True)
class Observer:
    """Looks at the parts and keeps the figures that age."""

    ground: Foundation
    policies: PolicyHolder
    metrics: Metrics
    registry: Callable[[], Registry] = Registry
    lost: list[str] = field(default_factory=list)
    """Lists whose numbers are gone from the store and from the disk: they must be imported."""

    def probes(self) -> Mapping[str, Probe]:
        """Each dependency by name, and what it says of itself."""
        return {"journal": self._journal, "store": self._store, "policy": self._policy}

    def observing(self) -> dict[str, datetime]:
        """The tenants whose observe time is running, and when each ends."""
        at = now()
        found = ((each.id, each.observes_until(at)) for each in self.registry().tenants.values())
        return {tenant: until for tenant, until in found if until is not None}

    async def lists(self) -> tuple[ListStatus, ...]:
        """The active versions of all lists that are kept by number."""
        return await self.ground.store.list_statuses()

    def watch(self, stack: AsyncExitStack) -> None:
        """Keep looking until the gate stops; the policy folder is watched beside."""
        for work in (self._look(), self.policies.watch()):
            stack.callback(asyncio.create_task(work).cancel)

    def _journal(self) -> str:
        journal = self.ground.journal
        return "ok" if journal.healthy else journal.last_error or "not writable"

    def _store(self) -> str:
        store = self.ground.store
        accepted = f"{OK_BUT}{JOURNAL_ONLY}" if store.promise == Promise.NONE else "ok"
        return store.trouble or accepted

    def _policy(self) -> str:
        """Well as long as a policy judges: what is wrong with the folder is told beside."""
        state = self.policies.state
        if state.faults:
            return f"{OK_BUT}{FAULTY.format(_counted(len(state.faults)))}"
        if state.pinned:
            return f"{OK_BUT}{LEFT}"
        return f"{OK_BUT}{NOT_PROMOTED}" if state.differs else OK

    async def _look(self) -> None:
        while True:
            await self.ground.store.health()
            self.note_policy()
            self.metrics.observing.set(len(self.observing()))
            await self._note_lists()
            await self._mend_lists()
            for name, probe in self.probes().items():
                self.metrics.ready.labels(name).set(well(probe()))
            await asyncio.sleep(EVERY_S)

    def note_policy(self) -> None:
        """Bring the figures of the policy up to date."""
        self.metrics.policy.note(self.policies.state, now())

    async def _note_lists(self) -> None:
        try:
            common = (status for status in await self.lists() if status.tenant is None)
            for status in common:
                age = (datetime.now(UTC) - status.as_of).total_seconds()
                self.metrics.list_age.labels(status.list_id).set(age)
        except DependencyUnavailable as error:
            log.warning("lists_not_read", dependency=error.dependency)

    async def _mend_lists(self) -> None:
        """A store that came back without its lists gets them again from their copies."""
        try:
            self.lost[:] = await self.ground.lists.versions.mend()
        except DependencyUnavailable as error:
            log.warning("lists_not_mended", dependency=error.dependency)
        if self.lost:
            log.warning("lists_lost", lists=self.lost)


def _counted(faults: int) -> str:
    return "1 fault" if faults == 1 else f"{faults} faults"


def ops_app(observer: Observer) -> web.Application:
    """The application of the operators' address."""

    async def metrics(_request: web.Request) -> web.Response:
        observer.note_policy()
        return web.Response(body=observer.metrics.render(), headers={"Content-Type": CONTENT_TYPE})

    async def live(_request: web.Request) -> web.Response:
        return live_response()

    async def ready(_request: web.Request) -> web.Response:
        return ready_response(observer.probes())

    app = web.Application()
    app.add_routes(
        [web.get("/metrics", metrics), web.get("/livez", live), web.get("/readyz", ready)]
    )
    return app
