"""Which elements of a written consent are there, and which are missing?

47 CFR 64.1200(f)(9) asks for a signature, the seller's name, the number, agreement to automated
or recorded marketing, and the plain word that agreeing is no condition of a purchase. They are
worked out from the evidence; what a caller states as missing is missing besides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from gatekeeper.ledger.evidence import Evidence

Element = Literal["signature", "seller", "number", "technology", "not_condition"]
ELEMENTS: tuple[Element, ...] = ("signature", "seller", "number", "technology", "not_condition")

EXPLAINED: dict[Element, str] = {
    "signature": "no signature: tell signature, form, recording, message or certificate_url",
    "seller": "no seller: tell who was named as the one that will call or text",
    "number": "you stated that the consent names no number",
    "technology": "the text shown does not speak of automated or recorded calls or texts",
    "not_condition": "the text shown does not say that consent is no condition of a purchase",
}
"""What a person can do about each."""


def missing_elements(
    evidence: Evidence | None, seller: str | None, stated: Iterable[str] = ()
) -> tuple[Element, ...]:
    """What a written consent lacks, in the order of the rule.

    The number is always there: it is the one that the event is about.
    """
    shown = set(_shown(evidence)) if evidence is not None else set()
    if seller and seller.strip():
        shown.add("seller")
    lacking = {*ELEMENTS} - shown - {"number"}
    return tuple(each for each in ELEMENTS if each in lacking or each in stated)


def _shown(evidence: Evidence) -> Iterator[Element]:
    text = evidence.text_shown or ""
    if evidence.signed:
        yield "signature"
    if _said(evidence.technology_disclosed, speaks_of_machines, text):
        yield "technology"
    if _said(evidence.not_a_condition, says_no_condition, text):
        yield "not_condition"


def _said(flag: bool | None, found: Callable[[str], bool], text: str) -> bool:
    """The caller's plain word, either way; without it, what the text says."""
    return found(text) if flag is None else flag


_GAP = r"(?:\s+\w+){0,%d}?\s+"
_NOT = r"\b(?:not|never|no|nunca|jamais|pas|aucun|aucune|ningun|ninguna)\b"
_MACHINE = (
    r"(?:auto\s?dial\w*|auto\s?mat(?:ed|ic|ic[oa]s?|izad[oa]s?|ise(?:s|es|e)?|iques?)|"
    r"pre\s?(?:recorded|grabad\w+|enregistre\w*)|artificial\w*|artificiel\w*|"
    r"recorded|grabad[oa]s?|enregistre(?:s|es|e)?|robo\s?(?:calls?|texts?))"
)
_MEDIUM = (
    r"(?:calls?|texts?|messag\w*|mensaj\w*|sms|mms|voices?|voix|voz|voces|llamad\w*|textos?|"
    r"appels?|alerts?|alertas?|alertes?)"
)
_MEANS = (
    rf"(?:{_MEDIUM}|dial\w*|telephon\w*|telefon\w*|technolog\w*|tecnolog\w*|systems?|sistemas?|"
    r"systemes?|marcador\w*|marcacion|composeurs?|means)"
)
_SPEAKS = re.compile(
    rf"\b{_MACHINE}{_GAP % 2}{_MEANS}\b|\b{_MEDIUM}{_GAP % 3}{_MACHINE}\b|"
    r"\bauto\s?dial\w*|\b(?:marcador|composeur|marcacion)\s+auto\s?mati\w+|"
    r"\bautomatically\s+(?:dial|generat|sent)\w*"
)
_DENIED = re.compile(rf"(?:{_NOT}|\b(?:without|sin|sans)\b)(?:\s+\w+){{0,3}}\s+{_MACHINE}\b")
_REQUIRED = (
    r"(?:requir\w+|necessar\w+|needed|obligat\w+|obligad\w+|requisit\w*|necesari\w+|requis\w*|"
    r"necessaire\w*|exig\w+|oblige\w*|tenu\w*)"
)
_BUYING = (
    r"(?:condi[ct]ion\w*|purchas\w*|buy\w*|compr(?:a|ar|as|e|en)|adquir\w+|achat\w*|achet\w*|"
    r"acquer\w+)"
)
_BETWEEN = (
    r"(?:\s+(?:a|an|any|as|be|being|considered|made|necessary|una|ninguna|es|ser|sera|constituye|"
    r"une|cas|constitue|constituer|est|etre)){0,4}\s+"
)
_NO_CONDITION = re.compile(
    rf"{_NOT}{_BETWEEN}condi[ct]ion\w*\b|{_NOT}{_GAP % 3}{_REQUIRED}{_GAP % 14}{_BUYING}\b"
)


def speaks_of_machines(text: str) -> bool:
    """Whether the text (English, Spanish or French) tells of automated or recorded contact.

    A sentence that only promises the contrary does not.
    """
    return any(
        _SPEAKS.search(sentence) and not _DENIED.search(sentence) for sentence in _sentences(text)
    )


def says_no_condition(text: str) -> bool:
    """Whether the text (English, Spanish or French) frees the consent from any purchase."""
    return any(_NO_CONDITION.search(sentence) for sentence in _sentences(text))


def _sentences(text: str) -> Iterator[str]:
    """Each sentence in small letters without accents, its words parted by single spaces."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in flat if not unicodedata.combining(c))
    for sentence in re.split(r"[.;!?\n]+", bare):
        yield " ".join(re.findall(r"\w+", sentence))
