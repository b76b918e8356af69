"""Is data only taken for a text if all of it can be read?"""

from __future__ import annotations

import pytest

from gatekeeper.providers.binary_sms import readable

PART = bytes.fromhex("050003010201")


@pytest.mark.parametrize("header", [b"", b"\0", PART, bytes.fromhex("06080400010201")])
def test_a_text_is_read_whatever_part_it_is(header: bytes) -> None:
    assert readable(b"Card 4111\n", header) == "Card 4111\n"


def test_other_letters_are_read_in_either_charset() -> None:
    assert readable("Ça va".encode()) == "Ça va"
    assert readable("\xc7a va \u4f60".encode("utf-16-be")) == "Ça va 你"


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"\xff\xfe\xfd", b"a\x00b", "a\u200bb".encode()])
def test_what_cannot_be_seen_is_no_text(data: bytes) -> None:
    assert readable(data) is None


@pytest.mark.parametrize(
    "header",
    ["0605040b8423f0", "05000301", "0500030102", "0100", "0200", "00ff", "070003010201250100"],
)
def test_a_header_for_a_program_or_cut_off_makes_it_none(header: str) -> None:
    assert readable(b"Hello", bytes.fromhex(header)) is None
