"""Fine-tuning of G: a small causal model learns to answer, from dialogues and from what writers preferred."""
