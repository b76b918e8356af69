"""What can a command do over the private socket, and who may speak there at all?"""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.support.acme import ACCOUNT, ANA, LISTED, NEWS, STRANGER
from tests.support.door import Door, open_door, user
from tests.support.gate import Stand

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def door(gate: Stand) -> AsyncIterator[Door]:
    """A command's side of the private socket."""
    async with open_door(gate) as speaks:
        yield speaks


async def test_only_our_own_user_may_speak_there(gate: Stand) -> None:
    mode = gate.settings.admin_socket.stat().st_mode
    assert stat.S_ISSOCK(mode) and stat.S_IMODE(mode) == 0o600


async def test_it_tells_how_the_gate_stands(door: Door) -> None:
    status, told = await door("GET", "/status")
    assert status == 200
    assert told["health"]["ready"] is True
    assert told["store"]["verified"] is True
    assert [row["list_id"] for row in told["lists"]][-1:] == ["us-national"]
    required = ["au-national", "ca-national", "gb-national", "us-national", "us-reassigned"]
    assert told["lists_required"] == required
    limits = {"us-national": 31, "ca-national": 31, "gb-national": 28, "au-national": 30}
    assert {name: told["lists_limits"][name] for name in limits} == limits
    assert told["lists_lost"] == []


@pytest.mark.parametrize("kind", ["tenant", "application", "sender", "campaign", "content"])
async def test_every_kind_of_document_is_listed(door: Door, kind: str) -> None:
    status, rows = await door("GET", f"/documents/{kind}")
    assert status == 200 and rows
    assert all("secret" not in row for row in rows)


async def test_an_unknown_kind_is_refused(door: Door) -> None:
    for method in ("GET", "POST"):
        status, told = await door(method, "/documents/house", {})
        assert (status, told["title"]) == (422, "request.ambiguous")


async def test_a_document_registered_is_in_force_at_once(door: Door, gate: Stand) -> None:
    campaign = {"id": "fall", "tenant": "acme", "purposes": ["marketing"]}
    status, told = await door("POST", "/documents/campaign", campaign)
    assert (status, told["id"], told["seller"]) == (200, "fall", None)
    assert ("acme", "fall") in gate.gate.configuration.current.registry.campaigns


async def test_an_application_gets_its_key_once_and_another_on_demand(
    door: Door, gate: Stand
) -> None:
    new = {"id": "second", "tenant": "acme", "provider": "twilio", "account": ACCOUNT}
    status, told = await door("POST", "/applications", {**new, "secret": "other-token"})
    assert status == 200 and told["key"].startswith("gk_")
    _, again = await door("POST", "/applications/second/keys", {"keep_old": False})
    assert again["key"] != told["key"]
    by_key = gate.gate.configuration.current.by_key
    assert [a.id for a, _ in by_key.values()].count("second") == 1
    _, rows = await door("GET", "/documents/application")
    assert told["key"] not in str(rows) and "other-token" not in door.seen


async def test_an_application_cannot_be_planted_as_a_document(door: Door) -> None:
    planted = {
        "id": "shop",
        "tenant": "acme",
        "provider": "twilio",
        "account": ACCOUNT,
        "keys": [{"hash": "ab" * 32}],
    }
    status, told = await door("POST", "/documents/application", planted)
    assert status == 422 and "/applications" in told["detail"]


async def test_two_commands_at_once_do_not_both_win(door: Door, gate: Stand) -> None:
    new = {"id": "twin", "tenant": "acme", "provider": "twilio", "account": ACCOUNT, "secret": "s"}
    replies = await asyncio.gather(*(door("POST", "/applications", new) for _ in range(3)))
    assert sorted(status for status, _ in replies) == [200, 422, 422]


async def test_a_suspension_stops_sending_and_its_end_lets_it_go_on(
    door: Door, acme: Stand
) -> None:
    asked = {"kind": "campaign", "key": "acme/news", "reason": "complaints"}
    status, made = await door("POST", "/suspensions", asked)
    assert (status, made["reason"], made["by"]) == (200, "complaints", user())
    refused = await acme.post([("To", ANA), ("From", NEWS), ("Body", "x")])
    assert refused.headers["Gatekeeper-Reason"] == "suspended"
    assert await door("POST", "/suspensions", {**asked, "reason": None}) == (200, {})
    record = acme.records("registry")[-1].content
    assert (record["key"], record["by"]) == ("campaign:acme/news", user())
    sent = await acme.post([("To", ANA), ("From", NEWS), ("Body", "x")])
    assert sent.status == 201


async def test_consent_is_recorded_and_read_for_a_tenant_that_is_there(door: Door) -> None:
    given = {"number": STRANGER, "event": "opt_out"}
    status, told = await door("POST", "/consents", given, tenant="acme")
    assert status == 200 and told["id"]
    _, held = await door("GET", "/consents", tenant="acme", number=STRANGER)
    assert held["marketing"]["sms"] == "revoked"
    for method, body in (("POST", given), ("GET", None)):
        status, told = await door(method, "/consents", body, tenant="nobody", number=STRANGER)
        assert status == 422 and "no tenant" in told["detail"]


async def test_a_consent_file_is_imported_with_its_bad_lines(door: Door, tmp_path: Path) -> None:
    file = tmp_path / "consents.csv"
    file.write_text("number,event\n+12122000555,opt_out\nnobody,opt_out\n")
    asked = {"tenant": "acme", "path": str(file)}
    status, lines = await door("POST", "/imports/consents", asked)
    assert status == 200
    stages = [line.get("stage") for line in lines]
    assert stages == [None, "checked", "waiting", "applied", "settled", None]
    assert lines[0]["line"] == 3 and "nobody" not in lines[0]["reason"]
    assert lines[-1] == {"done": True}
    _, held = await door("GET", "/consents", tenant="acme", number="+12122000555")
    assert held["marketing"]["sms"] == "revoked"


async def test_a_list_is_imported_common_or_of_a_tenant(door: Door, tmp_path: Path) -> None:
    file = tmp_path / "numbers.txt"
    file.write_text("+12122000556\n")
    asked = {"list": "us-tx", "path": str(file), "as_of": datetime.now(UTC).isoformat()}
    _, lines = await door("POST", "/imports/lists", asked)
    assert {"stage": "swapped", "done": 1, "total": 1}.items() <= lines[-2].items()
    assert lines[-1] == {"done": True}
    _, lines = await door("POST", "/imports/lists", {**asked, "list": "internal", "tenant": "acme"})
    assert {"stage": "settled", "done": 1, "total": 1}.items() <= lines[-2].items()


async def test_a_file_that_is_not_there_is_told_in_the_stream(door: Door) -> None:
    status, lines = await door("POST", "/imports/consents", {"tenant": "acme", "path": "/absent"})
    assert status == 200 and "cannot read" in lines[-1]["error"]


async def test_a_person_goes_on_and_off_a_list(door: Door, acme: Stand) -> None:
    question = {"channel": "sms", "from": NEWS, "to": ANA, "text": "Hello"}
    asked = {"tenant": "acme", "list": "internal", "number": ANA}
    assert await door("POST", "/listed", {**asked, "listed": True}) == (200, {})
    told = await acme.native("/v1/check", question)
    assert told.body["reason"] in {"dnc.listed", "consent.revoked"}
    assert await door("POST", "/listed", {**asked, "listed": False}) == (200, {})
    assert (await acme.native("/v1/check", question)).body["verdict"] == "allow"


async def test_a_policy_is_loaded_anew_on_demand(door: Door) -> None:
    status, told = await door("POST", "/policy/reload")
    assert status == 200
    assert (told["faults"], told["differs"]) == ([], False)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/applications", b"{"),
        ("/applications", {"id": "x"}),
        ("/suspensions", {"kind": "tenant", "key": "acme", "reason": 5}),
        ("/suspensions", {"kind": "tenant", "key": "nobody", "reason": "x"}),
        ("/listed", {"tenant": "acme", "list": "a{b}:c", "number": LISTED}),
        ("/listed", {"tenant": "acme", "list": "internal", "number": "12"}),
        ("/consents", b'{"number": "+12122000123", "event": "opt_in", "event": "opt_out"}'),
        ("/imports/lists", {"list": "us", "path": "/x", "as_of": "2026-01-01T00:00:00"}),
    ],
)
async def test_what_does_not_fit_is_a_problem(door: Door, path: str, body: Any) -> None:
    status, told = await door("POST", path, body, tenant="acme")
    assert (status, told["status"], told["title"]) == (422, 422, "request.ambiguous")


async def test_where_nothing_is_the_answer_is_a_problem_too(door: Door) -> None:
    assert (await door("GET", "/nothing"))[0] == 404
    assert (await door("DELETE", "/status"))[0] == 405
    assert (await door("POST", "/applications", b" " * (2 << 20)))[0] == 413
