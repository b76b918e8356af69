"""What does a recipient's reply mean: stop, start again, help, or nothing of the kind?

    text -> quotes off -> skeleton -> keyword as a whole -> gate -> spaCy patterns -> reading

Pure, and in bounded time for a text of any length. A text that asks to stop, in whatever else it
says, asks to stop.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gatekeeper.domain.reply import UNREAD, ReplyKind, ReplyReading
from gatekeeper.errors import PolicyError
from gatekeeper.policy.model import KeywordSet, ReplyLanguage, ReplyPattern
from gatekeeper.screening.grammar import Find, parse
from gatekeeper.screening.keywords import Keywords, joined
from gatekeeper.screening.prefilter import Prefilter
from gatekeeper.screening.scan import Scan
from gatekeeper.screening.skeleton import skeleton
from gatekeeper.screening.views import View

if TYPE_CHECKING:
    from gatekeeper.screening.tier import Grammar

LONGEST = 10_000
"""Letters and signs of a reply that are read for what it says in its own words."""
_OVERLAP = 64
"""So many are looked at twice, so that no phrase of a gate is cut in two."""
_NOTHING = ReplyReading()
_UNREAD = ReplyReading(ReplyKind.STOP, certain=False, rule=UNREAD)


class Replies:
    """The keyword sets and patterns of all languages, compiled once; safe to share."""

    def __init__(self, languages: Sequence[ReplyLanguage], *, grammar: bool = True) -> None:
        """Compile; PolicyError with every fault. `grammar=False` leaves the patterns out."""
        sets = [each for language in languages for each in language.keywords]
        fillers = [word for language in languages for word in language.fillers]
        patterns = [each for language in languages for each in language.patterns]
        faults = [*_faults(sets, fillers)]
        parts = []
        for pattern in patterns:
            try:
                parts.append(parse(_bare(pattern)))
            except PolicyError as error:
                faults += error.faults
        if faults:
            raise PolicyError(tuple(faults))
        self._keywords = Keywords(sets, fillers)
        self._patterns = patterns if grammar else []
        words = [(i, word) for i, part in enumerate(parts) for word in part.words()]
        prefixes = [(i, text) for i, part in enumerate(parts) for text in part.gate.prefixes]
        self._prefilter = Prefilter(words, prefixes)
        finds = {i: part.find for i, part in enumerate(parts)} if self._patterns else {}
        languages_of = [pattern.language for pattern in self._patterns]
        self.tiers = {
            language: _grammar({i: f for i, f in finds.items() if languages_of[i] == language})
            for language in dict.fromkeys(languages_of)
        }
        """For each language its grammar: a phrase of one is no phrase of another."""

    def read(self, text: str) -> ReplyReading:
        """What a reply means."""
        plain = skeleton(_unquoted(text))
        if (whole := self._keywords.whole(plain)) is not None:
            return _reading(whole)
        said = plain[:LONGEST]
        readings = [_reading(*each) for each in self._keywords.sentences(said)]
        readings += self._patterned(said)
        if self._asks_beyond(plain):
            readings.append(_UNREAD)
        return min(readings, key=lambda reading: not reading.certain, default=_NOTHING)

    def reaches_grammar(self, text: str) -> bool:
        """Whether the cheap gate hands the text to spaCy."""
        plain = skeleton(_unquoted(text))
        return self._keywords.whole(plain) is None and bool(self._gates(plain[:LONGEST]))

    def _gates(self, plain: str) -> dict[int, list[tuple[int, int]]]:
        """The patterns whose words occur, and where."""
        if not self._patterns:
            return {}
        hits = self._prefilter.hits(plain)
        return {index: spans for index, spans in hits.items() if index >= 0}

    def _patterned(self, plain: str) -> Iterator[ReplyReading]:
        hits = self._gates(plain)
        scan = Scan(View(plain, plain), hits, [])
        found: set[int] = set()
        for language, tier in self.tiers.items():
            asked = [i for i in sorted(hits) if self._patterns[i].language == language]
            found.update(index for index, _ in tier.find(scan, asked))
        yield from (_reading(self._patterns[index]) for index in sorted(found))
        if scan.unfinished:
            yield _UNREAD

    def _asks_beyond(self, plain: str) -> bool:
        """Whether any gate opens in what is too long to be read."""
        starts = range(LONGEST - _OVERLAP, len(plain) - _OVERLAP, LONGEST - _OVERLAP)
        return any(self._gates(plain[start : start + LONGEST]) for start in starts)


def _reading(rule: KeywordSet | ReplyPattern, certain: bool | None = None) -> ReplyReading:
    sure = rule.certain if certain is None else certain
    return ReplyReading(rule.kind, sure, rule.id, rule.language)


def _unquoted(text: str) -> str:
    """The text without the lines that quote another message."""
    if ">" not in text:
        return text
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))


def _bare(pattern: ReplyPattern) -> ReplyPattern:
    """The pattern with its words as a skeleton has them."""
    return replace(pattern, gate=_skeletons(pattern.gate), find=_skeletons(pattern.find))


def _skeletons(said: Any) -> Any:
    if isinstance(said, str):
        return skeleton(said)
    if isinstance(said, Mapping):
        return {skeleton(key): _skeletons(value) for key, value in said.items()}
    if isinstance(said, list | tuple):
        return tuple(map(_skeletons, said))
    return said


def _faults(sets: Sequence[KeywordSet], fillers: Sequence[str]) -> Iterator[str]:
    """Words without letters, and words with two meanings."""
    owners: dict[str, KeywordSet] = {}
    filling = set(map(joined, fillers))
    for each in sets:
        if each.sentence is not None and each.kind is not ReplyKind.STOP:
            yield f"{each.source}: {each.id}: only a stop counts as one sentence of several"
        for word in each.words:
            key = joined(word)
            first = owners.setdefault(key, each)
            if not key:
                yield f"{each.source}: {each.id}: {word} has no letters"
            elif first is not each:
                yield f"{each.source}: {each.id}: {word} is a word of {first.id} already"
            elif key in filling:
                yield f"{each.source}: {each.id}: {word} is a filler too"


def _grammar(finds: dict[int, Find]) -> Grammar:
    """The spaCy tier; its import costs a second, which commands that read nothing do not pay."""
    from gatekeeper.screening.tier import Grammar

    return Grammar(finds)
