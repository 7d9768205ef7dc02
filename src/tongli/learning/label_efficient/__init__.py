"""Learning with fewer labels: self-training, few-shot learning, zero-shot transfer across languages."""
