"""What do the parts of a detector come to, and what is wrong in them, all of it at once?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from gatekeeper.domain.fault_codes import Code
from gatekeeper.errors import PolicyError
from gatekeeper.policy.faults import Fault, found_in, refusal
from gatekeeper.policy.model import Source
from gatekeeper.policy.validate import said
from gatekeeper.policy.yamlfile import Located
from gatekeeper.screening.grammar import Parts, Stated, parse


class Spoken(Stated, Protocol):
    """What is read of a detector, beside its parts."""

    @property
    def languages(self) -> Sequence[str]:
        """Of its words."""


@dataclass(frozen=True, slots=True)
class Unshaped:
    """A detector's file that may have faults of shape: its parts are looked at all the same."""

    id: str
    source: Source
    where: Callable[..., Source]
    gate: Mapping[str, Any]
    find: Mapping[str, Any]
    context: Mapping[str, Any]
    languages: Sequence[str]

    @classmethod
    def of(cls, document: Located) -> Unshaped | None:
        """Of a file's mapping; None where a part is missing or none, which is told elsewhere."""
        value = said(document)
        gate, find = value.get("gate"), value.get("find")
        context = value.get("context", {})
        if not all(isinstance(part, dict) for part in (gate, find, context)):
            return None
        named, languages = value.get("id"), value.get("languages")
        return cls(
            named if isinstance(named, str) else document.file.stem,
            document.source(),
            document.source,
            gate,
            find,
            context,
            languages if isinstance(languages, list) else (),
        )


def parsed(detector: Spoken) -> Parts:
    """The parts of a detector; PolicyError with every fault in them."""
    parts, faults = _read(detector)
    if parts is None or faults:
        raise refusal(faults)
    return parts


def faults_within(detector: Spoken) -> Iterator[Fault]:
    """Every fault in the parts."""
    return iter(_read(detector)[1])


def _read(detector: Spoken) -> tuple[Parts | None, list[Fault]]:
    parts, faults = None, list(_language(detector))
    try:
        parts = parse(detector)
    except PolicyError as error:
        faults += found_in(error, Code.DETECTOR)
    return parts, faults


def _language(detector: Spoken) -> Iterator[Fault]:
    """Words of several languages would be read by one pipeline, and in none of them rightly."""
    if detector.find.get("tokens") and len(detector.languages) != 1:
        place = ("languages",) if detector.languages else ("find", "tokens")
        source = detector.where(*place, key=True) if detector.where else detector.source
        told = f"{detector.id}: a detector with tokens names the one language of its words"
        yield Fault(source, f"{told}: languages: [en]", Code.DETECTOR)
