"""A space of feelings that languages share: training by contrast, retrieval, valence and arousal."""
