"""How does an application come to take webhooks through the gate, and with which secrets?"""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass, replace

from gatekeeper.domain.registry import Application, CredentialMode, InboundMode, Registry
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.registrar import Registrar

PREFIX = "whs_"
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """What an operator states of an application's webhooks."""

    mode: InboundMode = InboundMode.RELAY
    url: str | None = None
    status_url: str | None = None
    answers: bool = True
    secret: str | None = None
    """What the provider signs webhooks with; None: what is known already."""
    new_secret: bool = False
    """Make a new secret for the app, though it has one."""


async def register_webhook(
    registrar: Registrar, name: str, new: NewWebhook, registry: Registry, *, by: str
) -> str | None:
    """Register where an app takes webhooks; the secret made for it, shown this once.

    In vault mode the gate makes the secret that relayed webhooks are signed with. In pass-through
    mode they are signed with the provider's own, so that the app goes on checking as it does.
    InputRejected says what is missing.
    """
    application = registry.applications.get(name)
    if application is None:
        raise InputRejected(f"there is no application {name}")
    changed = replace(
        application,
        inbound_mode=new.mode,
        inbound_url=new.url,
        status_url=new.status_url,
        inbound_answers=new.answers,
    )
    if application.mode is CredentialMode.PASS_THROUGH:
        await registrar.put(_pass_through(registrar, changed, new.secret), registry, by=by)
        return None
    if new.secret is not None:
        changed = replace(changed, provider_webhook_secret=_sealed(registrar, name, new.secret))
    if application.webhook_secret is not None and not new.new_secret:
        await registrar.put(changed, registry, by=by)
        return None
    made = PREFIX + urlsafe_b64encode(registrar.random(SECRET_BYTES)).rstrip(b"=").decode()
    changed = replace(changed, webhook_secret=_sealed(registrar, name, made))
    await registrar.put(changed, registry, by=by)
    return made


def webhook_scope(application_id: str) -> bytes:
    """What a sealed webhook secret is bound to."""
    return b"webhook:" + application_id.encode()


def _pass_through(registrar: Registrar, changed: Application, secret: str | None) -> Application:
    if secret is None:
        if changed.webhook_secret is None:
            raise InputRejected(
                "in pass_through mode the gate does not hold the provider's secret: give it on "
                "standard input, with --provider-secret, so that webhooks can be verified"
            )
        return changed
    return replace(changed, webhook_secret=_sealed(registrar, changed.id, secret))


def _sealed(registrar: Registrar, name: str, secret: str) -> str:
    return b64encode(registrar.secrets.seal(secret.encode(), webhook_scope(name))).decode()
