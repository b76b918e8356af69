"""The built-in carrier: a Twilio-shaped upstream that sends nothing."""
