"""Guards, the review queue and the audit log."""
