"""Does the outbox stay bounded, and tell what carriers tell?"""

from __future__ import annotations

from gatekeeper.sandbox.outbox import KEPT, Outbox


def test_a_message_tells_its_segments() -> None:
    outbox = Outbox("AC" + "0a" * 16)
    assert outbox.add_message({"To": "+1", "Body": "x" * 307}, 0)["num_segments"] == "3"


def test_the_outbox_forgets_the_oldest_and_still_counts_it() -> None:
    outbox = Outbox("AC" + "0a" * 16)
    first = outbox.add_message({"To": "+1", "Body": "first"}, 0)
    for _ in range(KEPT):
        outbox.add_message({"To": "+1"}, 0)
    assert len(outbox.messages) == KEPT
    assert first["sid"] not in outbox.messages
    assert outbox.accepted == KEPT + 1
