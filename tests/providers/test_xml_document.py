"""Is an XML document read in bounds, without entities, and only as UTF-8?"""

from __future__ import annotations

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.xml_document import MAX_BYTES, parse_document

BOMB = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'


def test_a_plain_document_is_read() -> None:
    assert parse_document('<?xml version="1.0" encoding="UTF-8"?><a>b</a>').text == "b"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BOMB, "without DTD"),
        ("<a>", "well-formed"),
        ("", "well-formed"),
        ("<a>&b;</a>", "well-formed"),
        ('<?xml version="1.0" encoding="UTF-16"?><a/>', "declared as UTF-8"),
        ("<a>" + "b" * MAX_BYTES + "</a>", "larger than"),
    ],
)
def test_what_has_more_meanings_or_no_end_is_refused(text: str, why: str) -> None:
    with pytest.raises(AmbiguousRequest, match=why):
        parse_document(text)
