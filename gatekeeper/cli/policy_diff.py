"""How does an author see what a change of policy would have done to recorded traffic?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from msgspec import Struct
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from gatekeeper.cli.policy_diff_output import show
from gatekeeper.cli.policy_folder import AsJson, fail
from gatekeeper.errors import GatekeeperError, PolicyError
from gatekeeper.journal.record import stamp
from gatekeeper.policy.load import load
from gatekeeper.rollout.compare import Comparison, Version, compare
from gatekeeper.rollout.history import history_file, read_history
from gatekeeper.rollout.ready import check_kinds
from gatekeeper.rollout.tally import Tally
from gatekeeper.rollout.traffic import Span, pieces
from gatekeeper.rollout.versions import stored
from gatekeeper.settings import Settings

ACTIVE = "active"
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_BACK = re.compile(r"(\d{1,6})([mhdw])")
_LIMIT = re.compile(r"(\d+(?:\.\d+)?)(%?)")

Policies = Annotated[
    str, typer.Argument(help="Policy folder, `active`, or the digest of a version that was active.")
]
Since = Annotated[
    str | None, typer.Option(metavar="TIME", help="24h, 7d, or from 2026-11-20T21:00:00Z on.")
]
Until = Annotated[str | None, typer.Option(metavar="TIME", help="Before, in the same words.")]
OfTenant = Annotated[str | None, typer.Option(help="Only this tenant's decisions.")]
Journal = Annotated[
    Path | None, typer.Option(help="Folder of a journal; the gate's own, if none is named.")
]
NewlyBlocked = Annotated[
    str | None, typer.Option(metavar="N|X%", help="Fail if more would not go out that did.")
]
NewlyAllowed = Annotated[
    str | None, typer.Option(metavar="N|X%", help="Fail if more would go out that did not.")
]
Unjudged = Annotated[
    str | None, typer.Option(metavar="N|X%", help="Fail if of more it cannot be told.")
]


class Limit(Struct, frozen=True):
    """How many messages a figure may be: so many, or so many of a hundred."""

    most: float
    percent: bool

    def allows(self, count: int, of: int) -> bool:
        """Whether a figure is within it."""
        return count <= (self.most * of / 100 if self.percent else self.most)


def diff(  # noqa: PLR0913 - each is a command-line option
    old: Policies,
    new: Policies,
    since: Since = None,
    until: Until = None,
    tenant: OfTenant = None,
    journal: Journal = None,
    max_newly_blocked: NewlyBlocked = None,
    max_newly_allowed: NewlyAllowed = None,
    max_unjudged: Unjudged = None,
    as_json: AsJson = False,
) -> None:
    """Judge the recorded decisions by both policies, and tell what would become of each message.

    Exit status 1 if a figure is over its --max, or if there was no decision to judge.
    """
    limits = {
        "newly blocked": _limit(max_newly_blocked),
        "newly allowed": _limit(max_newly_allowed),
        "not judged again": _limit(max_unjudged),
    }
    now = datetime.now(UTC)
    span = Span(_instant(since, now) or "", _instant(until, now) or "~", tenant)
    try:
        asked = Comparison(_version(old), _version(new), span)
        tally = _compared(asked, _folder(journal), hidden=as_json)
    except PolicyError as error:
        fail("\n".join(error.faults))
    except GatekeeperError as error:
        fail(str(error))
    over = tuple(_over(tally, limits))
    show(asked, tally, over, as_json=as_json)
    raise typer.Exit(1 if over else 0)


def _compared(asked: Comparison, folder: Path, *, hidden: bool) -> Tally:
    found = pieces(folder, asked.span)
    with _progress(sum(piece.size for piece in found), hidden=hidden) as advance:
        return compare(asked, found, advance)


def _over(tally: Tally, limits: Mapping[str, Limit | None]) -> Iterator[str]:
    """What makes the command fail."""
    total = tally.total
    if not total.judged and not total.unjudged:
        yield "no decision about a message is on record for that time: nothing was compared"
    if tally.read.unreadable:
        yield f"{tally.read.unreadable} lines cannot be read; run: gatekeeper audit verify"
    figures = (
        ("newly blocked", total.newly_blocked, total.judged),
        ("newly allowed", total.newly_allowed, total.judged),
        ("not judged again", total.unjudged, total.judged + total.unjudged),
    )
    for name, count, of in figures:
        limit = limits[name]
        if limit is not None and not limit.allows(count, of):
            most = f"{limit.most:g}{'%' if limit.percent else ''}"
            yield f"{name}: {count:,} of {of:,} messages, more than {most}"


def _version(named: str) -> Version:
    """The policy that is meant; a folder of that name comes before a digest."""
    settings, folder = Settings(), Path(named)
    if named == ACTIVE:
        folder = _in_force(settings)
    elif not folder.is_dir() and re.fullmatch("[0-9a-f]{8,64}", named):
        folder = stored(settings.data, named)
    elif not folder.is_dir():
        fail(f"there is no policy folder {named}")
    return Version(folder.absolute(), load(folder, check_kinds()).hash)


def _in_force(settings: Settings) -> Path:
    """The version that a gate of this data folder judges by; without one, the live folder."""
    active = read_history(history_file(settings.data)).active
    return stored(settings.data, active.digest) if active else settings.policies


def _folder(journal: Path | None) -> Path:
    folder = journal or Settings().journal_folder
    if not (folder / "streams").is_dir():
        fail(f"there is no journal in {folder}; set GATEKEEPER_DATA or name one by --journal")
    return folder


def _instant(said: str | None, now: datetime) -> str | None:
    """`24h` ago or an instant, as the journal writes it."""
    if said is None:
        return None
    if back := _BACK.fullmatch(said):
        return stamp(now - timedelta(**{_UNITS[back[2]]: int(back[1])}))
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise typer.BadParameter(f"{said} is no time: write 24h, 7d or 2026-11-20T21:00Z") from None
    return stamp(at if at.tzinfo else at.replace(tzinfo=UTC))


def _limit(said: str | None) -> Limit | None:
    if said is None:
        return None
    told = _LIMIT.fullmatch(said)
    if told is None:
        raise typer.BadParameter(f"{said} is no limit: write a number, or a share as 0.5%")
    return Limit(float(told[1]), told[2] == "%")


@contextmanager
def _progress(total: int, *, hidden: bool) -> Iterator[Callable[[int], None]]:
    columns = (TextColumn("judging again"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), disable=hidden, transient=True)
    with bar:
        task = bar.add_task("diff", total=total)
        yield lambda count: bar.advance(task, count)
