"""Which languages are there, by their codes of two letters (ISO 639-1)?"""

from __future__ import annotations

from gatekeeper.domain.fault_codes import Code, Faulty
from gatekeeper.policy.faults import suggest

_CODES = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
CODES = frozenset(_CODES.split())
"""All of them."""
_NAMES = {
    "english": "en",
    "eng": "en",
    "spanish": "es",
    "español": "es",
    "spa": "es",
    "french": "fr",
    "français": "fr",
    "fra": "fr",
    "german": "de",
    "portuguese": "pt",
    "italian": "it",
}
"""What is most often written in their place."""


def language(code: str) -> str:
    """The code, if there is such a language; Faulty with what was probably meant if not."""
    if code in CODES:
        return code
    bare = code.lower().replace("_", "-").partition("-")[0]
    meant = bare if bare in CODES else _NAMES.get(bare)
    near = f" (did you mean {meant}?)" if meant else suggest(code, CODES)
    raise Faulty(Code.UNKNOWN_WORD, f"{code} is no code of a language, as en, es or fr{near}")
