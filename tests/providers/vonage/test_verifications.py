"""Is every step of a verification a message of its own?"""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from tests.support.vonage_app import parsed, request


def asked(*workflow: Any, **more: Any) -> Any:
    """A verification as the SDK writes it."""
    return request("/v2/verify", {"brand": "Acme", "workflow": list(workflow), **more})


def test_each_step_reaches_its_own_person() -> None:
    steps = ({"channel": "silent_auth", "to": "12122000211"},
             {"channel": "whatsapp", "to": "12122000212", "from": "13122000203"})  # fmt: skip
    told = parsed(asked(*steps))
    (other,) = told.also
    assert (told.channel, other.channel) == (Channel.SMS, Channel.WHATSAPP)
    assert [each.recipients[0].value for each in (told, other)] == ["+12122000211", "+12122000212"]
    assert other.parts[0].text == "Acme"


@pytest.mark.parametrize("code", ["4111111111111111", "a b", "x!", 4711])
def test_a_code_of_the_apps_own_is_no_text(code: object) -> None:
    with pytest.raises(AmbiguousRequest, match="code"):
        parsed(asked({"channel": "sms", "to": "12122000211"}, code=code))


@pytest.mark.parametrize("step", [{"channel": "email", "to": "a@b.example"}, "sms", {}, None])
def test_a_step_that_nobody_could_judge_is_refused(step: object) -> None:
    with pytest.raises(AmbiguousRequest, match=r"workflow\.0"):
        parsed(asked(step))
