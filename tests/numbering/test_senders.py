"""Is each sender address given one kind and one name?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.words import SenderKind
from gatekeeper.numbering.senders import sender_kind


@pytest.mark.parametrize(
    ("raw", "kind", "name"),
    [
        ("+12122000123", SenderKind.LONG_CODE, "+12122000123"),
        ("(212) 200-0123", SenderKind.LONG_CODE, "+12122000123"),
        ("+447911123456", SenderKind.LONG_CODE, "+447911123456"),
        ("+18002000123", SenderKind.TOLL_FREE, "+18002000123"),
        ("8882000123", SenderKind.TOLL_FREE, "+18882000123"),
        ("+448081570192", SenderKind.TOLL_FREE, "+448081570192"),
        ("911", SenderKind.SHORT_CODE, "911"),
        ("22395", SenderKind.SHORT_CODE, "22395"),
        ("12345678", SenderKind.SHORT_CODE, "12345678"),
        ("ACME", SenderKind.ALPHANUMERIC, "ACME"),
        ("Acme Corp 1", SenderKind.ALPHANUMERIC, "Acme Corp 1"),
        ("A", SenderKind.ALPHANUMERIC, "A"),
        ("1800FLOWERS", SenderKind.ALPHANUMERIC, "1800FLOWERS"),
    ],
)
def test_kinds_of_sender(raw: str, kind: SenderKind, name: str) -> None:
    assert sender_kind(raw) == (kind, name)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "12",
        "+123",
        "Acme Stores Inc",
        "Acme ",
        " Acme",
        "Αcme",
        "Ac\u200bme",
        "22395\n",
        "２２３９５",
        "+1800FLOWERS",
        "MG0123456789abcdef0123456789abcdef",
        "+12122000123;ext=5",
        "A" * 100_000,
    ],
)
def test_what_is_none_of_these_is_unknown_and_keeps_its_text(raw: str) -> None:
    """A look-alike letter, a hidden character or a stray space makes another sender."""
    assert sender_kind(raw) == (SenderKind.UNKNOWN, raw)
