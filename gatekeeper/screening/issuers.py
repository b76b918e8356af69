"""Whose card is it, by the first digits and the length?

ISO/IEC 7812-1 issuer identification numbers as the schemes publish them. A weak range is one in
which ordinary reference numbers are as likely as cards: it needs a context word to count.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issuer:
    """A scheme's range of first digits, its card lengths, and whether it is weak evidence."""

    name: str
    low: int
    high: int
    lengths: frozenset[int]
    weak: bool = False


def _range(name: str, low: int, high: int, lengths: range | tuple[int, ...], weak: bool) -> Issuer:
    return Issuer(name, low, high, frozenset(lengths), weak)


ISSUERS: tuple[Issuer, ...] = (
    _range("visa", 4000, 4999, (16, 18, 19), weak=False),
    _range("visa", 4000, 4999, (13,), weak=True),
    _range("mastercard", 5100, 5599, (16,), weak=False),
    _range("mastercard", 2221, 2720, (16,), weak=False),
    _range("american express", 3400, 3499, (15,), weak=False),
    _range("american express", 3700, 3799, (15,), weak=False),
    _range("diners club", 3600, 3699, (14, 16), weak=False),
    _range("diners club", 3000, 3059, (14, 16), weak=False),
    _range("diners club", 3095, 3095, (14, 16), weak=False),
    _range("diners club", 3800, 3999, (14, 16), weak=False),
    _range("diners club", 3000, 3059, (15, 17, 18, 19), weak=True),
    _range("diners club", 3600, 3999, (15, 17, 18, 19), weak=True),
    _range("jcb", 3528, 3589, (16, 19), weak=False),
    _range("jcb", 3528, 3589, (17, 18), weak=True),
    _range("jcb", 1800, 1800, (15,), weak=False),
    _range("jcb", 2131, 2131, (15,), weak=False),
    _range("mir", 2200, 2204, (16, 18, 19), weak=False),
    _range("borica", 2205, 2205, (16,), weak=False),
    _range("verve", 5060, 5061, (16, 18, 19), weak=False),
    _range("verve", 5078, 5079, (16, 18, 19), weak=False),
    _range("elo", 5066, 5067, (16,), weak=False),
    _range("elo", 5090, 5099, (16,), weak=False),
    _range("elo", 6277, 6277, (16,), weak=False),
    _range("elo", 6362, 6363, (16,), weak=False),
    _range("interpayment", 6360, 6369, (16, 19), weak=False),
    _range("instapayment", 6370, 6399, (16,), weak=False),
    _range("bancontact", 6703, 6703, (16, 17), weak=False),
    _range("discover", 6011, 6011, (16, 18, 19), weak=False),
    _range("discover", 6440, 6599, (16, 18, 19), weak=False),
    _range("discover", 6440, 6599, (17,), weak=True),
    _range("unionpay", 6200, 6299, (16, 18, 19), weak=False),
    _range("unionpay", 6200, 6299, (17,), weak=True),
    _range("unionpay", 8100, 8171, (16, 18, 19), weak=False),
    _range("hipercard", 6062, 6062, (16,), weak=False),
    _range("hipercard", 3841, 3841, (13, 16, 19), weak=False),
    _range("rupay", 6000, 6099, (16,), weak=False),
    _range("rupay", 8200, 8299, (16,), weak=False),
    _range("rupay", 5080, 5089, (16,), weak=False),
    _range("maestro", 5018, 5020, range(12, 20), weak=False),
    _range("maestro", 5038, 5038, range(12, 20), weak=False),
    _range("maestro", 5890, 5899, range(12, 20), weak=False),
    _range("maestro", 6304, 6304, range(12, 20), weak=False),
    _range("maestro", 6759, 6763, range(12, 20), weak=False),
    _range("maestro", 5000, 5099, (16, 19), weak=False),
    _range("maestro", 5600, 5899, (16, 19), weak=False),
    _range("maestro", 5000, 5099, range(12, 20), weak=True),
    _range("maestro", 5600, 6999, range(12, 20), weak=True),
    _range("troy", 9792, 9792, (16,), weak=False),
    _range("uzcard", 8600, 8600, (16,), weak=False),
    _range("humo", 9860, 9860, (16,), weak=False),
    _range("gpn", 1946, 1946, (16,), weak=True),
    _range("uatp", 1000, 1999, (15,), weak=True),
)

_SHORTEST_STRONG = 14
"""Shorter numbers pass the checksum too often among references to stand alone."""


def _table() -> dict[tuple[int, int], Issuer]:
    table: dict[tuple[int, int], Issuer] = {}
    for known in ISSUERS:
        for length in known.lengths:
            weak = known.weak or length < _SHORTEST_STRONG
            entry = Issuer(known.name, known.low, known.high, known.lengths, weak)
            for prefix in range(known.low, known.high + 1):
                table.setdefault((prefix, length), entry)
    return table


_TABLE = _table()


def issuer(digits: str) -> Issuer | None:
    """The issuer whose range and length the digits fit; the first listed, so strong ones first."""
    return _TABLE.get((int(digits[:4]), len(digits)))
