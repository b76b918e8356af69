"""Is every step of a call read?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.messagebird.calls import CALL
from gatekeeper.providers.shape import Found, read


def call(*steps: dict[str, Any]) -> Found:
    flow = {"title": "a", "steps": list(steps)}
    return read(CALL, {"source": "13122000201", "destination": "12122000211", "callFlow": flow})


def test_a_recording_is_media() -> None:
    found = call({"action": "play", "options": {"media": ["https://a.example/1.wav"]}})
    assert found.media == ["https://a.example/1.wav"]


@pytest.mark.parametrize(
    "steps",
    [
        (),
        ({"action": "record", "options": {}},),
        ({"action": "say", "options": {"payload": "a", "destination": "12122000212"}},),
        ({"action": "say", "options": {}, "conditions": []},),
    ],
)
def test_what_is_not_known_is_refused(steps: tuple[dict[str, Any], ...]) -> None:
    with pytest.raises(AmbiguousRequest):
        call(*steps)
