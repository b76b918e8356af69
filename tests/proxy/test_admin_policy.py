"""Who speaks when the policy is changed over the private socket, and what is refused?"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from gatekeeper.rollout.notary import ACTIVATED, PROPOSED
from gatekeeper.settings import shipped_folder
from tests.support.door import open_door, user
from tests.support.gate import Stand, standing_gate

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped policy without its tables, which take long."""
    place = tmp_path_factory.mktemp("rules") / "policies"
    shutil.copytree(shipped_folder("policies"), place, ignore=shutil.ignore_patterns("tests"))
    return place


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def careful(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Stand, dict[str, str]]]:
    """A gate where promotion takes two persons, and keys of two persons and of a tenant."""
    settings: dict[str, Any] = {
        "policies": folder,
        "policy_activation": "promote",
        "policy_approvals": 2,
    }
    async with standing_gate(tmp_path_factory.mktemp("gate"), **settings) as stand:
        keys = {}
        async with open_door(stand) as door:
            for name, tenant in (("ann", None), ("bob", None), ("shop", "acme")):
                _, made = await door("POST", "/admin-keys", {"id": name, "tenant": tenant})
                keys[name] = made["key"]
        yield stand, keys


async def ask(stand: Stand, path: str, body: Any = None, key: str | None = None) -> Any:
    """Status and answer on the private socket, with an admin key or none."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    connector = aiohttp.UnixConnector(path=str(stand.settings.admin_socket))
    async with (
        aiohttp.ClientSession(connector=connector, headers=headers) as session,
        session.request("GET" if body is None else "POST", f"http://gate{path}", json=body) as got,
    ):
        return got.status, await got.json()


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "content" / "verdicts.yaml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new, 1))


async def test_two_persons_who_share_the_gates_user_are_told_apart_by_their_keys(
    careful: tuple[Stand, dict[str, str]], folder: Path
) -> None:
    stand, keys = careful
    first = stand.gate.policies.state.hash
    change(folder, "title: A government id does not leave", "title: No government id leaves")
    asked = {"why": "a better title", "says": "A. Roe"}
    assert (await ask(stand, "/policy/promote", asked, "gk_wrong"))[0] == 401
    status, told = await ask(stand, "/policy/promote", asked, keys["shop"])
    assert status == 403 and "everybody's" in told["detail"]
    status, told = await ask(stand, "/policy/promote", asked, keys["ann"])
    assert status == 200
    digest = told["proposed"]["digest"]
    assert told["proposed"]["who"] == {"id": "key:ann", "says": "A. Roe", "made_by": user()}
    for key in (keys["ann"], None):  # herself, and the user who made her key
        assert (await ask(stand, "/policy/approve", {"digest": digest}, key))[0] == 403
    assert stand.gate.policies.state.hash == first
    status, told = await ask(stand, "/policy/approve", {"digest": digest}, keys["bob"])
    assert (status, told["active"]["approved_by"]["id"]) == (200, "key:bob")
    assert stand.gate.configuration.current.policy.hash == digest
    assert stand.records(PROPOSED)[-1].content["who"]["id"] == "key:ann"
    body = stand.records(ACTIVATED)[-1].content
    assert (body["before"], body["approved_by"]["id"], body["why"]) == (
        first, "key:bob", "a better title",
    )  # fmt: skip
    status, told = await ask(stand, "/policy/rollback", {"why": "it was better before"})
    assert (status, told["active"]["who"]["id"]) == (200, user())
    assert stand.gate.policies.state.hash == first


async def test_faults_come_back_with_their_places(
    careful: tuple[Stand, dict[str, str]], folder: Path
) -> None:
    stand, _ = careful
    change(folder, "verdict: flag", "verdict: flog")
    status, told = await ask(stand, "/policy/promote", {"why": "try"})
    assert (status, len(told["faults"])) == (422, 1)
    assert told["faults"][0].startswith("content/verdicts.yaml:")
    await ask(stand, "/policy/reload", {})
    status, told = await ask(stand, "/policy")
    assert (status, told["differs"], len(told["faults"])) == (200, True, 1)
    change(folder, "verdict: flog", "verdict: flag")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("promote", {}),
        ("promote", {"why": ""}),
        ("promote", {"why": "two\nlines"}),
        ("promote", {"why": "x" * 301}),
        ("promote", {"why": "x", "folder": "policies"}),
        ("promote", {"why": "x", "folder": "/nowhere/at/all"}),
        ("promote", {"why": "x", "who": "key:bob"}),
        ("approve", {"digest": "0" * 64}),
        ("withdraw", {"digest": "0" * 64, "why": "x"}),
        ("rollback", {"digest": "../../../etc", "why": "x"}),
        ("rollback", {}),
    ],
)
async def test_what_makes_no_sense_changes_nothing(
    careful: tuple[Stand, dict[str, str]], path: str, body: dict[str, str]
) -> None:
    stand, _ = careful
    before = stand.gate.policies.history
    status, told = await ask(stand, f"/policy/{path}", body)
    assert status in (404, 422), told
    assert stand.gate.policies.history == before


async def test_another_scheme_than_bearer_is_nobody(careful: tuple[Stand, dict[str, str]]) -> None:
    stand, keys = careful
    connector = aiohttp.UnixConnector(path=str(stand.settings.admin_socket))
    headers = {"Authorization": f"Basic {keys['ann']}"}
    async with (
        aiohttp.ClientSession(connector=connector, headers=headers) as session,
        session.post("http://gate/policy/rollback", json={"why": "x"}) as got,
    ):
        assert got.status == 401
