"""How is an app of WhatsApp's Cloud API pointed at the gate? pywa has no option for it."""

from __future__ import annotations

from gatekeeper.providers.attach import Attach, Lines, Way

_SENDS = 'client.send_message(to="<to>", text="Your order is ready.")'

ATTACH = Attach(
    "the phone number id",
    (
        Lines(
            "pywa",
            """\
from pywa import WhatsApp

client = WhatsApp(phone_id="<account>", token=<key>)
session = client.api._session  # pywa has no option for its address
session.base_url = str(session.base_url).replace("https://graph.facebook.com", "<whatsapp>")""",
            _SENDS,
            warning="Every client of pywa needs the last line: a client without it writes to Meta.",
        ),
        Lines(
            "pywa",
            """\
from pywa import WhatsApp

client = WhatsApp(phone_id="<account>", token=<key>)""",
            _SENDS,
            (Way.PROXY,),
        ),
    ),
)
