"""Is this installation sound, and what should be done about what is not?"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape

from gatekeeper.cli import doctor_attach
from gatekeeper.cli.diagnosis import Diagnosis
from gatekeeper.cli.gate import call
from gatekeeper.cli.output import AsJson, show
from gatekeeper.errors import GatekeeperError, PolicyError
from gatekeeper.numbering import zones
from gatekeeper.proxy.health import well
from gatekeeper.rollout.ready import ready
from gatekeeper.screening.purpose import FOLDER, kept
from gatekeeper.settings import Settings
from gatekeeper.store.promise import Promise

FLOORS = {"aiohttp": (3, 14, 5), "redis": (8, 1), "phonenumbers": (9, 0), "tzdata": (2026, 6)}
"""Oldest versions without a known fault that matters here: zone data before 2026f is an hour wrong
in British Columbia, Alberta and Manitoba from November 2026 on."""
FREE_BYTES = 1 << 30


def doctor(as_json: AsJson = False) -> None:
    """Check versions, zone data, store, lists, disk, keys, policy and doors; say what to do."""
    settings = Settings()
    found = [diagnosis for check in CHECKS for diagnosis in check(settings)]
    if as_json:
        show([asdict(diagnosis) for diagnosis in found])
    else:
        _print(found)
    raise typer.Exit(any(diagnosis.state == "bad" for diagnosis in found))


def _print(found: list[Diagnosis]) -> None:
    colours = {"ok": "green", "warn": "yellow", "bad": "red"}
    console = Console(highlight=False, soft_wrap=True)
    for each in found:
        state = f"[{colours[each.state]}]{each.state:4}[/]"
        console.print(f"{state} {escape(each.what)}: {escape(each.found)}")
        if each.advice:
            console.print(f"     -> {escape(each.advice)}")


def _python(_settings: Settings) -> Iterator[Diagnosis]:
    supported = (3, 11) <= sys.version_info[:2] <= (3, 14)
    advice = "" if supported else "use Python 3.11 to 3.14"
    yield Diagnosis("python", "ok" if supported else "bad", sys.version.split()[0], advice)
    for name, floor in FLOORS.items():
        installed = version(name)
        fine = _parts(installed) >= floor
        advice = "" if fine else "install from the lock file: make run"
        yield Diagnosis(name, "ok" if fine else "bad", installed, advice)


def _zones(settings: Settings) -> Iterator[Diagnosis]:
    days = (datetime.now(UTC).date() - zones.dated()).days
    old = days > settings.zone_data_days
    advice = "zone rules change several times a year: update the tzdata package" if old else ""
    found = f"tzdata {zones.version()}, no more than {max(days, 0)} days old"
    yield Diagnosis("time-zone data", "warn" if old else "ok", found, advice)


def _policy(settings: Settings) -> Iterator[Diagnosis]:
    try:
        policy = ready(settings.policies).policy
    except PolicyError as error:
        advice = "run `gatekeeper policy check` and mend the lines that it names"
        yield Diagnosis("policy", "bad", f"{len(error.faults)} faults", advice)
        return
    found = f"{len(policy.rules)} rules, {len(policy.detectors)} detectors, {policy.hash[:12]}"
    yield Diagnosis("policy", "ok", found)


def _models(settings: Settings) -> Iterator[Diagnosis]:
    fault = kept(settings.models).fault
    advice = "the rules `gate.reads_as_...` find nothing without it: restore its folder"
    found = f"cannot be used: {fault}" if fault else str(settings.models / FOLDER)
    yield Diagnosis("purpose model", "warn" if fault else "ok", found, advice if fault else "")


def _keyring(settings: Settings) -> Iterator[Diagnosis]:
    path = settings.keyring_file
    if not path.exists():
        yield Diagnosis("keyring", "warn", "none yet", "it is made when the gate first starts")
        return
    private = path.stat().st_mode & 0o077 == 0
    advice = "" if private else f"chmod 600 {path}"
    yield Diagnosis("keyring", "ok" if private else "bad", str(path), advice)


def _disk(settings: Settings) -> Iterator[Diagnosis]:
    place = settings.data if settings.data.exists() else settings.data.resolve().parent
    free = shutil.disk_usage(place).free
    short = free < FREE_BYTES
    advice = "below 8 MB the gate refuses every send: make room" if short else ""
    yield Diagnosis("disk", "warn" if short else "ok", f"{free >> 20} MiB free", advice)


def _gate(_settings: Settings) -> Iterator[Diagnosis]:
    try:
        status: dict[str, Any] = call("GET", "/status")
    except (GatekeeperError, OSError) as error:
        yield Diagnosis("gate", "warn", str(error), "the checks below need a running gate")
        return
    yield from _dependencies(status)
    yield from _observing(status)
    yield from _lists(status)
    yield from _missing_lists(status)


def _dependencies(status: dict[str, Any]) -> Iterator[Diagnosis]:
    for name, state in status["health"]["dependencies"].items():
        fine = well(state)
        advice = "" if fine else "every send is refused (503) until this is well"
        found = "ready" if fine else state
        yield Diagnosis(f"gate's {name}", "ok" if fine else "bad", found, advice)
    for fault in status["policy"]["faults"]:
        advice = "the last good policy judges until this is mended"
        yield Diagnosis("policy reload", "bad", fault, advice)
    if status["policy"]["differs"] and not status["policy"]["faults"]:
        found = f"{status['policy']['hash'][:12]} is in force, and the folder says something else"
        advice = (
            "`gatekeeper policy status` shows how; `gatekeeper policy promote` takes the folder"
        )
        yield Diagnosis("policy folder", "warn", found, advice)
    promise = status["store"]["durability"]
    weak = promise == Promise.NONE
    found = "acknowledged changes rest on the journal alone" if weak else promise
    advice = "unset GATEKEEPER_STORE_DURABILITY to wait for the store's disk too" if weak else ""
    yield Diagnosis("store durability", "warn" if weak else "ok", found, advice)


def _observing(status: dict[str, Any]) -> Iterator[Diagnosis]:
    for tenant, until in status["observing"].items():
        advice = f"most rules stop nothing of it: `gatekeeper tenant observe {tenant} --end`"
        yield Diagnosis(f"tenant {tenant}", "warn", f"only observes until {until}", advice)


def _lists(status: dict[str, Any]) -> Iterator[Diagnosis]:
    limits: dict[str, int] = status["lists_limits"]
    for row in status["lists"]:
        if row["version"] == "own":
            continue
        age = datetime.now(UTC) - datetime.fromisoformat(row["as_of"])
        days, lost = limits.get(row["list_id"]), row["list_id"] in status["lists_lost"]
        stale = days is not None and age > timedelta(days=days)
        advice = "marketing is blocked: import a newer version with `gatekeeper dnc import`"
        found = f"{row['count']} numbers, {age.days} days old"
        found += f" of {days}" if days is not None else ""
        if lost:
            found, advice = "its numbers are lost, and their copy too", "import it again"
        bad = stale or lost
        yield Diagnosis(
            f"list {row['list_id']}", "bad" if bad else "ok", found, advice if bad else ""
        )


def _missing_lists(status: dict[str, Any]) -> Iterator[Diagnosis]:
    known = {row["list_id"] for row in status["lists"]}
    for name in status["lists_required"]:
        if name not in known:
            advice = f"marketing that it speaks of is blocked: `gatekeeper dnc import {name} FILE`"
            yield Diagnosis(f"list {name}", "warn", "never imported, or lost", advice)


def _parts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:3] if part.isdigit())


CHECKS: tuple[Callable[[Settings], Iterator[Diagnosis]], ...] = (
    _python,
    _zones,
    _policy,
    _models,
    _keyring,
    _disk,
    doctor_attach.certificate,
    doctor_attach.providers,
    _gate,
)
"""What the doctor looks at, in order."""
