"""What in a detector's file is sound, and still of little use or dear? All of it is a warning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatekeeper.domain.fault_codes import Code
from gatekeeper.domain.words import Mode
from gatekeeper.errors import PolicyError
from gatekeeper.policy.faults import Fault
from gatekeeper.policy.model import Detector
from gatekeeper.screening.common_words import common
from gatekeeper.screening.detector_parts import parsed
from gatekeeper.screening.explain import opens
from gatekeeper.screening.grammar import Parts
from gatekeeper.screening.screener import Screener
from gatekeeper.screening.soundness import HEAVY, weight
from gatekeeper.screening.vocabulary import STOP, Vocabulary

SHORTEST = 3
"""Letters of a prefix below which it stands in words of every kind."""

Path = tuple[str | int, ...]
Found = tuple[Code, str, Path]
"""Kind, what to tell, and the place within the file."""


def idle(detectors: Sequence[Detector], screener: Screener | None) -> Iterator[Fault]:
    """Every such thing in these detectors; examples are tried if a screener of them is given."""
    for detector in detectors:
        try:
            parts = parsed(detector)
        except PolicyError:
            continue  # its faults are told where it is read
        found = [*_gate(detector, parts), *_words(parts), *_patterns(parts), *_context(parts)]
        off, certain = detector.mode is Mode.OFF, parts.find.literals
        if screener is not None and not off and not certain:
            found += _examples(detector, screener)
        for code, told, path in found:
            source = detector.where(*path) if detector.where else detector.source
            yield Fault(source, f"{detector.id}: {told}", code)


def _gate(detector: Detector, parts: Parts) -> Iterator[Found]:
    """A gate that stands open costs every message, whatever the detector finds."""
    alone = parts.gate.digits is None and parts.gate.shape is None
    for word, path in _literals(parts) if alone else ():
        if common(word, detector.languages) or (len(word) == 1 and word.isascii()):
            told = f"the gate opens on {word!r}, which ordinary messages are full of"
            yield Code.OPEN_GATE, f"{told}: choose a rarer word", path
    for i, prefix in enumerate(parts.gate.prefixes if alone else ()):
        if prefix.isascii() and prefix.isalnum() and len(prefix) < SHORTEST:
            told = f"the gate opens on every word with {prefix!r} in it"
            yield Code.OPEN_GATE, f"{told}: give it {SHORTEST} letters or more", (
                "gate", "prefixes", i,
            )  # fmt: skip


def _literals(parts: Parts) -> Iterator[tuple[str, Path]]:
    for i, word in enumerate(parts.gate.literals):
        yield word, ("gate", "literals", i)
    for name in parts.gate.words:
        for i, word in enumerate(parts.find.words[name]):
            yield word, ("find", "words", name, i)


def _words(parts: Parts) -> Iterator[Found]:
    """Words that no text can bring about, or that nothing makes use of."""
    find = parts.find
    named = {*parts.gate.words, *find.set_names()}
    vocabulary = Vocabulary.of([find])
    for name, words in find.words.items():
        if find.tokens and name not in named:  # elsewhere a validator may read them
            yield Code.IDLE, f"nothing names the word set {name}", ("find", "words", name)
        for i, word in enumerate(words if find.tokens else ()):
            if not _met(vocabulary, word.lower()):
                told = f"{word!r} is never met: texts that have it are read in other pieces"
                yield Code.IDLE, told, ("find", "words", name, i)
    if find.tokens:
        yield from _unused(parts)


def _met(vocabulary: Vocabulary, word: str) -> bool:
    """Whether a text that has the word alone is read as that one word."""
    read = vocabulary.read(word, 0, len(word)).words
    return [each for each in read if each != STOP] == [word]


def _unused(parts: Parts) -> Iterator[Found]:
    """Words that open the gate of patterns, none of which has them."""
    find = parts.find
    used: set[str] = set()
    for pattern in find.tokens:
        for step in pattern:
            named = getattr(step, "maybe", step)
            words = find.words.get(named, ()) if isinstance(named, str) else named
            if isinstance(words, tuple):
                used.update(word.lower() for word in words)
    for i, word in enumerate(parts.gate.literals):
        if word.lower() not in used:
            told = f"the gate opens on {word!r}, which stands in no pattern of tokens"
            yield Code.IDLE, told, ("gate", "literals", i)
    for i, name in enumerate(parts.gate.words):
        if used.isdisjoint(word.lower() for word in find.words[name]):
            told = f"the gate opens on the set {name}, which no pattern of tokens has"
            yield Code.IDLE, told, ("gate", "words", i)


def _patterns(parts: Parts) -> Iterator[Found]:
    for i, pattern in enumerate(parts.find.re2):
        if (heavy := weight(pattern)) > HEAVY:
            told = f"a pattern of {heavy} instructions: say + or {{2,}} for what counts to many"
            yield Code.HEAVY, told, ("find", "re2", i)


def _context(parts: Parts) -> Iterator[Found]:
    """A word that raises and lowers at once does neither."""
    raising = {word.lower() for word in parts.context.raise_}
    for i, word in enumerate(parts.context.lower):
        if word.lower() in raising:
            told = f"{word!r} raises and lowers, so that it does neither"
            yield Code.IDLE, told, ("context", "lower", i)


def _examples(detector: Detector, screener: Screener) -> Iterator[Found]:
    """Negatives none of which comes near tell nothing of where the detector ends.

    Where the gate's own words are the match, nothing comes nearer.
    """
    if not any(opens(screener, detector.id, text) for text in detector.negatives):
        told = "none of its negatives opens its gate: they would hold whatever it looked for"
        yield Code.WEAK_EXAMPLE, told, ("negatives",)
