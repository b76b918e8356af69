"""Which states or provinces does a US ZIP or Canadian postal code lie in?

The first three digits of a ZIP name its sorting centre, the first letter of a Canadian code its
province (USPS Publication 65, Canada Post Addressing Guidelines). Where a prefix crosses a
border all of its states are given; military codes lie nowhere.
"""

from __future__ import annotations

import re

_ZIP = re.compile(r"([0-9]{3})[0-9]{2}(?:-?[0-9]{4})?")
_CANADIAN = re.compile(r"([ABCEGHJ-NPRSTVXY])[0-9][A-Z] ?[0-9][A-Z][0-9]")

_ZIPS = """
    005-005 NY     006-007 PR     008-008 VI     009-009 PR     010-027 MA     028-029 RI
    030-038 NH     039-049 ME     050-054 VT     055-055 MA,VT  056-059 VT     060-062 CT
    063-063 CT,NY  064-069 CT     070-089 NJ     100-149 NY     150-196 PA     197-199 DE
    200-200 DC     201-201 VA     202-205 DC     206-219 MD     220-246 VA     247-268 WV
    270-289 NC     290-299 SC     300-319 GA     320-339 FL     341-349 FL     350-369 AL
    370-385 TN     386-397 MS     398-399 GA     400-427 KY     430-459 OH     460-479 IN
    480-499 MI     500-528 IA     530-549 WI     550-567 MN     569-569 DC     570-577 SD
    580-588 ND     590-599 MT     600-629 IL     630-658 MO     660-679 KS     680-693 NE
    700-714 LA     716-729 AR     730-732 OK     733-733 TX     734-749 OK     750-799 TX
    800-816 CO     820-831 WY     832-838 ID     840-847 UT     850-865 AZ     870-884 NM
    885-885 TX     889-898 NV     900-961 CA     967-967 HI,AS  968-968 HI     969-969 GU,MP
    970-979 OR     980-994 WA     995-999 AK
"""

_PROVINCES = {
    "A": "NL", "B": "NS", "C": "PE", "E": "NB", "G": "QC", "H": "QC", "J": "QC", "K": "ON",
    "L": "ON", "M": "ON", "N": "ON", "P": "ON", "R": "MB", "S": "SK", "T": "AB", "V": "BC",
    "X": "NT,NU", "Y": "YT",
}  # fmt: skip

_ISLANDS = frozenset({"PR", "VI", "GU", "MP", "AS"})


def _zip_table() -> dict[str, frozenset[str]]:
    cells = _ZIPS.split()
    table = {}
    for span, states in zip(cells[::2], cells[1::2], strict=True):
        first, last = map(int, span.split("-"))
        places = frozenset(s if s in _ISLANDS else f"US-{s}" for s in states.split(","))
        table.update({f"{prefix:03}": places for prefix in range(first, last + 1)})
    return table


_BY_ZIP = _zip_table()


def places_of_postal(code: str) -> frozenset[str]:
    """The ISO 3166-2 places of a code (`10001`, `10001-1234`, `K1A 0B1`); empty if not known."""
    text = code.strip().upper()
    if found := _ZIP.fullmatch(text):
        return _BY_ZIP.get(found.group(1), frozenset())
    if found := _CANADIAN.fullmatch(text):
        return frozenset(f"CA-{part}" for part in _PROVINCES[found.group(1)].split(","))
    return frozenset()
