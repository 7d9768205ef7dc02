"""Parameter-efficient tuning of the upper layers: what is frozen, what is inserted, and how it is merged."""
