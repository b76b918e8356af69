"""Which spaCy pipelines do the detectors of a policy make, and does a folder hold just these?

A folder of models holds one pipeline for each language of the detectors' token patterns, as spaCy
writes it, with a card. The same detectors give the same bytes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gatekeeper.policy.model import Detector
from gatekeeper.screening.screener import Screener
from gatekeeper.screening.tier import Grammar, Tongue

CARD = "README.md"


@dataclass(frozen=True, slots=True)
class ModelState:
    """One language's pipeline: what it holds, and whether the folder has it."""

    language: str
    detectors: int
    patterns: int
    words: int
    sha256: str
    """Of what its detectors say."""
    kept: bool
    """Whether the folder holds the pipeline of just these detectors."""


def states(detectors: tuple[Detector, ...], models: Path) -> tuple[ModelState, ...]:
    """The pipelines of these detectors, by language."""
    return tuple(_state(tongue) for tongue in _tongues(detectors, models))


def write(detectors: tuple[Detector, ...], models: Path) -> tuple[Path, ...]:
    """Build the pipelines anew and write each into its folder; the folders written."""
    return tuple(_written(tongue, models) for tongue in _tongues(detectors, None))


def _tongues(detectors: tuple[Detector, ...], models: Path | None) -> Iterator[Tongue]:
    tier: Grammar | None = Screener(detectors, models=models).tier
    yield from sorted(tier.tongues if tier else (), key=lambda tongue: tongue.language)


def _state(tongue: Tongue) -> ModelState:
    sources = tongue.nlp.meta["sources"]
    return ModelState(
        tongue.language,
        len(tongue.indexes),
        tongue.patterns,
        tongue.words,
        sources["sha256"],
        tongue.kept,
    )


def _written(tongue: Tongue, models: Path) -> Path:
    folder = models / tongue.language
    shutil.rmtree(folder, ignore_errors=True)
    models.mkdir(parents=True, exist_ok=True)
    tongue.nlp.to_disk(folder)
    (folder / CARD).write_text(_card(_state(tongue)), encoding="utf-8")
    return folder


def _card(state: ModelState) -> str:
    return f"""# gatekeeper_rules_{state.language}

Token patterns of the content detectors whose words are in `{state.language}` (ISO 639-1), as a
spaCy pipeline: a tokenizer that masks, and one component with a `Matcher` for each detector.

| what | |
|---|---|
| detectors | {state.detectors} |
| token patterns | {state.patterns} |
| words that spaCy may see | {state.words} |
| SHA-256 of what the detectors say | `{state.sha256}` |

It is not trained and holds no figures of its own: `gatekeeper screen --evaluate FILE` measures the
detectors. Every word that no detector names is one placeholder before spaCy sees it, every number
another, so a text leaves nothing in the string store.

    import spacy, gatekeeper.screening.pipeline  # registers the tokenizer and the component
    nlp = spacy.load("models/{state.language}")
    nlp("...").spans["rules"]

Built by `gatekeeper models build` from the files below `policies/content/`, and built anew in
memory where those files say something else.
"""
