"""Do the decision tables of a folder name only what is there?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from gatekeeper.checks.answer import ONCE
from gatekeeper.domain.fault_codes import Code
from gatekeeper.domain.reason import Reason
from gatekeeper.evaluate import INTERNAL_ERROR
from gatekeeper.policy.compile import Draft
from gatekeeper.policy.faults import Fault, suggest
from gatekeeper.policy.folder import content, listed
from gatekeeper.policy.load import TABLES
from gatekeeper.policy.row import Table
from gatekeeper.policy.validate import parse
from gatekeeper.policy.yamlfile import Located, read
from gatekeeper.rollout.lint_reach import jurisdictions
from gatekeeper.rollout.tables import table_rows

Names = Iterator[tuple[tuple[str | int, ...], str]]
"""The names in a table, each with its path."""


def tables(folder: Path, draft: Draft) -> Iterator[Fault]:
    """The faults of all tables; what rules there are is known only if all packs can be read."""
    faults: list[Fault] = []
    names = [name for name in listed(folder, []) if name.parts[:-1] == (TABLES,)]
    for name in names:
        data = content(folder, name, faults)
        located = read(data, name, faults) if data is not None else None
        table = parse(Table, located, faults) if located else None
        if located and table:
            for _ in table_rows(located, table, faults):
                pass
            faults += _unknown(located, None if draft.faults else draft)
    yield from faults


def _unknown(located: Located, draft: Draft | None) -> Iterator[Fault]:
    reasons = [str(reason) for reason in Reason]
    yield from _not_among(located, _expected("reasons", "not_reasons"), "reason", reasons)
    yield from _places(located)
    if draft is None:
        return
    rules = [*(rule.id for rule in draft.rules), INTERNAL_ERROR]
    yield from _not_among(located, _expected("findings"), "rule", rules)
    limits = [ONCE, *(limit.name for limit in draft.limits)]
    for path, name in _limits(located.value):
        if name not in limits:
            told = f"there is no limit {name}{suggest(name, limits)}"
            yield located.fault(told, *path, key=True, code=Code.UNKNOWN_LIMIT)


def _not_among(
    located: Located, names: Callable[[Any], Names], what: str, known: Collection[str]
) -> Iterator[Fault]:
    for path, name in names(located.value):
        if name not in known:
            told = f"there is no {what} {name}{suggest(name, known)}"
            yield located.fault(told, *path, code=Code.UNKNOWN_RULE)


def _expected(*keys: str) -> Callable[[Any], Names]:
    def names(table: Any) -> Names:
        for index, row in enumerate(table["rows"]):
            for key in keys:
                for nth, name in enumerate(row["expect"].get(key) or ()):
                    yield ("rows", index, "expect", key, nth), str(name)

    return names


def _circumstances(table: Any) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """What `given` and every row say of messages."""
    if table.get("given"):
        yield ("given",), table["given"]
    for index, row in enumerate(table["rows"]):
        yield ("rows", index), row


def _limits(table: Any) -> Names:
    for path, said in _circumstances(table):
        for name in said.get("limits") or ():
            yield (*path, "limits", name), name


def _places(located: Located) -> Iterator[Fault]:
    for path, said in _circumstances(located.value):
        recipient = said.get("recipient") or {}
        stated = recipient.get("stated") or recipient
        region = stated.get("region")
        if isinstance(region, str) and region.partition("-")[0] not in jurisdictions():
            told = f"there is no place {region}{suggest(region, jurisdictions())}"
            steps = ("stated", "region") if "stated" in recipient else ("region",)
            yield located.fault(told, *path, "recipient", *steps, code=Code.UNKNOWN_PLACE)
