"""May these texts of a brand answer STOP and HELP?

The confirmation of an opt-out goes to somebody who has just said stop. It may say nothing else
(47 CFR 64.1200(a)(12)): no link, no price, no word of an offer. Both fit one SMS of 160 characters.
"""

from __future__ import annotations

import re

from gatekeeper.domain.registry import Brand
from gatekeeper.errors import InputRejected

LONGEST = 160

_LINK = re.compile(r"://|\bwww\.|\b[a-z0-9-]+\.(?:[a-z]{2,})(?:/|\b)", re.IGNORECASE)
_OFFER = re.compile(
    r"[%$€£]|\b(?:offers?|sales?|save|discounts?|deals?|free|buy|shop|coupons?|promo\w*|win|gift"
    r"|come back|changed your mind|oferta\w*|descuento\w*|gratis|compra\w*|promoci\w*|regalo\w*"
    r"|offre\w*|soldes|rabais|gratuit\w*|achet\w*|cadeau\w*|r[ée]duction\w*)\b",
    re.IGNORECASE,
)


def check_texts(brand: Brand) -> None:
    """InputRejected says what a text may not hold, and which text."""
    for name, text in (("help_text", brand.help_text), ("stop_text", brand.stop_text)):
        if text is not None and not (0 < len(text.strip()) <= LONGEST and text.isprintable()):
            raise InputRejected(f"{name} is one line of 1 to {LONGEST} characters")
    if brand.stop_text is not None and _promotes(brand.stop_text, brand.name):
        raise InputRejected(
            "stop_text confirms an opt-out and nothing else: no link, no price, no offer"
        )


def _promotes(text: str, name: str) -> bool:
    """The brand's own name is no offer, whatever words are in it."""
    said = text.replace(name, " ") if name else text
    return _LINK.search(said) is not None or _OFFER.search(said) is not None
