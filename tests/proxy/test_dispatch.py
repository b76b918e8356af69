"""Does each request reach its own house: native endpoint, provider, or nothing?"""

from __future__ import annotations

from base64 import b64encode

import pytest

from gatekeeper.providers.contract import Headers, RawRequest
from gatekeeper.proxy.dispatch import hints_of
from tests.support.gate import MESSAGES, Stand
from tests.support.wire import ask, request

pytestmark = pytest.mark.asyncio(loop_scope="module")


def raw(*headers: tuple[str, str]) -> RawRequest:
    return RawRequest("GET", "/v1/x", headers, b"")


async def status(acme: Stand, method: str, target: str, **headers: str) -> tuple[int, str]:
    answer = await ask(acme.gate.port, request(method, target, headers))
    assert answer is not None
    return answer.status, answer.headers.get("Content-Type", "")


@pytest.mark.parametrize("target", ["/", "/v1", "/v1/check/", "/V1/check", "//v1/check"])
async def test_where_nothing_is_the_answer_says_so(acme: Stand, target: str) -> None:
    assert await status(acme, "GET", target) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("method", "target", "allow"),
    [
        ("GET", "/v1/check", "POST"),
        ("DELETE", "/v1/consents", "GET, POST"),
        ("OPTIONS", "/livez", "GET"),
        ("POST", "/help/reasons", "GET"),
    ],
)
async def test_another_method_is_told_which_are_taken(
    acme: Stand, method: str, target: str, allow: str
) -> None:
    answer = await ask(acme.gate.port, request(method, target, {}))
    assert answer is not None
    assert (answer.status, answer.headers["Allow"]) == (405, allow)


async def test_a_path_of_the_provider_goes_to_the_provider(acme: Stand) -> None:
    assert (await status(acme, "GET", MESSAGES))[0] == 401
    sent = await acme.post()
    assert sent.status == 201


async def test_a_native_path_never_reaches_a_provider(acme: Stand) -> None:
    await status(acme, "GET", "/v1/openapi.json")
    assert acme.carrier.requests == []


async def test_the_key_may_come_as_bearer_or_as_basic_password(acme: Stand) -> None:
    for value in (f"Bearer {acme.key}", f"bearer  {acme.key} ", acme.basic()):
        headers = {"Authorization": value}
        answer = await ask(
            acme.gate.port, request("GET", "/v1/consents?number=%2B12122000211", headers)
        )
        assert answer is not None and answer.status == 200, value


@pytest.mark.parametrize(
    "value",
    ["", "Bearer", "Bearer gk_x", "Basic", "Basic ***", f"Basic {b64encode(b'nocolon').decode()}"],
)
async def test_no_other_credential_is_one(acme: Stand, value: str) -> None:
    headers = {"Authorization": value}
    target = "/v1/consents?number=%2B12122000211"
    answer = await ask(acme.gate.port, request("GET", target, headers))
    assert answer is not None and answer.status == 401


async def test_evidence_of_consent_is_handed_on_as_it_stands_and_twice_is_no_json() -> None:
    one = ("Gatekeeper-Consent", '{"event": "opt_in"}')
    assert hints_of(raw(one)).consent == one[1]
    assert hints_of(raw(one, one)).consent == f"{one[1]},{one[1]}"
    assert hints_of(raw()).consent is None


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ((), (None, None, None)),
        ((("Gatekeeper-Campaign", "spring"),), ("spring", None, None)),
        ((("GATEKEEPER-PURPOSE", "otp"), ("Other", "x")), (None, "otp", None)),
        ((("idempotency-key", "k1"),), (None, None, "k1")),
    ],
)
async def test_hints_are_read_from_the_gates_own_headers(
    headers: Headers, told: tuple[str | None, ...]
) -> None:
    hints = hints_of(raw(*headers))
    assert (hints.campaign, hints.purpose, hints.idempotency_key) == told
