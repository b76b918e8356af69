"""What does a recipient's reply mean: stop, start again, help, or nothing of the kind?

    text -> quotes off -> skeleton -> slips -> keyword as a whole -> sentences, phrasings -> reading

Pure, and in bounded time for a text of any length. A text that asks to stop, in whatever else it
says, asks to stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gatekeeper.domain.fault_codes import Code
from gatekeeper.domain.reply import UNREAD, ReplyKind, ReplyReading
from gatekeeper.errors import PolicyError
from gatekeeper.policy.faults import Fault, found_in, refusal
from gatekeeper.policy.reply_model import KeywordSet, ReplyLanguage, ReplyPattern
from gatekeeper.screening.keywords import Keywords, joined
from gatekeeper.screening.phrasings import Phrasings
from gatekeeper.screening.skeleton import skeleton
from gatekeeper.screening.slips import Slips

LONGEST = 10_000
"""Letters and signs of a reply that are read for what it says in its own words."""
_OVERLAP = 64
"""So many are looked at twice, so that no phrase of a gate is cut in two."""
_NUMBER_SIGN = re.compile(r"#(?!\w)")
_QUOTE = re.compile('["“”„«»]')
_NOTHING = ReplyReading()
_UNREAD = ReplyReading(ReplyKind.STOP, certain=False, rule=UNREAD)


class Replies:
    """The keyword sets and patterns of all languages, compiled once; safe to share."""

    def __init__(self, languages: Sequence[ReplyLanguage], *, grammar: bool = True) -> None:
        """Compile; PolicyError with every fault. `grammar=False` leaves the patterns out."""
        sets = [each for language in languages for each in language.keywords]
        fillers = [word for language in languages for word in language.fillers]
        patterns = [each for language in languages for each in language.patterns]
        faults = [Fault.read(line, Code.REPLIES) for line in _faults(sets, fillers)]
        try:
            phrasings = Phrasings(patterns)
        except PolicyError as error:
            faults += found_in(error, Code.REPLIES)
        if faults:
            raise refusal(faults)
        known = [skeleton(word) for each in sets for word in each.words]
        slips = [skeleton(word) for language in languages for word in language.slips]
        self._slips = Slips(slips, [*known, *map(skeleton, fillers), *phrasings.words])
        self._reactions = frozenset(joined(word) for each in languages for word in each.reactions)
        self._keywords = Keywords(sets, fillers)
        self._phrasings = phrasings if grammar else Phrasings(())

    @property
    def phrasings(self) -> Phrasings:
        """The patterns, compiled."""
        return self._phrasings

    def read(self, text: str) -> ReplyReading:
        """What a reply means."""
        plain = self._plain(text)
        if (whole := self._keywords.whole(plain)) is not None:
            return _reading(whole)
        spelled = _NUMBER_SIGN.sub(" number", plain)
        readings = (*self._said(spelled[:LONGEST]), *self._unread(spelled))
        return min(readings, key=lambda reading: not reading.certain, default=_NOTHING)

    def reaches_grammar(self, text: str) -> bool:
        """Whether the cheap gate hands the text to spaCy."""
        plain = self._plain(text)
        return not self._keywords.whole(plain) and bool(self._phrasings.opened(plain[:LONGEST]))

    def _plain(self, text: str) -> str:
        plain = self._slips.mend(skeleton(_unquoted(text)))
        quote = _QUOTE.search(plain)
        if quote and joined(plain[: quote.start()]) in self._reactions:
            return _QUOTE.split(plain)[-1]
        return plain

    def _said(self, plain: str) -> Iterator[ReplyReading]:
        """What sentences and phrasings say; the first that is certain will count."""
        for found, certain in self._keywords.sentences(plain):
            yield _reading(found, certain)
        patterns, finished = self._phrasings.read(plain)
        yield from map(_reading, patterns)
        if not finished:
            yield _UNREAD

    def _unread(self, plain: str) -> Iterator[ReplyReading]:
        """Whether any gate opens in what is too long to be read."""
        step = LONGEST - _OVERLAP
        starts = range(step, len(plain) - _OVERLAP, step)
        if any(self._phrasings.opened(plain[start : start + LONGEST]) for start in starts):
            yield _UNREAD


def _reading(rule: KeywordSet | ReplyPattern, certain: bool | None = None) -> ReplyReading:
    sure = rule.certain if certain is None else certain
    return ReplyReading(rule.kind, sure, rule.id, rule.language)


def _unquoted(text: str) -> str:
    """The text without the lines that quote another message."""
    if ">" not in text:
        return text
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))


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
