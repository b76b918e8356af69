"""One immutable view of registry and policy, with its look-up tables."""

from __future__ import annotations

import dataclasses

import pytest

from gatekeeper.domain.registry import CredentialMode
from gatekeeper.domain.standing import Key
from tests.support.spine import SHOP, plain_snapshot, snapshot


def test_every_key_of_the_vault_is_found_and_no_other() -> None:
    vault = dataclasses.replace(SHOP, keys=(Key("a"), Key("b")))
    direct = dataclasses.replace(
        SHOP, id="direct", mode=CredentialMode.PASS_THROUGH, keys=(Key("c"),), fingerprint="f"
    )
    seen = snapshot(vault, direct)
    assert {key: app.id for key, (app, _) in seen.by_key.items()} == {"a": "shop", "b": "shop"}
    assert {key: app.id for key, app in seen.by_fingerprint.items()} == {"f": "direct"}


def test_it_knows_which_lists_any_rule_may_ask_for() -> None:
    lists = {name for _, names in plain_snapshot().asking for name in names}
    assert {"us-national", "internal"} <= lists
    assert len(plain_snapshot().asking) == len(set(plain_snapshot().asking))


def test_it_cannot_be_changed_nor_does_it_show_secrets() -> None:
    seen = snapshot()
    with pytest.raises(dataclasses.FrozenInstanceError):
        seen.sandbox = True  # type: ignore[misc]
    seen.secrets["shop"] = "the-token"
    assert "the-token" not in repr(seen)
