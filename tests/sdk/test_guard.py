"""Does an SDK that would leave this machine fail, before it is tried?"""

from __future__ import annotations

import pytest

from tests.sdk.app import Forbidden, app_with
from tests.sdk.capture import listening
from tests.sdk.guard import local
from tests.sdk.sends import read


async def test_bandwidth_ignores_its_host_and_the_guard_sees_it() -> None:
    sdk = read("bandwidth")
    async with listening() as (capture, ports, _):
        async with app_with("bandwidth", sdk.gate(f"http://127.0.0.1:{ports[0]}")) as app:
            with pytest.raises(Forbidden, match=r"^messaging\.bandwidth\.com:443$"):
                await app.send("host_alone", **sdk.sends["sms"]["with"])
        assert capture.requests == []


@pytest.mark.parametrize(
    ("name", "call", "host"),
    [("plivo", "sms", "api.plivo.com:443"), ("pywa", "hard_wired", "graph.facebook.com:443")],
)
async def test_an_sdk_that_nobody_pointed_at_the_gate_fails(
    name: str, call: str, host: str
) -> None:
    sdk = read(name)
    gate = sdk.gate("http://127.0.0.1:1", patch="no")
    async with app_with(name, gate) as app:
        with pytest.raises(Forbidden) as raised:
            await app.send(call, **next(iter(sdk.sends.values()))["with"])
        assert str(raised.value) == host


async def test_a_host_that_stands_in_for_the_gate_is_answered_by_loopback() -> None:
    sdk = read("vonage")
    stand_ins = {"vonage.gate.test": 1, "vonage-rest.gate.test": 1}
    async with app_with("vonage", sdk.gate(""), stand_ins) as app:
        told = await app.send("messages", **sdk.sends["sms"]["with"])
        assert told["raised"] == "requests.exceptions.ConnectionError"


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        (b"localhost", True),
        (None, True),
        ("10.0.0.1", False),
        ("0.0.0.0", False),
        ("api.plivo.com", False),
        ("localhost.evil.example", False),
    ],
)
def test_only_loopback_is_local(host: object, here: bool) -> None:
    assert local(host) is here


@pytest.mark.node
async def test_calls_of_plivo_for_node_go_to_the_vendor_and_the_guard_sees_it() -> None:
    call = {"from": "+13122000201", "to": "+12122000211", "answerUrl": "https://app.example/a"}
    async with app_with("plivo-node", read("plivo-node").gate("http://127.0.0.1:1")) as app:
        with pytest.raises(Forbidden, match=r"^(api|voice)[a-z.-]*\.plivo\.com:443$"):
            await app.send("call", **call)
