"""What would be decided about this message, as far as the command line tells the facts?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from inspect import Parameter, Signature
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.domain.words import Mode
from gatekeeper.errors import PolicyError
from gatekeeper.evaluate import evaluate
from gatekeeper.rollout.ready import loaded
from gatekeeper.rollout.whatif import CheckRequest, CheckResponse, answer, offline_facts
from gatekeeper.settings import Settings

_SHOWN = 5
"""Places and clocks that are named on the screen; `--json` names all."""
MAPPINGS = frozenset({"recipient", "assume"})
"""Fields of the question that are given as JSON."""


def check(*, as_json: bool, **said: str | None) -> None:
    """Judge a message by the policy in use; nothing is sent, no registry or list is asked.

    What is neither told nor assumed is unknown, and unknown counts as the strictest. Exit status
    0 if the message would go out, 1 if not, 2 for a question that cannot be read.
    """
    try:
        response = ask(_request(said))
    except ValidationError as error:
        _fail("\n".join(_lines(error)))
    except PolicyError as error:
        _fail(str(error))
    _show(response, as_json=as_json)
    raise typer.Exit(0 if response.verdict in ("allow", "flag", "redact") else 1)


def _options() -> Iterator[Parameter]:
    """One option for each field of the question, so that it is asked here as it is over HTTP."""
    for name, field in CheckRequest.model_fields.items():
        word = field.alias or name
        note = f"{field.description} As JSON." if name in MAPPINGS else field.description
        option = typer.Option(f"--{word}", help=note, show_default=False)
        optional = Annotated[str | None, option]
        required = field.is_required()
        yield Parameter(
            name,
            Parameter.KEYWORD_ONLY,
            default=Parameter.empty if required else None,
            annotation=Annotated[str, option] if required else optional,
        )
    machine = typer.Option("--json", help="Print JSON for machines.")
    yield Parameter(
        "as_json", Parameter.KEYWORD_ONLY, default=False, annotation=Annotated[bool, machine]
    )


check.__signature__ = Signature(list(_options()))  # type: ignore[attr-defined]


def _request(said: Mapping[str, str | None]) -> CheckRequest:
    fields = CheckRequest.model_fields
    return CheckRequest.model_validate(
        {
            fields[name].alias or name: _json(name, value) if name in MAPPINGS else value
            for name, value in said.items()
            if value is not None
        }
    )


def ask(request: CheckRequest) -> CheckResponse:
    """Judge the question by the policy in use; raises PolicyError if that does not load."""
    judge = loaded(Settings().policies)
    policy = judge.policy
    facts = offline_facts(request, datetime.now(UTC), judge.screener, policy.orders, policy.trust)
    return answer(request, facts, evaluate(facts, policy), policy)


def _json(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        _fail(f"--{name} is not JSON: {error}")


def _lines(error: ValidationError) -> list[str]:
    """What is wrong with each option, without its value."""
    faults = error.errors(include_input=False, include_url=False)
    return [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults]


def _show(response: CheckResponse, *, as_json: bool) -> None:
    if as_json:
        typer.echo(response.model_dump_json(indent=2))
        return
    console = Console(highlight=False)
    why = f" ({response.reason})" if response.reason else ""
    console.print(f"[bold]{response.verdict}[/bold]{why}")
    if response.next_allowed_at:
        console.print(f"next allowed at {response.next_allowed_at.isoformat()}")
    if response.findings:
        table = Table("verdict", box=None)
        table.add_column("rule", no_wrap=True)
        table.add_column("why")
        for found in response.findings:
            shadow = " (shadow)" if found.mode == Mode.SHADOW else ""
            why = f"{escape(found.detail)}\n[dim]{escape(found.citation)}[/dim]"
            table.add_row(found.verdict + shadow, found.rule, why)
        console.print(table)
    for match in response.matches:
        place = f"{match.start} to {match.end}"
        console.print(f"{match.family}: {match.detector}, {match.likelihood}, characters {place}")
    console.print(f"in {_places(response)}")
    assumed = "; hypothetical, with what was assumed" if response.hypothetical else ""
    console.print(f"policy {response.policy[:16]}{assumed}")


def _places(response: CheckResponse) -> str:
    """Where the recipient may be, a few by name, and what that rests on."""
    found = response.places
    if not found.regions and not found.zones:
        return "no place that is known"
    named = found.regions or ("an unknown place",)
    more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    clocks = f"; clocks of {', '.join(found.zones[:_SHOWN])}" if found.zones else "; no clock known"
    clocks += " ..." if len(found.zones) > _SHOWN else ""
    return f"{', '.join(named[:_SHOWN])}{more}{clocks} (by {found.confidence.replace('_', ' ')})"


def _fail(message: str) -> NoReturn:
    Console(stderr=True, markup=False, highlight=False, soft_wrap=True).print(message)
    raise typer.Exit(2)
