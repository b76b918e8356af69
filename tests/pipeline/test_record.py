"""A record holds what a decision rested on, and nothing that names a person."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

import msgspec
from msgspec.structs import replace

from gatekeeper.domain.message import Claim
from gatekeeper.domain.reason import Reason
from gatekeeper.evaluate import evaluate
from gatekeeper.numbering import zones
from gatekeeper.pipeline import gather
from gatekeeper.pipeline.record import commit, decision_body, refusal_body
from gatekeeper.providers.contract import Handling, Operation
from gatekeeper.store.contract import Answer, PersonAnswer, Turn
from gatekeeper.vault.keyfile import generate
from gatekeeper.vault.keyring import Keyring
from tests.support.acme import ANA, NEWS, OFFERS, TENANT
from tests.support.spine import CALLER, case, plain_snapshot
from tests.support.twilio_requests import message

KEYS = Keyring(generate())
TEXT = "Ann, card 4111 1111 1111 1111 exp 04/29"


def recorded(**fields: Any) -> dict[str, Any]:
    """The body of a decision about this message of Acme's, as it is written."""
    seen = plain_snapshot()
    opened = case(message(**{"To": ANA, "From": NEWS, "Body": TEXT} | fields))
    people = gather.targets(opened, KEYS)
    answer = Answer(1, 1, Turn.MINE, (PersonAnswer((), {}, ()),), ())
    found = gather.Seen(seen.screener.screen(opened.request.parts))
    facts = gather.facts_of(opened, people, answer, found, seen)
    judged = tuple((p, f, evaluate(f, seen.policy)) for p, f in zip(people, facts, strict=True))
    body: dict[str, Any] = msgspec.json.decode(
        msgspec.json.encode(decision_body(opened, judged, KEYS, "salt:digest", {}))
    )
    return body


def test_neither_numbers_nor_words_stand_in_it() -> None:
    text = re.sub(r"\b[0-9a-f]{16,}\b", "", repr(recorded()))  # digests hold any four digits
    for secret in (ANA, ANA[2:], NEWS[2:], "Ann", "4111", "exp 04"):
        assert secret not in text


def test_it_tells_verdict_reason_rule_and_law() -> None:
    body = recorded()
    (person,) = body["recipients"]
    assert (body["verdict"], body["reason"]) == ("block", person["findings"][0]["reason"])
    card = next(f for f in person["findings"] if f["reason"] == "content.payment")
    assert card["citation"] and card["mode"] == "enforce"
    assert person["npanxx"] == ANA[2:8]
    assert person["country"] == "US"
    assert person["facts"]["matches"][0]["detector"]


def test_it_names_the_zone_data_that_the_hours_were_told_by() -> None:
    assert recorded()["tzdata"] == zones.version() >= "2026f"


def test_what_is_known_of_the_sender_is_kept_to_judge_again() -> None:
    body = recorded()
    sender = {name: value for name, value in body["sender"].items() if name != "pseudonym"}
    assert sender == {
        "kind": "long_code",
        "state": "active",
        "registered": True,
        "proof": "letter_of_authorization",
        "reads": {"country": "US", "npanxx": NEWS[2:8]},
    }
    assert recorded(From="+14152000199")["sender"]["state"] == "not_owned"
    (person,) = body["recipients"]
    assert person["facts"]["terms"] == [{"party": "tenant", "version": None}]
    assert "component_disabled" not in person["facts"], "what is not said has its default"


def test_the_same_person_has_the_same_pseudonym_and_another_person_another() -> None:
    def pseudonym(to: str) -> str:
        return str(recorded(To=to)["recipients"][0]["pseudonym"])

    assert pseudonym(ANA) == pseudonym("(212) 200-0211") != pseudonym(OFFERS)


def test_a_claim_is_kept_as_a_word_and_free_text_is_not() -> None:
    opened = replace(case(), claims=(Claim("MessageIntent", "otp"), Claim("x", f"call {ANA}")))
    body = decision_body(opened, _judged_nothing(), KEYS, "d", {})
    assert body["claims"] == (Claim("MessageIntent", "otp"), Claim("x", "(free text)"))


def _judged_nothing() -> Any:
    seen = plain_snapshot()
    opened = case()
    people = gather.targets(opened, KEYS)
    answer = Answer(1, 1, Turn.MINE, (PersonAnswer((), {}, ()),), ())
    (facts,) = gather.facts_of(opened, people, answer, gather.Seen(()), seen)
    return ((people[0], facts, evaluate(facts, seen.policy)),)


def test_a_commitment_can_be_checked_with_the_keyring_alone() -> None:
    """If somebody has the log and guesses the text, they still cannot tell that it was right."""
    body = b"To=1&Body=x"
    kept = commit(KEYS, TENANT, body)
    assert commit(KEYS, TENANT, body) == kept
    others = (commit(Keyring(generate()), TENANT, body), commit(KEYS, "rival", body))
    assert kept not in (*others, commit(KEYS, TENANT, body + b"y"))
    assert sha256(body).hexdigest()[:32] not in kept


def test_an_unread_request_leaves_its_reason_and_caller() -> None:
    operation = Operation("message", Handling.DECIDE)
    body = refusal_body(CALLER, "twilio", operation, Reason.REQUEST_AMBIGUOUS, "two recipients")
    assert (body["application"], body["verdict"], body["recipients"]) == ("shop", "block", [])
    assert (body["reason"], body["detail"]) == ("request.ambiguous", "two recipients")
