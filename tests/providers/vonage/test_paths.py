"""Is every path closed that could send and is not read?"""

from __future__ import annotations

import pytest

from gatekeeper.providers.contract import Handling, RawRequest
from gatekeeper.providers.vonage.paths import match

JSON = (("Content-Type", "application/json"),)
CALL = "/v1/calls/63f61863-4a51-4f6b-86e1-46edebcf9356"


@pytest.mark.parametrize(
    ("method", "target", "service", "body", "handling"),
    [
        ("POST", "/v1/messages", "", b"", Handling.DECIDE),
        ("POST", "/v1/messages", "rest", b"", Handling.REFUSE),
        ("POST", "/sms/json", "rest", b"", Handling.DECIDE),
        ("POST", "/sms/json", "", b"", Handling.REFUSE),
        ("GET", "/sms/json?to=1&text=a", "rest", b"", Handling.REFUSE),
        ("GET", "/tts/json?to=1", "rest", b"", Handling.REFUSE),
        ("GET", "/tts/json?to=1&text=a", "", b"", Handling.REFUSE),
        ("GET", "/sms/json?to=1&text=a", "", b"", Handling.REFUSE),
        ("GET", "/%73ms/json?to=1", "", b"", Handling.REFUSE),
        ("GET", "/verify/json?number=1&brand=a", "", b"", Handling.REFUSE),
        ("GET", "/sc/us/2fa/json?to=1", "", b"", Handling.REFUSE),
        ("GET", "/v1/../sms/json?to=1", "", b"", Handling.REFUSE),
        ("GET", "/v1/%2e%2e/sms/json", "", b"", Handling.REFUSE),
        ("GET", "/v1//calls", "", b"", Handling.REFUSE),
        ("GET", "/ni/basic/json?number=1", "", b"", Handling.PASS),
        ("GET", "/v0.1/users", "", b"", Handling.PASS),
        ("GET", CALL, "", b"", Handling.PASS),
        ("POST", "/v2/verify/63f61863-4a51", "", b'{"code": "1"}', Handling.PASS),
        ("POST", "/v2/verify/63f61863-4a51/next-workflow", "", b"", Handling.PASS),
        ("DELETE", "/v2/verify/63f61863-4a51", "", b"", Handling.PASS),
        ("POST", "/v2/verify/templates", "", b"{}", Handling.REFUSE),
        ("GET", "/account/get-balance?a=b", "rest", b"", Handling.PASS),
        ("POST", "/account/settings", "rest", b"", Handling.REFUSE),
        ("POST", "/V1/messages", "", b"", Handling.REFUSE),
        ("PUT", f"{CALL}/stream", "", b"{}", Handling.REFUSE),
        ("PUT", CALL, "", b'{"action": "mute"}', Handling.PASS),
        ("PUT", CALL, "", b'{"action": "mute", "ncco": []}', Handling.REFUSE),
        ("PUT", CALL, "", b"{", Handling.REFUSE),
        ("PUT", CALL, "rest", b'{"action": "mute"}', Handling.REFUSE),
        ("DELETE", f"{CALL}/stream", "", b"", Handling.PASS),
        ("DELETE", "/v1/anything", "", b"", Handling.REFUSE),
    ],
)
def test_a_path_means_one_thing(
    method: str, target: str, service: str, body: bytes, handling: Handling
) -> None:
    assert match(RawRequest(method, target, JSON, body, service)).handling is handling


def test_another_method_in_a_header_is_refused() -> None:
    raw = RawRequest("POST", "/v1/messages", (("X-HTTP-Method", "PUT"),), b"")
    assert match(raw).handling is Handling.REFUSE
