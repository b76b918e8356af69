"""Are random bytes handed out once each, in the length asked for?"""

from __future__ import annotations

from gatekeeper.vault.randomness import Randomness


def test_every_piece_has_its_length_and_none_comes_twice() -> None:
    random = Randomness()
    pieces = [random(16) for _ in range(2000)]
    assert {len(piece) for piece in pieces} == {16}
    assert len(set(pieces)) == 2000


def test_a_piece_never_straddles_what_is_left_of_a_pool() -> None:
    """If fewer bytes are left than asked for, a fresh pool is read and none is short."""
    random = Randomness()
    assert len(random(4000)) == 4000
    assert len(random(200)) == 200
