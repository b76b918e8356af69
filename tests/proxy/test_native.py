"""Do the native endpoints do what they are for, each for its own tenant only?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.proxy.native import ROUTES, Native
from gatekeeper.proxy.person_api import People
from gatekeeper.proxy.registry_api import RegistryApi
from tests.support.acme import NEWS, STOPPED
from tests.support.gate import Stand
from tests.support.spine import rooms
from tests.support.wire import ask, request

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def get(acme: Stand, path: str) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {acme.key}"}
    answer = await ask(acme.gate.port, request("GET", path, headers))
    assert answer is not None and answer.status == 200, answer
    return answer.body


async def test_every_route_has_its_handler(gate: Stand) -> None:
    registry = RegistryApi(None, None)  # type: ignore[arg-type]
    native = Native(rooms(gate), None, People(None), registry, None)  # type: ignore[arg-type]
    handlers = set(native.handlers())
    assert handlers == {route.name for route in ROUTES}


async def test_a_check_answers_the_verdict_with_its_findings_and_sends_nothing(acme: Stand) -> None:
    question = {"channel": "sms", "from": NEWS, "to": STOPPED, "text": "Hello"}
    told = await acme.native("/v1/check", question)
    assert (told.body["verdict"], told.body["reason"]) == ("block", "consent.revoked")
    assert all(finding["citation"] for finding in told.body["findings"])
    assert acme.carrier.requests == []


async def test_reasons_are_explained_where_a_refusal_points(acme: Stand) -> None:
    told = await acme.post([("To", STOPPED), ("From", NEWS), ("Body", "x")])
    path, _, anchor = told.body["more_info"].partition("#")
    answer = await ask(acme.gate.port, request("GET", path, {}))
    assert answer is not None and answer.status == 200
    assert f'id="{anchor}"'.encode() in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


async def test_health_is_told_by_dependency(acme: Stand) -> None:
    assert await get(acme, "/livez") == {"alive": True}
    assert await get(acme, "/readyz") == {
        "ready": True,
        "dependencies": {"journal": "ok", "store": "ok", "policy": "ok"},
    }
