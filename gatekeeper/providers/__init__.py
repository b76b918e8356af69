"""One file per provider, all of one shape."""
