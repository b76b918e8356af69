"""Is the gate alive, and may traffic come? Each dependency says so by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aiohttp import web
from pydantic import BaseModel

from gatekeeper.proxy.routes import json_response


class Alive(BaseModel):
    """The process answers."""

    alive: bool = True


class Health(BaseModel):
    """Whether the gate is ready, and what each dependency says."""

    ready: bool
    dependencies: dict[str, str]
    """By name: `ok`, or what is wrong; `ok, but ...` is well, and tells what was accepted."""


Probe = Callable[[], str]
"""Answers `ok` or what is wrong, from what is known already: it makes no trip of its own."""

OK, OK_BUT = "ok", "ok, but "

Probes = Callable[[], Mapping[str, Probe]]
"""The probes of all dependencies, by name."""


def readiness(probes: Mapping[str, Probe]) -> Health:
    """The state of all dependencies."""
    states = {name: probe() for name, probe in probes.items()}
    return Health(ready=all(well(state) for state in states.values()), dependencies=states)


def well(state: str) -> bool:
    """Whether a probe's answer lets traffic come."""
    return state == OK or state.startswith(OK_BUT)


def ready_response(probes: Mapping[str, Probe]) -> web.Response:
    """200 when ready, 503 with the same document when not."""
    health = readiness(probes)
    return json_response(health, 200 if health.ready else 503)


def live_response() -> web.Response:
    """200: the process answers."""
    return json_response(Alive())
