"""Which shape has the file of a tenant?"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from gatekeeper.domain.words import Channel, Mode, Purpose
from gatekeeper.policy.forms import Moment, Shape, VerdictWord
from gatekeeper.policy.row import Circumstances
from gatekeeper.policy.shape import (
    AppliesShape,
    CaseShape,
    EffectiveShape,
    Id,
    Jurisdiction,
    RolloutShape,
    RuleShape,
    Sentence,
)

TenantId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
"""As the registry writes it."""


class TightenShape(Shape):
    """A rule of all tenants, stricter for this one: what is not said stays as it is there."""

    rule: Id
    reason: Sentence
    """Why the tenant wants more than is asked of all; it is told with each finding."""
    with_: dict[str, Any] = Field(default_factory=dict, alias="with")
    """Parameters in place of those of the rule, key by key."""
    verdict: VerdictWord | None = None
    applies: AppliesShape | None = None
    """In place of what the rule is limited to, key by key."""
    effective: EffectiveShape | None = None
    mode: Mode | None = None
    rollout: RolloutShape = RolloutShape()
    tests: tuple[CaseShape, ...] = Field(min_length=1)


class WaiverShape(Shape):
    """Leave to send in spite of some rules, for a while."""

    id: Id
    rules: tuple[Id, ...] = Field(min_length=1)
    campaigns: tuple[Sentence, ...] = ()
    channels: tuple[Channel, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    jurisdiction: Jurisdiction | None = None
    """It speaks of a message only if every place where the person may be lies in here."""
    approved_by: Sentence
    reason: Sentence
    citation: Sentence
    from_: Moment = Field(alias="from")
    expires: Moment


class TenantHead(Shape):
    """A tenant's file but for what its rules and waivers say: these are read one by one."""

    tenant: TenantId
    title: Sentence
    given: Circumstances | None = None
    recipients: Literal["all", "some"] = "all"
    """What leaves of a message to several people of whom some may not get it: nothing, or, where
    the provider's form permits it, the message to the others."""
    recording: Literal["refuse", "strip"] = "refuse"
    """What becomes of a call whose recording not everyone has agreed to: it is refused, or it is
    placed without the recording, where the provider's form permits that."""
    rules: tuple[Any, ...] = ()
    tighten: tuple[Any, ...] = ()
    waivers: tuple[Any, ...] = ()


class TenantShape(TenantHead):
    """What holds for one tenant beside the rules of all."""

    rules: tuple[RuleShape, ...] = ()
    tighten: tuple[TightenShape, ...] = ()
    waivers: tuple[WaiverShape, ...] = ()
