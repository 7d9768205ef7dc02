"""Annotation: Label Studio exchange, soft labels, agreement, active learning, label errors. No torch."""
