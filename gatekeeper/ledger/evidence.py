"""What may be kept as proof that a person agreed, and what of it counts as proof?"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from gatekeeper.domain.words import Purpose

Signature = Literal[
    "button",
    "checkbox",
    "drawn",
    "electronic",
    "keypress",
    "keyword",
    "paper",
    "typed_name",
    "voice",
]
"""How a person signs; each is a signature under the E-SIGN Act (15 USC 7006(5))."""
Capture = Literal["app", "chat", "email", "in_person", "paper", "sms", "voice", "web", "whatsapp"]
"""Where consent was taken."""

_PROOF = (
    "text_shown",
    "ip",
    "url",
    "form",
    "recording",
    "message",
    "signature",
    "certificate_url",
)
"""Any of these points to the person's own act; a language or a vendor's name does not."""
_SIGNED = ("signature", "form", "recording", "message", "certificate_url")


def _listed(value: Any) -> Any:
    """A list may come as one text with bars between (a CSV column, a command's option)."""
    return tuple(value.split("|")) if isinstance(value, str) else value


class Evidence(BaseModel):
    """What proves the event; it is sealed, never kept in the clear."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text_shown: str | None = Field(None, max_length=8000, description="Exact wording shown.")
    capture_channel: Capture | None = Field(None, description="Where consent was taken.")
    capture_vendor: str | None = Field(None, max_length=200, description="Who took it for you.")
    ip: str | None = Field(None, max_length=64)
    url: str | None = Field(None, max_length=2000)
    user_agent: str | None = Field(None, max_length=500)
    form: str | None = Field(None, max_length=200, description="Id of the form and its entry.")
    recording: str | None = Field(None, max_length=500, description="Where the recording lies.")
    message: str | None = Field(
        None, max_length=200, description="Id of the recipient's own message."
    )
    language: str | None = Field(None, max_length=35)
    purposes: Annotated[tuple[Purpose, ...], BeforeValidator(_listed)] = Field(
        (), description="Purposes that the text named."
    )
    not_a_condition: bool | None = Field(
        None, description="It was said that consent is no condition of purchase."
    )
    technology_disclosed: bool | None = Field(
        None, description="It was said that calls or texts may be automated or recorded."
    )
    signature: Signature | None = Field(None, description="How the person signed.")
    certificate_url: str | None = Field(
        None, max_length=2000, pattern=r"^https://", description="TrustedForm and the like."
    )
    transaction_at: AwareDatetime | None = Field(
        None, description="When they bought: implied consent counts from it."
    )
    inquiry_at: AwareDatetime | None = Field(
        None, description="When they asked: implied consent counts from it."
    )

    @property
    def proves(self) -> bool:
        """Whether it points to an act of the person's own."""
        return any(getattr(self, name) is not None for name in _PROOF)

    @property
    def signed(self) -> bool:
        """Whether a signature is told of, or kept where it can be shown."""
        return any(getattr(self, name) is not None for name in _SIGNED)

    @property
    def text_digest(self) -> str | None:
        """The SHA-256 (hex) of the text shown, as UTF-8; None without a text."""
        return sha256(self.text_shown.encode()).hexdigest() if self.text_shown else None

    def plain(self) -> bytes:
        """What is sealed: all that was given, and the digest of the text."""
        whole = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps({**whole, "text_sha256": self.text_digest}, ensure_ascii=False).encode()
