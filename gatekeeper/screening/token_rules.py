"""Which detectors' token patterns hold in a masked text? A component of a spaCy pipeline.

The patterns of one detector are one Matcher, run only when the detector's gate is open and at
least one of its patterns has a word of each of its steps in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from gatekeeper.screening.grammar import Find
from gatekeeper.screening.token_pattern import Tokens, needs_of, tokens_of
from gatekeeper.screening.vocabulary import PLACEHOLDERS, Reading, Sentences, Vocabulary

FACTORY = "gatekeeper_rules"
_FILE, _BESIDE = "patterns.jsonl", "beside.json"
_ANYWHERE, _AT_START = "anywhere", "at start"

Words = Mapping[str, Iterable[str]]
"""Words by detector."""
_NONE: Words = {}


class TokenRule(msgspec.Struct, frozen=True):
    """One pattern of a detector, as it is kept in a pipeline's folder."""

    detector: str
    unless: bool
    """Whether it takes the detector's matches in the same sentence away."""
    at_start: bool
    tokens: Tokens


def words_beside(find: Find) -> set[str]:
    """The words of sets that no pattern names: what its author wants known all the same."""
    unnamed = (words for name, words in find.words.items() if name not in find.set_names())
    return {word.lower() for words in unnamed for word in words}


def rules_of(detector: str, find: Find) -> Iterator[TokenRule]:
    """The patterns of one detector."""
    for unless, patterns in ((False, find.tokens), (True, find.unless)):
        for pattern in patterns:
            tokens, at_start = tokens_of(pattern, find)
            yield TokenRule(detector, unless, at_start, tokens)


class Group:
    """Patterns that are matched together."""

    def __init__(self, vocab: Vocab, rules: Iterable[TokenRule]) -> None:
        self._matcher = Matcher(vocab, validate=False)  # the grammar has read and checked them
        self._needs: list[tuple[frozenset[str], ...]] = []
        for rule in rules:
            self._matcher.add(_AT_START if rule.at_start else _ANYWHERE, [rule.tokens])
            self._needs.append(needs_of(rule.tokens))
        self._start = vocab.strings.add(_AT_START)

    def may_match(self, words: frozenset[str]) -> bool:
        """Whether a pattern has a word of each of its steps among these."""
        return any(_met(needs, words) for needs in self._needs)

    def spans(self, doc: Doc, sentences: Sentences) -> Iterator[tuple[int, int]]:
        """Token spans that match within one sentence, each once."""
        if not self.may_match(sentences.words):
            return
        for key, first, last in dict.fromkeys(self._matcher(doc)):
            begins = key != self._start or sentences.begins(first)
            if begins and sentences.same(first, last):
                yield first, last


def _met(needs: tuple[frozenset[str], ...], words: frozenset[str]) -> bool:
    return not any(need.isdisjoint(words) for need in needs)


def _vocabulary(patterns: Iterable[TokenRule], beside: Iterable[str]) -> Vocabulary:
    """The words of patterns, and those beside them."""
    steps = (step.get("ORTH", {}).get("IN", ()) for rule in patterns for step in rule.tokens)
    named = {word for words in steps for word in words}
    return Vocabulary(named.difference(PLACEHOLDERS).union(beside))


class TokenRules:
    """The component: all detectors of one language."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._rules: list[TokenRule] = []
        self._groups: dict[str, tuple[Group, Group]] = {}
        self._beside: dict[str, list[str]] = {}
        self._words: dict[str, Vocabulary] = {}

    def add(self, rules: Iterable[TokenRule], words: Words = _NONE) -> None:
        """Take in the patterns of detectors, all of a detector at once.

        `words` are those that a detector names beside its patterns: known, so no `other` step.
        """
        mine: dict[str, list[TokenRule]] = {}
        for rule in rules:
            self._rules.append(rule)
            mine.setdefault(rule.detector, []).append(rule)
        for detector, patterns in mine.items():
            find = Group(self._vocab, (p for p in patterns if not p.unless))
            unless = Group(self._vocab, (p for p in patterns if p.unless))
            self._groups[detector] = find, unless
            self._beside[detector] = sorted(words.get(detector, ()))
            self._words[detector] = _vocabulary(patterns, self._beside[detector])

    @property
    def detectors(self) -> tuple[str, ...]:
        """Whose patterns these are."""
        return tuple(self._groups)

    @property
    def count(self) -> int:
        """How many patterns there are."""
        return len(self._rules)

    def words(self, detector: str) -> Vocabulary:
        """The words that a detector's own patterns name: for it, all others are unknown."""
        return self._words[detector]

    def may_match(self, detector: str, words: frozenset[str]) -> bool:
        """Whether a text of these words is worth a Doc."""
        return self._groups[detector][0].may_match(words)

    def found(self, detector: str, doc: Doc, sentences: Sentences) -> Iterator[tuple[int, int]]:
        """Token spans that a detector's patterns find and none of its `unless` takes away."""
        return (span for span, taken in self.judged(detector, doc, sentences) if not taken)

    def judged(
        self, detector: str, doc: Doc, sentences: Sentences
    ) -> Iterator[tuple[tuple[int, int], bool]]:
        """Token spans that a detector's patterns find, and whether an `unless` takes them away."""
        find, unless = self._groups[detector]
        if not (found := list(find.spans(doc, sentences))):
            return
        spared = {sentences.numbers[first] for first, _ in unless.spans(doc, sentences)}
        yield from ((span, sentences.numbers[span[0]] in spared) for span in found)

    def __call__(self, doc: Doc) -> Doc:
        """Write what is found to `doc.spans["rules"]`, for readers of the pipeline alone.

        They see one reading by the words of all detectors; the screener reads for each its own.
        """
        sentences = Sentences(Reading([token.text for token in doc], []))
        doc.spans["rules"] = [
            Span(doc, first, last, label=detector)
            for detector in self._groups
            for first, last in self.found(detector, doc, sentences)
        ]
        return doc

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the patterns, one in a line, and the words beside them."""
        path.mkdir(parents=True, exist_ok=True)
        lines = [msgspec.json.encode(rule) for rule in self._rules]
        (path / _FILE).write_bytes(b"\n".join([*lines, b""]))
        beside = {detector: words for detector, words in self._beside.items() if words}
        (path / _BESIDE).write_bytes(msgspec.json.encode(beside) + b"\n")

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> TokenRules:
        """Read what `to_disk` wrote."""
        decode = msgspec.json.Decoder(TokenRule).decode
        beside = msgspec.json.decode((path / _BESIDE).read_bytes(), type=dict[str, list[str]])
        self.add(map(decode, (path / _FILE).read_bytes().splitlines()), beside)
        return self


@Language.factory(FACTORY)
def _made(nlp: Language, name: str) -> TokenRules:
    return TokenRules(nlp.vocab)
