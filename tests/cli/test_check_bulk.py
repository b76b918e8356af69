"""Does a campaign's list come back with the verdict of every row, and why so many will not go?"""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.cli import check_bulk
from gatekeeper.cli.check_bulk import pieces
from gatekeeper.proxy.demo import LISTED, SERVICE, STOPPED
from gatekeeper.rollout.bulk import rows_of
from tests.support.commands import Command

TEXT = "Demo Shop: your order is ready. Reply STOP to end."
ASKED = ("--channel", "sms", "--from", SERVICE, "--text", TEXT)
SAID = {"channel": "sms", "from": "1", "text": "x"}


def test_a_list_is_judged_by_the_running_gate(gatekeeper: Command, tmp_path: Path) -> None:
    file = tmp_path / "spring.csv"
    file.write_text(f"to\n{STOPPED}\n{LISTED}\n911\n")
    told = gatekeeper("check", file, *ASKED, "--app", "demo")
    assert told.status == 1
    assert f"2: {STOPPED} block: consent.revoked (gate.own_will:" in told.out
    assert "3 of 3 would not go" in told.out
    assert "consent.revoked" in told.out.partition("would not go")[2]
    assert "checking" in told.err


def test_machines_get_a_line_for_each_row_and_the_summary(
    gatekeeper: Command, tmp_path: Path
) -> None:
    file = tmp_path / "spring.ndjson"
    rows = [{"to": STOPPED}, {"to": LISTED, "text": "Hi"}, {"tu": 1}]
    file.write_text("\n".join(map(json.dumps, rows)))
    told = gatekeeper("check", file, *ASKED, "--app", "demo", "--json")
    *lines, last = [json.loads(line) for line in told.out.splitlines()]
    assert [line["line"] for line in lines] == [1, 2, 3]
    assert lines[0]["reason"] == "consent.revoked" and "error" in lines[2]
    assert (last["summary"]["rows"], last["summary"]["bad"]) == (3, 1)


def test_what_is_wrong_with_the_list_is_told(gatekeeper: Command, tmp_path: Path) -> None:
    file = tmp_path / "spring.csv"
    file.write_text("too\n1\n")
    told = gatekeeper("check", file, *ASKED, "--app", "demo")
    assert (told.status, "there is no column 'too' (did you mean to?)" in told.err) == (2, True)
    file.write_text("to\n1\n")
    told = gatekeeper("check", file, *ASKED, "--app", "demmo")
    assert (told.status, "there is no application 'demmo'" in told.err) == (2, True)
    assert gatekeeper("check", tmp_path / "spring.xls", *ASKED, "--app", "demo").status == 2
    assert gatekeeper("check", tmp_path / "none.csv", *ASKED, "--app", "demo").status == 2


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=40)),
    st.integers(1, 60),
)
def test_pieces_of_a_list_hold_the_same_rows_at_the_same_lines(texts: list[str], size: int) -> None:
    rows = [f'{n},"{text.replace(chr(34), chr(34) * 2)}"' for n, text in enumerate(texts, 1)]
    whole = ("to,text\n" + "\n".join(rows)).encode()
    expected = list(rows_of(whole, "csv", SAID))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(check_bulk, "PIECE", size)
        parts = list(pieces(BytesIO(whole), "csv"))
    found = [
        (row.line + before, row) for part, before, _ in parts for row in rows_of(part, "csv", SAID)
    ]
    assert [line for line, _ in found] == [row.line for row in expected]
    assert sum(size for _, _, size in parts) == len(whole) - len("to,text\n")
