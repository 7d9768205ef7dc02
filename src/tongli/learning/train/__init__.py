"""Multi-task fine-tuning of the upper layers and every head, from stored states of the frozen lower ones."""
