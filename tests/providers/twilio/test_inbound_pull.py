"""Are those who opted out at Twilio found among its messages, page by page?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import Reply
from gatekeeper.providers.webhook import Meaning

ACCOUNT = "AC" + "1f" * 16
SINCE = datetime(2026, 11, 1, 23, 0, tzinfo=UTC)
NEXT = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json?PageSize=1000&Page=1&PageToken=PASM1"
REFUSED = {
    "sid": "SM" + "1" * 32, "to": "+12122000111", "from": "+13122000200", "error_code": 21610,
    "messaging_service_sid": None, "date_sent": "Fri, 20 Nov 2026 12:00:00 +0000",
}  # fmt: skip


def page(*messages: Any, following: str | None = None, status: int = 200) -> Reply:
    said = {"messages": messages, "next_page_uri": following}
    return Reply(status, (), json.dumps(said).encode())


def test_the_first_page_asks_from_the_day_on() -> None:
    asked = TWILIO.opt_outs(ACCOUNT, SINCE)
    assert (asked.method, asked.body) == ("GET", b"")
    assert asked.target == (
        f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json?DateSent%3E=2026-11-01&PageSize=1000"
    )
    assert TWILIO.opt_outs(ACCOUNT, SINCE, NEXT).target == NEXT


def test_a_page_tells_who_opted_out_and_when() -> None:
    fine = REFUSED | {"error_code": None}
    other = REFUSED | {"error_code": 30003}
    service = REFUSED | {"from": None, "messaging_service_sid": "MG" + "2" * 32, "date_sent": None}
    read = TWILIO.read_opt_outs(page(fine, REFUSED, other, service, following=NEXT))
    assert (read.seen, read.next) == (4, NEXT)
    first, second = read.events
    assert (first.meaning, first.code) == (Meaning.OPTED_OUT, "21610")
    assert first.at == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert first.senders[0].value == "+13122000200"
    assert (second.senders[0].value, second.at) == ("MG" + "2" * 32, None)


@pytest.mark.parametrize(
    "reply",
    [
        page(status=401),
        Reply(200, (), b"<html>"),
        Reply(200, (), b"{}"),
        Reply(200, (), b"[]"),
        page({"error_code": 21610}),
        page(1),
        page(following="https://evil.example/2010-04-01/"),
        page(following=NEXT.replace("Messages", "Calls")),
    ],
    ids=range(8),
)
def test_what_is_no_page_is_not_taken_for_an_empty_one(reply: Reply) -> None:
    with pytest.raises(AmbiguousRequest):
        TWILIO.read_opt_outs(reply)


def test_no_other_address_is_asked() -> None:
    with pytest.raises(AmbiguousRequest):
        TWILIO.opt_outs(ACCOUNT, SINCE, "/elsewhere")


@pytest.mark.parametrize("when", ["yesterday", 7, "Fri, 20 Nov 2026 12:00:00 -0000"])
def test_a_date_that_tells_no_instant_is_not_taken(when: Any) -> None:
    (event,) = TWILIO.read_opt_outs(page(REFUSED | {"date_sent": when})).events
    assert event.at is None
