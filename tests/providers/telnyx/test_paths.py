"""Does only what is listed send, and everything else read or be refused?"""

from __future__ import annotations

import pytest

from gatekeeper.providers.contract import Handling
from gatekeeper.providers.telnyx.paths import SENDS, match
from tests.support.telnyx_requests import captured, request

UNREAD = {"gather_using_speak", "speak", "transfer"}
"""Commands of the SDK that the gate refuses: they name no recipient."""


@pytest.mark.parametrize("path", SENDS)
def test_a_listed_path_is_decided_by_post_alone(path: str) -> None:
    assert match(request(path, {})).handling is Handling.DECIDE
    assert match(request(path, {}, method="PUT")).handling is Handling.REFUSE
    assert match(request(path, method="GET")).handling is Handling.PASS


@pytest.mark.parametrize("send", captured())
def test_every_request_of_the_sdk_is_known(send: str) -> None:
    wanted = {"retrieve": Handling.PASS} | dict.fromkeys(UNREAD, Handling.REFUSE)
    operation = match(captured()[send])
    assert operation.handling is wanted.get(send.partition(".")[0], Handling.DECIDE), operation


@pytest.mark.parametrize(
    "action",
    ["speak", "playback_start", "gather", "gather_using_ai", "ai_assistant_start", "refer",
     "send_dtmf", "bridge", "enqueue", "record_start", "record_resume", "answer", "hangup/x"],
)  # fmt: skip
def test_a_command_that_could_say_or_dial_does_not_pass(action: str) -> None:
    told = match(request(f"/v2/calls/v3:abc/actions/{action}", {}))
    assert told.handling is Handling.REFUSE
    assert "names no recipient" in told.detail


@pytest.mark.parametrize(
    "path", ["//v2/messages", "/v2/./messages", "/v2/messages%2f", "/V2/messages"]
)
def test_another_spelling_of_a_path_does_not_send(path: str) -> None:
    assert match(request(path, {})).handling is Handling.REFUSE


def test_a_command_with_two_meanings_or_of_another_type_is_refused() -> None:
    path = "/v2/calls/v3:abc/actions/hangup"
    assert match(request(path, b'{"a": 1, "a": 2}')).handling is Handling.REFUSE
    assert match(request(path, b"[]")).status == 400


@pytest.mark.parametrize(
    "path",
    ["telephony_credentials/7", "messaging_profiles", "credential_connections/7", "connections",
     "managed_accounts?page[size]=1", "integration_secrets"],
)  # fmt: skip
def test_what_would_show_a_secret_is_not_read(path: str) -> None:
    assert match(request(f"/v2/{path}", method="GET")).handling is Handling.REFUSE
