"""Which shape has the mapping file of a provider?

provider: acmetel
title: Acmetel's SMS API
citation: https://docs.acmetel.example/sms
verified_on: 2026-11-25
host: api.acmetel.example
credential: {kind: bearer}
operations:
  - name: message
    channel: sms
    path: /v1/accounts/{account}/messages
    body: json
    fields: {to: recipient, from: sender, text: text, media/*: media, flow: "opaque:flow"}
    need: [to, text]
    success: {status: 202, body: {id: "{id}", status: queued}}
refusal:
  body: {error: {code: "{code}", message: "{message}"}}
  codes: {consent.revoked: opted_out, content: filtered, other: refused}
cases: [...]
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import Channel
from gatekeeper.policy.forms import Shape
from gatekeeper.policy.shape import Day, Sentence

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{1,30}$")]
Template = Annotated[str, Field(pattern=r"^/[A-Za-z0-9_.{}/:~-]{0,200}$")]
"""A path; `{name}` stands for one whole segment, `{account}` for the account's."""
Use = Annotated[
    str,
    Field(
        pattern=r"^(recipient|person|sender|text|subject|caption|button|tts|variable|anything|link"
        r"|media|reference|claim|setting|refused|opaque:[a-z_]{1,40})$"
    ),
]
"""What a field is for; `person` is a recipient that is no phone number."""


class CredentialShape(Shape):
    """Where the app's key stands."""

    kind: Literal["bearer", "basic", "header"]
    header: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,60}$")] | None = None
    """For `header`: its name."""
    prefix: str = Field("", max_length=20)
    """For `header`: what stands before the key."""


class SuccessShape(Shape):
    """What the sandbox carrier answers; `{id}`, `{to}`, `{from}` are filled in."""

    status: int = Field(200, ge=200, le=299)
    body: Any


class OperationShape(Shape):
    """One call that sends."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,30}$")]
    channel: Channel
    method: Literal["POST", "PUT", "PATCH"] = "POST"
    path: Template
    body: Literal["json", "form"] = "json"
    fields: dict[str, Use] = Field(min_length=1)
    """Every field that may be sent, by its pointer: names joined by `/`, `*` for each element of
    an array, `?` for each member of an object whose names are the app's own."""
    need: tuple[str, ...] = ()
    """Pointers of those without which there is no message."""
    success: SuccessShape


class AnswerShape(Shape):
    """A code of a reason, with a status of its own."""

    code: str | int
    status: int | None = Field(None, ge=400, le=499)


class RefusalShape(Shape):
    """How a refusal is worded: `{code}`, `{message}`, `{reason}`, `{decision}`, `{status}`."""

    status: int = Field(400, ge=400, le=499)
    body: Any
    codes: dict[str, AnswerShape | str | int] = Field(min_length=1)
    """By reason (`consent.revoked`), by its first word (`content`), and `other` for the rest."""


class CaseShape(Shape):
    """A request, and how it is read or refused."""

    name: Sentence
    operation: str
    path: str
    json_: Any = Field(None, alias="json")
    form: dict[str, str | list[str]] | None = None
    to: tuple[str, ...] = ()
    from_: str | None = Field(None, alias="from")
    texts: tuple[str, ...] = ()
    """Every text that is read, in order of the fields of the request."""
    refused: str | None = None
    """Words of the refusal, for a request that must not be read."""


class MappingShape(Shape):
    """The whole file."""

    provider: Name
    title: Sentence
    citation: Sentence
    verified_on: Day
    host: Annotated[str, Field(pattern=r"^[a-z0-9.-]{3,200}$")]
    credential: CredentialShape
    operations: tuple[OperationShape, ...] = Field(min_length=1)
    refusal: RefusalShape
    cases: tuple[CaseShape, ...] = Field(min_length=2)


KNOWN_REASONS = frozenset({*map(str, Reason), *(str(each).partition(".")[0] for each in Reason)})
"""What `codes` may name, beside `other`."""
