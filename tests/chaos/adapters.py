"""Can any bytes at all make an adapter raise, whichever provider they are for?

    python -m tests.chaos.adapters [--rounds N] [--seed S]

Every request of the cases and of the real SDKs is altered at random: bytes changed, cut out,
doubled, moved; other headers, methods and paths; pieces of another provider's request put in.
Whatever comes, an adapter reads it or raises AmbiguousRequest, its refusal is well-formed, and what
it swaps or drops leaves a request that it reads again.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from gatekeeper.domain.match import Span
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.contract import Credential, Handling, Provider, RawRequest, Refusal
from tests.providers.test_cases import cases, raw_of

CAPTURED = Path(__file__).parent.parent / "providers" / "captured"
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
URL = "https://gate.example/v1/inbound/x/y"
WORDS = (
    *(b"", b"\0", b"\xff", b"\xed\xa0\x80", b"{", b"}", b"[", b"]", b'"', b"\\u0000", b"\\ud800"),
    *(b"NaN", b"1e999", b"-0", b"9" * 400, b"null", b"true", b"&", b"=", b"%", b"%ff", b"+", b";"),
    *(b"to", b'"to":', b'"text":', b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<Say>", b"&b;"),
    *(b"+12122000211", b"\xe2\x80\x8b", b"[" * 200, b'{"a":' * 200),
)
"""What parsers stumble over."""


def seeds() -> list[tuple[Provider, RawRequest]]:
    """Every request of the cases and of the real SDKs, with its provider."""
    by_name = {provider.name: provider for provider in PROVIDERS}
    found = [
        (by_name[case.values[0]], raw_of(case.values[1]["request"]))
        for case in cases("requests")
        if case.values[0] in by_name
    ]
    for file in sorted(CAPTURED.glob("*/*.json")):
        provider = by_name.get(file.parent.name)
        for kept in json.loads(file.read_text())["requests"] if provider else ():
            pairs = tuple(tuple(line.split(": ", 1)) for line in kept["headers"])
            service = kept["service"].partition("-")[2]
            body = kept["body"].encode()
            raw = RawRequest(kept["method"], kept["target"], pairs, body, service)
            found.append((by_name[file.parent.name], raw))
    return found


def altered(raw: RawRequest, other: RawRequest, chance: random.Random) -> RawRequest:
    """The request with one to four changes."""
    for _ in range(chance.randint(1, 4)):
        match chance.randrange(10):
            case 0:
                target = _changed(raw.target.encode(), other.target.encode(), chance)
                raw = replace(raw, target="/" + target.decode("latin-1").lstrip("/"))
            case 1:
                raw = replace(raw, headers=(*raw.headers, *other.headers[:2]))
            case 2:
                raw = replace(raw, headers=raw.headers[chance.randint(0, 3) :])
            case 3:
                raw = replace(raw, method=chance.choice(("GET", "POST", "PUT", "DELETE", "X")))
            case _:
                raw = replace(raw, body=_changed(raw.body, other.body, chance))
    return raw


def _changed(body: bytes, other: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(body))
    end = min(len(body), start + chance.choice((0, 1, 3, 20)))
    match chance.randrange(4):
        case 0:
            piece = chance.choice(WORDS)
        case 1:
            piece = bytes(chance.randrange(256) for _ in range(end - start))
        case 2:
            begin = chance.randint(0, len(other))
            piece = other[begin : begin + 30]
        case _:
            piece = body[start:end] * 2
    return body[:start] + piece + body[end:]


def tried(provider: Provider, raw: RawRequest) -> str:
    """What became of it: `refused` or `read`; anything but AmbiguousRequest is raised on."""
    operation = provider.match(raw)
    caller = provider.credential(raw)
    _heard(provider, raw)
    if operation is None or operation.handling is not Handling.DECIDE:
        return "refused"
    try:
        request = provider.parse(raw, operation)
    except AmbiguousRequest as unclear:
        _refused(provider, unclear, raw.service)
        return "refused"
    if caller is not None and provider.match(_swapped(provider, raw, caller)) != operation:
        raise AssertionError("under another credential it is another operation")
    if request.parts:
        provider.redact(raw, [Span(request.parts[0].path, 0, 1)])
    if len(request.recipients) > 1:
        _dropped(provider, raw)
    return "read"


def _swapped(provider: Provider, raw: RawRequest, caller: Credential) -> RawRequest:
    return provider.swap(raw, Credential(caller.account, "another-secret"))


def _heard(provider: Provider, raw: RawRequest) -> None:
    """As a webhook: believed by nobody, and read or refused."""
    if provider.verify(raw, URL, "a-secret-that-nobody-signs-with-here", NOW):
        raise AssertionError("a webhook that nobody signed is believed")
    for read in (provider.inbound, provider.events):
        try:
            read(raw)
        except AmbiguousRequest:
            continue


def _refused(provider: Provider, unclear: AmbiguousRequest, service: str) -> None:
    refusal = Refusal(
        Reason.REQUEST_AMBIGUOUS,
        Verdict.BLOCK,
        str(unclear),
        status=unclear.status,
        service=service,
    )
    reply = provider.refuse(refusal)
    json.loads(reply.body)
    if not 200 <= reply.status < 500:
        raise AssertionError(f"an unclear request is answered {reply.status}")


def _dropped(provider: Provider, raw: RawRequest) -> None:
    operation = provider.match(raw)
    if operation is None:
        return
    before = provider.parse(raw, operation).recipients
    thinner = provider.drop(raw, operation, [0])
    if thinner is not None:
        after = provider.parse(thinner, operation).recipients
        if [each.value for each in after] != [each.value for each in before[1:]]:
            raise AssertionError("not just the one recipient was left out")


def fuzzed(rounds: int, seed: int) -> dict[str, int]:
    """How many requests were read and refused; raises what an adapter raised, with its request."""
    chance, known = random.Random(seed), seeds()
    counts = {"read": 0, "refused": 0}
    for _ in range(rounds):
        provider, raw = chance.choice(known)
        raw = altered(raw, chance.choice(known)[1], chance)
        try:
            counts[tried(provider, raw)] += 1
        except Exception as error:
            error.add_note(f"{provider.name}: {raw!r}")
            raise
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; exit status 1 if an adapter raised."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.adapters")
    parser.add_argument("--rounds", type=int, default=300_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args(arguments)
    print(f"seed {options.seed}", flush=True)
    try:
        counts = fuzzed(options.rounds, options.seed)
    except Exception:  # noqa: BLE001 - whatever it is, it is the finding
        traceback.print_exc()
        return 1
    print(f"{counts['read']} read, {counts['refused']} refused, nothing raised")
    return 0


if __name__ == "__main__":
    sys.exit(main())
