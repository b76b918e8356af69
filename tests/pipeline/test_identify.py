"""The credential names the application; every way to be wrong is told the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gatekeeper.domain.registry import Application, CredentialMode, Tenant
from gatekeeper.errors import CredentialInvalid
from gatekeeper.pipeline.identify import by_key, identify
from gatekeeper.providers.contract import Credential
from gatekeeper.vault.apikeys import hash_of
from gatekeeper.vault.keyfile import generate
from gatekeeper.vault.keyring import Keyring
from tests.support.acme import ACCOUNT, TENANT
from tests.support.spine import SHOP, snapshot

KEYS = Keyring(generate())
OTHER = "AC" + "2d" * 16
VAULT = replace(SHOP, key_hashes=(hash_of("gk_new"), hash_of("gk_old")), secret="sealed")
DIRECT = Application(
    "direct",
    TENANT,
    "twilio",
    OTHER,
    CredentialMode.PASS_THROUGH,
    fingerprint=KEYS.fingerprint("own-token"),
)
ORPHAN = replace(VAULT, id="orphan", tenant="gone", key_hashes=(hash_of("gk_orphan"),))
SEEN = snapshot(VAULT, DIRECT, ORPHAN)


@pytest.mark.parametrize(
    ("account", "secret", "application"),
    [(ACCOUNT, "gk_new", "shop"), (ACCOUNT, "gk_old", "shop"), (OTHER, "own-token", "direct")],
)
def test_a_live_credential_names_its_application(
    account: str, secret: str, application: str
) -> None:
    for _ in range(2):
        caller = identify(SEEN, Credential(account, secret), "twilio", KEYS)
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
    identify(SEEN, Credential(ACCOUNT, "gk_new"), "twilio", KEYS)
    with pytest.raises(CredentialInvalid) as raised:
        identify(SEEN, credential, provider, KEYS)
    assert "gk_" not in str(raised.value)


def test_a_key_alone_names_the_caller_of_a_native_endpoint() -> None:
    caller = by_key(SEEN, "gk_old")
    assert caller is not None and caller.application.id == "shop"
    assert [by_key(SEEN, key) for key in ("", "gk_wrong", "gk_orphan", "own-token")] == [None] * 4
