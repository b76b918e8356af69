"""The credential names the application; every way to be wrong is told the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gatekeeper.domain.registry import Application, CredentialMode, Tenant
from gatekeeper.domain.standing import AdminKey, Key
from gatekeeper.errors import CredentialInvalid
from gatekeeper.pipeline.identify import admin_by_key, by_key, identify
from gatekeeper.providers.contract import Credential
from gatekeeper.vault.apikeys import hash_of
from gatekeeper.vault.keyfile import generate
from gatekeeper.vault.keyring import Keyring
from tests.support.acme import ACCOUNT, TENANT
from tests.support.spine import NOON, SHOP, snapshot

KEYS = Keyring(generate())
OTHER = "AC" + "2d" * 16
VAULT = replace(SHOP, keys=(Key(hash_of("gk_new")), Key(hash_of("gk_old"))), secret="sealed")
DIRECT = Application(
    "direct",
    TENANT,
    "twilio",
    OTHER,
    CredentialMode.PASS_THROUGH,
    fingerprint=KEYS.fingerprint("own-token"),
)
ORPHAN = replace(VAULT, id="orphan", tenant="gone", keys=(Key(hash_of("gk_orphan")),))
SEEN = snapshot(VAULT, DIRECT, ORPHAN)


@pytest.mark.parametrize(
    ("account", "secret", "application"),
    [(ACCOUNT, "gk_new", "shop"), (ACCOUNT, "gk_old", "shop"), (OTHER, "own-token", "direct")],
)
def test_a_live_credential_names_its_application(
    account: str, secret: str, application: str
) -> None:
    for _ in range(2):
        caller = identify(SEEN, Credential(account, secret), "twilio", KEYS, NOON)
        assert (caller.application.id, caller.tenant) == (application, Tenant(TENANT, "Acme"))


@pytest.mark.parametrize(
    ("credential", "provider"),
    [
        (None, "twilio"),
        (Credential(ACCOUNT, "gk_wrong"), "twilio"),
        (Credential(ACCOUNT, ""), "twilio"),
        (Credential(ACCOUNT, "\udc80"), "twilio"),
        (Credential(OTHER, "gk_new"), "twilio"),
        (Credential(ACCOUNT, "own-token"), "twilio"),
        (Credential(ACCOUNT, "gk_new"), "vonage"),
        (Credential(ACCOUNT, "gk_orphan"), "twilio"),
        (Credential(ACCOUNT, hash_of("gk_new")), "twilio"),
        (Credential(ACCOUNT, "sealed"), "twilio"),
    ],
)
def test_whatever_is_wrong_is_credential_invalid(
    credential: Credential | None, provider: str
) -> None:
    identify(SEEN, Credential(ACCOUNT, "gk_new"), "twilio", KEYS, NOON)
    with pytest.raises(CredentialInvalid) as raised:
        identify(SEEN, credential, provider, KEYS, NOON)
    assert "gk_" not in str(raised.value)


def test_a_key_alone_names_the_caller_of_a_native_endpoint() -> None:
    caller = by_key(SEEN, "gk_old", NOON)
    assert caller is not None and caller.application.id == "shop"
    wrong = ("", "gk_wrong", "gk_orphan", "own-token")
    assert [by_key(SEEN, key, NOON) for key in wrong] == [None] * 4


def test_a_key_opens_nothing_from_the_instant_at_which_it_expires() -> None:
    """Also where the caller was recognised before, since that is remembered."""
    ending = replace(SHOP, keys=(Key(hash_of("gk_brief"), expires=NOON),), secret="sealed")
    seen, credential = snapshot(ending), Credential(ACCOUNT, "gk_brief")
    before = NOON - timedelta(microseconds=1)
    assert identify(seen, credential, "twilio", KEYS, before).application.id == "shop"
    assert by_key(seen, "gk_brief", before) is not None
    with pytest.raises(CredentialInvalid):
        identify(seen, credential, "twilio", KEYS, NOON)
    assert by_key(seen, "gk_brief", NOON) is None


def test_an_admin_key_is_known_until_it_expires_or_is_revoked() -> None:
    admin = AdminKey("ops", Key(hash_of("gka_ops"), expires=NOON), TENANT)
    ended = AdminKey("gone", Key(hash_of("gka_gone")), None, "user:olga", NOON)
    seen, before = snapshot(admin, ended), NOON - timedelta(microseconds=1)
    assert admin_by_key(seen, "gka_ops", before) == admin
    for key in ("gka_ops", "gka_gone", "gka_other", "gk_new", ""):
        assert admin_by_key(seen, key, NOON) is None
    assert by_key(seen, "gka_ops", before) is None, "it is no application's"
