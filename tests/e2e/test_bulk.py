"""Is every row of a list told what its send would be told, in its order, with nothing used up?"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.support.acme import ANA, BEN, LISTED, NEWS, OFFERS, STOPPED, STRANGER
from tests.support.gate import Stand
from tests.support.wire import Answer, ask, request

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXT = "Acme: your order is ready. Reply STOP to end."
ASKED = {"channel": "sms", "from": NEWS, "text": TEXT}


async def bulk(
    stand: Stand, body: str | bytes, kind: str = "text/csv", key: str | None = None, **said: str
) -> Answer:
    raw = body.encode() if isinstance(body, str) else body
    headers = {"Authorization": f"Bearer {key or stand.key}", "Content-Type": kind}
    target = "/v1/check/bulk?" + urlencode({**ASKED, **said})
    answer = await ask(stand.gate.port, request("POST", target, headers, raw))
    assert answer is not None
    return answer


def lines(answer: Answer) -> list[dict[str, Any]]:
    assert answer.status == 200, answer.text
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


async def test_every_row_gets_its_verdict_and_the_list_its_summary(acme: Stand) -> None:
    people = (ANA, STOPPED, LISTED, STRANGER, BEN, "911", ANA)
    *rows, last = lines(await bulk(acme, "to\n" + "\n".join(people)))
    assert [row["line"] for row in rows] == [2, 3, 4, 5, 6, 7, 8]
    assert [row["to"] for row in rows] == list(people)
    assert [row["verdict"] for row in rows] == [
        "allow", "block", "block", "block", "allow", "block", "allow",
    ]  # fmt: skip
    stopped = rows[1]
    assert (stopped["reason"], stopped["rule"]) == ("consent.revoked", "gate.own_will")
    assert stopped["citation"] and stopped["detail"]
    assert (rows[0]["segments"], rows[6]["repeats"]) == (1, 2)
    summary = last["summary"]
    assert (summary["rows"], summary["would_go"], summary["would_not_go"]) == (7, 3, 4)
    assert (summary["bad"], summary["repeats"], summary["segments"]) == (0, 1, 3)
    assert sum(summary["by_reason"].values()) == 4
    assert summary["policies"] == [acme.gate.configuration.current.policy.hash]


async def test_a_row_is_told_what_a_check_of_it_is_told(acme: Stand) -> None:
    texts = (TEXT, "Card 4111 1111 1111 1111 exp 04/29", "481 516 is your code")
    asked = [
        {"to": to, "from": sender, "text": text, "at": at}
        for to in (ANA, STOPPED, STRANGER, "+18082000221", "+1212555")
        for sender in (NEWS, OFFERS)
        for text in texts
        for at in ("2026-11-20T12:00:00-05:00", "2026-11-20T23:00:00-05:00")
    ]
    body = "\n".join(map(json.dumps, asked))
    *rows, _ = lines(await bulk(acme, body, "application/x-ndjson"))
    for question, row in zip(asked, rows, strict=True):
        told = (await acme.native("/v1/check", {**ASKED, **question})).body
        assert (row["verdict"], row.get("reason")) == (told["verdict"], told["reason"])
        assert set(row.get("findings", ())) == {found["rule"] for found in told["findings"]}
        later = told["next_allowed_at"]
        assert (row.get("next_allowed_at") is None) == (later is None)


async def test_nothing_is_used_up_or_sent(acme: Stand) -> None:
    before = len(acme.records("decision"))
    for _ in range(3):
        lines(await bulk(acme, "to\n" + f"{ANA}\n" * 60))
    assert len(acme.records("decision")) == before
    assert acme.carrier.requests == []
    assert (await acme.post([("To", ANA), ("From", NEWS), ("Body", TEXT)])).status == 201


async def test_a_row_that_cannot_be_read_is_told_and_the_others_are_judged(acme: Stand) -> None:
    body = f'to,channel\n{ANA},sms\n{ANA}\n"{ANA}",pigeon\n,sms\n{BEN},sms\n'
    *rows, last = lines(await bulk(acme, body))
    assert [row.get("error") for row in rows] == [
        None,
        "1 fields where the header names 2",
        "channel: Input should be 'sms', 'mms', 'whatsapp', 'messenger', 'rcs' or 'voice'",
        "to is missing",
        None,
    ]
    assert last["summary"]["bad"] == 3
    body = "\n".join([json.dumps({"to": ANA}), "[", "[]", json.dumps({"text_": ANA})])
    *rows, _ = lines(await bulk(acme, body, "application/x-ndjson"))
    assert [row.get("error") for row in rows] == [
        None,
        "not JSON with each key once",
        "not a JSON object",
        "there is no column 'text_' (did you mean text?)",
    ]


@pytest.mark.parametrize(
    ("body", "kind", "told"),
    [
        ("", "text/csv", "the list is empty"),
        ("too\n1", "text/csv", "there is no column 'too' (did you mean to?)"),
        ("to,to\n1,2", "text/csv", "a column is named twice"),
        (b"to\n\xff\n", "text/csv", "not UTF-8"),
        ("to\n1", "text/plain", "the body must be one of text/csv"),
    ],
)
async def test_a_list_that_cannot_be_read_at_all_is_refused_before_any_verdict(
    acme: Stand, body: str | bytes, kind: str, told: str
) -> None:
    answer = await bulk(acme, body, kind)
    assert answer.status == 422
    assert told in answer.body["detail"]


async def test_only_a_known_key_may_hand_in_a_list_and_no_body_is_read_before(acme: Stand) -> None:
    assert (await bulk(acme, "to\n1", key="nobody")).status == 401
    head = request("POST", "/v1/check/bulk", {"Content-Length": "16000000", "Authorization": "x"})
    answer = await ask(acme.gate.port, head)
    assert answer is not None and answer.status == 401


async def test_a_list_is_bounded(acme: Stand) -> None:
    head = request(
        "POST",
        "/v1/check/bulk?" + urlencode(ASKED),
        {"Content-Length": str(17 << 20), "Authorization": f"Bearer {acme.key}"},
    )
    answer = await ask(acme.gate.port, head)
    assert answer is not None and answer.status == 413


async def test_numbers_and_texts_of_a_list_reach_no_log(acme: Stand) -> None:
    lines(await bulk(acme, f"to,text\n{STRANGER},card 4111 1111 1111 1111\n"))
    assert acme.leaks() == []
