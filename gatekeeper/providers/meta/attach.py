"""How is an app of Meta's Graph API pointed at the gate, for WhatsApp and for Messenger?"""

from __future__ import annotations

from gatekeeper.providers.attach import Attach, Lines, Way

_WHATSAPP = """\
from pywa import WhatsApp

client = WhatsApp(phone_id="<account>", token=<key>)"""
_WHATSAPP_SENDS = 'client.send_message(to="<to>", text="Your order is ready.")'
_MESSENGER = """\
from fbmessenger import MessengerClient

client = MessengerClient(<key>, api_version=21.0)"""
_MESSENGER_SENDS = 'client.send({"text": "Your order is ready."}, "<to>", "RESPONSE")'
_SILENT = "fbmessenger raises nothing: a refusal is the dictionary that it returns."

ATTACH = Attach(
    "the phone number id, or the page's id",
    (
        Lines(
            "pywa",
            _WHATSAPP
            + """
session = client.api._session  # pywa has no option for its address
session.base_url = str(session.base_url).replace("https://graph.facebook.com", "<meta>")""",
            _WHATSAPP_SENDS,
            warning="Every client of pywa needs the last line: a client without it writes to Meta.",
        ),
        Lines("pywa", _WHATSAPP, _WHATSAPP_SENDS, (Way.PROXY,)),
        Lines(
            "fbmessenger",
            _MESSENGER
            + """
client.graph_url = "<meta>/v21.0\"""",
            _MESSENGER_SENDS,
            warning=_SILENT,
        ),
        Lines("fbmessenger", _MESSENGER, _MESSENGER_SENDS, (Way.PROXY,), warning=_SILENT),
    ),
)
