"""What does a TwiML document say, dial and hide?"""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.words import Role, Technology
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.twilio.twiml import MAX_DEPTH, Script, read_twiml
from gatekeeper.providers.xml_document import MAX_BYTES


def read(inner: str) -> Script:
    return read_twiml(f"<Response>{inner}</Response>")


def texts(inner: str) -> dict[str, str]:
    return {part.path.removeprefix("Twiml/Response/"): part.text for part in read(inner).parts}


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<Say>one</Say><Say>two</Say>", {"Say[1]": "one", "Say[2]": "two"}),
        ("<Say>4111<!-- x --> 1111</Say>", {"Say[1]": "4111 1111"}),
        ("<Say>a<break/>b <emphasis>c</emphasis> d</Say>", {"Say[1]": "ab c d"}),
        ("<Say><![CDATA[a < b]]> &amp; &#99;</Say>", {"Say[1]": "a < b & c"}),
        (
            '<Say><sub alias="four one">x</sub></Say>',
            {"Say[1]": "x", "Say[1]/sub[1]/@alias": "four one"},
        ),
        (
            '<Say><phoneme ph="s3cret">x</phoneme></Say>',
            {"Say[1]": "x", "Say[1]/phoneme[1]/@ph": "s3cret"},
        ),
        ("<Gather><Say>press</Say></Gather>", {"Gather[1]/Say[1]": "press"}),
        ("<Pay><Prompt><Say>pay</Say></Prompt></Pay>", {"Pay[1]/Prompt[1]/Say[1]": "pay"}),
        ("<Play>https://a.example/x%20y.mp3</Play>", {"Play[1]": "https://a.example/x y.mp3"}),
        ('<Play digits="ww12"/>', {"Play[1]/@digits": "ww12"}),
        ("<Sms>text me</Sms>", {"Sms[1]": "text me"}),
        ("<Message><Body>hi</Body></Message>", {"Message[1]/Body[1]": "hi"}),
        ("<Dial><Conference>room 7</Conference></Dial>", {"Dial[1]/Conference[1]": "room 7"}),
        (
            "<Enqueue>support<Task>{}</Task></Enqueue>",
            {"Enqueue[1]": "support", "Enqueue[1]/Task[1]": "{}"},
        ),
        ("stray text", {"": "stray text"}),
        ("<s>not in a Say</s>", {"s[1]": "not in a Say"}),
        (
            '<Connect><ConversationRelay welcomeGreeting="hello" /></Connect>',
            {"Connect[1]/ConversationRelay[1]/@welcomeGreeting": "hello"},
        ),
        (
            '<Start><Stream><Parameter name="ssn" value="078-05-1120"/></Stream></Start>',
            {
                "Start[1]/Stream[1]/Parameter[1]/@name": "ssn",
                "Start[1]/Stream[1]/Parameter[1]/@value": "078-05-1120",
            },
        ),
    ],
)
def test_every_text_has_its_place(inner: str, expected: dict[str, str]) -> None:
    found = {path.removeprefix("Twiml/Response"): text for path, text in texts(inner).items()}
    assert found == expected


@pytest.mark.parametrize(
    ("inner", "people"),
    [
        ("<Dial>+12122000199</Dial>", ["+12122000199"]),
        ("<Dial>\n 911 \n</Dial>", ["911"]),
        ("<Dial><Number>+1</Number><Number>+2</Number></Dial>", ["+1", "+2"]),
        ("<Dial>+1<Number>+2</Number></Dial>", ["+1", "+2"]),
        ("<Dial><Client>joe</Client></Dial>", ["client:joe"]),
        ("<Dial><Client><Identity>joe</Identity></Client></Dial>", ["client:joe"]),
        ("<Dial><Sip>sip:a@b.example</Sip></Dial>", ["sip:a@b.example"]),
        ("<Dial><WhatsApp>+1</WhatsApp></Dial>", ["+1"]),
        ("<Refer><Sip>sip:a@b.example</Sip></Refer>", ["sip:a@b.example"]),
        ('<Sms to="+2">x</Sms>', ["+2"]),
    ],
)
def test_everybody_dialled_is_a_recipient(inner: str, people: list[str]) -> None:
    assert [address.value for address in read(inner).recipients] == people


@pytest.mark.parametrize(
    ("inner", "kinds"),
    [
        ("<Redirect>https://a.example</Redirect>", ["twiml_url"]),
        ("<Redirect>/next</Redirect>", ["twiml_url"]),
        ('<Gather action="/next"/>', ["twiml_url"]),
        ('<Dial action="https://a.example">+1</Dial>', ["twiml_url"]),
        ('<Dial><Number url="/whisper">+1</Number></Dial>', ["twiml_url"]),
        ('<Enqueue waitUrl="/hold">q</Enqueue>', ["twiml_url"]),
        ('<Say odd="https://a.example">x</Say>', ["twiml_url"]),
        ("<Dial><Application>AP1</Application></Dial>", ["application"]),
        ("<Dial><Sim>DE1</Sim></Dial>", ["sim"]),
        ("<Connect><Stream/></Connect>", ["twiml_verb", "twiml_verb"]),
        ("<Start><Siprec/></Start>", ["twiml_verb"]),
        ("<Assistant/>", ["twiml_verb"]),
        ("<say>hidden</say>", ["twiml_verb"]),
        ("<Sms>another channel</Sms>", ["twiml_verb"]),
    ],
)
def test_what_the_gate_cannot_see_is_opaque(inner: str, kinds: list[str]) -> None:
    assert [opaque.kind for opaque in read(inner).opaque] == kinds


def test_a_callback_is_a_reference_and_not_opaque() -> None:
    script = read('<Record recordingStatusCallback="https://a.example/cb"/>')
    assert script.opaque == []
    assert [part.role for part in script.parts] == [Role.REFERENCE]


@pytest.mark.parametrize(
    ("inner", "technology"),
    [
        ("<Say>a</Say>", Technology.ARTIFICIAL),
        ("<Play>https://a.example/x.mp3</Play>", Technology.PRERECORDED),
        ("<Play>https://a.example/x.mp3</Play><Say>a</Say>", Technology.ARTIFICIAL),
        ("<Dial>+1</Dial>", Technology.UNKNOWN),
    ],
)
def test_the_voice_decides_the_technology(inner: str, technology: Technology) -> None:
    assert read(inner).technology is technology


@pytest.mark.parametrize(
    ("inner", "record"),
    [
        ("<Record/>", True),
        ("<Start><Recording/></Start>", True),
        ('<Dial record="record-from-ringing-dual">+1</Dial>', True),
        ('<Dial record="do-not-record">+1</Dial>', False),
        ("<Say>a</Say>", False),
    ],
)
def test_a_script_that_records_says_so(inner: str, record: bool) -> None:
    assert read(inner).record is record


def test_senders_that_the_script_sets_are_told() -> None:
    assert [a.value for a in read('<Dial callerId="+13122000100">+1</Dial>').senders] == [
        "+13122000100"
    ]


@pytest.mark.parametrize(
    "document",
    [
        "",
        "hello",
        "<Response>",
        "<response><Say>x</Say></response>",
        '<!DOCTYPE r [<!ENTITY e "x">]><Response><Say>&e;</Say></Response>',
        '<!DOCTYPE r SYSTEM "file:///etc/hostname"><Response/>',
        "<!DOCTYPE Response><Response/>",
        '<?xml version="1.0" encoding="UTF-7"?><Response/>',
        '<?xml version="1.0" encoding="latin-1"?><Response/>',
        '<Response xmlns="urn:x"><Say>x</Say></Response>',
        '<Response xmlns:x="urn:x"><x:Say>x</x:Say></Response>',
        '<Response><Dial callerid="+1" callerId="+2">+3</Dial></Response>',
        "<Response>" + "<p>" * (MAX_DEPTH + 1) + "</p>" * (MAX_DEPTH + 1) + "</Response>",
        "<Response>" + "<Pause/>" * 1001 + "</Response>",
        "<Response><Say>" + "x" * MAX_BYTES + "</Say></Response>",
        "<Response>" + "<a>" * 9000 + "</a>" * 9000 + "</Response>",
    ],
)
def test_a_document_that_is_not_plain_bounded_twiml_is_refused(document: str) -> None:
    with pytest.raises(AmbiguousRequest):
        read_twiml(document)


def test_a_prolog_in_utf8_is_fine() -> None:
    assert read_twiml('<?xml version="1.0" encoding="UTF-8"?><Response><Say>é</Say></Response>')


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    for document in (text, f"<Response>{text}</Response>", f"<Response><Say {text}/></Response>"):
        with contextlib.suppress(AmbiguousRequest):
            read_twiml(document)
