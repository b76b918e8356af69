"""What does each path mean to MessageBird?"""

from __future__ import annotations

import pytest

from gatekeeper.providers.contract import Handling, RawRequest
from gatekeeper.providers.messagebird.paths import match


def asked(method: str, target: str) -> RawRequest:
    return RawRequest(method, target, (("Content-Type", "application/json"),), b"{}")


def test_a_path_tells_its_service_whatever_host_was_asked() -> None:
    assert match(asked("POST", "/messages")).service == ""
    assert match(asked("POST", "/v1/conversations/start")).service == "conversations"
    assert match(asked("POST", "/calls/")).service == "voice"


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", "/Messages"),
        ("POST", "/messages/"),
        ("POST", "/messages?_method=GET"),
        ("GET", "/messages?ACCESS_KEY=x"),
        ("POST", "/contacts"),
        ("POST", "/hlr"),
        ("POST", "/v1/webhooks"),
        ("PUT", "/call-flows/1"),
        ("DELETE", "/groups/1"),
    ],
)
def test_what_is_not_named_is_not_passed_on(method: str, target: str) -> None:
    assert match(asked(method, target)).handling is Handling.REFUSE


def test_a_list_is_read() -> None:
    raw = RawRequest("GET", "/messages", (), b"")
    assert match(raw).handling is Handling.PASS
