"""On which texts is the purpose model trained, and on which is it measured?

All are templates of the project: offers, frauds and notices written for it (`data/`), business
templates and one-time codes. A third of each, chosen by a hash of the template, is only measured
with. No real message is among them.
"""

from __future__ import annotations

import hashlib
import random
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gatekeeper.domain.resemblance import Kind
from tests.support.business import CODES, templates
from tests.support.slots import filled

DATA = Path(__file__).parent / "data"
WRITTEN = {
    "marketing": Kind.MARKETING,
    "phishing": Kind.PHISHING_LIKE,
    "notices": Kind.TRANSACTIONAL,
}
"""The files of `data/`, with what stands in them."""
OFFERS = "offers"
"""The section of business templates that are offers."""
FOLDS = 3
HELD_OUT = 0
"""The fold that no model is trained on but to choose thresholds."""
FILLS = 2
_NAME = re.compile(r"\{(?:name|full)\}")
_NOBODY = "Qx"
"""Stands for names, so that no name is a word of the model."""


class Example(NamedTuple):
    """A template with the kind of message that it is, and a fold of it."""

    kind: Kind
    template: str
    fold: int

    def texts(self) -> list[str]:
        """The template filled, with its link and without, the same each time that it is asked."""
        source = random.Random(self.template)
        nameless = _NAME.sub(_NOBODY, self.template)
        forms = dict.fromkeys((nameless, nameless.replace("{link}", "").strip()))
        return [filled(form, source) for form in forms for _ in range(FILLS // len(forms))]


@cache
def examples() -> tuple[Example, ...]:
    """All templates, each once."""
    known: dict[str, Kind] = {}
    for name, kind in WRITTEN.items():
        lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        known |= {line: kind for line in lines if line and not line.startswith("# ")}
    for section, lines in templates().items():
        known |= dict.fromkeys(lines, _kind_of(section))
    return tuple(Example(kind, line, _fold(line)) for line, kind in sorted(known.items()))


def _kind_of(section: str) -> Kind:
    named = {CODES: Kind.ONE_TIME_CODE, OFFERS: Kind.MARKETING}
    return named.get(section, Kind.TRANSACTIONAL)


def _fold(template: str) -> int:
    return hashlib.sha256(template.encode()).digest()[0] % FOLDS
