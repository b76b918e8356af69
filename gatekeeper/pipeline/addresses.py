"""Which number does a recipient's address mean, if bytes are to be forwarded unchanged?

The gate decides about one canonical number and forwards what the app wrote. The two are the same
only if the provider must read the text as that number too: so a plain form passes, and a form
that leaves room (letters, extensions, foreign digits, hidden characters) is refused.
"""

from __future__ import annotations

import re

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.number import Reading
from gatekeeper.domain.reason import Reason
from gatekeeper.numbering.parse import read

_PLAIN = re.compile(r"\+?[0-9][0-9 ().-]{0,24}", re.ASCII)


def reading_of(address: Address) -> Reading:
    """How a recipient reads: special numbers in any disguise, else only a plain form."""
    if address.kind is AddressKind.PSID or address.kind is AddressKind.CLIENT:
        return Reading(None)
    reading = read(address.value)
    if reading.problem is not None or address.kind is AddressKind.SIP:
        return reading
    if _PLAIN.fullmatch(address.value) is None:
        return Reading(
            None,
            Reason.DESTINATION_INVALID,
            "the number is not written plainly: use E.164, a plus sign and digits",
        )
    return reading
