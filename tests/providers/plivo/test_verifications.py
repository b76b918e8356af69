"""Is a verification sent by its application's words alone?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from tests.support.plivo_requests import captured, parsed, request


def test_the_sdks_verification_is_read_with_the_accounts_own_application() -> None:
    read = parsed(captured()["verify"])
    assert (read.channel, read.sender.value, read.opaque[0].ref) == (
        Channel.SMS,
        "default",
        "default",
    )


def test_an_application_that_is_named_is_both_sender_and_text() -> None:
    read = parsed(request("Verify/Session/", {"recipient": "12122000211", "app_uuid": "a-1"}))
    assert (read.sender.value, read.opaque[0].ref) == ("a-1", "a-1")
    assert [each.value for each in read.recipients] == ["+12122000211"]


@pytest.mark.parametrize(
    "more", [{"recipient": "1<2"}, {"otp": "call me"}, {"channel": "fax"}, {"recipient": None}]
)
def test_what_has_no_one_meaning_is_refused(more: dict[str, object]) -> None:
    with pytest.raises(AmbiguousRequest):
        parsed(request("Verify/Session/", {"recipient": "12122000211", **more}))
