"""Do all doors lead to one gate, and does each promise of a host hold for what comes after it?"""

from __future__ import annotations

import json
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from gatekeeper.errors import InputRejected
from gatekeeper.proxy.gate import start
from gatekeeper.vault.tls_files import TlsFiles
from tests.support.gate import FORM, MESSAGES, Stand, settings_in, standing_gate
from tests.support.tls import made, over_tls, through_proxy, trusting
from tests.support.wire import request

pytestmark = pytest.mark.asyncio(loop_scope="module")

LOCAL = "127.0.0.1:0"
TEXT = b"To=%2B12122000211&From=%2B13122000201&Body=Your+order+is+ready."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def gate(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Stand, TlsFiles]]:
    folder = tmp_path_factory.mktemp("doors")
    files = made(folder / "data")
    async with standing_gate(folder, tls_listen=LOCAL, proxy_listen=LOCAL) as stand:
        yield stand, files


def message(stand: Stand, host: str, target: str = MESSAGES) -> bytes:
    headers = {"Host": host, "Authorization": stand.basic(), "Content-Type": FORM}
    return request("POST", target, headers | {"Connection": "close"}, TEXT)


def status(answer: bytes) -> int:
    return int(answer.split()[1])


@pytest.mark.parametrize("host", ["twilio.gate.example", "api.twilio.com"])
async def test_under_tls_a_doors_name_and_a_vendors_host_lead_to_the_provider(
    gate: tuple[Stand, TlsFiles], host: str
) -> None:
    stand, files = gate
    stand.carrier.forget()
    assert stand.gate.ports.tls is not None
    asked = message(stand, host)
    answer = await over_tls(stand.gate.ports.tls, host, trusting(files), asked)
    assert status(answer) == 201
    (sent,) = stand.carrier.requests
    assert sent.startswith(f"POST {MESSAGES} HTTP/1.1\r\n".encode()) and sent.endswith(TEXT)


async def test_by_the_gates_own_name_the_path_names_the_provider(
    gate: tuple[Stand, TlsFiles],
) -> None:
    stand, files = gate
    assert stand.gate.ports.tls is not None
    asked = message(stand, "gate.example", f"/twilio{MESSAGES}")
    answer = await over_tls(stand.gate.ports.tls, "gate.example", trusting(files), asked)
    assert status(answer) == 201


async def test_through_the_proxy_a_vendors_host_is_the_gate(gate: tuple[Stand, TlsFiles]) -> None:
    stand, files = gate
    stand.carrier.forget()
    assert stand.gate.ports.proxy is not None
    host, asked = "api.twilio.com", message(stand, "api.twilio.com")
    answer = await through_proxy(stand.gate.ports.proxy, host, trusting(files), asked)
    assert status(answer) == 201
    assert len(stand.carrier.requests) == 1


@pytest.mark.parametrize("host", ["verify.twilio.com", "gate.example", "twilio.gate.example", ""])
async def test_in_a_tunnel_no_other_host_is_spoken_to(
    gate: tuple[Stand, TlsFiles], host: str
) -> None:
    stand, files = gate
    stand.carrier.forget()
    assert stand.gate.ports.proxy is not None
    asked = message(stand, host)
    answer = await through_proxy(stand.gate.ports.proxy, "api.twilio.com", trusting(files), asked)
    assert status(answer) == 400
    assert stand.carrier.requests == []


async def test_a_client_that_does_not_trust_the_authority_says_nothing(
    gate: tuple[Stand, TlsFiles],
) -> None:
    stand, _ = gate
    stand.carrier.forget()
    assert stand.gate.ports.tls is not None and stand.gate.ports.proxy is not None
    for ask, port in ((over_tls, stand.gate.ports.tls), (through_proxy, stand.gate.ports.proxy)):
        with pytest.raises(ssl.SSLCertVerificationError):
            asked = message(stand, "api.twilio.com")
            await ask(port, "api.twilio.com", ssl.create_default_context(), asked)
    assert stand.carrier.requests == []


async def test_a_body_that_is_too_large_is_refused_in_the_providers_words(
    gate: tuple[Stand, TlsFiles],
) -> None:
    stand, files = gate
    assert stand.gate.ports.tls is not None
    headers = {"Host": "twilio.gate.example", "Content-Type": FORM, "Connection": "close"}
    asked = request("POST", MESSAGES, headers, b"x" * 300_000)
    answer = await over_tls(stand.gate.ports.tls, "twilio.gate.example", trusting(files), asked)
    assert status(answer) == 413
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == 20413


@pytest.mark.parametrize("door", ["tls_listen", "proxy_listen"])
async def test_without_a_certificate_the_gate_does_not_start(tmp_path: Path, door: str) -> None:
    settings = settings_in(tmp_path, "sandbox", **{door: LOCAL})
    with pytest.raises(InputRejected, match="gatekeeper tls init"):
        await start(settings, lambda _: None)
