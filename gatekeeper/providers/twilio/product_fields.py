"""What is each parameter of Twilio's other ways to reach a person for?

Conference participants, live calls, Verify, Conversations, Studio and Notify; the names are those
of the `twilio` SDK (9.13), as in `fields`.
"""

from __future__ import annotations

from collections.abc import Mapping

from gatekeeper.providers.twilio.fields import Use

_A, _C, _R = Use.ADDRESS, Use.CONTENT, Use.REFERENCE
_CLAIM, _SET, _TOKEN, _NO = Use.CLAIM, Use.SETTING, Use.TOKEN, Use.REFUSED

LIVE_CALL_FIELDS: Mapping[str, Use] = {
    "Twiml": _C, "Url": _C, "FallbackUrl": _C, "Status": _C, "StatusCallback": _R,
    "Method": _SET, "FallbackMethod": _SET, "StatusCallbackMethod": _SET, "TimeLimit": _SET,
}  # fmt: skip
"""`POST .../Calls/{CA}.json`."""

USER_MESSAGE_FIELDS: Mapping[str, Use] = {"Content": _C, "IdempotencyKey": _R}
"""`POST .../Calls/{CA}/UserDefinedMessages.json`."""

PARTICIPANT_FIELDS: Mapping[str, Use] = {
    "To": _A, "From": _A, "CallerId": _A,
    "CallReason": _C, "CallerDisplayName": _C, "WaitUrl": _C,
    "Record": _C, "ConferenceRecord": _C, "RecordingConfigurationId": _R,
    "Label": _R, "StatusCallback": _R, "ConferenceStatusCallback": _R, "AmdStatusCallback": _R,
    "RecordingStatusCallback": _R, "ConferenceRecordingStatusCallback": _R,
    "ClientNotificationUrl": _R, "SipAuthUsername": _R,
    "MachineDetection": _CLAIM,
    "StatusCallbackMethod": _SET, "StatusCallbackEvent": _SET, "Timeout": _SET, "Muted": _SET,
    "Beep": _SET, "StartConferenceOnEnter": _SET, "EndConferenceOnExit": _SET, "WaitMethod": _SET,
    "EarlyMedia": _SET, "MaxParticipants": _SET, "ConferenceTrim": _SET, "Trim": _SET,
    "ConferenceStatusCallbackMethod": _SET, "ConferenceStatusCallbackEvent": _SET,
    "RecordingChannels": _SET, "RecordingStatusCallbackMethod": _SET, "RecordingTrack": _SET,
    "RecordingStatusCallbackEvent": _SET, "ConferenceRecordingStatusCallbackMethod": _SET,
    "ConferenceRecordingStatusCallbackEvent": _SET, "Region": _SET, "Coaching": _SET,
    "CallSidToCoach": _SET, "JitterBufferSize": _SET, "Byoc": _SET, "TimeLimit": _SET,
    "MachineDetectionTimeout": _SET, "MachineDetectionSpeechThreshold": _SET,
    "MachineDetectionSpeechEndThreshold": _SET, "MachineDetectionSilenceTimeout": _SET,
    "AmdStatusCallbackMethod": _SET,
    "SipAuthPassword": _TOKEN, "Passports": _TOKEN, "CallToken": _TOKEN,
    "EmergencyCallerPosition": _NO, "EmergencyCallerLocation": _NO, "EmergencyName": _NO,
    "EmergencyAddress": _NO, "EmergencyZipCode": _NO, "EmergencyCity": _NO,
    "EmergencyState": _NO, "EmergencyCountry": _NO,
}  # fmt: skip
"""`POST .../Conferences/{CF}/Participants.json`."""

VERIFICATION_FIELDS: Mapping[str, Use] = {
    "To": _A, "Channel": _A,
    "CustomMessage": _C, "CustomFriendlyName": _C, "CustomCode": _C, "Amount": _C, "Payee": _C,
    "AppHash": _C, "SendDigits": _C, "TemplateSid": _C, "TemplateCustomSubstitutions": _C,
    "RateLimits": _C, "Tags": _C,
    "DeviceIp": _R, "RiskCheck": _CLAIM, "Locale": _SET, "EnableSnaClientToken": _SET,
    "ChannelConfiguration": _NO, "Templates": _NO,
}  # fmt: skip
"""`POST /v2/Services/{VA}/Verifications`."""

CONVERSATION_FIELDS: Mapping[str, Use] = {
    "Body": _C, "MediaSid": _C, "ContentSid": _C, "ContentVariables": _C, "Subject": _C,
    "Attributes": _C, "Author": _R, "DateCreated": _NO, "DateUpdated": _NO,
}  # fmt: skip
"""`POST /v1/Conversations/{CH}/Messages`."""

EXECUTION_FIELDS: Mapping[str, Use] = {"To": _A, "From": _A, "Parameters": _C}
"""`POST /v2/Flows/{FW}/Executions`."""

NOTIFICATION_FIELDS: Mapping[str, Use] = {
    "ToBinding": _A, "Body": _C, "Sms": _C, "Title": _C,
    "DeliveryCallbackUrl": _R, "Priority": _SET, "Ttl": _SET,
    "Identity": _NO, "Tag": _NO, "Segment": _NO,
    "Sound": _NO, "Action": _NO, "Data": _NO, "Apn": _NO, "Gcm": _NO, "Fcm": _NO, "Alexa": _NO,
    "FacebookMessenger": _NO,
}  # fmt: skip
"""`POST /v1/Services/{IS}/Notifications`: an identity, tag or segment is an audience that only
Twilio knows, and the rest is of push channels."""
