"""How is Plivo's SDK pointed at the gate? It has no option for it: its constants are changed."""

from __future__ import annotations

from gatekeeper.providers.attach import Attach, Language, Lines, Way

_SENDS = 'client.messages.create(src="<from>", dst="<to>", text="Your order is ready.")'

ATTACH = Attach(
    "the Auth ID",
    (
        Lines(
            "plivo",
            """\
import plivo
from plivo.rest import client as rest

rest.PLIVO_API_BASE_URI = "<plivo>/v1/Account"
rest.API_VOICE_BASE_URI = rest.PLIVO_API_BASE_URI
rest.API_VOICE_BASE_URI_FALLBACK_1 = rest.PLIVO_API_BASE_URI
rest.API_VOICE_BASE_URI_FALLBACK_2 = rest.PLIVO_API_BASE_URI
client = plivo.RestClient("<account>", <key>)""",
            _SENDS,
            warning="The constants count for the whole process: set them before any client is "
            "made.",
        ),
        Lines(
            "plivo",
            """\
import plivo

client = plivo.RestClient("<account>", <key>, proxies={"https": "<proxy>"})
client.session.verify = "<ca>\"""",
            _SENDS,
            (Way.PROXY,),
        ),
        Lines(
            "plivo",
            """\
const plivo = require("plivo");
const url = "<plivo>/v1/Account/<account>";
const client = new plivo.Client("<account>", <key>, { url });""",
            'client.messages.create("<from>", "<to>", "Your order is ready.")',
            language=Language.NODE,
            warning="Messages only: the calls of this SDK go to three hosts of Plivo that are "
            "written into it, whatever it is told. Lead those hosts to the gate by name.",
        ),
    ),
)
