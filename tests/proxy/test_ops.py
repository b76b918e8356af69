"""Do operators see what the gate knows, and no app's data?"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import aiohttp
import pytest

from gatekeeper.proxy import ops
from tests.support.acme import LISTED, NEWS, STOPPED, TENANT
from tests.support.gate import Stand

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_readiness_and_liveness_have_their_own_address(acme: Stand) -> None:
    told = await acme.ready()
    assert (told.status, told.body["ready"]) == (200, True)
    async with aiohttp.ClientSession() as session, session.get(acme.ops_url + "/livez") as got:
        assert await got.json() == {"alive": True}


async def test_each_dependency_has_its_probe(acme: Stand) -> None:
    probes = acme.gate.observer.probes()
    assert {name: probe() for name, probe in probes.items()} == {
        "journal": "ok",
        "store": "ok",
        "policy": "ok",
    }


async def test_a_refusal_is_counted_under_its_reason(acme: Stand) -> None:
    await acme.post([("To", STOPPED), ("From", NEWS), ("Body", "x")])
    line = 'gatekeeper_decisions_total{channel="sms",reason="consent.revoked",verdict="block"}'
    assert line in await acme.metrics()


async def test_what_ages_is_looked_at_again(acme: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ops, "EVERY_S", 0.02)
    async with AsyncExitStack() as stack:
        acme.gate.observer.watch(stack)
        await asyncio.sleep(0.1)
    text = await acme.metrics()
    assert 'gatekeeper_list_age_seconds{list="us-national"}' in text
    assert 'gatekeeper_dependency_ready{dependency="store"} 1.0' in text
    assert "gatekeeper_policy_age_seconds" in text
    assert "gatekeeper_policy_differs 0.0" in text


async def test_no_tenant_no_own_list_and_no_number_is_a_label(acme: Stand) -> None:
    statuses = await acme.gate.observer.lists()
    assert (TENANT, "internal") in {(status.tenant, status.list_id) for status in statuses}
    text = await acme.metrics()
    assert TENANT not in text and "internal" not in text and LISTED[2:] not in text


async def test_apps_find_no_metrics_at_their_address(acme: Stand) -> None:
    told = await acme.ask("GET", "/metrics", b"", {})
    assert told.status == 404
