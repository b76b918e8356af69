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

_FILLERS = str.maketrans("", "", " ().-")
_NANP = re.compile(r"1?([2-9][0-9]{9})", re.ASCII)


def reading_of(address: Address) -> Reading:
    """How a recipient reads: special numbers in any disguise, else only a plain form."""
    if address.kind in WITHOUT_NUMBER:
        return Reading(None)
    reading = read(address.value)
    if reading.number is None or address.kind in _NAMED:
        return reading
    e164 = reading.number.e164
    if address.value != e164 and not _is_plain(address.value, e164):
        return Reading(
            None,
            Reason.DESTINATION_INVALID,
            "the number is not written plainly: use E.164, a plus sign and digits",
        )
    return reading


WITHOUT_NUMBER = frozenset({AddressKind.PSID, AddressKind.BSUID})
_NAMED = frozenset({AddressKind.SIP, AddressKind.CLIENT})


def _is_plain(raw: str, e164: str) -> bool:
    """E.164 with or without fillers, or a national number of the provider's own country."""
    written = raw.translate(_FILLERS)
    national = _NANP.fullmatch(written)
    return written == e164 or (national is not None and e164 == f"+1{national[1]}")
