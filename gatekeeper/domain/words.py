"""Which closed sets of words do all rooms share?"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Channel(StrEnum):
    """The kind of traffic, as the recipient gets it."""

    SMS = "sms"
    MMS = "mms"
    WHATSAPP = "whatsapp"
    MESSENGER = "messenger"
    RCS = "rcs"
    VOICE = "voice"


class Purpose(StrEnum):
    """Why a message is sent; it comes from the registered campaign, else it is marketing."""

    MARKETING = "marketing"
    INFORMATIONAL = "informational"
    TRANSACTIONAL = "transactional"
    AUTHENTICATION = "authentication"
    HEALTHCARE = "healthcare"
    DEBT = "debt"
    POLITICAL = "political"
    EMERGENCY = "emergency"


WINDOWED = frozenset({Channel.WHATSAPP, Channel.MESSENGER})
"""Where a person who wrote may be answered for a while, as nobody else may be written to."""


class Technology(StrEnum):
    """How a call or text is placed (47 CFR 64.1200(f)); unknown counts as the strictest."""

    LIVE = "live"
    MANUAL = "manual"
    AUTODIALED = "autodialed"
    PRERECORDED = "prerecorded"
    ARTIFICIAL = "artificial"
    AI_VOICE = "ai_voice"
    RINGLESS = "ringless"
    UNKNOWN = "unknown"


class SenderKind(StrEnum):
    """What kind of address a message is sent from."""

    LONG_CODE = "long_code"
    TOLL_FREE = "toll_free"
    SHORT_CODE = "short_code"
    ALPHANUMERIC = "alphanumeric"
    PAGE = "page"
    WABA = "waba"
    SERVICE = "service"
    UNKNOWN = "unknown"


class SenderState(StrEnum):
    """Where a registered sender stands."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    RECLAIMED = "reclaimed"
    PORTED_OUT = "ported_out"
    NOT_OWNED = "not_owned"


class ListAnswer(StrEnum):
    """The answers of a look-up; "not checked" is never shown as "clear"."""

    HIT = "hit"
    CLEAR = "clear"
    NOT_CHECKED = "not-checked"
    STALE = "stale"
    ERROR = "error"


class Mode(StrEnum):
    """Whether a rule has effect; a shadow rule only leaves its finding in the record."""

    OFF = "off"
    SHADOW = "shadow"
    ENFORCE = "enforce"


class Override(StrEnum):
    """Who may let a message pass that a rule stops."""

    NEVER = "never"
    TWO_PERSON = "two_person"
    """Two reviewers together, who release one message that was stopped in error."""
    WAIVER = "waiver"
    """A waiver with scope, approver, reason and end."""
    OPERATOR = "operator"
    """The operator, by setting a larger capacity."""


class Likelihood(IntEnum):
    """How sure a content match is, in the five steps used in the field."""

    VERY_UNLIKELY = 1
    UNLIKELY = 2
    POSSIBLE = 3
    LIKELY = 4
    VERY_LIKELY = 5

    @property
    def label(self) -> str:
        """The lower-case word used in files and records."""
        return self.name.lower()

    @classmethod
    def of(cls, label: str) -> Likelihood:
        """Read the lower-case word; raises KeyError for any other."""
        return cls[label.upper()]


class Status(StrEnum):
    """How well a detector has proved itself."""

    STABLE = "stable"
    EXPERIMENTAL = "experimental"
    """Its matches are at most possible: they can flag a message, not stop it."""


class Family(StrEnum):
    """What a content match is about: the second word of the `content.*` reasons."""

    PAYMENT = "payment"
    GOVERNMENT_ID = "government_id"
    CREDENTIAL = "credential"
    HEALTH = "health"
    DEMOGRAPHIC = "demographic"
    OBSCENE = "obscene"
    PROFANE = "profane"
    HATE = "hate"
    ACCUSATION = "accusation"
    FORBIDDEN = "forbidden"
    LINK = "link"
    UNINSPECTABLE = "uninspectable"


class Role(StrEnum):
    """What a piece of text is within its message."""

    BODY = "body"
    SUBJECT = "subject"
    CAPTION = "caption"
    TTS = "tts"
    TEMPLATE_VAR = "template_var"
    BUTTON = "button"
    LINK = "link"
    FILENAME = "filename"
    REFERENCE = "reference"
    DIGITS = "digits"
    JOINED = "joined"
