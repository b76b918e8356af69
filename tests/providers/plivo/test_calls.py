"""Is a call read with all who are called, and its words held for unseen?"""

from __future__ import annotations

import pytest

from gatekeeper.errors import AmbiguousRequest
from tests.support.plivo_requests import captured, parsed, request

IN = {"role": "agent", "from": "+13122000201", "to": "+12122000211"}


@pytest.mark.parametrize(("send", "people"), [("call", 1), ("call_many", 2)])
def test_every_call_of_the_sdk_is_read(send: str, people: int) -> None:
    read = parsed(captured()[send])
    assert len(read.recipients) == people
    assert [each.kind for each in read.opaque] == ["answer_url"]


@pytest.mark.parametrize(
    ("more", "records"), [({}, False), ({"record": True}, True), ({"transcript": True}, True),
                          ({"record_participant_track": False}, False)],
)  # fmt: skip
def test_a_participant_is_recorded_if_the_request_says_so(
    more: dict[str, object], records: bool
) -> None:
    assert parsed(request("MultiPartyCall/name_a/Participant/", IN | more)).record is records


@pytest.mark.parametrize(
    "more", [{"record": "yes"}, {"enter_sound": "https://a.example"}, {"dial_music": "https://a"},
             {"call_uuid": "a"}, {"to": None}],
)  # fmt: skip
def test_what_cannot_be_checked_of_a_participant_is_refused(more: dict[str, object]) -> None:
    with pytest.raises(AmbiguousRequest):
        parsed(request("MultiPartyCall/name_a/Participant/", IN | more))
