"""When does a suspension bind, and when does a key open something?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from gatekeeper.domain.registry import Tenant
from gatekeeper.domain.standing import AdminKey, Key, Observe, Suspension

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def test_a_suspension_binds_until_its_end_and_without_one_for_good() -> None:
    ending = Suspension("spam", "user:olga", NOON - timedelta(days=1), NOON)
    assert ending.binds(NOON - MOMENT) and not ending.binds(NOON)
    assert Suspension("spam", "user:olga", NOON).binds(NOON + timedelta(days=9999))


def test_a_key_is_live_until_it_expires() -> None:
    assert Key("ab").live(NOON)
    ending = Key("ab", expires=NOON)
    assert ending.live(NOON - MOMENT) and not ending.live(NOON)


def test_a_key_is_named_by_the_beginning_of_its_hash() -> None:
    assert Key("0123456789abcdef" * 4).id == "0123456789ab"


def test_a_revoked_admin_key_is_dead_before_it_expires() -> None:
    assert AdminKey("ops", Key("ab")).live(NOON)
    assert not AdminKey("ops", Key("ab"), None, "user:olga", NOON).live(NOON - MOMENT)
    assert not AdminKey("ops", Key("ab", expires=NOON)).live(NOON)


def test_a_tenant_observes_from_its_beginning_to_before_its_end() -> None:
    time = Observe("onboarding", "user:olga", NOON - timedelta(days=1), NOON)
    tenant = Tenant("acme", "Acme", observe=time)
    instants = (time.at - MOMENT, time.at, NOON - MOMENT, NOON)
    assert [time.binds(at) for at in instants] == [False, True, True, False]
    assert [tenant.observes_until(at) for at in instants] == [None, NOON, NOON, None]
    assert Tenant("acme", "Acme").observes_until(NOON) is None
