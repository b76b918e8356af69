"""How does an app that speaks IntelePeer's API come to the gate? There is no SDK, only HTTP."""

from __future__ import annotations

from gatekeeper.providers.attach import Attach, Lines, Way

_SENDS = """\
def post(path, body, token=None):
    headers = {"Content-Type": "application/json"} | (
        {"Authorization": f"Bearer {token}"} if token else {}
    )
    request = Request(BASE + path, json.dumps(body).encode(), headers)
    return json.load(urlopen(request))

token = post("/_rest/v4/authenticate", {"username": "<account>", "password": <key>})["token"]
message = {"from": "<from>", "to": "<to>", "text": "Your order is ready."}
post("/_rest/v4/app/sms/send", message, token)"""

ATTACH = Attach(
    "the user name",
    (
        Lines(
            "urllib",
            """\
import json
from urllib.request import Request, urlopen

BASE = "<intelepeer>\"""",
            _SENDS,
        ),
        Lines(
            "urllib",
            """\
import json
from urllib.request import Request, urlopen

BASE = "https://api.intelepeer.com\"""",
            _SENDS,
            (Way.PROXY,),
        ),
    ),
)
