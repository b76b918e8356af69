"""What do the files of replies say, each rule at its place?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gatekeeper.domain.fault_codes import Code
from gatekeeper.domain.reply import UNREAD, ReplyKind
from gatekeeper.policy.faults import Fault
from gatekeeper.policy.model import Policy, Source
from gatekeeper.policy.reply_model import KeywordSet, ReplyLanguage, ReplyPattern, ReplyRule
from gatekeeper.policy.shape import (
    KeywordSetShape,
    RepliesHead,
    ReplyPatternShape,
    ReplyRuleShape,
)
from gatekeeper.policy.validate import Model, parse
from gatekeeper.policy.yamlfile import Located


@dataclass(slots=True)
class RepliesDraft:
    """The languages read so far; faults go to the list of the whole policy."""

    faults: list[Fault]
    languages: list[ReplyLanguage] = field(default_factory=list)
    ids: dict[str, Source] = field(default_factory=dict)

    def add(self, located: Located) -> None:
        """Add the language of one file, which must be named after it."""
        head = parse(RepliesHead, located, self.faults)
        sets = tuple(self._rules(KeywordSetShape, located, "keywords"))
        patterns = tuple(self._rules(ReplyPatternShape, located, "patterns"))
        if head is None:
            return
        if head.language != located.file.stem:
            message = f"language {head.language} stands in {located.file.name}"
            self.faults.append(located.fault(message, "language", code=Code.MISPLACED))
        if not (head.keywords or head.patterns):
            told = "neither keywords nor patterns are there"
            self.faults.append(located.fault(told, code=Code.EMPTY))
        self.languages.append(
            ReplyLanguage(
                language=head.language,
                fillers=head.fillers,
                reactions=head.reactions,
                slips=head.slips,
                keywords=tuple(_keywords(shape, head, place) for shape, place in sets),
                patterns=tuple(_pattern(shape, head, place) for shape, place in patterns),
                innocent=head.innocent,
                source=located.source(),
            )
        )

    def _rules(
        self, shape: type[Model], located: Located, key: str
    ) -> Iterator[tuple[Model, Located]]:
        """The rules under one key that have their shape, read one by one so each fault is told."""
        rules = located.value.get(key) if isinstance(located.value, dict) else None
        for index, value in enumerate(rules if isinstance(rules, (list, tuple)) else ()):
            place = located.at(key, index)
            self._unique(value, place)
            rule = parse(shape, place, self.faults)
            if rule is not None:
                yield rule, place

    def _unique(self, value: Any, located: Located) -> None:
        name = value.get("id") if isinstance(value, dict) else None
        if not isinstance(name, str):
            return
        if name == UNREAD:
            told = f"{UNREAD} is said of texts too long to read"
            self.faults.append(located.fault(told, "id", code=Code.REPLIES))
        here = located.source("id")
        first = self.ids.setdefault(name, here)
        if first != here:
            told = f"the rule {name} stands at {first} already"
            self.faults.append(located.fault(told, "id", code=Code.SAME_ID))


def _common(shape: ReplyRuleShape, head: RepliesHead, located: Located) -> dict[str, Any]:
    said = {name: getattr(shape, name) for name in ReplyRuleShape.model_fields}
    return {**said, "language": head.language, "source": located.source()}


def _keywords(shape: KeywordSetShape, head: RepliesHead, located: Located) -> KeywordSet:
    return KeywordSet(
        **_common(shape, head, located),
        kind=ReplyKind(shape.kind),
        certain=shape.certain,
        words=shape.words,
        alone=shape.alone,
        sentence=shape.sentence,
    )


def _pattern(shape: ReplyPatternShape, head: RepliesHead, located: Located) -> ReplyPattern:
    return ReplyPattern(
        **_common(shape, head, located),
        kind=ReplyKind(shape.kind),
        certain=shape.certain,
        gate=shape.gate,
        find={"words": head.words, "tokens": shape.tokens, "unless": shape.unless},
        where=located.source,
    )


def all_rules(policy: Policy) -> Iterator[ReplyRule]:
    """Every keyword set and pattern of a policy, in file order."""
    for language in policy.replies:
        yield from language.keywords
        yield from language.patterns
