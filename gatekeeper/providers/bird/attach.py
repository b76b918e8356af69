"""How is Bird's SDK pointed at the gate? By its base URL, or by BIRD_BASE_URL."""

from __future__ import annotations

from gatekeeper.providers.attach import Attach, Lines, Way

_SENDS = 'client.sms.send(to="<to>", from_="<from>", text="Your order is ready.")'

ATTACH = Attach(
    lines=(
        Lines(
            "messagebird-sdk",
            """\
from bird import Bird

client = Bird(api_key=<key>, base_url="<bird>")""",
            _SENDS,
        ),
        Lines(
            "messagebird-sdk",
            """\
from bird import Bird

client = Bird(api_key=<key>, region="us1")  # a gatekeeper key tells no region""",
            _SENDS,
            (Way.PROXY,),
        ),
    ),
)
