"""Are the texts in a language that the recipient's law asks for?"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class Language(Params):
    """The languages that will do (`fr`)."""

    languages: Annotated[frozenset[str], Field(min_length=1)]


def run(facts: Facts, rule: Rule) -> Finding | None:
    """A text whose language cannot be told is not spoken of: a short one may be any."""
    params: Language = rule.params
    if facts.language is None or facts.language in params.languages:
        return None
    asked = " or ".join(sorted(params.languages))
    return rule.finding(
        Reason.DISCLOSURE_MISSING, f"The text reads as {facts.language}; {asked} is asked for."
    )


def compared(facts: Facts, rule: Rule) -> Compared:
    """The texts' language."""
    params: Language = rule.params
    asked = " or ".join(sorted(params.languages))
    return Compared(facts.language or "a language that cannot be told", asked)


CHECK = Check(
    "language", Language, run, about="language", stage=6, compared=compared, needs=("language",)
)
