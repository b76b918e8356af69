"""What would the content rules say of these texts?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NamedTuple, NoReturn

import typer

from gatekeeper.cli import output, screen_explain, screen_scores
from gatekeeper.cli.policy_folder import folder_in_use
from gatekeeper.cli.policy_output import print_json
from gatekeeper.cli.screen_evaluate import Evaluation, evaluate
from gatekeeper.cli.screen_judge import ContentJudge
from gatekeeper.cli.screen_progress import progress
from gatekeeper.cli.screen_stream import Count, Streams, ended_cleanly, opened, stream
from gatekeeper.cli.screen_text import Given, given
from gatekeeper.errors import PolicyError
from gatekeeper.rollout.ready import loaded
from gatekeeper.screening.explain import explain

UNREAD = 2
"""Exit status where something could not be read."""

Text = Annotated[
    str | None,
    typer.Argument(
        metavar="TEXT|FILE",
        help="A text, or a file with one; - reads standard input. With --ndjson a file of lines.",
    ),
]
File = Annotated[
    str | None, typer.Option("--file", metavar="FILE", help="A file with one text, or -.")
]
Lines = Annotated[bool, typer.Option("--lines", help="Each line of the file is a text of its own.")]
Ndjson = Annotated[
    bool, typer.Option("--ndjson", help="Read {id, text} lines, write one answer for each.")
]
Evaluate = Annotated[
    str | None,
    typer.Option(
        "--evaluate",
        metavar="FILE",
        help="Count how right we are about {id, text, labels} lines; labels are families.",
    ),
]
Least = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-under",
        metavar="FAMILY[.FIGURE]=N",
        help="With --evaluate: the least f1 (or precision, recall) of a family, 0 to 1.",
    ),
]
Most = Annotated[
    float | None,
    typer.Option(
        "--most-false-blocks",
        metavar="N",
        help="With --evaluate: at most so many clean texts blocked or held in 10,000.",
    ),
]
ShowText = Annotated[
    bool, typer.Option("--show-text", help="With --evaluate: show the texts of the errors.")
]
Policies = Annotated[
    Path | None, typer.Option("--policies", help="Policy folder; the one in use if not named.")
]


def screen(  # noqa: PLR0913 - each is a command-line option
    text: Text = None,
    file: File = None,
    lines: Lines = False,
    ndjson: Ndjson = False,
    evaluated: Evaluate = None,
    fail_under: Least = None,
    most_false_blocks: Most = None,
    show_text: ShowText = False,
    as_json: output.AsJson = False,
    policies: Policies = None,
) -> None:
    """Screen texts by the detectors and content rules; nothing is sent or kept.

    Of a text it tells the views that were read, the gates that opened, every candidate with its
    evidence, the words near it and what became of it, the matches with their rules, and the
    verdict. A file is one text, line breaks and all, unless with --lines; --json tells the same
    as one object (a line each with --lines).

    Exit status 0 if it would go out, 1 if not. With --ndjson: 0 if every line could be read, else
    2, with the line numbers on standard error. With --evaluate: 1 if a limit is broken, 2 if a
    line could not be read.
    """
    one = file is not None or (text is not None and not ndjson)
    if sum((one, ndjson, evaluated is not None)) != 1 or (file and text):
        raise typer.BadParameter("give one of TEXT or FILE, --ndjson and --evaluate FILE")
    limits = [screen_scores.Limit.of(said) for said in fail_under or ()]
    if evaluated is not None:
        wanted = Wanted(limits, most_false_blocks, show_text, as_json)
        _evaluate(evaluated, wanted, policies)
    if ndjson:
        _stream(text, policies)
    _explain(list(given(text, file, lines=lines)), policies, as_json=as_json)


def judge_of(policies: Path | None) -> ContentJudge:
    """The folder, ready to judge by; its faults end the command."""
    try:
        return ContentJudge(loaded(folder_in_use(policies)), datetime.now(UTC))
    except PolicyError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(UNREAD) from None


def _stream(file: str | None, policies: Path | None) -> NoReturn:
    count = Count()
    with opened(file) as (lines, size), ended_cleanly(count.told):
        judge = judge_of(policies)
        streams = Streams(lines, sys.stdout.buffer, prompt=size is None)
        with progress("screening", size) as advance:
            stream(judge, streams, count, advance)
    typer.echo(count.told(), err=True)
    raise typer.Exit(UNREAD if count.bad else 0)


class Wanted(NamedTuple):
    """What is asked of an evaluation."""

    limits: Sequence[screen_scores.Limit]
    most_false_blocks: float | None
    show_text: bool
    as_json: bool

    def broken(self, evaluation: Evaluation) -> Iterator[str]:
        """Each limit that does not hold."""
        yield from filter(None, (limit.broken(evaluation) for limit in self.limits))
        share = evaluation.false_blocks.value
        most = self.most_false_blocks
        if most is not None and (share is None or share * screen_scores.PER > most):
            told = "no text is clean" if share is None else f"{share * screen_scores.PER:.1f}"
            yield f"false blocks per {screen_scores.PER:,}: {told}, at most {most:g} are allowed"


def _evaluate(file: str, wanted: Wanted, policies: Path | None) -> NoReturn:
    evaluation = Evaluation(keep_text=wanted.show_text)
    with opened(file) as (lines, size), ended_cleanly(evaluation.told):
        judge = judge_of(policies)
        evaluation.never_stopped = judge.never_stopped()
        with progress("evaluating", size, answers=False) as advance:
            evaluate(judge, lines, evaluation, advance)
    broken = tuple(wanted.broken(evaluation))
    if wanted.as_json:
        print_json(screen_scores.document(evaluation, broken))
    else:
        screen_scores.show(evaluation, broken)
    raise typer.Exit(UNREAD if evaluation.bad else 1 if broken else 0)


def _explain(texts: Sequence[Given], policies: Path | None, *, as_json: bool) -> NoReturn:
    """Show why each text would go out or not."""
    judge, goes = judge_of(policies), True
    for line, text in texts:
        told = explain(judge.judge.screener, text)
        goes &= judge.verdict_of(told.matches).forwards
        if as_json and line is None:
            print_json(screen_explain.document(judge, told))
        elif as_json:
            typer.echo(json.dumps(screen_explain.document(judge, told, line)))
        else:
            screen_explain.show(judge, told, line)
    raise typer.Exit(0 if goes else 1)
