"""What can a command do with the registry, and what is it told?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gatekeeper.proxy.admin_registry import RegistryEndpoints
from tests.proxy.test_admin import door
from tests.support.acme import ANA, NEWS, OFFERS
from tests.support.door import Door, user
from tests.support.gate import Stand

__all__ = ["door"]

pytestmark = pytest.mark.asyncio(loop_scope="module")


def message(sender: str = NEWS) -> list[tuple[str, str]]:
    return [("To", ANA), ("From", sender), ("Body", "x")]


async def test_every_endpoint_is_a_route_of_its_own() -> None:
    routes = [(route.method, route.path) for route in RegistryEndpoints(None).routes()]  # type: ignore[arg-type]
    assert len(set(routes)) == len(routes) == 8


async def test_one_document_is_shown_and_one_that_is_not_there_is_told(door: Door) -> None:
    status, told = await door("GET", "/document/sender", key=f"acme/{NEWS}")
    assert (status, told["campaign"], told["proof"]["kind"]) == (
        200,
        "news",
        "letter_of_authorization",
    )
    status, told = await door("GET", "/document/sender", key="acme/none")
    assert status == 422 and "no sender acme/none" in told["detail"]


async def test_documents_of_one_tenant_can_be_listed_alone(door: Door) -> None:
    await door("POST", "/documents/tenant", {"id": "other", "name": "Other"})
    _, rows = await door("GET", "/documents/tenant", tenant="other")
    assert [row["id"] for row in rows] == ["other"]
    _, rows = await door("GET", "/documents/sender", tenant="other")
    assert rows == []


@pytest.mark.parametrize(
    ("kind", "key", "reason"),
    [
        ("tenant", "acme", "suspended"),
        ("application", "shop", "suspended"),
        ("campaign", "acme/news", "suspended"),
        ("sender", f"acme/{NEWS}", "sender.inactive"),
    ],
)
async def test_a_suspension_of_any_level_binds_the_very_next_send(
    door: Door, acme: Stand, kind: str, key: str, reason: str
) -> None:
    asked: dict[str, Any] = {"kind": kind, "key": key, "reason": "complaints"}
    status, made = await door("POST", "/suspensions", asked)
    assert (status, made["by"]) == (200, user())
    refused = await acme.post(message())
    assert refused.headers["Gatekeeper-Reason"] == reason
    await door("POST", "/suspensions", {**asked, "reason": None})
    assert (await acme.post(message())).status == 201


async def test_a_suspension_ends_by_itself(door: Door, acme: Stand) -> None:
    until = datetime.now(UTC) + timedelta(milliseconds=500)
    asked = {"kind": "tenant", "key": "acme", "reason": "x", "until": until.isoformat()}
    assert (await door("POST", "/suspensions", asked))[0] == 200
    assert (await acme.post(message())).headers["Gatekeeper-Reason"] == "suspended"
    while datetime.now(UTC) < until:
        await acme.ready()
    assert (await acme.post(message())).status == 201


async def test_an_end_customer_sends_nothing_before_it_took_the_terms(
    door: Door, acme: Stand
) -> None:
    customer: dict[str, Any] = {"id": "shoes", "tenant": "acme", "name": "Shoes"}
    await door("POST", "/documents/end_customer", customer)
    own = {"id": OFFERS, "tenant": "acme", "end_customer": "shoes"}
    assert (await door("POST", "/documents/sender", own))[0] == 200
    assert (await acme.post(message(OFFERS))).headers["Gatekeeper-Reason"] == "terms.missing"
    status, told = await door(
        "POST", "/documents/end_customer", {**customer, "terms": {"version": "2026-01"}}
    )
    assert (status, told["terms"]["by"]) == (200, user())
    after = await acme.post(message(OFFERS))
    assert after.headers.get("Gatekeeper-Reason") != "terms.missing"
    stop = {"kind": "end_customer", "key": "acme/shoes", "reason": "x"}
    await door("POST", "/suspensions", stop)
    assert (await acme.post(message(OFFERS))).headers["Gatekeeper-Reason"] == "suspended"
    await door("POST", "/suspensions", {**stop, "reason": None})


async def test_a_channel_that_is_not_enabled_is_closed(door: Door, acme: Stand) -> None:
    await door("POST", "/documents/tenant", {"id": "acme", "components": ["voice", "whatsapp"]})
    assert (await acme.post(message())).headers["Gatekeeper-Reason"] == "component.disabled"
    await door("POST", "/documents/tenant", {"id": "acme", "components": None})
    assert (await acme.post(message())).status == 201


async def test_a_campaign_that_names_its_senders_takes_no_other(door: Door, acme: Stand) -> None:
    campaign = {"id": "news", "tenant": "acme", "senders": [OFFERS]}
    assert (await door("POST", "/documents/campaign", campaign))[0] == 200
    refused = await acme.post(message())
    assert refused.headers["Gatekeeper-Reason"] == "sender.unregistered"
    assert refused.headers["Gatekeeper-Rule"] == "gate.sender_campaign"
    await door("POST", "/documents/campaign", {**campaign, "senders": [OFFERS, NEWS]})
    assert (await acme.post(message())).status == 201


async def test_an_admin_key_is_shown_once_and_listed_without_itself(door: Door) -> None:
    status, made = await door("POST", "/admin-keys", {"id": "robot", "tenant": "acme"})
    assert status == 200 and made["key"].startswith("gka_")
    _, rows = await door("GET", "/documents/admin_key")
    assert [(row["id"], row["tenant"], row["by"]) for row in rows] == [("robot", "acme", user())]
    assert made["key"] not in str(rows)
    assert await door("POST", "/admin-keys/robot/revoke") == (200, {})
    _, rows = await door("GET", "/documents/admin_key")
    assert rows[0]["revoked_by"] == user()
    for path, body in (("/admin-keys", {"id": "robot"}), ("/admin-keys/none/revoke", None)):
        assert (await door("POST", path, body))[0] == 422
