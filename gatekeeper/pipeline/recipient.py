"""What does a request state of its recipient beside the provider's own fields?

The header `Gatekeeper-Recipient: region=US-TX; source=billing_address; as_of=2026-10-01`. It is the
customer's word: recorded as that, never sent on, and believed only as far as the policy says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from msgspec import Struct
from pydantic import ValidationError

from gatekeeper.domain.message import Address
from gatekeeper.domain.number import Stated
from gatekeeper.errors import AmbiguousRequest, InputRejected
from gatekeeper.ledger.consent_input import canonical_number
from gatekeeper.numbering.stated import place_is_known
from gatekeeper.pipeline.addresses import reading_of
from gatekeeper.policy.faults import suggest
from gatekeeper.policy.row import RecipientRow
from gatekeeper.rollout.statement import stated_of

HEADER = "Gatekeeper-Recipient"
LONGEST = 512
_NUMBER = "number"
_KEYS = (*RecipientRow.model_fields, _NUMBER)
_PAIR = re.compile(r"\s*([a-z_]{1,20})\s*=\s*([A-Za-z0-9+][A-Za-z0-9 _/+.\-]{0,63}?)\s*", re.ASCII)
_FORMS = {
    "region": "a state, province or country, as US-TX",
    "timezone": "an IANA zone, as America/Chicago",
    "as_of": "a day, as 2026-10-01",
    "source": "a word, as billing_address",
}


class Statement(Struct, frozen=True):
    """What is stated, and of which recipient if the request has several."""

    stated: Stated | None = None
    line_type: str | None = None
    number: str | None = None
    """E.164; None for a request with one recipient."""


NOTHING_STATED = Statement()


def statement_of(row: RecipientRow | None) -> Statement:
    """What a question states of its one recipient."""
    return Statement(stated_of(row), row.line_type) if row is not None else NOTHING_STATED


def read_statement(text: str | None, recipients: Collection[Address]) -> Statement:
    """What the header states; AmbiguousRequest if it has no meaning, or more than one.

    No value that was given is repeated in an error: it may be somebody's address.
    """
    if text is None:
        return NOTHING_STATED
    try:
        said = dict(_pairs(text))
        number = said.pop(_NUMBER, None)
        row = _row(said)
        return Statement(stated_of(row), row.line_type, _whose(number, recipients))
    except InputRejected as error:
        raise AmbiguousRequest(f"{HEADER}: {error}") from None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    if len(text) > LONGEST:
        raise InputRejected(f"longer than {LONGEST} characters")
    seen = set()
    for part in text.split(";"):
        pair = _PAIR.fullmatch(part)
        if pair is None:
            raise InputRejected("write key=value; key=value, as region=US-TX; source=crm")
        key, value = pair.groups()
        if key not in _KEYS:
            raise InputRejected(f"there is no {key}{suggest(key, _KEYS)}")
        if key in seen:
            raise InputRejected(f"{key} is given twice")
        seen.add(key)
        yield key, value


def _row(said: dict[str, str]) -> RecipientRow:
    if not said:
        raise InputRejected("it states nothing")
    region = said.get("region")
    try:
        row = RecipientRow.model_validate(said)
    except ValidationError as error:
        key = str(error.errors()[0]["loc"][0])
        raise InputRejected(f"{key} is not {_FORMS.get(key, 'understood')}") from None
    if region is not None and not place_is_known(region):
        raise InputRejected(f"region is not {_FORMS['region']}")
    return row


def _whose(said: str | None, recipients: Collection[Address]) -> str | None:
    """Of which recipient it speaks; one of several must be named."""
    if said is None:
        if len(recipients) != 1:
            raise InputRejected("say by `number` of which recipient it speaks")
        return None
    number = canonical_number(said)
    readings = [reading_of(address).number for address in recipients]
    if number not in {each.e164 for each in readings if each is not None}:
        raise InputRejected("`number` is no recipient of this message")
    return number
