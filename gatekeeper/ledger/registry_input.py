"""What does somebody state of a document, and which document does that make?

What was accepted or proved is stated without its date and without who recorded it: both are
filled in here. Suspensions, keys, secrets and history are never stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

import msgspec

from gatekeeper.domain.registry import Registry
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.documents import KINDS, Document, decode, find, key_of, tenant_of
from gatekeeper.ledger.registrar import digest_of
from gatekeeper.ledger.sender_names import named

UNSTATED = frozenset({"suspended", "was", "since", "digest"})
"""Fields of documents that have ways of their own to be set."""

APPLICATION = frozenset({"id", "tenant", "account", "upstream_account", "campaign", "end_customer"})
"""All that is stated of an application here: its secrets, keys and webhooks are not."""

_GLOBAL = frozenset({"tenant", "application"})
_NAMED = frozenset({"tenant", "end_customer", "brand"})


def stated(
    kind: str, said: Mapping[str, Any], registry: Registry, *, by: str, at: datetime
) -> Document:
    """A new document, or the known one with what is said changed; InputRejected says what is off.

    What is not said of a known document stays as it is.
    """
    if kind not in KINDS or kind == "admin_key":
        names = ", ".join(name for name in KINDS if name != "admin_key")
        raise InputRejected(f"there is no kind {kind[:40]}: one of {names}")
    _only_known_fields(kind, said)
    if kind == "sender":
        said = {**said, "id": named(str(said.get("id", "")))[1]}
    known = find(registry, kind, name_of(kind, said))
    if known is None and kind == "application":
        raise InputRejected("applications are added at /applications, which makes their keys")
    if known is not None and tenant_of(known) != said.get("tenant", tenant_of(known)):
        raise InputRejected(f"there is an {kind} {key_of(known)} already: choose another id")
    before = msgspec.to_builtins(known) if known is not None else _assumed(kind, said)
    whole = {**before, **_attested(said, by, at)}
    if kind == "content":
        whole["digest"] = _digest(whole.get("texts"))
    return decode(kind, msgspec.json.encode(whole))


def _assumed(kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is so of a new document unless it is said."""
    if kind in _NAMED:
        return {"name": said.get("id")}
    if kind == "sender":
        return {"kind": named(said["id"])[0]}
    if kind == "campaign" and not said.get("purposes"):
        raise InputRejected("a new campaign needs its purposes (--purpose marketing ...)")
    return {}


def name_of(kind: str, said: Mapping[str, Any]) -> str:
    """The name of the document that is spoken of."""
    last = str(said.get("id", ""))
    if kind in _GLOBAL:
        return last
    if kind == "content":
        last = f"{said.get('kind', '')}/{said.get('ref', '')}"
    return f"{said.get('tenant', '')}/{last}"


def _only_known_fields(kind: str, said: Mapping[str, Any]) -> None:
    every = {each.name for each in fields(KINDS[kind])}
    open_fields = APPLICATION if kind == "application" else every - UNSTATED
    for name in said:
        if name not in open_fields:
            where = " (keys are made at /applications)" if kind == "application" else ""
            raise InputRejected(f"a {kind} has no field {str(name)[:40]} to state{where}")


def _digest(texts: Any) -> str:
    known = [text for text in texts if isinstance(text, str)] if isinstance(texts, list) else []
    return digest_of(tuple(known))


def _attested(said: Mapping[str, Any], by: str, at: datetime) -> dict[str, Any]:
    """Who accepted, looked at or allowed something, and when: now, by whom it is stated."""
    whole = dict(said)
    for name in ("terms", "proof", "observe"):
        if isinstance(given := whole.get(name), Mapping):
            whole[name] = {"at": at, "by": by, **given}
    return whole
