"""How is an app of Messenger pointed at the gate?"""

from __future__ import annotations

from gatekeeper.providers.attach import Attach, Lines, Way

_SENDS = 'client.send({"text": "Your order is ready."}, "<to>", "RESPONSE")'

ATTACH = Attach(
    lines=(
        Lines(
            "fbmessenger",
            """\
from fbmessenger import MessengerClient

client = MessengerClient(<key>, api_version=21.0)
client.graph_url = "<messenger>/v21.0\"""",
            _SENDS,
            warning="This SDK raises nothing: a refusal is the dictionary that it returns.",
        ),
        Lines(
            "fbmessenger",
            """\
from fbmessenger import MessengerClient

client = MessengerClient(<key>, api_version=21.0)""",
            _SENDS,
            (Way.PROXY,),
            warning="This SDK raises nothing: a refusal is the dictionary that it returns.",
        ),
    ),
)
