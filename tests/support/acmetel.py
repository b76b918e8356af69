"""A provider that only a mapping file knows."""

from __future__ import annotations

ACMETEL = """\
provider: acmetel
title: Acmetel's SMS API
citation: https://docs.acmetel.example/sms
verified_on: 2026-11-25
host: api.acmetel.example
credential: {kind: bearer}
operations:
  - name: message
    channel: sms
    path: /v1/accounts/{account}/messages
    fields:
      to: recipient
      to/*: recipient
      from: sender
      text: text
      media/*: media
      vars/?: variable
      flow: "opaque:flow"
      callback: reference
      priority: setting
    need: [text]
    success: {status: 202, body: {id: "{id}", to: "{to}", status: queued}}
  - name: form
    channel: sms
    path: /v1/forms
    body: form
    fields: {To: recipient, To/*: recipient, From: sender, Body: text}
    need: [Body]
    success: {status: 200, body: {ok: true}}
refusal:
  body: {error: {code: "{code}", message: "{message}", decision: "{decision}"}}
  codes: {consent.revoked: 4001, content: {code: filtered, status: 422}, other: refused}
cases:
  - {name: a plain text, operation: message, path: /v1/accounts/a1/messages,
     json: {to: "12122000211", from: "+13122000201", text: Hello},
     to: ["+12122000211"], from: "+13122000201", texts: [Hello]}
  - {name: two people and a variable, operation: message, path: /v1/accounts/a1/messages,
     json: {to: ["+12122000211", "+12122000212"], from: Acme, text: Hi, vars: {name: Ana}},
     to: ["+12122000211", "+12122000212"], from: Acme, texts: [Hi, Ana]}
  - {name: a field that nobody knows, operation: message, path: /v1/accounts/a1/messages,
     json: {to: "+12122000211", text: Hello, cc: "+12122000212"}, refused: Unknown field cc}
  - {name: a form, operation: form, path: /v1/forms,
     form: {To: "+12122000211", From: Acme, Body: Hi}, to: ["+12122000211"], from: Acme,
     texts: [Hi]}
  - {name: a form without a text, operation: form, path: /v1/forms,
     form: {To: "+12122000211"}, refused: Body is missing}
"""
