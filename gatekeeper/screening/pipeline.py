"""Which spaCy pipeline reads the sentences of one language, and does the folder hold it?

A pipeline is a tokenizer that masks and one component with the detectors' token patterns. It is
built from the detectors; the folder `models/<language>/` keeps it as spaCy writes one, with a
digest of the detectors it was built from. One of other detectors is built in memory instead.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from gatekeeper.screening.grammar import Find
from gatekeeper.screening.token_rules import FACTORY, TokenRules, rules_of, words_beside
from gatekeeper.screening.vocabulary import PLACEHOLDERS, Vocabulary

NAME = "rules"
"""Of the component within its pipeline."""
_TOKENIZER = "gatekeeper.masking.v1"
_WORDS = "words.json"
_FORM = 2
"""Of the files in a pipeline's folder: one of another form is built anew."""
_BASE = "xx"
"""spaCy's neutral language: words are split here, so no language's own data are loaded."""


class MaskingTokenizer:
    """Shows spaCy only words that detectors name, and placeholders for all others."""

    def __init__(self, vocab: Vocab, words: Iterable[str] = ()) -> None:
        self._vocab = vocab
        self.known = Vocabulary(words)
        Doc(vocab, words=[*sorted(self.known.words), *PLACEHOLDERS])

    def __call__(self, text: str) -> Doc:
        """The masked text as tokens."""
        folded = text.lower()
        return Doc(self._vocab, words=self.known.read(folded, 0, len(folded)).words)

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the known words."""
        path.mkdir(parents=True, exist_ok=True)
        told = json.dumps(sorted(self.known.words), ensure_ascii=False, indent=0)
        (path / _WORDS).write_text(f"{told}\n", encoding="utf-8")

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> MaskingTokenizer:
        """Read what `to_disk` wrote."""
        words = json.loads((path / _WORDS).read_text(encoding="utf-8"))
        self.__init__(self._vocab, words)  # type: ignore[misc]
        return self


def _masking() -> Callable[[Language], MaskingTokenizer]:
    return lambda nlp: MaskingTokenizer(nlp.vocab)


registry.tokenizers(_TOKENIZER, func=_masking)


def digest(finds: Mapping[str, Find]) -> str:
    """Of all that the detectors say to the grammar, in hexadecimal."""
    told = {detector: find.model_dump(mode="json") for detector, find in sorted(finds.items())}
    return hashlib.sha256(json.dumps([_FORM, told], sort_keys=True).encode()).hexdigest()


def built(language: str, finds: Mapping[str, Find]) -> Language:
    """The pipeline of one language's detectors, by their ids."""
    nlp = spacy.blank(_BASE, config={"nlp": {"tokenizer": {"@tokenizers": _TOKENIZER}}})
    nlp.tokenizer = MaskingTokenizer(nlp.vocab, Vocabulary.of(finds.values()).words)
    nlp.add_pipe(FACTORY, name=NAME)
    rules = rules_in(nlp)
    for detector, find in sorted(finds.items()):
        rules.add(rules_of(detector, find), {detector: words_beside(find)})
    nlp.meta.update(
        name=f"gatekeeper_rules_{language}",
        version="1.0.0",
        description=f"Token patterns of the content detectors for texts in {language}.",
        author="Gatekeeper",
        license="as the detectors",
        sources={"detectors": len(finds), "sha256": digest(finds)},
    )
    return nlp


def rules_in(nlp: Language) -> TokenRules:
    """The component with the patterns."""
    rules = nlp.get_pipe(NAME)
    if not isinstance(rules, TokenRules):
        raise TypeError(f"{NAME} of the pipeline {nlp.meta['name']} is no {FACTORY}")
    return rules


def words_in(nlp: Language) -> Vocabulary:
    """The words that its tokenizer shows."""
    if not isinstance(nlp.tokenizer, MaskingTokenizer):
        raise TypeError(f"the pipeline {nlp.meta['name']} does not mask what it reads")
    return nlp.tokenizer.known


def kept(language: str, finds: Mapping[str, Find], models: Path) -> Language | None:
    """The pipeline in the folder; None unless it was built from just these detectors."""
    folder = models / language
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        made_from = str(meta["sources"]["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return _read(folder, made_from) if made_from == digest(finds) else None


@lru_cache(maxsize=8)
def _read(folder: Path, made_from: str) -> Language:
    """What a folder keeps; once for all policies with these detectors, which do not change it."""
    return spacy.load(folder)


def pipeline(
    language: str, finds: Mapping[str, Find], models: Path | None
) -> tuple[Language, bool]:
    """The pipeline of these detectors, and whether it is the one that is kept or built now."""
    found = kept(language, finds, models) if models else None
    return (found, True) if found else (built(language, finds), False)
