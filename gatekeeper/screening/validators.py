"""Which numbers can really be a card, a social security number, another country's id?

A validator answers None (cannot be one) or its evidence: steps of likelihood up or down from
the detector's own, and words for the trace. Any module of python-stdnum serves by its name
(`stdnum.ca.sin`), so a new id is a line of YAML.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from stdnum import luhn

from gatekeeper.screening.check_digits import CHECKS
from gatekeeper.screening.digits import Number
from gatekeeper.screening.issuers import issuer
from gatekeeper.screening.named import names_another, words_of
from gatekeeper.screening.stdnum_modules import check_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a validator saw, without the number itself."""

    steps: int = 0
    trace: tuple[str, ...] = ()


Validator = Callable[[Number], Evidence | None]

_CANONICAL = frozenset(
    {
        (4, 4, 4, 4),
        (4, 6, 5),
        (4, 6, 4),
        (6, 13),
        (4, 4, 4, 4, 3),
        (4, 4, 4, 3),
        (4, 4, 5),
        (4, 5, 6),
    }
)
"""How the schemes print their cards."""
_CARD = """
card cards visa mastercard master amex american express discover maestro jcb unionpay rupay diners
debit credit pan cc ccn cardnumber cardholder plastic account acct tarjeta tarjetas carte carta
bancaire bleue karte kreditkarte kartennummer kreditkartennummer cartao cartão creditcard kaart kort
kortnummer karta karty kartı kart kartu kad kadi карт κάρτ כרטיס بطاق کارت कार्ड บัตร 银行卡 信用卡
借记卡 我的卡 銀行卡 カード 카드 thẻ
"""
CARD_WORDS = frozenset(_CARD.split())
"""Words that name a card number as one."""
SSN_WORDS = frozenset({"ssn", "ssns", "social", "security", "soc", "sec", "ss", "seguro"})
"""Words that name a social security number as one."""
_MISUSED = frozenset({"078051120", "219099999", "457555462"})
"""Numbers printed in advertisements, which the SSA lists as never valid."""


def card(number: Number) -> Evidence | None:
    """A primary account number: issuer range and length (ISO/IEC 7812), Luhn, grouping."""
    brand = issuer(number.digits)
    if brand is None or luhn.checksum(number.digits) != 0:
        return _backwards(number)
    steps = _standing(number)
    if steps is None or len(set(number.digits)) == 1:
        return None
    steps -= brand.weak
    trace = ("luhn", f"issuer {brand.name}", f"grouped {number.grouping}")
    return _unless_named(number, Evidence(steps, trace), CARD_WORDS)


def _unless_named(
    number: Number, found: Evidence, own: frozenset[str], *, cued: bool = False
) -> Evidence:
    """One step down where the word before the number names it as something else."""
    run = number.run
    if run.linked or not names_another(run.text, *number.span, own, cued=cued):
        return found
    return Evidence(found.steps - 1, (*found.trace, "named by another word"))


def beside(check: Validator, cues: Iterable[str]) -> Validator:
    """The check for a number whose own name is known to stand near, in one of these words."""
    own = frozenset(word for cue in cues for word in words_of(cue))

    def checked(number: Number) -> Evidence | None:
        found = check(number)
        return found and _unless_named(number, found, own, cued=True)

    return checked


def _backwards(number: Number) -> Evidence | None:
    """A card written from its end, in one piece or as cards are grouped: beside a cue alone."""
    written = number.digits[::-1]
    brand = issuer(written)
    if brand is None or brand.weak or number.run.linked or luhn.checksum(written) != 0:
        return None
    whole = len(number.groups) == 1 or number.groups[::-1] in _CANONICAL
    if not whole or number.cut or len(set(written)) == 1:
        return None
    return Evidence(-1, ("luhn, read backwards", f"issuer {brand.name}"))


def _standing(number: Number) -> int | None:
    """How the way of writing speaks for a card; None when it speaks for separate numbers."""
    groups = number.groups
    if number.run.linked:
        return -1
    if len(groups) == 1:
        return 0
    if groups in _CANONICAL:
        return 1 - number.cut
    if set(groups) == {1}:
        return -2 * number.cut
    if len(set(number.gaps)) > 1 and number.natural:
        return None
    return -1 - number.cut


def ssn(number: Number) -> Evidence | None:
    """A US social security number by the SSA's rules for area, group and serial."""
    area, group, serial = number.digits[:3], number.digits[3:5], number.digits[5:]
    if area in ("000", "666") or area[0] == "9" or group == "00" or serial == "0000":
        return None
    if number.digits in _MISUSED or len(set(number.digits)) == 1:
        return None
    return Evidence(-number.cut, ("area, group and serial", f"grouped {number.grouping}"))


def ssn_bare(number: Number) -> Evidence | None:
    """The same without its name beside it, where another noun may name the number."""
    found = ssn(number)
    return found and _unless_named(number, found, SSN_WORDS)


def itin(number: Number) -> Evidence | None:
    """A US individual taxpayer number: 9xx and a group that the IRS issues (Pub. 1915)."""
    group = int(number.digits[3:5])
    issued = 50 <= group <= 65 or 70 <= group <= 88 or 90 <= group <= 92 or 94 <= group <= 99
    if number.digits[0] != "9" or not issued:
        return None
    return Evidence(-number.cut, ("group", f"grouped {number.grouping}"))


def any_number(number: Number) -> Evidence | None:
    """Any digits of the wanted length: for detectors whose evidence is the context."""
    return Evidence(0, (f"grouped {number.grouping}",))


def _named(name: str, is_valid: Callable[[str], bool]) -> Validator:
    """A check of digits as a validator; a piece of a longer number counts less."""

    def check(number: Number) -> Evidence | None:
        return Evidence(-number.cut, (name,)) if passes(is_valid, number.digits) else None

    return check


def passes(is_valid: Callable[[str], bool], value: str) -> bool:
    """Whether the check holds; it does not for a value that is no such thing at all.

    Modules of python-stdnum say so in ways of their own: `cn.ric` by KeyError for a county that
    it does not know. No text may end the screening by that.
    """
    try:
        return is_valid(value)
    except Exception:  # noqa: BLE001
        return False


STDNUM = re.compile(r"stdnum(\.[a-z][a-z0-9_]*){1,2}")
"""Modules of python-stdnum, the only ones that a name in a file can have loaded."""

LINKED = frozenset({"card"})
"""Validators that judge numbers with words between their groups as well."""

VALIDATORS: dict[str, Validator] = {
    "card": card,
    "ssn": ssn,
    "ssn_bare": ssn_bare,
    "itin": itin,
    "luhn": _named("luhn", lambda digits: luhn.checksum(digits) == 0),
    "any": any_number,
    **{name: _named(name, check) for name, check in CHECKS.items()},
}


def validator(name: str) -> Validator:
    """The validator of that name; KeyError for an unknown one."""
    if not STDNUM.fullmatch(name):
        return VALIDATORS[name]
    return _named(name, check_of(name))


def entropy(text: str) -> float:
    """Shannon entropy in bits per character: low for words, high for random tokens."""
    counts = Counter(text).values()
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts)
