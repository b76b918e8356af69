"""What does each reason code mean, and what should the app's developer do next?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gatekeeper.domain.reason import Reason


@dataclass(frozen=True, slots=True)
class Help:
    """Two plain sentences about one reason code."""

    meaning: str
    next: str


HELP: Mapping[Reason, Help] = {
    Reason.SUSPENDED: Help(
        "Your operator has stopped this tenant, end customer, application or campaign.",
        "Do not try again; ask the operator why, and when it will be lifted.",
    ),
    Reason.DESTINATION_EMERGENCY: Help(
        "The number reaches an emergency service, such as 911 or 112.",
        "Never send there by program; no setting allows it.",
    ),
    Reason.DESTINATION_CRISIS: Help(
        "The number reaches a crisis line, such as 988.",
        "Remove it from your recipients; automated messages may not take up its lines.",
    ),
    Reason.DESTINATION_SERVICE: Help(
        "The number is a service code, such as 411 or 811, and nobody's phone.",
        "Remove it from your recipients.",
    ),
    Reason.DESTINATION_INVALID: Help(
        "The recipient is no valid phone number, or it is written so that it can be misread.",
        "Write it in E.164: a plus sign, the country code and the digits, nothing else.",
    ),
    Reason.DESTINATION_PREMIUM: Help(
        "The number is charged at a premium rate.",
        "Remove it from your recipients; check your sign-up form if such numbers keep coming.",
    ),
    Reason.DESTINATION_FICTIONAL: Help(
        "The number is reserved for fiction and examples, such as 555-0100.",
        "Use a real number; in the sandbox these numbers pass.",
    ),
    Reason.DESTINATION_DENIED_COUNTRY: Help(
        "Your policy does not permit messages to the number's country.",
        "Ask your operator if you mean to send there.",
    ),
    Reason.SENDER_NOT_OWNED: Help(
        "The sender is not registered to your tenant.",
        "Check `From`, or have the operator register the sender: `gatekeeper sender add`.",
    ),
    Reason.SENDER_INACTIVE: Help(
        "The sender is registered, but suspended or no longer active.",
        "Send from another sender, or have the operator activate this one.",
    ),
    Reason.SENDER_KIND: Help(
        "A sender of this kind cannot reach this recipient or channel.",
        "Choose another kind of sender, such as a long code in place of a name.",
    ),
    Reason.SENDER_UNREGISTERED: Help(
        "The sender lacks what carriers ask for (such as 10DLC), or is not one of the campaign's.",
        "Have the operator record its registration, or add it: `gatekeeper campaign senders`.",
    ),
    Reason.CONSENT_REVOKED: Help(
        "The recipient has asked you to stop, or is on your own do-not-contact list.",
        "Mark the recipient as unsubscribed and do not send until a new opt-in is recorded.",
    ),
    Reason.CONSENT_MISSING: Help(
        "No consent of this recipient is on record, and this message needs it.",
        "Obtain consent and record it with POST /v1/consents; do not mark it as an opt-out.",
    ),
    Reason.CONSENT_INSUFFICIENT: Help(
        "There is consent, but of a weaker kind than this message needs.",
        "Obtain express or written consent as the finding says, and record its evidence.",
    ),
    Reason.CONSENT_EXPIRED: Help(
        "The consent on record has come to its end.",
        "Ask the recipient anew and record the new consent.",
    ),
    Reason.CONSENT_REASSIGNED: Help(
        "The number now belongs to somebody else, whose consent you do not have.",
        "Remove the number from the old customer; consent must come from the new owner.",
    ),
    Reason.DNC_LISTED: Help(
        "The number is on a do-not-call list that binds this message.",
        "Do not send marketing there unless you record written consent that outweighs the list.",
    ),
    Reason.DNC_STALE: Help(
        "The copy of a do-not-call list is older than the law permits.",
        "Wait; the operator has to import a new version: `gatekeeper dnc import`.",
    ),
    Reason.DNC_NOT_CHECKED: Help(
        "A do-not-call list that binds this message could not be checked.",
        "Wait; the operator has to import the list for this area: `gatekeeper dnc import`.",
    ),
    Reason.LITIGATOR_LISTED: Help(
        "The number is on a list of people known to sue over unwanted messages.",
        "Do not send; have a reviewer look at it if you know the person as a customer.",
    ),
    Reason.CONTENT_PAYMENT: Help(
        "The text holds what looks like a payment card or bank account number.",
        "Leave it out, or show the last four digits only.",
    ),
    Reason.CONTENT_GOVERNMENT_ID: Help(
        "The text holds what looks like a number of a government document.",
        "Leave it out; ask for such data behind a login, not in a message.",
    ),
    Reason.CONTENT_CREDENTIAL: Help(
        "The text holds what looks like a password, key or other secret.",
        "Send a link to set a new password, or a one-time code worded as one.",
    ),
    Reason.CONTENT_HEALTH: Help(
        "The text tells of a person's health.",
        "Leave the condition out; point to a portal with a login.",
    ),
    Reason.CONTENT_DEMOGRAPHIC: Help(
        "The text addresses people by a protected trait, such as origin or belief.",
        "Word the message without it.",
    ),
    Reason.CONTENT_OBSCENE: Help(
        "The text is sexually explicit.",
        "Reword it; carriers block such content and suspend its senders.",
    ),
    Reason.CONTENT_PROFANE: Help(
        "The text holds profanity.",
        "Reword it.",
    ),
    Reason.CONTENT_HATE: Help(
        "The text is hateful towards people.",
        "Do not send it; carriers suspend senders for it.",
    ),
    Reason.CONTENT_ACCUSATION: Help(
        "The text accuses a named person or business; whether that is libel, no rule can tell.",
        "Word the message neutrally, or have a reviewer release it.",
    ),
    Reason.CONTENT_FORBIDDEN: Help(
        "The text is about goods or services that carriers do not carry.",
        "Do not send it on this channel; the finding names the subject.",
    ),
    Reason.CONTENT_LINK: Help(
        "The text holds a link that is not permitted, such as a public link shortener.",
        "Link to your own domain.",
    ),
    Reason.CONTENT_UNINSPECTABLE: Help(
        "The request points to content that the gate cannot read, such as a `Url` of TwiML.",
        "Send the content inline, or have it registered: `gatekeeper template add`.",
    ),
    Reason.DISCLOSURE_MISSING: Help(
        "The text lacks words that the law asks for, such as who sends or how to stop.",
        "Add the words that the finding names.",
    ),
    Reason.REGISTRATION_MISSING: Help(
        "The state or country asks for a registration before such messages are sent.",
        "Have the registration made and recorded, or leave these recipients out.",
    ),
    Reason.QUIET_HOURS: Help(
        "At the recipient's place it is a time at which this message may not arrive.",
        "Send again at the time in `Gatekeeper-Next-Allowed-At`.",
    ),
    Reason.DAY_BANNED: Help(
        "At the recipient's place this message may not arrive on this day.",
        "Send again at the time in `Gatekeeper-Next-Allowed-At`.",
    ),
    Reason.EMERGENCY_ORDER: Help(
        "A declared emergency stops such messages to the recipient's region.",
        "Wait until the order has ended; the finding names it.",
    ),
    Reason.FREQUENCY_CAP: Help(
        "The recipient has had as many messages of this purpose as are permitted for now.",
        "Send again at the time in `Gatekeeper-Next-Allowed-At`, or send less often.",
    ),
    Reason.RATE_LIMITED: Help(
        "You send faster than your limit.",
        "Wait for the seconds in `Retry-After`, then try again; SDKs can do it for you.",
    ),
    Reason.WINDOW_CLOSED: Help(
        "The channel permits free text only for a time after the recipient's last message.",
        "Send an approved template, or wait until the recipient writes.",
    ),
    Reason.TEMPLATE_UNAPPROVED: Help(
        "The template is not approved, or not known to the gate.",
        "Use an approved template, or have the operator register it.",
    ),
    Reason.CHANNEL_MARKETING_BLOCKED: Help(
        "The channel does not carry marketing to this recipient.",
        "Use another channel for which you have consent.",
    ),
    Reason.RECORDING_CONSENT: Help(
        "The call is to be recorded, and the law of the place asks all parties to agree.",
        "Ask for consent at the start of the call, or do not record.",
    ),
    Reason.FAIR_USE: Help(
        "Your tenant uses more than its fair share for now.",
        "Slow down, or ask the operator for a larger share.",
    ),
    Reason.DEPENDENCY_UNAVAILABLE: Help(
        "A part that the gate needs is away, so it could not check and did not send; with status "
        "504 the provider's answer was lost and the message may have been sent.",
        "With 503 try again after `Retry-After`; with 504 look the message up at the provider "
        "before you send anew.",
    ),
    Reason.REQUEST_AMBIGUOUS: Help(
        "The request cannot be read with exactly one meaning.",
        "Correct what the message names, such as a field given twice; do not send it unchanged.",
    ),
    Reason.CREDENTIAL_INVALID: Help(
        "The key is missing, unknown, or not of the account that the request names.",
        "Check the account id and the key; the operator can issue a new key.",
    ),
    Reason.PURPOSE_MISMATCH: Help(
        "The request claims a purpose that its campaign is not registered for.",
        "Name a campaign that has the purpose, or claim one that the campaign has.",
    ),
    Reason.COMPONENT_DISABLED: Help(
        "The operator has turned this provider, channel or function off.",
        "Ask the operator; trying again will not help.",
    ),
    Reason.TERMS_MISSING: Help(
        "Whoever the message is sent for has not accepted the terms, or too old ones.",
        "Have the operator record it, then send again: `gatekeeper customer terms`.",
    ),
    Reason.IDEMPOTENCY_MISMATCH: Help(
        "The idempotency key was used before with another request.",
        "Use a new key for a new message; repeat a key only with the same bytes.",
    ),
    Reason.INTERNAL_ERROR: Help(
        "The gate met an error of its own and sent nothing.",
        "Try again later, and give the operator the id in `Gatekeeper-Decision`.",
    ),
}
"""Every reason code; a test fails if one is missing."""
