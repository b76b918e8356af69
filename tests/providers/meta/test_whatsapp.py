"""Is every golden request of pywa read? The cases of `meta.yaml` say the rest."""

from __future__ import annotations

import pytest

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Handling, Operation, RawRequest
from gatekeeper.providers.meta import META
from gatekeeper.providers.meta.whatsapp import parse_whatsapp
from tests.support.golden import golden_raw

SENDS = ("text", "text_bsuid", "buttons", "image", "document", "location", "contact", "template")


@pytest.mark.parametrize("send", SENDS)
def test_a_golden_request_is_read(send: str) -> None:
    raw = golden_raw("meta", send)
    operation = META.match(raw)
    assert operation is not None
    request = META.parse(raw, operation)
    assert (request.channel, len(request.recipients)) == (Channel.WHATSAPP, 1)
    assert request.sender.value == "106540352242922"


def test_a_body_without_the_product_is_not_whatsapps() -> None:
    raw = RawRequest("POST", "/v21.0/1234/marketing_messages", (), b"")
    body = {"to": "12122000211", "text": {"body": "hi"}}
    with pytest.raises(AmbiguousRequest, match="messaging_product is missing"):
        parse_whatsapp(raw, Operation("message", Handling.DECIDE), body)
