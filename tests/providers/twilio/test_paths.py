"""Which requests are sends, which pass, and which are refused?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Reply
from gatekeeper.providers.twilio.paths import match
from tests.support.twilio_requests import ACCOUNT, BASE, CALLS, MESSAGES, form, request

from .conftest import Sdk

SM = "SM" + "1b" * 16
CA = "CA" + "1b" * 16
RE = "RE" + "1b" * 16
REPLY_200 = Reply(200, (("Content-Type", "application/json"),), b"{}")
VA = "VA" + "1b" * 16


def handled(raw: RawRequest) -> Operation:
    operation = match(raw)
    assert operation is not None
    return operation


def test_a_new_message_and_a_new_call_are_decided() -> None:
    message, call = handled(request(MESSAGES)), handled(request(CALLS))
    assert (message.name, message.handling, message.channel) == (
        "message",
        Handling.DECIDE,
        Channel.SMS,
    )
    assert (call.name, call.handling, call.channel) == ("call", Handling.DECIDE, Channel.VOICE)
    assert message.account == call.account == ACCOUNT


@pytest.mark.parametrize(
    "target",
    [
        MESSAGES,
        f"{MESSAGES}?PageSize=20&To=%2B12122000123",
        f"{BASE}/Messages/{SM}.json",
        f"{BASE}/Recordings/{RE}.mp3",
        f"{BASE}/Calls/{CA}/Recordings.json",
        f"{BASE}/AvailablePhoneNumbers/US/Local.json",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reads_pass(method: str, target: str) -> None:
    assert handled(request(target, method=method)).handling is Handling.PASS


@pytest.mark.parametrize(
    "target",
    ["/2010-04-01/Accounts.json", f"{BASE}.json", f"{BASE}.xml", BASE, f"{BASE}.json?x=1"],
)
def test_the_account_itself_is_not_shown(target: str) -> None:
    """Twilio's reply holds the auth token: in vault mode the app must never see it."""
    assert handled(request(target, method="GET")).handling is Handling.REFUSE


async def test_the_real_sdk_cannot_read_the_token(sdk: Sdk) -> None:
    raw = await sdk(lambda client: client.api.v2010.accounts(ACCOUNT).fetch(), REPLY_200)
    assert handled(raw).handling is Handling.REFUSE


@pytest.mark.parametrize(
    ("fields", "handling"),
    [
        ({"Body": ""}, Handling.PASS),
        ({"Status": "canceled"}, Handling.PASS),
        ({"Body": "", "Status": "canceled"}, Handling.PASS),
        ({"Body": "new words"}, Handling.REFUSE),
        ({"Status": "sent"}, Handling.REFUSE),
        ({"Body": ["", ""]}, Handling.REFUSE),
        ({"Body": "", "To": "+1"}, Handling.REFUSE),
        ({}, Handling.REFUSE),
    ],
)
def test_a_message_may_only_be_redacted_or_canceled(
    fields: dict[str, object], handling: Handling
) -> None:
    assert handled(form(f"{BASE}/Messages/{SM}.json", fields)).handling is handling


@pytest.mark.parametrize(
    ("fields", "handling"),
    [
        ({"Status": "completed"}, Handling.PASS),
        ({"Status": "canceled"}, Handling.PASS),
        ({"Twiml": "<Response/>"}, Handling.DECIDE),
        ({"Url": "https://a.example"}, Handling.DECIDE),
        ({"Status": "completed", "Url": "https://a.example"}, Handling.DECIDE),
        ({"status": "completed"}, Handling.DECIDE),
        ({}, Handling.DECIDE),
    ],
)
def test_the_end_of_a_live_call_passes_and_any_other_change_is_judged(
    fields: dict[str, object], handling: Handling
) -> None:
    assert handled(form(f"{BASE}/Calls/{CA}.json", fields)).handling is handling


async def test_a_redaction_and_a_hang_up_of_the_real_sdk_pass(sdk: Sdk) -> None:
    redaction = await sdk(lambda client: client.messages(SM).update(body=""))
    hang_up = await sdk(lambda client: client.calls(CA).update(status="completed"))
    assert handled(redaction).handling is handled(hang_up).handling is Handling.PASS


@pytest.mark.parametrize(
    "target",
    [
        f"{BASE}/Messages/{SM}.json",
        f"{BASE}/Messages/{SM}/Media/ME{'1b' * 16}.json",
        f"{BASE}/Recordings/{RE}.json",
        f"{BASE}/Calls/{CA}.json",
        f"{BASE}/Calls/{CA}/Recordings/{RE}.json",
    ],
)
def test_messages_and_recordings_may_be_deleted(target: str) -> None:
    assert handled(request(target, method="DELETE")).handling is Handling.PASS


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", f"{BASE}/Messages"),
        ("POST", f"{BASE}/Messages.xml"),
        ("POST", f"{BASE}/Calls.csv"),
        ("POST", f"{BASE}/SMS/Messages.json"),
        ("POST", f"{BASE}/Conferences/a%20room/Participants.json"),
        ("POST", f"{BASE}/Participants.json"),
        ("POST", f"{BASE}/Calls/{CA}/Participants.json"),
        ("POST", f"{BASE}/Calls/{CA}/UserDefinedMessageSubscriptions.json"),
        ("POST", f"{BASE}/Calls/{CA}/Streams.json"),
        ("POST", f"{BASE}/Calls/{CA}/Payments.json"),
        ("POST", f"{BASE}/Calls/{CA}/Recordings.json"),
        ("POST", "/2010-04-01/Accounts.json"),
        ("PUT", MESSAGES),
        ("PATCH", MESSAGES),
        ("DELETE", MESSAGES),
        ("DELETE", f"{BASE}/IncomingPhoneNumbers/PN{'1b' * 16}.json"),
        ("OPTIONS", MESSAGES),
        ("post", MESSAGES),
        ("POST", f"{MESSAGES}?To=%2B19005550123"),
        ("POST", f"{MESSAGES}?"),
        ("POST", "/v1/conversations/CH1/Messages"),
        ("POST", "/v1//Conversations/CH1/Messages"),
        ("POST", "/v1/Services/CH1/Conversations/CH2/Messages"),
        ("POST", f"/v2/services/{VA}/Verifications"),
        ("POST", "/v2/Flows/FW1/Executions"),
        ("POST", "/v1/Services/IS1/Notifications"),
        ("POST", "/v2/Services/IS1/Channels/CH1/Messages"),
        ("POST", "//v2/Services/VA1/%56erifications"),
    ],
)
def test_everything_else_that_could_send_is_refused_with_a_sentence(
    method: str, target: str
) -> None:
    operation = handled(request(target, method=method))
    assert operation.handling is Handling.REFUSE
    assert operation.detail.endswith(".")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "target",
    [
        f"/{MESSAGES}",
        f"{MESSAGES}/",
        f"{BASE}//Messages.json",
        f"{BASE}/./Messages.json",
        f"{BASE}/x/../Messages.json",
        f"{BASE}/%4dessages.json",
        f"{BASE}%2FMessages.json",
        f"/v1/../2010-04-01/Accounts/{ACCOUNT}/Messages.json",
        f"/v1/%2e%2e/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
        f"/v1/%252e%252e/2010%252d04-01/Accounts/{ACCOUNT}/Messages.json",
        f"/2010-04-01/accounts/{ACCOUNT}/Messages.json",
        f"{MESSAGES};v=1",
        f"/2010-04-01;a=b/Accounts/{ACCOUNT}/Messages.json",
        f"{MESSAGES}%00",
        f"{MESSAGES}\0",
        f"{BASE}\\Messages.json",
        f"http://api.example{MESSAGES}",
        f"{MESSAGES}\n",
        "/2010-04-01/Accounts/AC1/Messages.json",
        "/2010-04-01",
    ],
)
def test_a_path_with_another_reading_is_refused(method: str, target: str) -> None:
    assert handled(request(target, method=method)).handling is Handling.REFUSE


def test_letter_case_of_a_resource_gives_no_other_reading() -> None:
    assert handled(request(f"{BASE}/messages.json")).handling is Handling.REFUSE


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "x-http-method"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_that_asks_for_another_method_is_refused(method: str, name: str) -> None:
    raw = RawRequest(method, MESSAGES, ((name, "POST"),), b"")
    assert handled(raw).handling is Handling.REFUSE
    assert handled(request(f"{MESSAGES}?_method=POST", method="GET")).handling is Handling.REFUSE


@pytest.mark.parametrize(
    ("target", "name"),
    [
        (f"{BASE}/Conferences/CF{'1b' * 16}/Participants.json", "participant"),
        (f"{BASE}/Conferences/desk_7/Participants.json", "participant"),
        (f"{BASE}/Calls/{CA}/UserDefinedMessages.json", "user_defined_message"),
    ],
)
def test_every_way_to_reach_a_person_by_voice_is_decided(target: str, name: str) -> None:
    operation = handled(request(target))
    assert (operation.name, operation.handling) == (name, Handling.DECIDE)
    assert operation.channel is Channel.VOICE
    assert operation.account == ACCOUNT


def test_the_first_host_has_nothing_at_another_hosts_door() -> None:
    raw = replace(request(MESSAGES), service="verify")
    assert handled(raw).handling is Handling.REFUSE


def test_a_product_asked_for_another_method_is_refused() -> None:
    raw = RawRequest(
        "GET", f"/v2/Services/{VA}/Verifications", (("X-HTTP-Method", "POST"),), b"", "verify"
    )
    assert handled(raw).handling is Handling.REFUSE


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", "/v1/messages"),
        ("POST", "/v2/messages"),
        ("POST", "/v1/check"),
        ("GET", "/"),
    ],
)
def test_a_path_of_somebody_else_is_not_ours(method: str, target: str) -> None:
    assert match(request(target, method=method)) is None


@given(st.text(max_size=60), st.sampled_from(["GET", "POST", "DELETE"]))
def test_only_exact_paths_are_decided(tail: str, method: str) -> None:
    """No text after the account makes a send of anything but the two exact resources."""
    raw = request(f"{BASE}/{tail}", method=method)
    decided = handled(raw).handling is Handling.DECIDE
    assert decided is (method == "POST" and raw.target in (MESSAGES, CALLS))
