from __future__ import annotations

import pytest

from gatekeeper.errors import InputRejected
from gatekeeper.ledger.sender_names import named


@pytest.mark.parametrize(
    ("address", "kind", "known_as"),
    [
        ("+1 (312) 200-0401", "long_code", "+13122000401"),
        ("+18882000402", "toll_free", "+18882000402"),
        ("24680", "short_code", "24680"),
        ("ACME", "alphanumeric", "ACME"),
        ("whatsapp:+13122000403", "waba", "whatsapp:+13122000403"),
        ("messenger:10404", "page", "messenger:10404"),
        ("rcs:agent", "page", "rcs:agent"),
        ("MG" + "0a" * 16, "service", "MG" + "0a" * 16),
        ("VA" + "0a" * 16, "service", "VA" + "0a" * 16),
        ("IS" + "0a" * 16, "service", "IS" + "0a" * 16),
        ("01EB37HMH1M6SV18ASNS3G135H", "service", "01EB37HMH1M6SV18ASNS3G135H"),
        (
            "93de2206-9669-4e07-948d-329f4b722ee2",
            "service",
            "93de2206-9669-4e07-948d-329f4b722ee2",
        ),
        ("MGM", "alphanumeric", "MGM"),
    ],
)
def test_a_senders_kind_and_name_are_read_from_its_address(
    address: str, kind: str, known_as: str
) -> None:
    assert named(address) == (kind, known_as)


def test_what_is_no_sender_is_refused_with_what_would_be() -> None:
    with pytest.raises(InputRejected, match=r"E\.164.*short code"):
        named("!!")
