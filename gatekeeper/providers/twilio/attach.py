"""How is Twilio's SDK pointed at the gate? Each of its products has an address of its own."""

from __future__ import annotations

from gatekeeper.providers.attach import Attach, Language, Lines, Way

_EDGE = (
    "Unset TWILIO_EDGE and TWILIO_REGION: with them the SDK writes them into every host, "
    "the gate's too."
)
_PYTHON_SENDS = 'client.messages.create(from_="<from>", to="<to>", body="Your order is ready.")'
_NODE_SENDS = 'client.messages.create({ from: "<from>", to: "<to>", body: "Your order is ready." })'

ATTACH = Attach(
    "the Account SID (AC...)",
    (
        Lines(
            "twilio",
            """\
from twilio.rest import Client

client = Client("<account>", <key>)
client.api.base_url = "<twilio>"
client.conversations.base_url = "<twilio-conversations>"
client.notify.base_url = "<twilio-notify>"
client.studio.base_url = "<twilio-studio>"
client.verify.base_url = "<twilio-verify>\"""",
            _PYTHON_SENDS,
            warning=_EDGE,
        ),
        Lines(
            "twilio",
            """\
from twilio.rest import Client

client = Client("<account>", <key>)""",
            _PYTHON_SENDS,
            (Way.PROXY,),
            warning=_EDGE,
        ),
        Lines(
            "twilio",
            """\
const client = require("twilio")("<account>", <key>);
client.api.baseUrl = "<twilio>";
client.conversations.baseUrl = "<twilio-conversations>";
client.notify.baseUrl = "<twilio-notify>";
client.studio.baseUrl = "<twilio-studio>";
client.verify.baseUrl = "<twilio-verify>";""",
            _NODE_SENDS,
            language=Language.NODE,
            warning=_EDGE,
        ),
        Lines(
            "twilio",
            """\
process.env.HTTP_PROXY = "<proxy>"; // this SDK reads no other name
const client = require("twilio")("<account>", <key>);""",
            _NODE_SENDS,
            (Way.PROXY,),
            Language.NODE,
            warning=_EDGE,
        ),
    ),
)
