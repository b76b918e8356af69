"""What would be decided about this message, as far as the command line tells the facts?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gatekeeper.errors import PolicyError
from gatekeeper.evaluate import evaluate
from gatekeeper.rollout.ready import loaded
from gatekeeper.rollout.whatif import CheckRequest, CheckResponse, answer, offline_facts
from gatekeeper.settings import Settings


def check(  # noqa: PLR0913 - each option is one fact of the question
    to: Annotated[str, typer.Option(help="The recipient's number.")],
    text: Annotated[str, typer.Option(help="The text, sent or spoken.")],
    from_: Annotated[str, typer.Option("--from", help="The sender's number, code or name.")],
    channel: Annotated[
        str, typer.Option(help="sms, mms, whatsapp, messenger, rcs or voice.")
    ] = "sms",
    purpose: Annotated[
        str | None, typer.Option(help="The campaign's purpose; marketing, if none is named.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="The instant to judge at, with its offset; now, if none.")
    ] = None,
    assume: Annotated[
        str | None, typer.Option(help="Facts to assume: JSON in the words of a table's `given`.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Judge a message by the policy in use; nothing is sent, no registry or list is asked.

    What is neither told nor assumed is unknown, and unknown counts as the strictest. Exit status
    0 if the message would go out, 1 if not, 2 for a question that cannot be read.
    """
    said = {"channel": channel, "from": from_, "to": to, "text": text, "purpose": purpose, "at": at}
    try:
        request = CheckRequest.model_validate({**said, "assume": _json(assume)})
        response = ask(request)
    except ValidationError as error:
        _fail("\n".join(_lines(error)))
    except PolicyError as error:
        _fail(str(error))
    else:
        _show(response, as_json=as_json)
        raise typer.Exit(0 if response.verdict in ("allow", "flag", "redact") else 1)


def ask(request: CheckRequest) -> CheckResponse:
    """Judge the question by the policy in use; raises PolicyError if that does not load."""
    judge = loaded(Settings().policies)
    facts = offline_facts(request, datetime.now(UTC), judge.screener)
    return answer(request, facts, evaluate(facts, judge.policy), judge.policy)


def _json(text: str | None) -> Any:
    if text is None:
        return None
    try:
        return json.loads(text)
    except ValueError as error:
        _fail(f"--assume is not JSON: {error}")


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
        table = Table("rule", "reason", "verdict", "mode", "why", "citation")
        for found in response.findings:
            said = (found.rule, found.reason, found.verdict, found.mode)
            table.add_row(*said, escape(found.detail), escape(found.citation))
        console.print(table)
    for match in response.matches:
        place = f"{match.start} to {match.end}"
        console.print(f"{match.family}: {match.detector}, {match.likelihood}, characters {place}")
    assumed = "; hypothetical, with what was assumed" if response.hypothetical else ""
    console.print(f"policy {response.policy[:16]}{assumed}")


def _fail(message: str) -> NoReturn:
    Console(stderr=True, markup=False, highlight=False, soft_wrap=True).print(message)
    raise typer.Exit(2)
