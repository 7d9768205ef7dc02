"""New training records made from old ones, each checked, each with its provenance."""
