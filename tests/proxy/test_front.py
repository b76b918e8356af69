"""Does each door lead to its provider's service, and no other way in?"""

from __future__ import annotations

import pytest

from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.contract import RawRequest
from gatekeeper.proxy.front import Front
from tests.support.gate import FORM, MESSAGES, Stand

FRONT = Front(PROVIDERS)


@pytest.mark.parametrize(
    ("target", "host", "door"),
    [
        ("/twilio/2010-04-01/x?a=1", "gate.example", ("twilio", "", "/2010-04-01/x?a=1")),
        ("/twilio-verify/v2/y", "", ("twilio", "verify", "/v2/y")),
        ("/2010-04-01/x", "twilio.gate.example", ("twilio", "", "/2010-04-01/x")),
        ("/v2/y", "TWILIO-VERIFY.gate.example:8443", ("twilio", "verify", "/v2/y")),
        ("/2010-04-01/x", "api.twilio.com", ("twilio", "", "/2010-04-01/x")),
        ("/v2/y", "verify.twilio.com.", ("twilio", "verify", "/v2/y")),
        ("/twilio/", "gate.example", ("twilio", "", "/")),
    ],
)
def test_path_host_and_vendor_host_name_the_service(
    target: str, host: str, door: tuple[str, str, str]
) -> None:
    found = FRONT.door(target, host)
    assert found is not None
    assert (found.provider.name, found.service, found.target) == door


@pytest.mark.parametrize(
    ("target", "host"),
    [
        ("/v1/check", "gate.example"),
        ("/twilio", "gate.example"),
        ("//twilio/x", "gate.example"),
        ("/Twilio/x", "gate.example"),
        ("/twilio-nothing/x", "gate.example"),
        ("/2010-04-01/x", "twilio"),
        ("/x", "api.twilio.com.evil.example"),
        ("/x", "[::1]:8080"),
        ("/x", ""),
    ],
)
def test_anything_else_is_no_door(target: str, host: str) -> None:
    found = FRONT.door(target, host)
    assert found is None or host == "twilio"


def test_what_comes_in_is_the_providers_own_request() -> None:
    door = FRONT.door("/twilio-verify/v2/y", "")
    assert door is not None
    raw = door.opened(RawRequest("POST", "/twilio-verify/v2/y", (("A", "b"),), b"c"))
    assert raw == RawRequest("POST", "/v2/y", (("A", "b"),), b"c", "verify")


def test_every_vendor_host_is_known() -> None:
    assert "api.twilio.com" in FRONT.hosts


@pytest.mark.asyncio(loop_scope="module")
async def test_a_message_by_the_door_reaches_the_provider_without_the_prefix(acme: Stand) -> None:
    told = await acme.post(path=f"/twilio{MESSAGES}")
    assert told.status == 201
    (sent,) = acme.carrier.requests
    assert sent.startswith(f"POST {MESSAGES} HTTP/1.1\r\n".encode())


@pytest.mark.asyncio(loop_scope="module")
async def test_what_is_not_at_a_door_is_refused_in_the_providers_words(acme: Stand) -> None:
    headers = {"Authorization": acme.basic(), "Content-Type": FORM}
    told = await acme.ask("POST", "/twilio/nothing", b"", headers)
    assert (told.status, told.code) == (404, 20404)
    long = await acme.ask("POST", f"/twilio{MESSAGES}", b"x" * 300_000, headers)
    assert (long.status, long.code) == (413, 20413)
