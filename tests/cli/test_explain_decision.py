"""Are the facts of a decision read from the journal, and is it said what they are worth?"""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typer
from msgspec.structs import replace as altered

from gatekeeper.cli.explain_decision import recorded_facts
from gatekeeper.domain.decision import Decision
from gatekeeper.domain.facts import EmergencyOrder, Facts
from gatekeeper.evaluate import evaluate
from gatekeeper.journal.writer import Journal
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.recorded import FORMAT, RecordedDecision
from gatekeeper.rollout.recording import recorded_recipient, recorded_sender
from gatekeeper.vault.keyring import Keyring
from tests.support.author import run
from tests.support.journal import now
from tests.support.shipped import facts, shipped

LATE: dict[str, Any] = {"at": "2026-11-20T21:00:00-05:00"}


def body(*people: Facts, policy: str | None = None, version: int = FORMAT) -> dict[str, Any]:
    first = people[0]
    found: list[tuple[Facts, Decision]] = [(p, evaluate(p, shipped().policy)) for p in people]
    recorded = RecordedDecision(
        format=version,
        policy=policy or shipped().policy.hash,
        channel=first.channel,
        purpose=first.purpose,
        technology=first.technology,
        sender=recorded_sender(first.sender, "sender"),
        recipients=tuple(recorded_recipient(p, d, "person") for p, d in found),
    )
    whole: dict[str, Any] = json.loads(msgspec.json.encode(recorded))
    return whole


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GATEKEEPER_DATA", str(tmp_path))
    keyring = Keyring.open(tmp_path / "keyring.json", journal_exists=False)
    asyncio.run(written(tmp_path / "journal", keyring))
    return tmp_path


async def written(folder: Path, keyring: Keyring) -> None:
    journal = await Journal.open(folder, keyring, clock=now)
    early, late = facts(), facts(**LATE)
    for name, content in (
        ("late", body(late)),
        ("several", body(early, late)),
        ("older", body(late, policy="0" * 64, version=1)),
        ("unread", {"verdict": "block", "recipients": []}),
    ):
        await journal.append("decision", name, "acme", content)
    await journal.append("outcome", "outcome", "acme", {"request": "late", "end": "sent"})
    await journal.close()


def read(data: Path, name: str, policy: Policy | None = None) -> tuple[Facts, str]:
    return recorded_facts(data / "journal", name, policy or shipped().policy)


def test_a_stored_decision_is_judged_as_it_was(data: Path) -> None:
    found, remark = read(data, "late")
    policy = shipped().policy
    assert evaluate(found, policy).findings == evaluate(facts(**LATE), policy).findings
    assert found.tenant == "acme"
    assert remark == "recorded as defer, by this policy"


def test_of_several_recipients_one_that_was_stopped_is_explained(data: Path) -> None:
    found, remark = read(data, "several")
    assert found.at == facts(**LATE).at
    assert remark == "recorded as defer, one of 2 recipients, by this policy"


def test_another_policy_and_an_older_record_are_told(data: Path) -> None:
    _, remark = read(data, "older")
    assert remark == (
        "recorded as defer, by policy 0000000000000000, another than this, "
        "in format 1, which does not tell every fact"
    )


def test_orders_that_the_policy_declares_count_as_well(data: Path) -> None:
    order = EmergencyOrder("US-NY", facts().at)
    policy = replace(shipped().policy, orders=(order,), by_check={})
    assert order in read(data, "late", policy)[0].orders


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("no-such", "there is no decision no-such"),
        ("outcome", "there is no decision outcome"),
        ("unread", "unread was refused before any rule was asked: there is nothing to explain"),
    ],
)
def test_what_cannot_be_explained_is_told(
    data: Path, name: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit):
        read(data, name)
    assert told in capsys.readouterr().err


def test_there_is_nothing_to_read_without_a_journal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit):
        recorded_facts(tmp_path / "gone", "id", shipped().policy)
    assert "there is no journal in" in capsys.readouterr().err


def test_the_command_explains_it_without_the_number(data: Path) -> None:
    told = run("explain", "--decision", "late")
    assert told.exit_code == 0
    assert "recorded as defer, by this policy" in told.stdout
    assert "fires us.quiet_hours defer, quiet_hours (quiet_hours)" in told.stdout
    assert "2122000123" not in told.stdout


def test_what_is_not_recorded_has_no_part_in_it(data: Path) -> None:
    found, _ = read(data, "late")
    assert altered(found, tenant=None).recipient.number is not None
    assert "0123" not in str(found.recipient)
