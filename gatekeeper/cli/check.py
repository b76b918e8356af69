"""What would be decided about this message, as far as the command line tells the facts?"""

from __future__ import annotations

from datetime import UTC, datetime
from inspect import Signature
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.cli.check_bulk import check_list
from gatekeeper.cli.explain_output import show_tree
from gatekeeper.cli.question import options, parameter, read_question, refuse
from gatekeeper.domain.words import Mode
from gatekeeper.errors import InputRejected, PolicyError
from gatekeeper.evaluate import evaluate
from gatekeeper.rollout.bulk import unknown_columns
from gatekeeper.rollout.explain_tree import explain
from gatekeeper.rollout.ready import loaded
from gatekeeper.rollout.whatif import CheckRequest, CheckResponse, answer, offline_facts
from gatekeeper.settings import Settings

_RESTS = {
    "none": "nothing tells",
    "area_code": "by the area code",
    "library": "by the country code",
    "stated": "as stated",
    "narrowed": "as a trusted source states",
}
_SHOWN = 5
"""Places and clocks that are named on the screen; `--json` names all."""


def check(*, file: Path | None, app: str | None, as_json: bool, **said: Any) -> None:
    """Judge a message by the policy in use; nothing is sent, no registry or list is asked.

    What is neither told nor assumed is unknown, and unknown counts as the strictest. Exit status
    0 if the message would go out, 1 if not, 2 for a question that cannot be read.

    With FILE, a campaign's list (CSV with a header, or NDJSON) is judged by the running gate, with
    its registry, consents and lists; the options stand for whatever a row leaves out.
    """
    if file is not None:
        _check_list(file, app, said, as_json=as_json)
    question = read_question(said)
    try:
        response = ask(question)
    except PolicyError as error:
        refuse(str(error))
    _show(response, as_json=as_json)
    raise typer.Exit(0 if response.verdict in ("allow", "flag", "redact") else 1)


def _check_list(file: Path, app: str | None, said: dict[str, Any], *, as_json: bool) -> NoReturn:
    fields = CheckRequest.model_fields
    named = {
        fields[name].alias or name: value for name, value in said.items() if isinstance(value, str)
    }
    try:
        unknown_columns(named)
        check_list(file, {**named, "app": app or ""}, as_json=as_json)
    except InputRejected as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{file}: {error.strerror}")


_LIST = Annotated[Path | None, typer.Argument(help="A list for the running gate: CSV or NDJSON.")]
_APP = Annotated[str | None, typer.Option("--app", help="With FILE: who would send it.")]
_AS_JSON = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
_OPTIONS = [
    parameter("file", _LIST, default=None),
    parameter("app", _APP, default=None),
    *options(required=False),
    parameter("as_json", _AS_JSON, default=False),
]
check.__signature__ = Signature(_OPTIONS)  # type: ignore[attr-defined]


def ask(request: CheckRequest) -> CheckResponse:
    """Judge the question by the policy in use; raises PolicyError if that does not load."""
    judge = loaded(Settings().policies)
    policy = judge.policy
    facts = offline_facts(request, datetime.now(UTC), judge.screener, policy.orders, policy.trust)
    decision = evaluate(facts, policy)
    tree = explain(facts, policy, decision, whole=True) if request.explain else None
    return answer(request, facts, decision, policy, tree)


def _show(response: CheckResponse, *, as_json: bool) -> None:
    if as_json:
        typer.echo(response.model_dump_json(indent=2))
        return
    if response.explanation is not None:
        show_tree(response.explanation, whole=False)
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
    return f"{', '.join(named[:_SHOWN])}{more}{clocks} ({_RESTS[found.confidence]})"
