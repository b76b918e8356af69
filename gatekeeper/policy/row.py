"""Which words may a decision table use, and in which forms?

The same words stand under `given` and in the rows of tables, in the tests beside rules, and in
the `assume` of a what-if question. A key that begins with `x_` is a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from gatekeeper.domain.consent import Basis, ConsentAct
from gatekeeper.domain.resemblance import Kind
from gatekeeper.domain.standing import CarrierClass, Exemption, ProofKind
from gatekeeper.domain.words import (
    Channel,
    Family,
    ListAnswer,
    Purpose,
    SenderKind,
    SenderState,
    Technology,
)
from gatekeeper.numbering.trust import SOURCE
from gatekeeper.policy.forms import Instant as Instant
from gatekeeper.policy.forms import Number as Number
from gatekeeper.policy.forms import Shape as Shape
from gatekeeper.policy.forms import VerdictWord as VerdictWord
from gatekeeper.policy.forms import Zone, form

MERGED = frozenset({"message", "listings", "recipient"})
"""Mappings that a row overlays key by key; every other key of a row replaces that of `given`."""


class TemplateRow(Shape):
    """The registered template that a message names."""

    name: str = "template"
    category: str | None = None
    status: str = "unknown"


class MessageRow(Shape):
    """The message; an absent technology is unknown and an absent purpose is marketing."""

    channel: Channel | None = None
    from_: Number | None = Field(None, alias="from")
    purpose: Purpose | None = None
    campaign: str | None = None
    brand: str | None = None
    technology: Technology | None = None
    text: str | None = None
    template: TemplateRow | None = None
    last_inbound_at: Instant | None = None
    tag: str | None = None
    automated: bool | None = None
    record: bool | None = None
    recording_consent: Literal["one_party", "all_party"] | None = None
    kind: Literal["opt_out_confirmation", "help_reply"] | None = None
    exemption: Exemption | None = None
    carrier_class: CarrierClass | None = None
    class_: Literal["quote", "transaction", "recall", "account"] | None = Field(None, alias="class")


class SenderRow(Shape):
    """A sender that is owned but for what is said here."""

    kind: SenderKind | None = None
    state: SenderState = SenderState.ACTIVE
    registration: str | bool | None = "registered"
    """`none`, `pending`, `rejected`, `expired`, `unregistered`, false or null: not registered."""
    free_to_end_user: bool = False
    age_gate: bool = False
    proof: ProofKind | bool | None = True
    """How its ownership was proved; true: in a way that is accepted, false or null: not."""
    campaign_allowed: bool = True
    """Whether the campaign is registered with it."""


class TermsRow(Shape):
    """The version of the terms that each party has accepted, null for none."""

    tenant: Number | None = None
    end_customer: Number | None = None
    """Given at all only where the message is sent for an end customer."""


class ScopeRow(Shape):
    """What a consent speaks of; an absent key means any."""

    channel: Channel | None = None
    purpose: Purpose | None = None
    campaign: str | None = None
    brand: str | None = None


ScopeForm = Annotated[
    Annotated[Literal["all"] | Channel | Purpose, Tag("word")]
    | Annotated[ScopeRow, Tag("mapping")],
    Discriminator(form),
]
Source = Literal["purchase", "inquiry", "membership", "donation", "publication"]
Element = Literal["signature", "seller", "number", "technology", "not_condition"]


class EventRow(Shape):
    """One act in the consent history."""

    event: ConsentAct
    at: Instant
    basis: Basis | None = None
    expires: Instant | None = None
    scope: ScopeForm | None = None
    missing: tuple[Element, ...] | None = None
    """Without it, what the consent itself lacks."""
    pending: bool = False
    unproven: bool = False


class ConsentRow(Shape):
    """A consent and its history; without `at` it was given before everything else told here."""

    basis: Basis | None = None
    at: Instant | None = None
    expires: Instant | None = None
    scope: ScopeForm | None = None
    seller: str | None = None
    source: Source | None = None
    missing: tuple[Element, ...] = ()
    events: tuple[EventRow, ...] = ()


_LANDLINE = frozenset({"landline", "residential", "residential_landline", "fixed", "fixed_line"})


def _line(value: Any) -> Any:
    """One word for a landline, as it is called by carriers and by the law."""
    if not isinstance(value, str):
        return value
    word = value.strip().lower().replace(" ", "_").replace("-", "_")
    return "landline" if word in _LANDLINE else word


LineType = Annotated[str, BeforeValidator(_line)]
"""`landline`, else a mobile or a word that counts as one (`voip`)."""


class RecipientRow(Shape):
    """Where the recipient is said to be (also under `stated`), on what line, and by whom."""

    region: str | None = Field(None, pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")
    postal: Number | None = None
    timezone: Zone | None = None
    line_type: LineType | None = None
    source: str | None = Field(None, pattern=SOURCE)
    as_of: date | None = None

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and isinstance(value.get("stated"), Mapping):
            return {**{k: v for k, v in value.items() if k != "stated"}, **value["stated"]}
        return value


class SentRow(Shape):
    """An earlier send that counts; without a purpose it is of this message's."""

    at: Instant
    purpose: Purpose | None = None


class OrderRow(Shape):
    """An emergency order in force."""

    region: str
    from_: Instant = Field(alias="from")
    to: Instant | None = None


class MatchRow(Shape):
    """A content match as if a detector had found it."""

    family: Family
    likelihood: Literal["very_unlikely", "unlikely", "possible", "likely", "very_likely"]
    category: str | None = None
    severity: int = Field(2, ge=1, le=3)


class ReadsAsRow(Shape):
    """What the texts read like, as if the model had read them."""

    kind: Kind
    score: float = Field(ge=0, le=1)


class ListingRow(Shape):
    """The answer of a list, as of a version of some age, or of one that tells days."""

    answer: ListAnswer
    since: date | None = Field(None, ge=date(1970, 1, 1), le=date(2149, 1, 1))
    """A hit: the day of disconnection; clear: the day that was asked about."""
    as_of: Instant | None = None
    """The instant that the version speaks for; without it, hit and clear are of this moment."""


ListingForm = Annotated[
    Annotated[ListAnswer, Tag("word")] | Annotated[ListingRow, Tag("mapping")],
    Discriminator(form),
]
SenderForm = Annotated[
    Annotated[Literal["owned", "not_owned", "suspended"], Tag("word")]
    | Annotated[SenderRow, Tag("mapping")],
    Discriminator(form),
]
ConsentForm = Annotated[
    Annotated[Literal["none", "implied", "express", "express_written", "revoked"], Tag("word")]
    | Annotated[ConsentRow, Tag("mapping")],
    Discriminator(form),
]

TermsForm = Annotated[
    Annotated[Literal["accepted", "missing"], Tag("word")] | Annotated[TermsRow, Tag("mapping")],
    Discriminator(form),
]


class Given(Shape):
    """Facts in the words of a decision table; all keys are optional."""

    message: MessageRow | None = None
    sender: SenderForm | None = None
    consent: ConsentForm | None = None
    listings: dict[str, ListingForm] | None = None
    recipient: RecipientRow | None = None
    sent: tuple[SentRow, ...] | None = None
    orders: tuple[OrderRow, ...] | None = None
    posture: Literal["fcc", "statute", "unknown"] | None = None
    """The reading of the law that the tenant follows; FCC where nothing is said."""
    suspended: Literal["tenant", "end_customer", "application", "sender", "campaign"] | None = None
    terms: TermsForm | None = None
    """`accepted` (as if absent), `missing` for an end customer without terms, or versions."""
    component: Literal["enabled", "disabled"] | None = None
    """Whether the tenant may use the message's channel."""
    claims: dict[str, str] | None = None
    """What the caller says of its own message, as `purpose: transactional`."""
    opaque: tuple[str, ...] | None = None
    """Kinds of reference to content that the gate could not read (`twiml_url`)."""
    limits: dict[str, float] | None = None
    """Limiters that ask to wait, in seconds, by name."""
    matches: tuple[MatchRow, ...] | None = None
    """Content matches beside those that the screener finds in the text."""
    reads_as: ReadsAsRow | None = None
    """The kind of message that the text reads like, as the model would say in a gate. Of a text in
    a table the model is not asked, so that no table depends on how it was trained."""


class Circumstances(Given):
    """Facts with the recipient's number and the instant: all that a message needs to be judged."""

    to: Number | None = None
    at: Instant | None = None
    tenant: str | None = None
    """Whose message it is: the rules and waivers of this tenant's file speak of it too."""
    lot: int = Field(0, ge=0, le=9999)
    """The recipient's place in rollouts by percent."""
    observed: bool = False
    """Whether the tenant is in its observe time."""


class Expect(Shape):
    """What a row of a table must be decided as."""

    verdict: VerdictWord | tuple[VerdictWord, ...]
    findings: tuple[str, ...] | None = None
    reasons: tuple[str, ...] = ()
    not_reasons: tuple[str, ...] = ()
    next_allowed_at: Instant | None = None


class Row(Circumstances):
    """One row of a decision table."""

    name: str
    expect: Expect


class Table(Shape):
    """A decision table: facts for all rows, and the rows."""

    given: Circumstances | None = None
    rows: tuple[Row, ...] = Field(min_length=1)


def overlay(given: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """The row upon `given`: a row's key replaces that key of `given`.

    Within `message`, `listings` and `recipient` this holds key by key, so that a row may change
    the text alone; an empty mapping there clears what `given` says, and null clears one key.
    """
    whole = dict(given)
    for key, value in row.items():
        under = whole.get(key)
        if key in MERGED and isinstance(value, Mapping) and value and isinstance(under, Mapping):
            whole[key] = {**under, **value}
        else:
            whole[key] = value
    return whole


def without_notes(value: Any) -> Any:
    """The value without any key that begins with `x_`, at any depth."""
    if isinstance(value, Mapping):
        kept = (item for item in value.items() if not str(item[0]).startswith("x_"))
        return {key: without_notes(below) for key, below in kept}
    return [without_notes(item) for item in value] if isinstance(value, list) else value
