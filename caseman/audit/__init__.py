"""The audit trail: append-only, keyed hash chain, written in the transaction it records."""
