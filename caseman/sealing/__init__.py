"""Sealed fields: AES-GCM under a key for each subject, kept outside database and backup."""
