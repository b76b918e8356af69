"""Is every golden request of fbmessenger read? The cases of `meta.yaml` say the rest."""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import AddressKind
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Handling
from gatekeeper.providers.meta import META
from tests.support.golden import golden_raw


@pytest.mark.parametrize("send", ["page_text", "page_text_tag", "page_quick_replies"])
def test_a_golden_request_is_read(send: str) -> None:
    raw = golden_raw("meta", send)
    operation = META.match(raw)
    assert operation is not None
    request = META.parse(raw, operation)
    assert request.sender.kind is AddressKind.ACCOUNT
    assert [each.kind for each in request.recipients] == [AddressKind.PSID]
    assert request.extras == ({"tag": "POST_PURCHASE_UPDATE"} if send == "page_text_tag" else {})


def test_an_id_within_an_id_is_refused_and_typing_passes() -> None:
    raw = golden_raw("meta", "page_nested_id")
    operation = META.match(raw)
    assert operation is not None
    with pytest.raises(AmbiguousRequest, match=r"recipient\.id must be a string"):
        META.parse(raw, operation)
    typing = META.match(golden_raw("meta", "page_typing"))
    assert typing is not None
    assert typing.handling is Handling.PASS
