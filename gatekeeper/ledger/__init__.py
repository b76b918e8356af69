"""Every change of state takes one path: journal, then store, then acknowledge."""
