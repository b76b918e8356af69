"""What may a tenant's own key not do, and does it learn anything of another tenant?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gatekeeper.domain.registry import Application, Brand, Campaign, Registry, Sender, Tenant
from gatekeeper.domain.standing import AdminKey, Key, Proof, ProofKind, Suspension
from gatekeeper.domain.words import SenderKind, SenderState
from gatekeeper.errors import GatekeeperError, NotAllowed, NotThere
from gatekeeper.ledger.documents import Document, encode, key_of, kind_of, registry_of
from gatekeeper.proxy.registry_desk import Guard
from gatekeeper.proxy.registry_walls import (
    actor,
    found,
    may_add_application,
    may_change_keys,
    may_state,
    may_stop,
    seen,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ALL, OWN = AdminKey("ops", Key("aa")), AdminKey("robot", Key("bb"), "acme")
PROOF = Proof(ProofKind.LETTER, "LOA-7", "user:olga", NOON)
NUMBER = "+13122000100"


def stopped(by: str, until: datetime | None = None) -> Suspension:
    return Suspension("spam", by, NOON - timedelta(days=1), until)


def campaign(name: str, suspended: Suspension | None) -> Campaign:
    return Campaign(name, "acme", suspended=suspended)


KNOWN: tuple[Document, ...] = (
    ALL,
    OWN,
    Tenant("acme", "Acme"),
    Tenant("rival", "Rival"),
    Brand("red", "acme", "Red", stop_text="Red: stopped."),
    Application("shop", "acme", "twilio", "AC1"),
    Application("theirs", "rival", "twilio", "AC2"),
    Sender(NUMBER, "acme", SenderKind.LONG_CODE, SenderState.RECLAIMED, proof=PROOF),
    Sender("22345", "acme", SenderKind.SHORT_CODE),
    Sender("22346", "rival", SenderKind.SHORT_CODE),
    campaign("by-user", stopped("user:olga")),
    campaign("by-ops", stopped("key:ops")),
    campaign("by-own", stopped("key:robot")),
    campaign("by-gone", stopped("key:nobody")),
    campaign("over", stopped("user:olga", NOON)),
    Campaign("theirs", "rival"),
)
REGISTRY = registry_of(1, {f"{kind_of(each)}:{key_of(each)}": encode(each) for each in KNOWN})


def outcome(guard: Guard, registry: Registry = REGISTRY) -> str:
    try:
        guard(registry)
    except GatekeeperError as error:
        return type(error).__name__
    return "done"


def states(admin: AdminKey, kind: str, **said: Any) -> str:
    return outcome(may_state(admin, kind, said))


def test_another_tenants_documents_and_those_that_are_not_there_are_told_alike() -> None:
    for kind, theirs, none in (
        ("tenant", "rival", "nobody"),
        ("application", "theirs", "none"),
        ("sender", "rival/22346", "rival/99999"),
        ("campaign", "rival/theirs", "acme/none"),
    ):
        told = []
        for key in (theirs, none):
            with pytest.raises(NotThere) as raised:
                found(OWN, REGISTRY, kind, key)
            told.append(str(raised.value))
        assert told[0] == told[1]
        assert found(ALL, REGISTRY, kind, theirs)
    assert found(OWN, REGISTRY, "sender", "acme/22345")


def test_a_key_of_the_installation_does_everything() -> None:
    assert seen(ALL, REGISTRY.tenants["rival"]) and not seen(OWN, REGISTRY.tenants["rival"])
    assert states(ALL, "tenant", id="rival", emergency_granted=True) == "done"
    assert states(ALL, "sender", id="new", tenant="rival") == "done"
    assert outcome(may_add_application(ALL, "rival", "any")) == "done"
    assert outcome(may_stop(ALL, "campaign", "acme/by-user", NOON)) == "done"


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        ("tenant", {"id": "acme", "emergency_granted": True}, "NotAllowed"),
        ("tenant", {"id": "rival"}, "NotAllowed"),
        ("content", {"tenant": "acme", "kind": "content_sid", "ref": "x"}, "NotAllowed"),
        ("campaign", {"id": "x", "tenant": "acme"}, "done"),
        ("campaign", {"id": "x", "tenant": "rival"}, "NotThere"),
        ("campaign", {"id": "x", "tenant": "nobody"}, "NotThere"),
        ("end_customer", {"id": "x", "tenant": "acme"}, "done"),
        ("brand", {"id": "x", "tenant": "rival"}, "NotThere"),
        ("brand", {"id": "new", "tenant": "acme", "name": "N", "stop_text": None}, "done"),
        ("brand", {"id": "new", "tenant": "acme", "stop_text": "20% off"}, "NotAllowed"),
        ("brand", {"id": "red", "tenant": "acme", "stop_text": "Red: stopped."}, "done"),
        ("brand", {"id": "red", "tenant": "acme", "help_text": "20% off"}, "NotAllowed"),
        ("application", {"id": "shop", "campaign": "x"}, "done"),
        ("application", {"id": "theirs", "campaign": "x"}, "NotThere"),
        ("application", {"id": "none", "campaign": "x"}, "NotThere"),
        ("sender", {"id": "99999", "tenant": "acme"}, "NotAllowed"),
        ("sender", {"id": "22346", "tenant": "acme"}, "NotAllowed"),
        ("sender", {"id": "22345", "tenant": "acme", "campaign": "x"}, "done"),
        ("sender", {"id": "22345", "tenant": "acme", "state": "active"}, "done"),
        ("sender", {"id": "22345", "tenant": "acme", "state": "suspended"}, "done"),
        ("sender", {"id": "22345", "tenant": "acme", "kind": "short_code"}, "done"),
        ("sender", {"id": "22345", "tenant": "acme", "kind": "toll_free"}, "NotAllowed"),
        ("sender", {"id": "22345", "tenant": "acme", "free_to_end_user": True}, "NotAllowed"),
        ("sender", {"id": "22345", "tenant": "acme", "proof": {"kind": "x"}}, "NotAllowed"),
        ("sender", {"id": "+1 312 200 0100", "tenant": "acme", "state": "active"}, "NotAllowed"),
    ],
)
def test_a_tenants_key_changes_what_is_the_tenants_to_state(
    kind: str, said: dict[str, Any], told: str
) -> None:
    assert outcome(may_state(OWN, kind, said)) == told


def test_whether_a_number_is_anothers_is_not_told() -> None:
    told = []
    for number in ("22346", "99999"):
        with pytest.raises(NotAllowed) as raised:
            may_state(OWN, "sender", {"id": number, "tenant": "acme"})(REGISTRY)
        told.append(str(raised.value))
    assert told[0] == told[1]


def test_an_application_of_a_tenants_key_has_an_id_that_is_no_others() -> None:
    """Ids are the installation's: else a refusal would tell that another tenant has one."""
    assert outcome(may_add_application(OWN, "acme", "acme-two")) == "done"
    assert outcome(may_add_application(OWN, "acme", "theirs")) == "NotAllowed"
    assert outcome(may_add_application(OWN, "acme", "free")) == "NotAllowed"
    for tenant in ("rival", "nobody"):
        assert outcome(may_add_application(OWN, tenant, f"{tenant}-x")) == "NotThere"
    assert outcome(may_change_keys(OWN, "shop")) == "done"
    assert outcome(may_change_keys(OWN, "theirs")) == outcome(may_change_keys(OWN, "none"))


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("by-user", "NotAllowed"),
        ("by-ops", "NotAllowed"),
        ("by-gone", "NotAllowed"),
        ("by-own", "done"),
        ("over", "done"),
        ("none", "NotThere"),
    ],
)
def test_what_others_stopped_a_tenants_key_neither_lifts_nor_shortens(key: str, told: str) -> None:
    assert outcome(may_stop(OWN, "campaign", f"acme/{key}", NOON)) == told


def test_only_what_can_be_suspended_is() -> None:
    for kind in ("brand", "content", "admin_key", "house"):
        assert outcome(may_stop(ALL, kind, "acme/x", NOON)) == "NotThere"
    assert outcome(may_stop(OWN, "tenant", "acme", NOON)) == "done"
    assert outcome(may_stop(OWN, "tenant", "rival", NOON)) == "NotThere"


def test_a_revoked_keys_own_suspensions_are_still_its_tenants() -> None:
    ended = replace(OWN, revoked_at=NOON, revoked_by="user:olga")
    other = AdminKey("second", Key("cc"), "acme")
    whole = {f"{kind_of(each)}:{key_of(each)}": encode(each) for each in (*KNOWN, ended, other)}
    guard = may_stop(other, "campaign", "acme/by-own", NOON)
    assert outcome(guard, registry_of(1, whole)) == "done"


def test_the_journal_names_the_key_by_its_id() -> None:
    assert actor(OWN) == "key:robot"
