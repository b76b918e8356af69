"""Rule files become one frozen policy with a hash, or the full list of their faults."""
