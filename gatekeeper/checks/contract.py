"""What is a check? One question with its parameters, as a pure function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.policy.model import Rule


class Params(BaseModel):
    """Base of every check's parameters: unknown keys are errors, values are frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Run = Callable[[Facts, Rule], Finding | None]


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
