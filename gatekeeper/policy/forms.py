"""In which forms are instants, numbers, zones and verdicts written in policy files?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict

from gatekeeper.domain.fault_codes import Code, Faulty
from gatekeeper.numbering.zones import known, names, tellable
from gatekeeper.policy.faults import suggest


class Shape(BaseModel):
    """Base of everything read from a file: unknown keys are faults, values are frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _instant(value: Any) -> Any:
    if isinstance(value, (str, datetime)) or value is None:
        return value
    raise ValueError("write an instant with its offset, as 2026-11-20T21:00:00-05:00")


def _tellable(value: datetime) -> datetime:
    if not tellable(value):
        raise ValueError("write an instant between 1970 and 9998")
    return value


def _moment(value: Any) -> Any:
    """A day stands for its first instant in UTC."""
    if isinstance(value, str) and len(value) == len("2026-12-31"):
        value = date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time(), UTC)
    return _instant(value)


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _zone(value: str) -> str:
    if not known(value):
        raise Faulty(Code.UNKNOWN_ZONE, f"there is no zone {value}{suggest(value, names())}")
    return value


def form(value: Any) -> str:
    """Which of the two forms of a fact this is, `word` or `mapping`: for unions."""
    return "word" if isinstance(value, str) else "mapping"


Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_instant, json_schema_input_type=datetime),
    AfterValidator(_tellable),
]
Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_moment, json_schema_input_type=datetime | date),
    AfterValidator(_tellable),
]
"""An instant, or a day that stands for its first instant in UTC."""
Zone = Annotated[str, AfterValidator(_zone)]
Number = Annotated[str, BeforeValidator(_text, json_schema_input_type=str | int)]
"""A phone number or code as it was written; digits without quotes are taken as text."""
VerdictWord = Literal["allow", "flag", "redact", "defer", "hold", "block"]
