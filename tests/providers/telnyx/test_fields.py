"""Is a recipient taken as it is written, and an id as an id?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import AddressKind
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.shape import read
from gatekeeper.providers.telnyx.fields import attempt_of, dialled, identifier


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("+12122000211", AddressKind.PHONE),
        ("12122000211", AddressKind.PHONE),
        ("sip:bob@pbx.example", AddressKind.SIP),
        ("SIPS:bob@pbx.example", AddressKind.SIP),
        ("US.13491208655302741918", AddressKind.BSUID),
        ("us.1349", AddressKind.PHONE),
    ],
)
def test_a_recipient_is_what_its_form_says_and_stays_as_written(
    value: str, kind: AddressKind
) -> None:
    (found,) = read(dialled(), value).recipients
    assert (found.kind, found.value) == (kind, value)


def test_an_id_is_kept_and_is_no_text() -> None:
    found = read(identifier(), "40017f4d-7b3f-4f5e-8f4f-1b1b1b1b1b1b")
    assert (list(found.words.values()), found.parts) == (
        ["40017f4d-7b3f-4f5e-8f4f-1b1b1b1b1b1b"],
        [],
    )


@pytest.mark.parametrize("value", ["", "a b", "4111 1111 1111 1111", "x" * 201, 7])
def test_what_is_no_id_is_refused(value: object) -> None:
    with pytest.raises(AmbiguousRequest):
        read(identifier(), value)


@pytest.mark.parametrize(
    ("told", "attempt"), [("0", 0), ("2", 2), (None, None), ("", None), ("-1", None), ("one", None)]
)
def test_the_sdk_says_which_try_it_is(told: str | None, attempt: int | None) -> None:
    headers = (("x-stainless-retry-count", told),) if told is not None else ()
    assert attempt_of(RawRequest("POST", "/v2/messages", headers, b"")) == attempt
