"""Which changes pass, and which are refused or judged?"""

from __future__ import annotations

import pytest

from gatekeeper.providers.contract import Handling
from gatekeeper.providers.twilio.changes import change_of
from tests.support.twilio_requests import ACCOUNT, BASE, form, request

CA = "CA" + "1b" * 16
GUEST = f"Conferences/CF{'1b' * 16}/Participants/{CA}"


@pytest.mark.parametrize(
    ("resource", "fields", "handling"),
    [
        (GUEST, {"Muted": "true"}, Handling.PASS),
        (GUEST, {"Muted": "true", "Hold": "false"}, Handling.PASS),
        (GUEST, {"AnnounceUrl": "https://a.example"}, Handling.REFUSE),
        (GUEST, {"Hold": "true", "HoldUrl": "https://a.example"}, Handling.REFUSE),
        (GUEST, {"Muted": "perhaps"}, Handling.REFUSE),
        ("Conferences/desk", {"Status": "completed"}, Handling.PASS),
        ("Conferences/desk", {"AnnounceUrl": "https://a.example"}, Handling.REFUSE),
        (f"Calls/{CA}", {"Status": "completed"}, Handling.PASS),
        (f"Calls/{CA}", {"Twiml": "<Response/>"}, Handling.DECIDE),
        (f"Messages/SM{'1b' * 16}", {"Body": "anew"}, Handling.REFUSE),
    ],
)
def test_only_what_says_nothing_new_passes(
    resource: str, fields: dict[str, object], handling: Handling
) -> None:
    operation = change_of(form(f"{BASE}/{resource}.json", fields), ACCOUNT, resource)
    assert operation is not None
    assert operation.handling is handling
    assert operation.account == ACCOUNT
    assert bool(operation.detail) is (handling is Handling.REFUSE)


def test_a_change_that_cannot_be_read_is_refused() -> None:
    raw = request(f"{BASE}/{GUEST}.json", b"Muted=%zz")
    operation = change_of(raw, ACCOUNT, GUEST)
    assert operation is not None
    assert operation.handling is Handling.REFUSE


def test_another_resource_has_no_such_changes() -> None:
    assert change_of(request(f"{BASE}/Queues.json"), ACCOUNT, "Queues") is None
