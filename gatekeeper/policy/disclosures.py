"""What do the files of disclosures say: by which words is a recipient told what?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from gatekeeper.domain.disclosure import Element
from gatekeeper.policy.faults import Fault
from gatekeeper.policy.row import Number, Shape
from gatekeeper.policy.shape import Day
from gatekeeper.policy.validate import parse

if TYPE_CHECKING:
    from gatekeeper.policy.model import Source
    from gatekeeper.policy.yamlfile import Located

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=80)]
Written = Annotated[str, Field(min_length=1, max_length=500)]


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """Some ways to tell one element in one language."""

    id: str
    language: str
    element: Element
    title: str
    re2: tuple[str, ...]
    """Linear-time patterns over the plain, case-folded text."""
    excepted: frozenset[str]
    """What the first group of a pattern may not be."""
    positives: tuple[str, ...]
    negatives: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class DisclosureLanguage:
    """One file: what is told in one language, and by which words the language shows."""

    language: str
    common: frozenset[str]
    rows: tuple[DisclosureRow, ...]
    source: Source


class DisclosureRowShape(Shape):
    """Some ways to tell one element."""

    id: Name
    element: Element
    title: Written
    citation: Written
    verified_on: Day
    re2: tuple[Written, ...] = Field(min_length=1, max_length=64)
    excepted: tuple[Number, ...] = ()
    positives: tuple[Number, ...] = Field(min_length=1)
    negatives: tuple[Number, ...] = Field(min_length=1)


class DisclosuresHead(Shape):
    """A file of disclosures but for its rows, which are read one by one."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    title: Written
    common: tuple[Number, ...] = ()
    """Words that are frequent in this language and rare in others; none: no language."""
    rows: tuple[Any, ...] = Field(min_length=1)


class DisclosuresShape(DisclosuresHead):
    """What messages in one language tell their recipients, and in which words."""

    rows: tuple[DisclosureRowShape, ...] = Field(min_length=1)


@dataclass(slots=True)
class DisclosuresDraft:
    """The languages read so far; faults go to the list of the whole policy."""

    faults: list[Fault]
    languages: list[DisclosureLanguage] = field(default_factory=list)
    ids: dict[str, Source] = field(default_factory=dict)

    def add(self, located: Located) -> None:
        """Add the language of one file, which must be named after it."""
        head = parse(DisclosuresHead, located, self.faults)
        if head is None:
            return
        if head.language != located.file.stem:
            message = f"language {head.language} stands in {located.file.name}"
            self.faults.append(located.fault(message, "language"))
        places = [located.at("rows", index) for index in range(len(head.rows))]
        rows = [row for place in places if (row := self._row(place, head.language))]
        self.languages.append(
            DisclosureLanguage(head.language, frozenset(head.common), tuple(rows), located.source())
        )

    def _row(self, place: Located, language: str) -> DisclosureRow | None:
        shape = parse(DisclosureRowShape, place, self.faults)
        if shape is None:
            return None
        first = self.ids.setdefault(shape.id, place.source("id"))
        if first != place.source("id"):
            message = f"the disclosure {shape.id} stands at {first} already"
            self.faults.append(place.fault(message, "id"))
        return DisclosureRow(
            id=shape.id,
            language=language,
            element=shape.element,
            title=shape.title,
            re2=shape.re2,
            excepted=frozenset(word.casefold() for word in shape.excepted),
            positives=shape.positives,
            negatives=shape.negatives,
            source=place.source(),
        )
