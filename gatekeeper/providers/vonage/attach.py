"""How is Vonage's SDK pointed at the gate? That of Python knows host names and https alone."""

from __future__ import annotations

from gatekeeper.providers.attach import Attach, Language, Lines, Way

_PYTHON_SENDS = """\
client.messages.send(Sms(from_="<from:digits>", to="<to:digits>", text="Your order is ready."))"""
_NODE_SENDS = """\
client.messages.send({
  message_type: "text", channel: "sms",
  from: "<from:digits>", to: "<to:digits>", text: "Your order is ready.",
})"""

ATTACH = Attach(
    "the API key",
    (
        Lines(
            "vonage",
            """\
from vonage import Auth, HttpClientOptions, Vonage
from vonage_messages import Sms

hosts = HttpClientOptions(api_host="<vonage:host>", rest_host="<vonage-rest:host>")
client = Vonage(Auth(api_key="<account>", api_secret=<key>), hosts)""",
            _PYTHON_SENDS,
            (Way.HOST,),
        ),
        Lines(
            "vonage",
            """\
from vonage import Auth, Vonage
from vonage_messages import Sms

client = Vonage(Auth(api_key="<account>", api_secret=<key>))""",
            _PYTHON_SENDS,
            (Way.PROXY,),
        ),
        Lines(
            "@vonage/server-sdk",
            """\
const { Vonage } = require("@vonage/server-sdk");
const { Auth } = require("@vonage/auth");
const client = new Vonage(
  new Auth({ apiKey: "<account>", apiSecret: <key> }),
  { apiHost: "<vonage>", restHost: "<vonage-rest>" },
);""",
            _NODE_SENDS,
            language=Language.NODE,
        ),
    ),
)
