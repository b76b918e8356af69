"""Is what the real SDK sends to the Voice API read? (The cases hold the rest.)"""

from __future__ import annotations

from gatekeeper.domain.words import Technology
from gatekeeper.providers.vonage.calls import parse_call
from gatekeeper.providers.vonage.paths import CALL
from tests.support.vonage_app import captured


def test_a_call_with_its_script_names_all_whom_it_dials() -> None:
    request = parse_call(captured("call_ncco"), CALL)
    dialled = sorted(each.value for each in request.recipients)
    assert dialled == ["+12122000211", "+12122000212"]
    assert request.technology is Technology.ARTIFICIAL
    assert request.natural_key is not None


def test_a_call_with_a_url_says_nothing_that_could_be_read() -> None:
    request = parse_call(captured("call_url"), CALL)
    assert [each.kind for each in request.opaque] == ["answer_url"]
    assert request.technology is Technology.UNKNOWN
