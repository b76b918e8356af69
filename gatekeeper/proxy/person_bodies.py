"""What is said when a person's rights are asked for, over HTTP and over the private socket?"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from gatekeeper.ledger.person_export import shown
from gatekeeper.ledger.rights_book import Note


class ExportRequest(BaseModel):
    """Hand out all data of one person."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: str = Field(max_length=64, description="Phone number in E.164.")
    reason: str = Field(max_length=500, description="Kept in the log; no name, no number.")


class EraseRequest(ExportRequest):
    """Erase the data of one person, as far as they may be erased."""

    basis: str | None = Field(None, max_length=40, description="gdpr-17, ccpa, or the like.")


class KeptShape(BaseModel):
    """What an erasure left, and why."""

    what: str
    why: str


class ErasedShape(BaseModel):
    """How much an erasure took away."""

    evidence: int = Field(description="Pieces of evidence that nobody can read any more.")
    grants: int = Field(description="Grants of consent on record, all ended now.")
    lists: tuple[str, ...] = Field(description="Lists that the person was taken off.")


class Erasure(BaseModel):
    """One erasure, as the audit log has it."""

    id: str
    tenant: str
    at: str
    pseudonym: str = Field(description="The audit log's name for the person.")
    reason: str
    basis: str | None
    by: str
    complete: bool = Field(description="False if a legal hold kept the evidence.")
    erased: ErasedShape
    kept: tuple[KeptShape, ...]


class Asked(msgspec.Struct, forbid_unknown_fields=True):
    """A deed that an operator asks for: on a person, or on a whole tenant without a number."""

    tenant: str
    reason: str
    number: str | None = None
    basis: str | None = None
    until: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class Exported(msgspec.Struct, forbid_unknown_fields=True):
    """An export: for one tenant, or for all with None."""

    number: str
    reason: str
    tenant: str | None = None


class Listed(msgspec.Struct, forbid_unknown_fields=True):
    """A question about deeds: of one tenant or all, about one person or all."""

    tenant: str | None = None
    number: str | None = None


def erasure_of(note: Note) -> Erasure:
    """An erasure as it is shown."""
    return Erasure.model_validate({**shown(note), "pseudonym": note.pseudonym})
