"""Does only what is listed send, and everything else read or be refused?"""

from __future__ import annotations

import pytest

from gatekeeper.providers.contract import Handling, RawRequest
from gatekeeper.providers.plivo.paths import match
from tests.support.plivo_requests import ACCOUNT, captured, request


@pytest.mark.parametrize("send", captured())
def test_every_request_of_the_sdk_is_decided(send: str) -> None:
    operation = match(captured()[send])
    assert (operation.handling, operation.account) == (Handling.DECIDE, ACCOUNT)


@pytest.mark.parametrize(
    "path",
    ["Call/u/Stream/", "Conference/a/Member/1/Speak/", "MultiPartyCall/name_a/",
     "MultiPartyCall/name_a/Member/1/Play/", "Application/", "Powerpack/", "Masking/Session/",
     "VerifiedCallerId/", "JWT/Token/", "Message/?dst=1", "Message/x/", "message/", "Call/a/b/c/"],
)  # fmt: skip
def test_what_could_send_or_change_and_is_not_read_is_refused(path: str) -> None:
    assert match(request(path, {})).handling is Handling.REFUSE


@pytest.mark.parametrize(
    "path",
    ["Call/u/", "Call/u/Play/", "Call/u/Record/", "Call/u/Stream/s/", "Request/u/",
     "Conference/a/", "Conference/a/Member/1/", "MultiPartyCall/name_a/Participant/1/"],
)  # fmt: skip
def test_what_ends_something_passes(path: str) -> None:
    assert match(request(path, method="DELETE")).handling is Handling.PASS
    assert match(request(path, {"text": "hi"}, method="DELETE")).handling is Handling.REFUSE
    assert match(request(path, b"[", method="DELETE")).handling is Handling.REFUSE


@pytest.mark.parametrize("path", ["", "?a=b", "Subaccount/", "Endpoint/7/", "JWT/a/"])
def test_what_would_show_a_secret_is_not_read(path: str) -> None:
    assert match(request(path, method="GET")).handling is Handling.REFUSE


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [("GET", "/", 404), ("POST", "/v1/Account/ma/Message/", None), ("GET", "/v2/x", 404),
     ("POST", f"//v1/Account/{ACCOUNT}/Message/", None)],
)  # fmt: skip
def test_below_no_account_there_is_nothing(method: str, target: str, status: int | None) -> None:
    told = match(RawRequest(method, target, (), b""))
    assert (told.handling, told.status) == (Handling.REFUSE, status)


def test_a_flow_is_never_started() -> None:
    raw = RawRequest("POST", f"/v1/account/{ACCOUNT}/phlo/f-1", (), b"{}", "phlo")
    assert match(raw).handling is Handling.REFUSE
