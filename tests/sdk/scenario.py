"""What does an app do with a provider's SDK? It sends what it is told, and tells what it got.

    python -m tests.sdk.scenario NAME

Runs in the SDK's own environment, under the guard. Each line of standard input is JSON: first the
gate (`Gate`), then one send a line: `{"call": "sms", "with": {...}}`. Each send is answered by one
line: `{"returned": ...}`, or `{"raised": "module.Class", "status": ..., "code": ..., "text": ...}`
with what the SDK itself tells an app of the refusal. `scenarios/NAME.py` has `connect` and `read`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, is_dataclass
from dataclasses import fields as dataclass_fields
from importlib import import_module
from typing import Any, TextIO

from tests.sdk import guard

Calls = Mapping[str, Callable[..., Any]]
"""What an app can do with the SDK, by name."""


@dataclass(frozen=True)
class Gate:
    """Where the app sends, and with which credential."""

    url: str
    """`http://127.0.0.1:PORT`, without the provider's prefix."""
    account: str
    secret: str
    more: dict[str, str] = field(default_factory=dict)
    """What only this provider's SDK asks for (an application's id, a private key)."""


def run(name: str, asked: TextIO, told: TextIO) -> None:
    """Answer every send until there are no more."""
    scenario = import_module(f"tests.sdk.scenarios.{name}")
    calls: Calls = scenario.connect(Gate(**json.loads(asked.readline())))
    for line in iter(asked.readline, ""):
        send = json.loads(line)
        try:
            answer = {"returned": plain(calls[send["call"]](**send.get("with", {})))}
        except Exception as error:  # noqa: BLE001 - what was raised is what is asked for
            answer = {
                "raised": _class_of(error),
                "text": str(error)[:2000],
                **_read(scenario, error),
            }
        print(json.dumps(answer), file=told, flush=True)


def _class_of(error: Exception) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _read(scenario: Any, error: Exception) -> dict[str, Any]:
    """Status and code as the SDK gives them; of an exception that has none, nothing."""
    try:
        return {name: plain(value) for name, value in scenario.read(error).items()}
    except (AttributeError, KeyError, TypeError, IndexError, ValueError):
        return {}


def plain(value: Any) -> Any:
    """An SDK's object as JSON: its fields, as deep as they go."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(inner) for inner in value]
    if callable(getattr(value, "model_dump", None)):
        return plain(value.model_dump(mode="json"))
    fields = getattr(value, "__dict__", None)
    if is_dataclass(value):
        fields = {each.name: getattr(value, each.name) for each in dataclass_fields(value)}
    if fields is None or type(value).__module__ in {"datetime", "decimal", "enum"}:
        return str(value)
    return {n: plain(v) for n, v in fields.items() if not n.startswith("_") and _tells(v)}


def _tells(value: Any) -> bool:
    """Whether a field is data, rather than the client that fetched it."""
    return isinstance(value, str | int | float | bool | list | tuple | dict | None) or hasattr(
        value, "model_dump"
    )


def main() -> None:
    """Keep standard output for answers alone: what an SDK prints goes to standard error."""
    told = os.fdopen(os.dup(1), "w")
    guard.install()
    sys.stdout = sys.stderr
    run(sys.argv[1], sys.stdin, told)


if __name__ == "__main__":
    main()
