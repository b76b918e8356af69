"""Is what a message costs what carriers count?"""

from __future__ import annotations

import pytest

from gatekeeper.pipeline import gather
from gatekeeper.pipeline.capacity import buckets, segments_of
from gatekeeper.vault.keyfile import generate
from gatekeeper.vault.keyring import Keyring
from tests.support.acme import ANA, BEN, NEWS, TENANT
from tests.support.spine import case, plain_snapshot
from tests.support.twilio_requests import call, message

KEYS = Keyring(generate())
TWO = f"<Response><Dial><Number>{BEN}</Number></Dial><Say>Hello.</Say></Response>"


def test_each_recipient_costs_a_token_of_what_is_shared() -> None:
    opened = case(call(To=ANA, From=NEWS, Twiml=TWO))
    people = gather.targets(opened, KEYS)
    drawn = buckets(opened, [each.subject for each in people], plain_snapshot().policy)
    by_name = {bucket.name: bucket for bucket in drawn}
    assert by_name["tenant"].cost == by_name["application"].cost == 2
    own = [bucket for bucket in drawn if bucket.name == "recipient"]
    assert [bucket.cost for bucket in own] == [1, 1]
    assert len({bucket.key for bucket in own}) == 2
    assert all(bucket.key.startswith(TENANT) for bucket in drawn)


@pytest.mark.parametrize(
    ("body", "encoding", "count"),
    [("a" * 160, "gsm7", 1), ("a" * 161, "gsm7", 2), ("й" * 71, "ucs2", 2), ("€" * 80, "gsm7", 1)],
)
def test_every_segment_costs_a_token_of_what_is_shared(
    body: str, encoding: str, count: int
) -> None:
    opened = case(message(To=ANA, From=NEWS, Body=body))
    size = segments_of(opened.request)
    assert size is not None
    assert (size.encoding, size.count) == (encoding, count)
    drawn = {bucket.name: bucket for bucket in buckets(opened, [b"s"], plain_snapshot().policy)}
    assert drawn["tenant"].cost == drawn["sender"].cost == count
    assert drawn["recipient"].cost == 1


def test_what_is_no_sms_has_no_segments() -> None:
    request = message(To=ANA, From=NEWS, Body="a" * 500, MediaUrl="https://acme.example/a.png")
    assert segments_of(request) is None
    assert segments_of(call(To=ANA, From=NEWS, Twiml=TWO)) is None
