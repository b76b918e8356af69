from __future__ import annotations

from gatekeeper.domain.registry import Application, Campaign, CredentialMode, Registry, Tenant
from gatekeeper.domain.words import Purpose


def test_an_application_is_in_vault_mode_unless_said_otherwise() -> None:
    assert Application("app", "acme", "twilio", "AC1").mode is CredentialMode.VAULT


def test_a_campaign_is_for_marketing_and_a_tenant_has_no_emergency_unless_granted() -> None:
    assert Campaign("c", "acme").purposes == (Purpose.MARKETING,)
    assert not Tenant("acme", "Acme").emergency_granted


def test_two_registries_share_no_document() -> None:
    one, two = Registry(), Registry()
    one.tenants["acme"] = Tenant("acme", "Acme")
    assert two.tenants == {}
