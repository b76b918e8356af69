"""Does the demo show every verdict on the running gate, and prove the log afterwards?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gatekeeper.cli.demo import Seen
from gatekeeper.cli.demo_cases import FRIEND, ORDER
from gatekeeper.domain.verdict import Verdict
from gatekeeper.proxy.demo import MASKS
from gatekeeper.sandbox.accounts import SANDBOX_ACCOUNT
from tests.support.commands import Command, Ran, run
from tests.support.running import Running
from tests.support.twilio_sdk import client_for


@pytest.fixture(scope="module")
def shown(demo_gate: Running) -> Ran:
    """The demo, run once."""
    return run(demo_gate.environment, "demo", "--json")


def test_every_case_ends_as_it_should_and_the_log_is_whole(shown: Ran) -> None:
    seen = [Seen(**each) for each in shown.document["messages"]]
    assert [each for each in seen if each.verdict != each.expected] == []
    assert len(seen) >= 20
    assert shown.document["journal_whole"] is True
    assert shown.status == 0


def test_all_channels_and_every_verdict_are_seen(shown: Ran) -> None:
    seen = shown.document["messages"]
    assert {each["verdict"] for each in seen} == {verdict.label for verdict in Verdict}
    words = " ".join(each["message"] for each in seen)
    assert all(word in words for word in ("offer", "picture", "WhatsApp", "call"))


def test_what_is_refused_names_its_rule_its_source_and_the_code_of_the_sdk(shown: Ran) -> None:
    for each in shown.document["messages"]:
        if Verdict.of(each["verdict"]).forwards:
            assert each["code"] == "sent"
        else:
            assert each["code"].isdigit(), each
            assert each["rule"] != "-" and each["citation"] != "-", each


def test_what_the_carrier_was_given_of_a_redacted_message_is_masked(demo_gate: Running) -> None:
    client = client_for(demo_gate.url, SANDBOX_ACCOUNT, demo_gate.key)
    sent = client.messages.create(from_=MASKS, to=FRIEND, body=ORDER)
    received = client.messages(str(sent.sid)).fetch()
    assert received.body == f"Booking for {'*' * 16} is ready."


def test_who_is_asleep_is_told_when_to_try_again(shown: Ran) -> None:
    deferred = [each for each in shown.document["messages"] if each["verdict"] == "defer"]
    assert deferred
    assert all(each["next_allowed_at"].endswith("Z") for each in deferred)


def test_no_whole_number_and_no_text_is_shown(shown: Ran) -> None:
    assert "2000111" not in shown.out
    assert "4111" not in shown.out


def test_a_person_sees_a_table_and_may_run_it_again(demo_gate: Running, shown: Ran) -> None:
    again = run(demo_gate.environment, "demo")
    assert again.status == 0, again.out
    assert "quiet_hours" in again.out and "21610" in again.out
    assert "whole" in again.out.splitlines()[-1]
    assert "expected" not in again.out


def test_without_a_gate_it_says_how_to_start_one(alone: Command) -> None:
    told = alone("demo")
    assert told.status == 1
    assert "no gate is running" in told.err


def test_a_gate_without_the_demo_tenant_says_so(demo_gate: Running, tmp_path: Path) -> None:
    (tmp_path / "admin.sock").symlink_to(demo_gate.data / "admin.sock")
    told = run(demo_gate.environment | {"GATEKEEPER_DATA": str(tmp_path)}, "demo")
    assert told.status == 1
    assert "gatekeeper serve --demo" in told.err


def test_a_gate_that_listens_elsewhere_is_told_apart(demo_gate: Running) -> None:
    told = run(demo_gate.environment | {"GATEKEEPER_LISTEN": "127.0.0.1:9"}, "demo")
    assert told.status == 1
    assert "GATEKEEPER_LISTEN" in told.err
