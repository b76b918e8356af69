"""What does the gate do, seen from an app that uses the real Twilio SDK?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table

from gatekeeper.cli.demo_cases import Case, cases
from gatekeeper.cli.gate import call
from gatekeeper.cli.output import AsJson, show
from gatekeeper.errors import InputRejected
from gatekeeper.journal.search import about
from gatekeeper.journal.verify import verify
from gatekeeper.proxy.demo import KEY_FILE
from gatekeeper.proxy.sites import address
from gatekeeper.sandbox.accounts import SANDBOX_ACCOUNT
from gatekeeper.settings import Settings
from gatekeeper.vault.keyring import Keyring
from gatekeeper.vault.signing import PublicKey

if TYPE_CHECKING:
    from gatekeeper.cli.demo_client import DemoClient
    from gatekeeper.cli.demo_story import Moment, Scene, Story


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of one case: as the SDK told it, and as the journal has it."""

    message: str
    expected: str
    verdict: str
    rule: str
    citation: str
    code: str
    next_allowed_at: str


def demo(as_json: AsJson = False) -> None:
    """Send messages and calls of all channels through the running gate, of every verdict.

    The gate must run with `--demo` on the same data folder. Afterwards the audit log is proved.
    """
    settings = Settings()
    call("GET", "/status")  # says what to do where no gate runs
    client, story = _on_stage(settings)
    seen = [_send(client, settings, case) for case in cases(datetime.now(UTC))]
    scenes, moments = list(story.scenes()), list(story.timeline())
    key = PublicKey(Keyring.open(settings.keyring_file, journal_exists=True).public_key)
    proof = verify(settings.journal_folder, key)
    if as_json:
        told = {
            "messages": [asdict(each) for each in seen],
            "story": [asdict(each) for each in scenes],
            "timeline": [asdict(each) for each in moments],
        }
        show({**told, "journal_whole": proof.ok})
    else:
        _print(seen)
        _print_story(scenes, moments)
        Console().print(f"audit log: {proof.records} records, {'whole' if proof.ok else 'BROKEN'}")
    surprised = any(each.verdict != each.expected for each in seen)
    surprised = surprised or not all(scene.as_expected for scene in scenes)
    raise typer.Exit(surprised or not proof.ok)


def _on_stage(settings: Settings) -> tuple[DemoClient, Story]:
    kept = settings.data / KEY_FILE
    if not kept.exists():
        raise InputRejected(
            "there is no demo tenant here: start the gate with `gatekeeper serve --demo`"
        )
    try:
        from gatekeeper.cli.demo_client import DemoClient
        from gatekeeper.cli.demo_story import Story
    except ImportError:
        raise InputRejected("the demo sends with the Twilio SDK: pip install twilio") from None
    host, port = address(settings.listen)
    url, key = f"http://{host}:{port}", kept.read_text().strip()
    client = DemoClient(url, SANDBOX_ACCOUNT, key)
    return client, Story(url, key, client)


def _send(client: DemoClient, settings: Settings, case: Case) -> Seen:
    """Send one case, and read from the journal what was decided."""
    told = client.send(case.channel, case.arguments)
    return _read(settings, case, told.code, told.request)


def _read(settings: Settings, case: Case, code: str, request: str) -> Seen:
    lines = (entry.line for entry in about(settings.journal_folder, request))
    body = next((line.content for line in lines if line.kind == "decision"), {})
    finding = _decisive(body)
    return Seen(
        message=f"{case.name} ({case.masked})",
        expected=case.verdict,
        verdict=body.get("verdict", "?"),
        rule=finding.get("rule", "-"),
        citation=finding.get("citation", "-"),
        code=code,
        next_allowed_at=_next(body),
    )


def _decisive(body: dict[str, Any]) -> dict[str, Any]:
    found: Iterator[dict[str, Any]] = (
        finding
        for person in body.get("recipients", ())
        for finding in person["findings"]
        if finding["mode"] == "enforce" and finding["verdict"] == body["verdict"]
    )
    return next(found, {"rule": body.get("reason") or "-"})


def _next(body: dict[str, Any]) -> str:
    times = [person["next_allowed_at"] for person in body.get("recipients", ())]
    return next((time for time in times if time), "-")


def _print(seen: list[Seen]) -> None:
    table = Table()
    for name in ("message", "verdict", "rule", "citation", "Twilio", "next allowed"):
        table.add_column(name, overflow="fold")
    for each in seen:
        mark = "" if each.verdict == each.expected else f" (expected {each.expected})"
        table.add_row(
            each.message,
            each.verdict + mark,
            each.rule,
            each.citation,
            each.code,
            each.next_allowed_at,
        )
    Console().print(table)


def _print_story(scenes: Sequence[Scene], moments: Sequence[Moment]) -> None:
    told = Table("one person, from her opt-in to her STOP", "what came of it")
    for scene in scenes:
        mark = "" if scene.as_expected else " (NOT as expected)"
        told.add_row(scene.step, scene.outcome + mark)
    Console().print(told)
    lived = Table("her timeline", "event", "what it speaks of")
    for moment in moments:
        lived.add_row(moment.at, moment.event, moment.detail)
    Console().print(lived)
