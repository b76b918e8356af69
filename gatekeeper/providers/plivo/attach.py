"""How is Plivo's SDK pointed at the gate? It has no option for it: its constants are changed."""

from __future__ import annotations

from gatekeeper.providers.attach import Attach, Language, Lines, Way

_SENDS = 'client.messages.create(src="<from>", dst="<to>", text="Your order is ready.")'
_PATCHED = """\
import plivo
from plivo.rest import client as rest

rest.PLIVO_API_BASE_URI = "<plivo>/v1/Account"
rest.API_VOICE_BASE_URI = rest.PLIVO_API_BASE_URI
rest.API_VOICE_BASE_URI_FALLBACK_1 = rest.PLIVO_API_BASE_URI
rest.API_VOICE_BASE_URI_FALLBACK_2 = rest.PLIVO_API_BASE_URI
client = plivo.RestClient("<account>", <key>)"""
_TRUSTING = """
client.session.verify = "<ca>"  # this SDK reads no REQUESTS_CA_BUNDLE"""
_EARLY = "The constants count for the whole process: set them before any client is made."

ATTACH = Attach(
    "the Auth ID",
    (
        Lines("plivo", _PATCHED, _SENDS, (Way.PATH,), warning=_EARLY),
        Lines("plivo", _PATCHED + _TRUSTING, _SENDS, (Way.HOST,), warning=_EARLY),
        Lines(
            "plivo",
            """\
import plivo

client = plivo.RestClient("<account>", <key>, proxies={"https": "<proxy>"})"""
            + _TRUSTING,
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
            warning="Messages only: the calls of this SDK go to api.plivo.com, which is written "
            "into it, whatever it is told. Lead that name to the gate.",
        ),
    ),
)
