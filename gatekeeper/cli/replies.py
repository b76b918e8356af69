"""What would a recipient's reply be taken to mean?"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.markup import escape

from gatekeeper.cli.screen_lines import Line
from gatekeeper.cli.screen_stream import Count, Streams, ended_cleanly, opened, stream
from gatekeeper.domain.reply import UNREAD, ReplyKind, ReplyReading
from gatekeeper.errors import PolicyError
from gatekeeper.policy.load import load
from gatekeeper.policy.model import Policy
from gatekeeper.policy.replies import all_rules
from gatekeeper.rollout.ready import check_kinds
from gatekeeper.screening.replies import Replies
from gatekeeper.settings import Settings

EFFECTS = {
    ReplyKind.STOP: "ends what is sent to them, as wide as the tenant and the law say",
    ReplyKind.HELP: "is answered with who sends and how to stop; consent stays as it is",
    ReplyKind.START: "takes up again what they left, and nothing else",
    ReplyKind.NONE: "changes nothing",
}
PERHAPS = "ends marketing, and a person looks at it"


class Told(msgspec.Struct):
    """How one reply is read."""

    id: str | int
    kind: str
    certain: bool
    rule: str
    language: str


@dataclass(frozen=True, slots=True)
class Reader:
    """The shipped way of reading replies, with the policy that it comes from."""

    policy: Policy
    replies: Replies

    def answer(self, line: Line) -> Told:
        """How the reply of one line is read."""
        read = self.replies.read(line.text)
        return Told(line.id, read.kind, read.certain, read.rule, read.language)


def replies(
    text: Annotated[str | None, typer.Argument(help="A reply to read and explain.")] = None,
    ndjson: Annotated[
        bool, typer.Option("--ndjson", help="Read {id, text} lines, write one answer for each.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Tell what a recipient's replies would be taken to mean; nothing is sent or kept.

    Exit status 0; with --ndjson 2 if a line could not be read, its number on standard error.
    """
    if (text is None) == (not ndjson):
        raise typer.BadParameter("give either a TEXT or --ndjson")
    reader = _reader()
    if text is None:
        count = Count()
        with opened(None) as (lines, _), ended_cleanly(count.told):
            stream(reader, Streams(lines, sys.stdout.buffer), count)
        raise typer.Exit(2 if count.bad else 0)
    reading = reader.replies.read(text)
    if as_json:
        typer.echo(msgspec.json.encode(reading))
    else:
        explain(reader.policy, reading)


def explain(policy: Policy, reading: ReplyReading) -> None:
    """Print what a reply means, what follows, and the rule that says so."""
    perhaps = "" if reading.certain else "perhaps "
    effect = EFFECTS[reading.kind] if reading.certain else PERHAPS
    console = Console(soft_wrap=True, highlight=False)
    console.print(f"[bold]{perhaps}{reading.kind}[/bold]: {effect}")
    rule = next((each for each in all_rules(policy) if each.id == reading.rule), None)
    if rule is not None:
        console.print(escape(f"{rule.id}: {rule.title} ({rule.citation}; {rule.source})"))
    elif reading.rule == UNREAD:
        console.print("unread: it is too long to be read to its end")


def _reader() -> Reader:
    try:
        policy = load(Settings().policies, check_kinds())
        return Reader(policy, Replies(policy.replies))
    except PolicyError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
