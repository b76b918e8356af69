"""Can a program with an admin key register and stop who sends, within its walls?"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
import pytest_asyncio

from gatekeeper.proxy import registry_api
from gatekeeper.proxy.registry_api import REGISTRY_ROUTES
from gatekeeper.vault.apikeys import hash_of
from tests.support.acme import ACCOUNT, ANA, NEWS, OFFERS, UPSTREAM_SECRET
from tests.support.gate import Stand, Told

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Program:
    """A program that speaks with the gate with one key."""

    def __init__(self, gate: Stand, key: str) -> None:
        self._gate = gate
        self.key = key
        self.seen = ""

    async def __call__(self, method: str, path: str, body: Any = None) -> Told:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        raw = b"" if body is None else json.dumps(body).encode()
        told = await self._gate.ask(method, path, raw, headers)
        self.seen += json.dumps(told.body)
        return told


async def made(gate: Stand, name: str, tenant: str | None) -> Program:
    configuration, registrar = gate.gate.configuration, gate.gate.ground.registrar
    key = await registrar.add_admin_key(name, tenant, configuration.registry(), by="user:t")
    await configuration.load()
    gate.canaries.add(key)
    return Program(gate, key)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ops(gate: Stand) -> AsyncIterator[Program]:
    """A program with a key of the installation; there is a rival tenant. No secret comes back."""
    program = await made(gate, "ops", None)
    await program("PUT", "/v1/registry/tenant", {"id": "rival", "name": "Rival"})
    theirs = {"id": "theirs", "tenant": "rival", "purposes": ["debt"]}
    assert (await program("PUT", "/v1/registry/campaign", theirs)).status == 200
    yield program
    assert UPSTREAM_SECRET not in program.seen and gate.key not in program.seen
    assert hash_of(gate.key) not in program.seen and program.key not in program.seen


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def own(gate: Stand, ops: Program) -> Program:
    """A program with a key of the tenant acme."""
    return await made(gate, "robot", "acme")


def last(gate: Stand) -> tuple[str, str]:
    """Key and actor of the newest change of the registry in the journal."""
    content = gate.records("registry")[-1].content
    return content["key"], content["by"]


async def send(acme: Stand, sender: str = NEWS) -> Told:
    return await acme.post([("To", ANA), ("From", sender), ("Body", "x")])


async def test_a_document_is_in_force_at_the_answer_and_its_change_is_the_keys(
    ops: Program, acme: Stand
) -> None:
    new = {"id": "fall", "tenant": "acme", "purposes": ["marketing"], "samples": ["Acme: 20%."]}
    told = await ops("PUT", "/v1/registry/campaign", new)
    assert (told.status, told.body["samples"], told.body["seller"]) == (200, ["Acme: 20%."], None)
    assert last(acme) == ("campaign:acme/fall", "key:ops")
    changed = {"id": "fall", "tenant": "acme", "seller": "Acme Ltd"}
    told = await ops("PUT", "/v1/registry/campaign", changed)
    assert (told.body["seller"], told.body["purposes"]) == ("Acme Ltd", ["marketing"])
    assert (await ops("GET", "/v1/registry/campaign/acme%2Ffall")).body == told.body


@pytest.mark.parametrize(
    ("kind", "key", "reason"),
    [
        ("tenant", "acme", "suspended"),
        ("application", "shop", "suspended"),
        ("campaign", "acme/news", "suspended"),
        ("sender", f"acme/{NEWS}", "sender.inactive"),
    ],
)
async def test_a_suspension_binds_the_very_next_send(
    ops: Program, acme: Stand, kind: str, key: str, reason: str
) -> None:
    until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    asked = {"kind": kind, "key": key, "reason": "complaints", "until": until}
    told = await ops("POST", "/v1/suspensions", asked)
    assert (told.status, told.body["by"]) == (201, "key:ops")
    assert (await send(acme)).headers["Gatekeeper-Reason"] == reason
    assert last(acme) == (f"{kind}:{key}", "key:ops")
    rows = (await ops("GET", "/v1/suspensions")).body["suspensions"]
    assert [(row["kind"], row["key"]) for row in rows] == [(kind, key)]
    told = await ops("DELETE", f"/v1/suspensions/{kind}/{quote(key, safe='')}")
    assert (told.status, told.body) == (200, {"kind": kind, "key": key})
    assert (await send(acme)).status == 201
    assert (await ops("GET", "/v1/suspensions")).body["suspensions"] == []


async def test_an_end_customers_terms_open_its_traffic(ops: Program, acme: Stand) -> None:
    customer = {"id": "shoes", "tenant": "acme"}
    assert (await ops("PUT", "/v1/registry/end_customer", customer)).status == 200
    sender = {"id": OFFERS, "tenant": "acme", "end_customer": "shoes"}
    assert (await ops("PUT", "/v1/registry/sender", sender)).status == 200
    assert (await send(acme, OFFERS)).headers["Gatekeeper-Reason"] == "terms.missing"
    terms = {"version": "2026-01", "by": "J. Doe"}
    told = await ops("PUT", "/v1/registry/end_customer", {**customer, "terms": terms})
    assert (told.body["terms"]["version"], told.body["terms"]["by"]) == ("2026-01", "J. Doe")
    assert (await send(acme, OFFERS)).headers.get("Gatekeeper-Reason") != "terms.missing"


async def test_an_application_gets_its_key_once(ops: Program, acme: Stand) -> None:
    new = {"id": "acme-two", "tenant": "acme", "account": ACCOUNT, "secret": UPSTREAM_SECRET}
    told = await ops("POST", "/v1/applications", new)
    assert (told.status, told.body["id"]) == (201, "acme-two")
    key = told.body["key"]
    asked = acme.ask("GET", "/v1/consents?number=%2B12122000211", b"", bearer(key))
    assert (await asked).status == 200
    again = await ops("POST", "/v1/applications/acme-two/keys", {"keep_old": True})
    shown = (await ops("GET", "/v1/registry/application/acme-two")).body
    assert [row["id"] for row in shown["keys"]] == [hash_of(again.body["key"])[:12],
                                                   hash_of(key)[:12]]  # fmt: skip
    assert key not in str(shown) and "secret" not in shown
    assert (await ops("POST", "/v1/applications", new)).status == 422
    ops.seen = ops.seen.replace(key, "").replace(again.body["key"], "")


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@pytest.mark.parametrize("route", REGISTRY_ROUTES, ids=lambda route: route.name)
async def test_no_other_key_opens_the_registry(acme: Stand, ops: Program, route: Any) -> None:
    """An application's key, none, a wrong and a revoked one are all answered alike."""
    revoked = await made(acme, f"gone-{route.name}", None)
    registrar, configuration = acme.gate.ground.registrar, acme.gate.configuration
    name = f"gone-{route.name}"
    await registrar.revoke_admin_key(name, configuration.registry(), by="user:t")
    await configuration.load()
    path = route.path.format(key="acme", id="shop", kind="tenant")
    told = []
    for headers in ({}, bearer(acme.key), bearer("gka_x"), bearer(revoked.key)):
        answer = await acme.ask(route.method, path, b"", headers)
        told.append((answer.status, answer.body))
    assert told[0][0] == 401 and told == told[:1] * 4


async def test_an_admin_key_is_no_applications(acme: Stand, ops: Program) -> None:
    asked = acme.ask("GET", "/v1/consents?number=%2B12122000211", b"", bearer(ops.key))
    assert (await asked).status == 401
    refused = await acme.ask(
        "POST",
        f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
        b"To=%2B12122000211&From=%2B12122000201&Body=x",
        {
            "Authorization": acme.basic(ops.key),
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )
    assert refused.status == 401


async def test_a_tenants_key_sees_its_tenant_alone(own: Program, ops: Program) -> None:
    for kind in registry_api.MODELS:
        rows = (await own("GET", f"/v1/registry/{kind}")).body["documents"]
        assert {row.get("tenant", row.get("id")) for row in rows} <= {"acme"}
    assert (await own("GET", "/v1/registry/tenant?tenant=rival")).body["documents"] == []
    theirs = await own("GET", "/v1/registry/campaign/rival%2Ftheirs")
    none = await own("GET", "/v1/registry/campaign/rival%2Fnone")
    assert (theirs.status, theirs.body) == (none.status, none.body)
    assert theirs.status == 404
    await ops("POST", "/v1/suspensions", {"kind": "tenant", "key": "rival", "reason": "x"})
    assert (await own("GET", "/v1/suspensions")).body["suspensions"] == []
    await ops("DELETE", "/v1/suspensions/tenant/rival")
    assert "rival" not in own.seen and "Rival" not in own.seen


async def test_a_tenants_key_changes_its_tenant_alone(
    own: Program, acme: Stand, ops: Program
) -> None:
    mine = {"id": "own", "tenant": "acme", "purposes": ["debt"]}
    assert (await own("PUT", "/v1/registry/campaign", mine)).status == 200
    assert last(acme) == ("campaign:acme/own", "key:robot")
    before = last(acme)
    answers = [
        await own("PUT", "/v1/registry/campaign", {**mine, "tenant": tenant})
        for tenant in ("rival", "nobody")
    ]
    assert (answers[0].status, answers[0].body) == (answers[1].status, answers[1].body)
    for method, path, body, status in (
        ("PUT", "/v1/registry/tenant", {"id": "acme", "emergency_granted": True}, 403),
        ("PUT", "/v1/registry/sender", {"id": "99999", "tenant": "acme"}, 403),
        ("POST", "/v1/suspensions", {"kind": "tenant", "key": "rival", "reason": "x"}, 404),
        ("DELETE", "/v1/suspensions/tenant/rival", None, 404),
        ("POST", "/v1/applications/none/keys", {}, 404),
    ):
        assert (await own(method, path, body)).status == status, path
    assert last(acme) == before, "nothing was changed"


async def test_a_tenants_key_does_not_lift_what_others_stopped(
    own: Program, ops: Program, acme: Stand
) -> None:
    asked = {"kind": "campaign", "key": "acme/news", "reason": "x"}
    await ops("POST", "/v1/suspensions", asked)
    assert (await own("DELETE", "/v1/suspensions/campaign/acme%2Fnews")).status == 403
    shorter = {**asked, "until": (datetime.now(UTC) + timedelta(seconds=9)).isoformat()}
    assert (await own("POST", "/v1/suspensions", shorter)).status == 403
    assert (await send(acme)).headers["Gatekeeper-Reason"] == "suspended"
    await ops("DELETE", "/v1/suspensions/campaign/acme%2Fnews")
    assert (await own("POST", "/v1/suspensions", asked)).status == 201
    assert (await own("DELETE", "/v1/suspensions/campaign/acme%2Fnews")).status == 200
    assert (await send(acme)).status == 201


async def test_long_lists_come_page_by_page(ops: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = (await ops("GET", "/v1/registry/campaign")).body
    assert whole["next"] is None and len(whole["documents"]) >= 4
    monkeypatch.setattr(registry_api, "PAGE", 2)
    rows, after = [], ""
    while after is not None:
        page = (await ops("GET", f"/v1/registry/campaign?after={quote(after)}")).body
        assert 0 < len(page["documents"]) <= 2
        rows += page["documents"]
        after = page["next"]
    assert rows == whole["documents"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "/v1/registry/campaign", {"id": "x", "tenant": "acme"}, 422),
        ("PUT", "/v1/registry/campaign", {"id": "x"}, 422),
        ("PUT", "/v1/registry/tenant", {"id": "acme", "suspended": None}, 422),
        ("PUT", "/v1/registry/application", {"id": "shop", "secret": "x"}, 422),
        ("PUT", "/v1/registry/application", {"id": "shop", "keys": []}, 422),
        ("PUT", "/v1/registry/sender", {"id": "22345", "tenant": "nobody"}, 422),
        ("PUT", "/v1/registry/sender", {"id": "!!", "tenant": "acme"}, 422),
        ("PUT", "/v1/registry/tenant", {"id": "a\nb"}, 422),
        ("PUT", "/v1/registry/tenant", {"id": "x" * 300}, 422),
        ("PUT", "/v1/registry/house", {}, 404),
        ("GET", "/v1/registry/tenant/nobody", None, 404),
        ("GET", "/v1/registry/tenant?surprise=1", None, 422),
        ("POST", "/v1/registry/tenant", {}, 405),
        ("POST", "/v1/suspensions", {"kind": "brand", "key": "acme/x", "reason": "x"}, 404),
        ("POST", "/v1/suspensions", {"kind": "tenant", "key": "acme", "reason": ""}, 422),
        (
            "POST",
            "/v1/suspensions",
            {"kind": "tenant", "key": "acme", "reason": "x", "until": "2020-01-01T00:00:00Z"},
            422,
        ),
        ("POST", "/v1/applications/none/keys", {}, 404),
    ],
)
async def test_what_does_not_fit_is_a_problem_and_changes_nothing(
    ops: Program, acme: Stand, method: str, path: str, body: Any, status: int
) -> None:
    before = last(acme)
    told = await ops(method, path, body)
    assert (told.status, told.body["status"]) == (status, status), told.body
    assert last(acme) == before
