"""Does the demo send as an app does: with the real SDK, to the gate and nowhere else?"""

from __future__ import annotations

import pytest

from gatekeeper.cli.demo_client import DemoClient
from gatekeeper.errors import InputRejected
from gatekeeper.proxy.demo import FRIENDS, SERVICE
from gatekeeper.sandbox.accounts import SANDBOX_ACCOUNT
from tests.support.running import Running, free_port

FRIEND = FRIENDS["America/New_York"]


@pytest.fixture
def client(demo_gate: Running) -> DemoClient:
    return DemoClient(demo_gate.url, SANDBOX_ACCOUNT, demo_gate.key)


def test_what_is_allowed_is_sent_and_has_a_decision(client: DemoClient) -> None:
    told = client.send("sms", {"from_": SERVICE, "to": FRIEND, "body": "Your parcel is here."})
    assert told.code == "sent"
    assert len(told.request) == 32


def test_the_code_of_a_refusal_is_the_one_that_the_sdk_raised(client: DemoClient) -> None:
    told = client.send("sms", {"from_": SERVICE, "to": "911", "body": "Hello."})
    assert told.code == "21211"
    assert len(told.request) == 32


def test_a_call_is_placed_as_a_call(client: DemoClient) -> None:
    twiml = "<Response><Say>Your parcel is here.</Say></Response>"
    told = client.send("voice", {"from_": SERVICE, "to": FRIEND, "twiml": twiml})
    assert told.code == "sent"


def test_a_proxy_of_the_environment_is_not_used(
    demo_gate: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    client = DemoClient(demo_gate.url, SANDBOX_ACCOUNT, demo_gate.key)
    told = client.send("sms", {"from_": SERVICE, "to": FRIEND, "body": "Your parcel is here."})
    assert told.code == "sent"


def test_where_nobody_answers_it_says_which_setting_names_the_place() -> None:
    client = DemoClient(f"http://127.0.0.1:{free_port()}", SANDBOX_ACCOUNT, "gk_none")
    with pytest.raises(InputRejected, match="GATEKEEPER_LISTEN"):
        client.send("sms", {"from_": SERVICE, "to": FRIEND, "body": "Hello."})
