"""Does a webhook keep its bytes when it is passed on under another signature?"""

from __future__ import annotations

from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.relayed import at_url, relayed

RAW = RawRequest(
    "POST",
    "/v1/inbound/x/y",
    (("Host", "gate"), ("X-Sign", "old"), ("x-time", "1"), ("Content-Type", "a/b")),
    b"body",
)


def test_its_signature_is_replaced_and_all_else_stays() -> None:
    passed = relayed(RAW, "https://app.example/in?a=b", (("X-Sign", "new"),), {"x-time"})
    assert passed.target == "/in?a=b"
    assert passed.headers == (("Content-Type", "a/b"), ("X-Sign", "new"))
    assert (passed.method, passed.body) == ("POST", b"body")


def test_a_url_without_a_path_has_the_root() -> None:
    assert at_url("https://app.example") == "/"
