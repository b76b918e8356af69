"""The real parts offer what the spine asks of them, and the spine cannot swap them."""

from __future__ import annotations

import dataclasses

import pytest

from gatekeeper.journal.writer import Journal
from gatekeeper.ledger.consent import ConsentDesk
from gatekeeper.pipeline import rooms
from gatekeeper.pipeline.present import Presents
from gatekeeper.proxy.configured import Configuration
from gatekeeper.proxy.metrics import Metrics
from gatekeeper.store.store import Store
from gatekeeper.vault.keyring import Keyring


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        (rooms.Keys, Keyring),
        (rooms.Records, Journal),
        (rooms.Gathers, Store),
        (rooms.Watches, Metrics),
        (rooms.Configured, Configuration),
        (Presents, ConsentDesk),
    ],
)
def test_each_part_has_every_method_that_is_asked_of_it(asked: type, part: type) -> None:
    names = {name for base in asked.__mro__ for name in vars(base) if not name.startswith("_")}
    assert names
    assert [name for name in names if not hasattr(part, name)] == []


def test_rooms_are_handed_in_once() -> None:
    assert dataclasses.fields(rooms.Rooms)
    empty = rooms.Rooms(*[None] * 10)  # type: ignore[arg-type]
    with pytest.raises(dataclasses.FrozenInstanceError):
        empty.upstream_timeout_s = 1.0  # type: ignore[misc]
