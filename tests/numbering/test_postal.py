"""Does a postal code name the states that it may lie in, and no other?"""

from __future__ import annotations

import pytest

from gatekeeper.numbering.nanp import zones_by_place
from gatekeeper.numbering.postal import places_of_postal

CAPITALS = """
    AL 36104 AK 99801 AZ 85007 AR 72201 CA 95814 CO 80203 CT 06106 DE 19901 DC 20500 FL 32301
    GA 30303 HI 96813 ID 83702 IL 62701 IN 46204 IA 50309 KS 66603 KY 40601 LA 70802 ME 04330
    MD 21401 MA 02108 MI 48933 MN 55102 MS 39205 MO 65101 MT 59601 NE 68502 NV 89701 NH 03301
    NJ 08608 NM 87501 NY 12207 NC 27601 ND 58501 OH 43215 OK 73102 OR 97301 PA 17101 RI 02903
    SC 29217 SD 57501 TN 37219 TX 78701 UT 84111 VT 05602 VA 23219 WA 98507 WV 25301 WI 53703
    WY 82001
"""
WORDS = CAPITALS.split()


@pytest.mark.parametrize(("state", "code"), [*zip(WORDS[::2], WORDS[1::2], strict=True)])
def test_the_capital_of_each_state_lies_in_it(state: str, code: str) -> None:
    assert places_of_postal(code) == {f"US-{state}"}
    assert places_of_postal(f" {code}-0001 ") == {f"US-{state}"}


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ("00901", {"PR"}),
        ("00802", {"VI"}),
        ("96910", {"GU", "MP"}),
        ("96799", {"US-HI", "AS"}),
        ("06390", {"US-CT", "US-NY"}),
        ("79901", {"US-TX"}),
        ("88595", {"US-TX"}),
        ("20166", {"US-VA"}),
        ("K1A 0B1", {"CA-ON"}),
        ("h2x1y4", {"CA-QC"}),
        ("V6B 1A1", {"CA-BC"}),
        ("X0A 0H0", {"CA-NT", "CA-NU"}),
        ("C1A 4P3", {"CA-PE"}),
    ],
)
def test_borders_islands_and_provinces(code: str, places: set[str]) -> None:
    assert places_of_postal(code) == places


@pytest.mark.parametrize(
    "code", ["", "1000", "100011", "09012", "34002", "96201", "D1A 1A1", "SW1A 1AA", "٣٦١٠٤"]
)
def test_military_and_foreign_codes_lie_nowhere(code: str) -> None:
    assert places_of_postal(code) == frozenset()


def test_every_place_has_its_clocks_in_the_area_code_table() -> None:
    for prefix in range(1000):
        assert places_of_postal(f"{prefix:03}01") <= set(zones_by_place())
