"""One package per provider, all of one shape; the tuple is the list of what the gate speaks."""

from gatekeeper.providers.bandwidth import BANDWIDTH
from gatekeeper.providers.bird import BIRD
from gatekeeper.providers.contract import Provider
from gatekeeper.providers.infobip import INFOBIP
from gatekeeper.providers.intelepeer import INTELEPEER
from gatekeeper.providers.messagebird import MESSAGEBIRD
from gatekeeper.providers.meta import META
from gatekeeper.providers.plivo import PLIVO
from gatekeeper.providers.sinch import SINCH
from gatekeeper.providers.telnyx import TELNYX
from gatekeeper.providers.twilio import TWILIO
from gatekeeper.providers.vonage import VONAGE

PROVIDERS: tuple[Provider, ...] = (
    TWILIO,
    INTELEPEER,
    TELNYX,
    BANDWIDTH,
    SINCH,
    INFOBIP,
    PLIVO,
    MESSAGEBIRD,
    META,
    VONAGE,
    BIRD,
)

__all__ = [
    "BANDWIDTH",
    "BIRD",
    "INFOBIP",
    "INTELEPEER",
    "MESSAGEBIRD",
    "META",
    "PLIVO",
    "PROVIDERS",
    "SINCH",
    "TELNYX",
    "TWILIO",
    "VONAGE",
]
