"""What is a check? One question with its parameters, as a pure function."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.policy.model import Policy


class Params(BaseModel):
    """Base of every check's parameters: unknown keys are errors, values are frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Check:
    """A check by its name in rule files, its parameter model and its question."""

    name: str
    params: type[Params]
    run: Callable[[Facts, Policy], Iterable[Finding]]
