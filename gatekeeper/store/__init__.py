"""The store: what a check may ask of state, answered by Redis or Valkey in one trip."""
