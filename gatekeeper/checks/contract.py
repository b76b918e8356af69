"""What is a check? One question with its parameters, as a pure function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import Struct
from pydantic import BaseModel, ConfigDict

from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.policy.model import Rule


class Params(BaseModel):
    """Base of every check's parameters: unknown keys are errors, values are frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Run = Callable[[Facts, Rule], Finding | None]


class Start(Struct, frozen=True, gc=False):
    """A test beside a rule, from which near-misses are derived."""

    row: Mapping[str, Any]
    """The whole row, in the words of a decision table."""
    facts: Facts
    fires: bool


class Edge(Struct, frozen=True, gc=False):
    """A change of a test that takes the rule to one side of a boundary; all else stays."""

    of: str
    """The parameter or date that draws the boundary."""
    name: str
    change: Mapping[str, Any]
    """What is laid over the test's row, in the words of a decision table."""
    fires: bool
    """What the boundary says; worked out from the file's own words, not by asking the check."""
    at_boundary: bool = True
    """False for what lies between boundaries, where nothing may flip."""


Asks = Callable[[Any], Iterable[str]]
Edges = Callable[[Start, Rule], Iterable[Edge]]


class Compared(Struct, frozen=True, gc=False):
    """What a check looks at and what its rule asks, in plain words, to explain an answer by."""

    value: str
    limit: str
    near: bool = False
    """Whether little is missing until the rule answers otherwise."""
    lists: tuple[str, ...] = ()
    """The lists whose answers are compared."""


Compare = Callable[[Facts, Rule], Compared]


@dataclass(frozen=True, slots=True)
class Check:
    """A check by its name in rule files, its parameter model and its question.

    `run` is asked once for each rule that binds the message. It answers None when the rule is
    met; it never decides, and never asks the clock, the network or the environment.
    """

    name: str
    params: type[Params]
    run: Run
    about: str | None = None
    """The fact (`matches`, `opaque` ...) without which no rule of the check can find anything:
    where it is empty, `run` is not asked. It saves a third of a decision's cost."""
    stage: int | None = None
    """Where a finding is reported, unless its rule or its reason says otherwise."""
    compared: Compare | None = None
    """What `run` compares, asked only by those who want an answer explained."""
    edges: Edges | None = None
    """The near-misses of a test beside a rule; None for a check whose parameters draw no line."""
    needs: tuple[str, ...] = ()
    """The facts that `run` reads (`at`, `sender.state` ...): a record that lacks one of them does
    not suffice to judge by this check again."""
    asks: Asks | None = None
    """What a rule has the gate find out, by its parameters: `list:us-national`, `family:payment`,
    `limits`, `begins:+7978`. What nobody asked then is not known when it is judged again."""
