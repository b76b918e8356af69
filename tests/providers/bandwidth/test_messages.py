"""Are the texts of a message masked where they stand?"""

from __future__ import annotations

from gatekeeper.domain.match import Span
from gatekeeper.domain.words import Channel
from gatekeeper.providers import BANDWIDTH
from gatekeeper.providers.contract import RawRequest

JSON = (("Content-Type", "application/json"),)


def asked(path: str, body: str) -> RawRequest:
    return RawRequest("POST", f"/api/v2/users/9900000/messages{path}", JSON, body.encode())


def test_a_text_of_the_second_body_is_masked_and_all_else_stays() -> None:
    body = (
        '{"to":"+12122000211","channelList":[{"channel":"RBM","from":"a","content":{"text":"x"}},'
        ' {"channel":"SMS","from":"+13122000201","content":{"text":"pay 4111"}}]}'
    )
    raw = asked("/multiChannel", body)
    operation = BANDWIDTH.match(raw)
    assert operation is not None
    first = BANDWIDTH.parse(raw, operation)
    (second,) = first.also
    assert (first.channel, second.channel) == (Channel.RCS, Channel.SMS)
    (part,) = second.parts
    masked = BANDWIDTH.redact(raw, [Span(part.path, 4, 8)])
    assert masked is not None
    assert masked.body.decode() == body.replace("4111", "****")


def test_several_recipients_share_a_thread_that_none_can_be_dropped_from() -> None:
    raw = asked("", '{"to":["+12122000211","+12122000212"],"from":"+13122000201","text":"x"}')
    operation = BANDWIDTH.match(raw)
    assert operation is not None
    assert BANDWIDTH.parse(raw, operation).channel is Channel.MMS
    assert BANDWIDTH.drop(raw, operation, [1]) is None
