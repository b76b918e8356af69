"""What may a key see and change, and what is left to the installation's own?

A key of one tenant sees and changes that tenant's documents only; of all others it is told, as of
what is not there, that they are not there. What protects others from a tenant is not its to state:
what it was granted, that it owns a sender, that somebody read a text, the texts that pass after an
opt-out, and suspensions that others made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from gatekeeper.domain.registry import Registry, Sender
from gatekeeper.domain.standing import AdminKey, Suspension
from gatekeeper.domain.words import SenderState
from gatekeeper.errors import NotAllowed, NotThere
from gatekeeper.ledger.documents import Document, find, tenant_of
from gatekeeper.ledger.registrar import SUSPENDABLE
from gatekeeper.ledger.registry_input import name_of
from gatekeeper.ledger.sender_names import named
from gatekeeper.proxy.registry_desk import Guard, open_to_all

BY = "key:"
_ATTESTED = ("proof", "kind", "free_to_end_user", "age_gate")
_ANSWERS = ("stop_text", "help_text")
"""Texts of a brand that pass after an opt-out."""
_OPERATORS = {
    "tenant": "what a tenant may do is stated by a key of the installation, not by its own",
    "content": "that somebody read a text is stated by a key of the installation",
}


def actor(admin: AdminKey) -> str:
    """How the journal names a key."""
    return f"{BY}{admin.id}"


def seen(admin: AdminKey, document: Document) -> bool:
    """Whether the key may see the document at all."""
    return admin.tenant is None or tenant_of(document) == admin.tenant


def found(admin: AdminKey, registry: Registry, kind: str, key: str) -> Document:
    """A document that the key may see; NotThere alike for another's and for none."""
    document = find(registry, kind, key)
    if document is None or not seen(admin, document):
        raise NotThere(f"there is no such {kind.replace('_', ' ')}")
    return document


def may_state(admin: AdminKey, kind: str, said: Mapping[str, Any]) -> Guard:
    """Refuses what the key may not register or change."""
    if admin.tenant is None:
        return open_to_all

    def guard(registry: Registry) -> None:
        if kind in _OPERATORS:
            raise NotAllowed(_OPERATORS[kind])
        if kind == "application":
            found(admin, registry, kind, str(said.get("id", "")))
        elif said.get("tenant") != admin.tenant:
            raise NotThere("there is no such tenant")
        if kind == "sender":
            known = {**said, "id": named(str(said.get("id", "")))[1]}
            _own_sender(find(registry, kind, name_of(kind, known)), said)
        if kind == "brand":
            _unchanged(find(registry, kind, name_of(kind, said)), said, _ANSWERS)

    return guard


def may_add_application(admin: AdminKey, tenant: str, name: str) -> Guard:
    """Ids of applications are the installation's: a tenant's key makes its own only."""

    def guard(_registry: Registry) -> None:
        if admin.tenant is None:
            return
        if tenant != admin.tenant:
            raise NotThere("there is no such tenant")
        if not name.startswith(f"{tenant}-"):
            raise NotAllowed(f"the id of an application that this key makes begins with {tenant}-")

    return guard


def may_change_keys(admin: AdminKey, name: str) -> Guard:
    """A key of an application is made by who may see the application."""

    def guard(registry: Registry) -> None:
        found(admin, registry, "application", name)

    return guard


def may_stop(admin: AdminKey, kind: str, key: str, at: datetime) -> Guard:
    """Whoever may see it stops it; what others stopped stays so."""

    def guard(registry: Registry) -> None:
        if kind not in SUSPENDABLE:
            raise NotThere("there is nothing of that kind that could be suspended")
        held = getattr(found(admin, registry, kind, key), "suspended", None)
        if held is not None and held.binds(at) and not _lifts(admin, held, registry):
            raise NotAllowed("it was suspended by others than this tenant: only they change that")

    return guard


def _lifts(admin: AdminKey, held: Suspension, registry: Registry) -> bool:
    if admin.tenant is None:
        return True
    made_by = registry.admin_keys.get(held.by.removeprefix(BY)) if held.by.startswith(BY) else None
    return made_by is not None and made_by.tenant == admin.tenant


def _unchanged(known: Document | None, said: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in names:
        if name in said and said[name] != getattr(known, name, None):
            words = name.replace("_", " ")
            raise NotAllowed(f"the {words} is stated by a key of the installation")


def _own_sender(known: Document | None, said: Mapping[str, Any]) -> None:
    if not isinstance(known, Sender):
        raise NotAllowed(
            "a sender is registered by a key of the installation, once it is seen who owns it"
        )
    _unchanged(known, said, _ATTESTED)
    if said.get("state") == SenderState.ACTIVE and known.state is not SenderState.ACTIVE:
        raise NotAllowed("a sender is made active again by the installation")
