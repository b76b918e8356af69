"""What would spaCy's bag-of-words classifier cost and tell, trained on the same examples?

It sees the same tokens as the model that is shipped: placeholders for all that varies, and for
each word that is not in several templates. Measured for the card; it is not shipped.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example as SpacyExample
from thinc.api import fix_random_seed

from gatekeeper.domain.resemblance import Resemblance
from gatekeeper.screening.purpose import KINDS, tokens
from tests.train.examples import Example
from tests.train.purpose import known_words

EPOCHS, RATE, BATCH, SEED = 12, 0.005, 32, 7
UNKNOWN = "_"


class TextCat(NamedTuple):
    """The pipeline, and the words that it may be shown."""

    nlp: Language
    words: frozenset[str]

    def read(self, text: str) -> Resemblance:
        """The kind that it finds most likely, and how likely."""
        cats = self.nlp.get_pipe("textcat")(self.doc(text)).cats
        kind = max(KINDS, key=cats.__getitem__)
        return Resemblance(kind, cats[kind])

    def doc(self, text: str) -> Doc:
        """The masked text; its string store meets no other word."""
        shown = [word if word in self.words else UNKNOWN for word in tokens(text)]
        return Doc(self.nlp.vocab, words=shown or [UNKNOWN])

    def kib(self) -> int:
        """Its size on disk."""
        with tempfile.TemporaryDirectory() as folder:
            self.nlp.to_disk(folder)
            files = (file for file in Path(folder).rglob("*") if file.is_file())
            return sum(file.stat().st_size for file in files) >> 10


def trained(some: Sequence[Example]) -> TextCat:
    """The pipeline of these examples."""
    nlp = spacy.blank("xx")
    model = {"@architectures": "spacy.TextCatBOW.v3", "exclusive_classes": True, "length": 65536,
             "ngram_size": 2, "no_output_layer": False}  # fmt: skip
    textcat: Any = nlp.add_pipe("textcat", config={"model": model})
    for kind in KINDS:
        textcat.add_label(kind)
    made = TextCat(nlp, frozenset(known_words(some)))
    told = [
        SpacyExample.from_dict(
            made.doc(text), {"cats": {kind: float(kind is each.kind) for kind in KINDS}}
        )
        for each in some
        for text in each.texts()
    ]
    fix_random_seed(SEED)
    optimizer: Any = nlp.initialize(lambda: told)
    optimizer.learn_rate = RATE
    source = random.Random(SEED)
    for _ in range(EPOCHS):
        source.shuffle(told)
        for start in range(0, len(told), BATCH):
            nlp.update(told[start : start + BATCH], sgd=optimizer)
    return made
