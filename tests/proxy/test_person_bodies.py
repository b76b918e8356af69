"""Is an erasure shown whole, and without what opens anything?"""

from __future__ import annotations

from gatekeeper.ledger.rights_book import ERASED, Note
from gatekeeper.proxy.person_bodies import erasure_of


def test_an_erasure_is_shown_without_ids_of_keys_and_pieces() -> None:
    body = {
        "pseudonym": "p",
        "reason": "letter",
        "basis": None,
        "by": "user:me",
        "complete": False,
        "keys": ["KEY"],
        "pieces": [["PIECE", "DIGEST"]],
        "erased": {"evidence": 1, "grants": 2, "lists": ["allow"]},
        "kept": [{"what": "evidence", "why": "legal hold h1"}],
    }
    shown = erasure_of(Note(ERASED, "e1", "acme", "2026-11-20T17:00:00Z", body))
    assert (shown.id, shown.complete, shown.erased.lists) == ("e1", False, ("allow",))
    assert shown.kept[0].why == "legal hold h1"
    text = shown.model_dump_json()
    assert not any(word in text for word in ("KEY", "PIECE", "DIGEST"))
