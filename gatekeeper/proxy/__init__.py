"""The HTTP shell around the spine: listeners, native endpoints, the composition of all rooms."""
