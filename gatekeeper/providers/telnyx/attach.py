"""How is Telnyx's SDK pointed at the gate? By its base URL, or by TELNYX_BASE_URL."""

from __future__ import annotations

from gatekeeper.providers.attach import Attach, Language, Lines, Way

_SENDS = 'client.messages.send(to="<to>", from_="<from>", text="Your order is ready.")'

ATTACH = Attach(
    lines=(
        Lines(
            "telnyx",
            """\
from telnyx import Telnyx

client = Telnyx(api_key=<key>, base_url="<telnyx>/v2")""",
            _SENDS,
        ),
        Lines(
            "telnyx",
            """\
from telnyx import Telnyx

client = Telnyx(api_key=<key>)""",
            _SENDS,
            (Way.PROXY,),
        ),
        Lines(
            "telnyx",
            """\
const Telnyx = require("telnyx");
const client = new Telnyx({ apiKey: <key>, baseURL: "<telnyx>/v2" });""",
            'client.messages.send({ to: "<to>", from: "<from>", text: "Your order is ready." })',
            language=Language.NODE,
        ),
    ),
)
