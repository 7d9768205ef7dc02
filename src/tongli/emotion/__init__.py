"""S: encodings to readings. What is felt, how strongly, with what certainty, on which words."""
