"""The spine: what happens to one outbound request from its first byte to its outcome."""
