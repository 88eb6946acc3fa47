"""The work at a glance, and the pages that read the audit trail and the access log."""
