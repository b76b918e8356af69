"""Does the outbox count segments as the standard says, and stay bounded?"""

from __future__ import annotations

import pytest

from gatekeeper.sandbox.outbox import KEPT, Outbox, segments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("x" * 306, 2),
        ("x" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("й" * 70, 1),
        ("й" * 71, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_segments_follow_the_alphabet(text: str, parts: int) -> None:
    assert segments(text) == parts


def test_the_outbox_forgets_the_oldest_and_still_counts_it() -> None:
    outbox = Outbox("AC" + "0a" * 16)
    first = outbox.add_message({"To": "+1", "Body": "first"}, 0)
    for _ in range(KEPT):
        outbox.add_message({"To": "+1"}, 0)
    assert len(outbox.messages) == KEPT
    assert first["sid"] not in outbox.messages
    assert outbox.accepted == KEPT + 1
