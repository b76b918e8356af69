"""How do apps record consent, read a person's history, and ask which tier is needed?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime

from aiohttp import web
from pydantic import BaseModel, Field, ValidationError

from gatekeeper.domain.consent import ConsentEvent, Topic
from gatekeeper.domain.fold import fold
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.consent import ConsentDesk
from gatekeeper.ledger.consent_input import ConsentInput
from gatekeeper.ledger.json_once import faults
from gatekeeper.ledger.timeline import sentence
from gatekeeper.pipeline.rooms import Watches
from gatekeeper.proxy.lag import measured
from gatekeeper.proxy.routes import Call, Handler, Route, body_of, json_response
from gatekeeper.rollout.tier import TierAnswer, TierQuestion


class ConsentRecorded(BaseModel):
    """The event that was recorded; it binds every decision from now on."""

    id: str = Field(description="The same event recorded twice has the same id.")
    at: datetime
    missing: tuple[str, ...] = Field(
        (), description="Elements that a written consent lacks, as far as the evidence tells."
    )
    unproven: bool = Field(
        False, description="No evidence came with it: it grants, but it undoes no opt-out."
    )
    text_sha256: str | None = Field(None, description="SHA-256 of the text shown, as UTF-8.")
    warnings: tuple[str, ...] = Field((), description="What will not be as one might expect.")


class ConsentShape(BaseModel):
    """One event of a person's history; its evidence is sealed and not shown here."""

    id: str
    event: str
    at: datetime
    basis: str
    channel: str | None
    purpose: str | None
    campaign: str | None
    brand: str | None
    expires: datetime | None
    seller: str | None
    source: str | None
    missing: tuple[str, ...]
    about: str | None = Field(description="The event that evidence or a correction speaks of.")
    pending: bool
    unproven: bool
    evidence: bool = Field(description="Whether evidence was kept with it, sealed.")
    says: str = Field(description="The event as a sentence.")


class ConsentHistory(BaseModel):
    """What holds now for each channel's marketing messages, and the events it rests on."""

    marketing: dict[str, str] = Field(
        description="By channel: the basis held, or revoked, reassigned, wrong_number."
    )
    events: tuple[ConsentShape, ...] = Field(description="The newest first.")


CONSENT_ROUTES = (
    Route(
        "record_consent",
        "POST",
        "/v1/consents",
        "Record one consent event with its evidence.",
        takes=ConsentInput,
        gives=ConsentRecorded,
        status=201,
    ),
    Route(
        "consent",
        "GET",
        "/v1/consents",
        "A person's consent: what holds now, and the events.",
        gives=ConsentHistory,
        query=("number",),
    ),
    Route(
        "consent_tier",
        "GET",
        "/v1/consents/tier",
        "The tier of consent that a message needs against the tier that is held, rule by rule.",
        gives=TierAnswer,
        query=("channel",),
        optional=tuple(
            field.alias or name
            for name, field in TierQuestion.model_fields.items()
            if name != "channel"
        ),
    ),
)

AskTier = Callable[[str, TierQuestion], Awaitable[TierAnswer]]


class Consents:
    """The handlers of the consent endpoints."""

    def __init__(
        self,
        desk: ConsentDesk,
        ask_tier: AskTier,
        clock: Callable[[], datetime],
        watch: Watches,
    ) -> None:
        self._desk = desk
        self._ask_tier = ask_tier
        self._clock = clock
        self._watch = watch

    def handlers(self) -> dict[str, Handler]:
        """The handler of each route, by the route's name."""
        return {
            "record_consent": self._record,
            "consent": self._history,
            "consent_tier": self._tier,
        }

    async def _record(self, call: Call) -> web.Response:
        given = body_of(call.raw, ConsentInput)
        with measured(self._watch, "api", given):
            recorded = await recorded_as(self._desk, call.tenant, given)
        return json_response(recorded, 201)

    async def _history(self, call: Call) -> web.Response:
        events = await self._desk.history(call.tenant, call.query["number"])
        return json_response(history_of(events, self._clock()))

    async def _tier(self, call: Call) -> web.Response:
        return json_response(await self._ask_tier(call.tenant, question_of(call.query)))


async def recorded_as(desk: ConsentDesk, tenant: str, given: ConsentInput) -> ConsentRecorded:
    """Record one event, and say what there is to say about it."""
    event = await desk.record(tenant, given)
    return ConsentRecorded(
        id=event.id,
        at=event.at.astimezone(UTC),
        missing=event.missing,
        unproven=event.unproven,
        text_sha256=given.evidence.text_digest if given.evidence else None,
        warnings=await desk.remarks(tenant, given.number, event),
    )


def history_of(events: Sequence[ConsentEvent], now: datetime) -> ConsentHistory:
    """The events as they are shown, with what they fold to at `now`."""
    marketing = {}
    for channel in Channel:
        held = fold(events, Topic(channel, Purpose.MARKETING), now)
        ended = "revoked" if held.revoked else held.ended_by
        marketing[channel.value] = str(ended or held.basis)
    return ConsentHistory(marketing=marketing, events=tuple(_shape(event) for event in events))


def question_of(query: Mapping[str, str]) -> TierQuestion:
    """The question that a query string asks; InputRejected names what has no meaning."""
    try:
        return TierQuestion.model_validate(dict(query))
    except ValidationError as error:
        raise InputRejected(faults(error)) from None


def _shape(event: ConsentEvent) -> ConsentShape:
    scope = event.scope
    return ConsentShape(
        id=event.id,
        event=event.act,
        at=event.at.astimezone(UTC),
        basis=event.basis,
        channel=scope.channel,
        purpose=scope.purpose,
        campaign=scope.campaign,
        brand=scope.brand,
        expires=event.expires,
        seller=event.seller,
        source=event.source,
        missing=event.missing,
        about=event.about,
        pending=event.pending,
        unproven=event.unproven,
        evidence=event.evidence,
        says=sentence(event),
    )
