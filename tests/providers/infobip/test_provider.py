"""Is Infobip a provider like the others?"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from gatekeeper.providers import INFOBIP, PROVIDERS
from gatekeeper.providers.authorization import as_basic
from gatekeeper.providers.contract import RawRequest

JSON = (("Content-Type", "application/json"),)


def asked(body: object) -> RawRequest:
    return RawRequest("POST", "/sms/3/messages", JSON, json.dumps(body).encode())


def message(*people: str) -> dict[str, object]:
    to = [{"to": number} for number in people]
    return {"sender": "13122000201", "destinations": to, "content": {"text": "x"}}


def test_it_is_one_of_the_providers() -> None:
    assert INFOBIP in PROVIDERS
    assert INFOBIP.services[0].hosts == ("api.infobip.com",)


def test_a_destination_is_left_out_of_one_message_and_all_else_stays() -> None:
    raw = asked({"messages": [message("12122000211", "12122000212", "12122000213")]})
    operation = INFOBIP.match(raw)
    assert operation is not None
    dropped = INFOBIP.drop(raw, operation, [1])
    assert dropped is not None
    assert dropped.body == raw.body.replace(b', {"to": "12122000212"}', b"")
    assert INFOBIP.drop(raw, operation, [0, 1, 2]) is None
    both = asked({"messages": [message("12122000211", "12122000212"), message("12122000213")]})
    assert INFOBIP.drop(both, operation, [1]) is None


def test_a_relayed_webhook_holds_under_the_apps_own_password() -> None:
    now = datetime(2026, 1, 2, tzinfo=UTC)
    raw = RawRequest("POST", "/", (("Authorization", as_basic("ib", "theirs")),), b"{}")
    assert INFOBIP.verify(raw, "https://gate.example/", "ib:theirs", now)
    passed = INFOBIP.resign(raw, "https://app.example/in", "app:ours")
    assert INFOBIP.verify(passed, "https://app.example/in", "app:ours", now)
