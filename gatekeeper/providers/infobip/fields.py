"""Which settings do Infobip's messages have beside people and texts?

Fields of the models SmsMessageOptions, MessagesApiMessageOptions, SmsWebhooks and UrlOptions
(infobip-api-python-client 6.0), and those of the older SMS API.
"""

from __future__ import annotations

from collections.abc import Mapping

from gatekeeper.domain.words import Role
from gatekeeper.providers.fields import identifier, later
from gatekeeper.providers.shape import (
    Reader,
    claim,
    each,
    members,
    person,
    reference,
    refused,
    setting,
    text,
)

_WORD = setting()
WINDOW = refused("holds messages back, so nobody knows when they are sent")

DESTINATION = members({"to": person(), "messageId": reference(), "networkId": _WORD}, need=("to",))
DESTINATIONS = each(DESTINATION)

_TIME = members({"amount": _WORD, "timeUnit": _WORD})
_PLATFORM = members({"entityId": reference(), "applicationId": reference()})
_REGIONAL = members(
    {
        "indiaDlt": members(
            {
                "contentTemplateId": identifier(),
                "principalEntityId": identifier(),
                "telemarketerId": identifier(),
            }
        ),
        "turkeyIys": members({"brandCode": _WORD, "recipientType": claim()}),
        "southKorea": members({"title": text(Role.SUBJECT), "resellerCode": _WORD}),
    }
)

OPTIONS = members(
    {
        "platform": _PLATFORM,
        "validityPeriod": _TIME,
        "deliveryTimeWindow": WINDOW,
        "campaignReferenceId": reference(),
        "regional": _REGIONAL,
        "flash": _WORD,
        "adaptationMode": _WORD,
        "transliteration": _WORD,
        "correlationData": reference(),
        "trafficType": claim("trafficType"),
        "sessionRate": _WORD,
        "primaryDevice": _WORD,
    }
)
"""Of one message."""

LINKS = members(
    {
        "shortenUrl": claim("shortenUrl"),
        "trackClicks": _WORD,
        "trackingUrl": reference(),
        "removeProtocol": _WORD,
        "customDomain": reference(),
    }
)

REQUEST_OPTIONS = members(
    {
        "schedule": members({"bulkId": reference(), "sendAt": later(), "sendingSpeedLimit": _TIME}),
        "tracking": LINKS,
        "includeSmsCountInResponse": _WORD,
        "conversionTracking": members(
            {"useConversionTracking": _WORD, "conversionTrackingName": reference()}
        ),
        "messageOrdering": members({"messageId": reference(), "enabled": _WORD}),
    }
)
"""Of a whole request."""

WEBHOOKS = members(
    {
        "delivery": members(
            {
                "url": reference(),
                "intermediateReport": _WORD,
                "notify": _WORD,
                "receiveTriggeredFailoverReports": _WORD,
            }
        ),
        "seen": members({"url": reference()}),
        "contentType": _WORD,
        "callbackData": reference(),
    }
)

LEGACY: Mapping[str, Reader] = {
    "flash": _WORD,
    "transliteration": _WORD,
    "language": members({"languageCode": _WORD, "singleShift": _WORD, "lockingShift": _WORD}),
    "intermediateReport": _WORD,
    "notifyUrl": reference(),
    "notifyContentType": _WORD,
    "notifyContentVersion": _WORD,
    "callbackData": reference(),
    "validityPeriod": _WORD,
    "campaignReferenceId": reference(),
    "regional": _REGIONAL,
    "urlOptions": LINKS,
    "entityId": reference(),
    "applicationId": reference(),
    "sendAt": later(),
    "deliveryTimeWindow": WINDOW,
}
"""Of one message in the older API."""
