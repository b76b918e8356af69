"""Does a gate speak for the providers of mapping files beside its own, from attach to send?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gatekeeper.errors import PolicyError
from gatekeeper.ledger.registrar import NewApplication
from gatekeeper.providers import PROVIDERS
from gatekeeper.proxy.speaks import providers_of
from tests.support.acme import ANA, NEWS, STOPPED, TENANT
from tests.support.acmetel import ACMETEL
from tests.support.gate import settings_in, standing_gate
from tests.support.two_policies import shipped_copy


def test_without_files_there_are_the_built_in_ones(tmp_path: Path) -> None:
    assert providers_of(settings_in(tmp_path, "sandbox")) == PROVIDERS


def test_a_file_with_a_name_that_is_taken_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "providers").mkdir()
    (tmp_path / "providers" / "twilio.yaml").write_text(ACMETEL.replace("acmetel", "twilio"))
    settings = settings_in(tmp_path, "sandbox", policies=tmp_path)
    with pytest.raises(PolicyError, match="there is a provider twilio already"):
        providers_of(settings)


async def test_a_message_by_a_mapped_providers_door_is_judged_and_sent(tmp_path: Path) -> None:
    policies = shipped_copy(tmp_path)
    (policies / "providers").mkdir()
    (policies / "providers" / "acmetel.yaml").write_text(ACMETEL)
    async with standing_gate(tmp_path, ["acmetel"], policies=policies) as stand:
        gate = stand.gate
        new = NewApplication("tel", TENANT, "acmetel", "a1", "the-real-secret-of-acmetel")
        registry = gate.configuration.current.registry
        key = await gate.ground.registrar.add_application(new, registry, by="user:test")
        await gate.configuration.load()
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        path = "/acmetel/v1/accounts/a1/messages"
        body = json.dumps({"to": ANA, "from": NEWS, "text": "Your order."}).encode()
        told = await stand.ask("POST", path, body, headers)
        assert told.status == 201
        (sent,) = stand.carrier.requests
        assert sent.startswith(b"POST /v1/accounts/a1/messages HTTP/1.1\r\n")
        assert sent.endswith(b"\r\n\r\n" + body)
        assert b"Bearer the-real-secret-of-acmetel" in sent
        body = body.replace(ANA.encode(), STOPPED.encode())
        told = await stand.ask("POST", path, body, headers)
        assert (told.status, told.body["error"]["code"]) == (400, 4001)
        assert len(stand.carrier.requests) == 1
