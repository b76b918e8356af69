"""What happened, provably? The append-only audit log: the truth that everything else follows."""
