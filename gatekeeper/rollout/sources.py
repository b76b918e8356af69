"""On which sources does a policy rest, how sure is each, and when did somebody last look at it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gatekeeper.policy.load import drafted, policy_files
from gatekeeper.policy.model import Source
from gatekeeper.policy.yamlfile import Located
from gatekeeper.rollout.ready import check_kinds

NOT_STATED = "not stated"
"""The confidence of a source of which the file says nothing."""
ORDER = ("low", "medium", "high", NOT_STATED)
"""The least sure first."""
_STATES_IT = frozenset({"floor", "channels", "content", "tenants"})
"""Layers whose packs say how sure a source is, and mean `high` where they do not."""
_UNSOURCED = frozenset({"tests", "given", "with"})


@dataclass(frozen=True, slots=True)
class Cited:
    """One source, with everything of one pack that rests on it in the same way."""

    citation: str
    url: str | None
    effective_from: date | None
    effective_to: date | None
    verified_on: date | None
    confidence: str
    jurisdiction: str | None
    pack: str
    rules: tuple[str, ...]
    """Ids of the rules, detectors or orders; for what has no id, the key that it stands under."""
    place: Source
    """Where the first of them stands."""

    def older_than(self, days: int, today: date) -> bool:
        """Whether nobody has looked at it for so long, or nobody ever."""
        return self.verified_on is None or today - self.verified_on > timedelta(days=days)

    def within(self, jurisdiction: str) -> bool:
        """Whether it is about the place or a part of it."""
        own = self.jurisdiction or ""
        return own == jurisdiction or own.startswith(f"{jurisdiction}-")


def cited_in(folder: Path) -> tuple[Cited, ...]:
    """Every source of a policy folder; raises PolicyError for files that cannot be read."""
    return cited(drafted(tuple(policy_files(folder)), check_kinds()).documents)


def cited(documents: Iterable[Located]) -> tuple[Cited, ...]:
    """Every source of these files, each told once for everything that rests on it alike."""
    found: dict[Cited, Cited] = {}
    for document in documents:
        for one in _in(document):
            alike = replace(one, rules=(), place=Source(one.place.file))
            first = found.get(alike)
            found[alike] = replace(first, rules=first.rules + one.rules) if first else one
    return tuple(found.values())


def _in(document: Located) -> Iterator[Cited]:
    if not isinstance(document.value, dict):
        return
    head = document.value
    for path, said in _citing(head, ()):
        effective = said.get("effective") or {}
        unsaid = "high" if _rates(document, path) else NOT_STATED
        named = said.get("id") or next(step for step in reversed(path) if isinstance(step, str))
        yield Cited(
            citation=str(said["citation"]),
            url=said.get("url"),
            effective_from=effective.get("from"),
            effective_to=effective.get("to"),
            verified_on=said.get("verified_on"),
            confidence=said.get("confidence", unsaid),
            jurisdiction=said.get("jurisdiction") or said.get("region") or head.get("jurisdiction"),
            pack=str(head.get("pack") or head.get("tenant") or document.file.with_suffix("")),
            rules=(str(named),),
            place=document.source(*path),
        )


def _rates(document: Located, path: tuple[str | int, ...]) -> bool:
    """Whether a source here may say how sure it is: those of detectors and replies do not."""
    return bool(path) and document.file.parts[0] in _STATES_IT


def _citing(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, dict):
        if "citation" in value:
            yield path, value
        for key, below in value.items():
            if key not in _UNSOURCED and not key.startswith("x_"):
                yield from _citing(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _citing(below, (*path, index))
